//! Whether plugs fit sockets, judged by this crate and by the validator, which sees one component instantiated with the
//! exports of the other: the verdicts are the same, and so is the item that is blamed.

use crate::family::pair;
use crate::plans::{components, plan};
use component_compose::decode::validate::validate;
use component_compose::types::fit::{View, differences, fits};
use component_compose::types::identity::judge;
use component_compose::types::shape::Shape;
use wasm_encoder::{Alias, ComponentBuilder, ComponentExportKind};
use wasmparser::{Validator, WasmFeatures};

fn shape(bytes: &[u8]) -> Shape {
    validate(bytes, WasmFeatures::all()).unwrap_or_else(|error| panic!("an input is not valid: {error:?}")).shape
}

/// What the validator says when the imports of `socket` are filled with the exports of `plug`.
fn validator(plug: &[u8], socket: &[u8], imports: &[String]) -> Result<(), String> {
    let mut outer = ComponentBuilder::default();
    let plug = outer.component_raw(None, plug);
    let socket = outer.component_raw(None, socket);
    let instance = outer.instantiate(None, plug, Vec::<(String, ComponentExportKind, u32)>::new());
    let mut args = Vec::new();
    for name in imports {
        let kind = ComponentExportKind::Instance;
        let item = outer.alias(None, Alias::InstanceExport { instance, kind, name });
        args.push((name.clone(), kind, item));
    }
    outer.instantiate(None, socket, args);
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    validator.validate_all(&outer.finish()).map(|_| ()).map_err(|error| error.to_string())
}

#[test]
fn the_validator_agrees() {
    let (mut fitting, mut split, mut differing) = (0, 0, 0);
    for seed in 0..2000 {
        let Some((plug, socket, wit)) = pair(seed) else { continue };
        let components = components(&[("socket", socket.clone()), ("plug", plug.clone())], shape);
        let (ours, theirs) = (&components.items[0].shape, &components.items[1].shape);
        let mut first = None;
        for (name, item) in &ours.imports {
            let (plug, socket) = (
                View { shape: theirs, entity: &theirs.exports[name].entity },
                View { shape: ours, entity: &item.entity },
            );
            let judged = fits(plug, socket);
            assert_eq!(judged.clone().err(), differences(plug, socket).into_iter().next(), "seed {seed}\n{wit}");
            first = first.or(judged.err().map(|mismatch| (name, mismatch)));
        }
        let imports: Vec<String> = ours.imports.keys().cloned().collect();
        let verdict = validator(&plug, &socket, &imports);
        match (&first, &verdict) {
            (None, verdict) => {
                // Each import fits alone; whether they agree on resources is for the whole plan to say.
                let wires: Vec<_> =
                    imports.iter().map(|name| ("socket", name.as_str(), "plug", name.as_str())).collect();
                let plan = plan(&components, &[("socket", "socket"), ("plug", "plug")], &wires);
                let splits = judge(&plan, &components).splits;
                assert_eq!(splits.is_empty(), verdict.is_ok(), "seed {seed}: {splits:?}, but {verdict:?}\n{wit}");
                *if verdict.is_ok() { &mut fitting } else { &mut split } += 1;
            }
            (Some((name, mismatch)), Err(error)) => {
                let item = mismatch.item().expect("instances are compared");
                let blamed = error.contains(&format!("`{name}`")) && error.contains(&format!("`{item}`"));
                assert!(blamed, "seed {seed}: {name}: {mismatch}, but the validator says {error}\n{wit}");
                differing += 1;
            }
            (Some((name, mismatch)), Ok(())) => panic!("seed {seed}: {name}: {mismatch}, but it is valid\n{wit}"),
        }
    }
    println!("{fitting} fit, {split} split, {differing} differ, as the validator says");
    assert!(fitting > 500 && differing > 500, "too few of one kind");
}
