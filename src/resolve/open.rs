//! Which imports may stay open: patterns of `allow`, and of `deny`, which win.
//!
//! A permission is about what a host must bring, so a labelled import may be named by its label or by its interface, and
//! a resource's functions go with the resource. What is open by permission is merged in `merge`.

use super::choice::{Choice, Problem};
use super::diags::{BadPattern, List, PatternMatchesNothing, Role};
use super::instances::Instances;
use crate::diag::Sink;
use crate::model::import_pattern::{ImportPattern, Place};
use crate::model::name::{ExternName, InterfaceName};
use crate::model::near::nearest_name;
use crate::model::plan::Reason;
use crate::model::request::{Request, Written};

/// The patterns of a request.
pub(super) struct Permissions<'a> {
    allow: Vec<(ImportPattern, &'a Written)>,
    deny: Vec<(ImportPattern, &'a Written)>,
    /// Allowed patterns that match nothing, and what is likely to be meant.
    slips: Vec<(&'a Written, String, ImportPattern)>,
    /// Whether a pattern could not be read, so that it is not known what it would have allowed.
    pub(super) faulty: bool,
}

/// What the patterns say about an import.
pub(super) enum Permission<'a> {
    /// It may stay open, by this pattern.
    Allowed(String),
    /// It may not, by this pattern.
    Denied(&'a Written),
    /// No pattern speaks of it, so it may not.
    Unmentioned,
}

impl<'a> Permissions<'a> {
    /// Reads the patterns.
    pub(super) fn new(request: &'a Request, sink: &mut Sink) -> Self {
        let mut faulty = false;
        let mut read = |patterns: &'a [Written]| {
            let mut list = Vec::new();
            for pattern in patterns {
                match ImportPattern::parse(&pattern.text, Place::Permission) {
                    Ok(parsed) => list.push((parsed, pattern)),
                    Err(fault) => {
                        faulty = true;
                        sink.report(BadPattern { text: pattern, role: Role::Permission, fault: Some(fault) });
                    }
                }
            }
            list
        };
        let (allow, deny) = (read(&request.allow), read(&request.deny));
        Self { allow, deny, slips: Vec::new(), faulty }
    }

    /// Reports patterns that match nothing that any input has. A misspelt one of `deny` would let through what it was to stop;
    /// what hosts are known to have may be denied before anybody asks for it. A misspelt one of `allow` stands behind errors
    /// that do not speak of it; but there more may be allowed than is needed, so only what looks like a slip is told.
    pub(super) fn report_idle(&mut self, instances: &Instances<'_>, sink: &mut Sink) {
        let mut names = Vec::new();
        for id in instances.ids() {
            let imports = instances.sockets(id).map(|socket| instances.import(socket));
            names.extend(imports.flat_map(|port| [Some(port.name()), port.interface().map(ExternName::Interface)]));
            let exports = instances.plugs(id).map(|plug| instances.export(plug));
            names.extend(exports.map(|port| Some(port.name())));
        }
        let names: Vec<ExternName> = names.into_iter().flatten().collect();
        let idle = |(pattern, _): &&(ImportPattern, &Written)| !names.iter().any(|name| pattern.permits(name));
        for (pattern, written) in self.deny.iter().filter(idle) {
            let known = alike(pattern, &names, sink);
            let near = nearest_name(&written.text, known.iter().map(String::as_str));
            if *pattern != ImportPattern::Any && (near.is_some() || !of_hosts(pattern)) {
                sink.report(PatternMatchesNothing { pattern: written, list: List::Deny, near });
            }
        }
        let mut slips = Vec::new();
        for (pattern, written) in self.allow.iter().filter(idle) {
            // What nobody wrote is no slip, and what is written too is not what was meant.
            if written.at.is_none() || (pattern.is_wildcard() && of_hosts(pattern)) {
                continue;
            }
            let mut known = alike(pattern, &names, sink);
            known.retain(|name| !self.allow.iter().any(|(_, other)| other.at.is_some() && other.text == *name));
            if !pattern.is_wildcard() {
                let permitted = |name: &str| {
                    let name = ExternName::parse(name, None);
                    self.allow.iter().any(|(pattern, _)| pattern.permits(&name))
                };
                known.retain(|name| !permitted(name));
            }
            let near = nearest_name(&written.text, known.iter().map(String::as_str));
            if let Some(near) = near {
                sink.report(PatternMatchesNothing { pattern: written, list: List::Allow, near: Some(near) });
                let meant = ImportPattern::parse(near, Place::Permission).ok();
                slips.extend(meant.map(|meant| (*written, near.to_owned(), meant)));
            }
        }
        self.slips = slips;
    }

    /// The slip but for which an import would be allowed, and what is likely to be meant.
    pub(super) fn slip(&self, name: &ExternName, interface: Option<&InterfaceName>) -> Option<(&'a Written, &str)> {
        let by_interface = interface.cloned().map(ExternName::Interface);
        let names = [Some(name), by_interface.as_ref()];
        let meant = |pattern: &ImportPattern| names.iter().flatten().any(|name| pattern.permits(name));
        self.slips.iter().find(|(.., pattern)| meant(pattern)).map(|(written, near, _)| (*written, near.as_str()))
    }

    /// Whether an import may stay open.
    pub(super) fn of(&self, name: &ExternName, interface: Option<&InterfaceName>) -> Permission<'a> {
        let by_interface = interface.cloned().map(ExternName::Interface);
        let names = [Some(name), by_interface.as_ref()];
        let first = |list: &[(ImportPattern, &'a Written)]| {
            let permits = |pattern: &ImportPattern| names.iter().flatten().any(|name| pattern.permits(name));
            list.iter().find(|(pattern, _)| permits(pattern)).map(|(_, written)| *written)
        };
        match (first(&self.deny), first(&self.allow)) {
            (Some(denied), _) => Permission::Denied(denied),
            (None, Some(allowed)) => Permission::Allowed(allowed.text.clone()),
            (None, None) => Permission::Unmentioned,
        }
    }

    /// A pin needs no permission to leave an import open, but it cannot leave open what is denied.
    pub(super) fn restrict(&self, choice: Choice<'a>, name: &ExternName) -> Choice<'a> {
        match choice {
            Choice::Open(Reason::PinnedOpen(pin)) => match self.of(name, name.interface()) {
                Permission::Denied(pattern) => Choice::Broken(Problem::DeniedPin { pattern, pin }),
                _ => Choice::Open(Reason::PinnedOpen(pin)),
            },
            other => other,
        }
    }
}

/// The names of inputs in the form of a pattern, sorted: what may have been meant by it.
fn alike(pattern: &ImportPattern, names: &[ExternName], sink: &Sink) -> Vec<String> {
    let mut known: Vec<String> = match pattern {
        _ if sink.is_crowded() => Vec::new(),
        ImportPattern::Any => Vec::new(),
        ImportPattern::Namespace(_) => interfaces(names).map(|name| format!("{}:*", name.namespace)).collect(),
        ImportPattern::Package(_) => interfaces(names).map(|name| format!("{}/*", name.package_id())).collect(),
        ImportPattern::Interface(_) | ImportPattern::Plain(_) => names.iter().map(ToString::to_string).collect(),
    };
    known.sort();
    known.dedup();
    known
}

fn interfaces(names: &[ExternName]) -> impl Iterator<Item = &InterfaceName> {
    names.iter().filter_map(ExternName::interface)
}

/// The packages of `wasi` that hosts bring.
const OF_HOSTS: [&str; 14] = [
    "blobstore",
    "cli",
    "clocks",
    "config",
    "filesystem",
    "http",
    "io",
    "keyvalue",
    "logging",
    "messaging",
    "nn",
    "random",
    "sockets",
    "tls",
];

/// Whether a pattern denies something that hosts are known to have.
fn of_hosts(pattern: &ImportPattern) -> bool {
    let known = |package: &str| package.strip_prefix("wasi:").is_some_and(|name| OF_HOSTS.contains(&name));
    match pattern {
        ImportPattern::Any => true,
        ImportPattern::Namespace(namespace) => namespace == "wasi",
        ImportPattern::Package(package) => known(package),
        ImportPattern::Interface(name) => known(&name.package_id()),
        ImportPattern::Plain(_) => false,
    }
}
