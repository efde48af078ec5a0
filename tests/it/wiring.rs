//! The wiring of a composed component, read from its bytes, whoever made it.
//!
//! Every instance is written as a term: the digest of its component and what each import is given. So two results can be
//! compared without numbers or names of instances, which composers choose as they like.

use component_compose::model::component::Fingerprint;
use std::collections::BTreeMap;
use wasmparser::{ComponentAlias, ComponentExternalKind, ComponentInstance, ComponentTypeRef, Parser, Payload};

/// What a component is wired from.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Wiring {
    /// Every instance, sorted.
    pub(crate) instances: Vec<String>,
    /// What each export is.
    pub(crate) exports: BTreeMap<String, String>,
}

/// The index spaces that matter, as terms.
#[derive(Default)]
struct Spaces {
    components: Vec<String>,
    instances: Vec<String>,
    funcs: Vec<String>,
}

impl Spaces {
    fn push(&mut self, kind: ComponentExternalKind, term: String) {
        match kind {
            ComponentExternalKind::Component => self.components.push(term),
            ComponentExternalKind::Instance => self.instances.push(term),
            ComponentExternalKind::Func => self.funcs.push(term),
            _ => {}
        }
    }

    fn get(&self, kind: ComponentExternalKind, index: u32) -> String {
        let index = index as usize;
        match kind {
            ComponentExternalKind::Component => self.components[index].clone(),
            ComponentExternalKind::Instance => self.instances[index].clone(),
            ComponentExternalKind::Func => self.funcs[index].clone(),
            // A type says the same as what it is the type of.
            _ => "type".into(),
        }
    }
}

/// Reads the wiring of a flat result.
pub(crate) fn wiring(bytes: &[u8]) -> Wiring {
    let (mut spaces, mut wiring, mut depth) = (Spaces::default(), Wiring::default(), 0_usize);
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload.expect("the result is valid");
        match &payload {
            Payload::End(_) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Payload::ModuleSection { unchecked_range, .. } | Payload::ComponentSection { unchecked_range, .. } => {
                if depth == 0 && matches!(payload, Payload::ComponentSection { .. }) {
                    let digest = Fingerprint::of(&bytes[unchecked_range.start as usize..unchecked_range.end as usize]);
                    spaces.components.push(format!("{:02x}{:02x}{:02x}", digest.0[0], digest.0[1], digest.0[2]));
                }
                depth += 1;
                continue;
            }
            _ if depth > 0 => continue,
            _ => {}
        }
        section(payload, &mut spaces, &mut wiring);
    }
    wiring.instances.sort();
    wiring
}

fn section(payload: Payload<'_>, spaces: &mut Spaces, wiring: &mut Wiring) {
    match payload {
        Payload::ComponentImportSection(section) => {
            for import in section {
                let import = import.expect("valid");
                let kind = match import.ty {
                    ComponentTypeRef::Instance(_) => ComponentExternalKind::Instance,
                    ComponentTypeRef::Func(_) => ComponentExternalKind::Func,
                    ComponentTypeRef::Component(_) => ComponentExternalKind::Component,
                    _ => continue,
                };
                spaces.push(kind, format!("import {}", import.name.name));
            }
        }
        Payload::ComponentAliasSection(section) => {
            for alias in section {
                if let ComponentAlias::InstanceExport { kind, instance_index, name } = alias.expect("valid") {
                    let of = spaces.get(ComponentExternalKind::Instance, instance_index);
                    spaces.push(kind, format!("{of}.{name}"));
                }
            }
        }
        Payload::ComponentInstanceSection(section) => {
            for instance in section {
                let term = match instance.expect("valid") {
                    ComponentInstance::Instantiate { component_index, args } => {
                        let of = spaces.get(ComponentExternalKind::Component, component_index);
                        let mut given: Vec<String> = args
                            .iter()
                            .filter(|arg| arg.kind != ComponentExternalKind::Type)
                            .map(|arg| format!("{}={}", arg.name, spaces.get(arg.kind, arg.index)))
                            .collect();
                        given.sort();
                        let term = format!("new {of}({})", given.join(", "));
                        wiring.instances.push(term.clone());
                        term
                    }
                    ComponentInstance::FromExports(exports) => {
                        let mut given: Vec<String> = exports
                            .iter()
                            .map(|export| format!("{}={}", export.name.name, spaces.get(export.kind, export.index)))
                            .collect();
                        given.sort();
                        format!("bag({})", given.join(", "))
                    }
                };
                spaces.instances.push(term);
            }
        }
        Payload::ComponentExportSection(section) => {
            for export in section {
                let export = export.expect("valid");
                let term = spaces.get(export.kind, export.index);
                spaces.push(export.kind, term.clone());
                if export.kind != ComponentExternalKind::Type {
                    wiring.exports.insert(export.name.name.to_owned(), term);
                }
            }
        }
        _ => {}
    }
}
