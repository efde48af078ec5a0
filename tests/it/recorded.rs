//! What is recorded of a consumer is what its binary imports: of every import of the fixtures and of random components
//! the WIT, read again, is the same shape, and fits exactly as the import does.

use crate::family::{Family, family};
use crate::guests::guest;
use crate::support::{files_below, read as read_file, root, run};
use crate::worlds::{Outcome, each, shape, smith};
use component_compose::contract::lock::used::{hash, read, used};
use component_compose::types::fit::{View, fits};
use component_compose::types::shape::{Entity, Item, Shape};
use component_compose::types::slice::only_import;
use component_compose::types::world_text::canonical_text;
use std::collections::BTreeMap;
use std::path::Path;

/// Records one import and reads it again.
fn recorded(component: &Shape, at: usize, item: &Item) -> Outcome {
    let slice = only_import(component, at).expect("there is one at this position");
    let (name, sliced) = slice.imports.last().expect("the import is in it");
    let used = used(component, at).map_err(|why| format!("`{name}`: {why}\n{}", canonical_text(&slice)))?;
    let again = read(&used.import, used.wit.replace('\n', "\r\n  ")).map_err(|why| format!("{why}\n{}", used.wit))?;
    if hash(&[], &again.shape) != hash(&[], &used.shape) || canonical_text(&again.shape) != canonical_text(&slice) {
        return Err(format!("`{name}` is read differently\n{}", used.wit));
    }
    let views = [
        View { shape: component, entity: &item.entity },
        View { shape: &slice, entity: &sliced.entity },
        View { shape: &again.shape, entity: &again.shape.imports[again.at].entity },
    ];
    for plug in views {
        for socket in views {
            fits(plug, socket).map_err(|mismatch| format!("`{name}`: {mismatch}\n{}", used.wit))?;
        }
    }
    Ok("the same")
}

fn all(family: &Family) -> Vec<Outcome> {
    let shapes: Vec<Shape> = family.members.iter().map(|(_, bytes)| shape(bytes)).collect();
    let imports = shapes.iter().flat_map(|shape| shape.imports.values().enumerate().map(move |import| (shape, import)));
    imports.map(|(shape, (at, item))| recorded(shape, at, item)).collect()
}

#[test]
fn imports_of_random_components_are_recorded_as_they_are() {
    each("recorded, own worlds", |seed| Some(family(seed, 1)), all);
    each("recorded, foreign worlds", smith, all);
}

#[test]
fn imports_of_the_fixtures_are_recorded_as_they_are() {
    let folder = root().join("fixtures/components");
    let mut count = 0;
    for file in files_below(&folder).into_iter().filter(|file| file.ends_with(".wasm")) {
        let component = shape(&std::fs::read(folder.join(&file)).expect("a fixture"));
        for (at, item) in component.imports.values().enumerate() {
            let outcome = recorded(&component, at, item);
            assert_eq!(outcome.as_deref(), Ok("the same"), "{file}");
            count += usize::from(!matches!(item.entity, Entity::Type { .. }));
        }
    }
    assert!(count > 50, "{count}");
}

/// `compose` in a folder; the exit status and what it says.
fn compose(folder: &Path, args: &[&str]) -> (i32, String) {
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    let ran = run::compose(folder, &args, None, &BTreeMap::new()).expect("a run");
    (ran.exit, ran.stdout + &ran.stderr)
}

/// Who is broken by a `kv` of changed WIT: first with the consumers, then from the lock alone.
fn broken_by(change: impl Fn(String) -> String) -> [Vec<&'static str>; 2] {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let wit = read_file(root().join("wit/shop-kv/kv.wit"));
    let changed = change(wit.clone());
    assert_ne!(wit, changed, "something is changed");
    let provider = guest(&format!("{changed}\nworld w {{ export store; export admin; }}"), None);
    std::fs::write(folder.join("kv.wasm"), provider).expect("a file");
    let consumers = ["cart", "inventory", "front"];
    let files = consumers.map(|name| format!("{name}.wasm"));
    for file in &files {
        std::fs::copy(root().join("fixtures/components").join(file), folder.join(file)).expect("a copy");
    }
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    assert_eq!(compose(folder, &[&["contract", "record"], &*files].concat()).0, 0);
    let with = consumers.into_iter().filter(|consumer| {
        let (exit, said) = compose(folder, &["contract", "check", &format!("{consumer}.wasm"), "kv.wasm"]);
        assert!(exit == 0 || exit == 1 && said.contains("shop:kv/store"), "{said}");
        exit == 1
    });
    let with = with.collect();
    for file in files {
        std::fs::remove_file(folder.join(file)).expect("it was there");
    }
    let (exit, said) = compose(folder, &["contract", "verify", "kv.wasm"]);
    let without: Vec<_> = consumers.into_iter().filter(|name| said.contains(&format!("{name}: BROKEN"))).collect();
    assert_eq!(exit, i32::from(!without.is_empty()), "{said}");
    let fine = consumers.iter().filter(|name| said.contains(&format!("{name}: ok"))).count();
    assert_eq!(fine + without.len(), consumers.len(), "{said}");
    [with, without]
}

#[test]
fn real_consumers_are_broken_by_what_they_import_and_by_nothing_else() {
    let both = |broken: &[&'static str]| [broken.to_vec(), broken.to_vec()];
    // Nobody in the shop copies buckets or is an operator.
    let unused = broken_by(|wit| {
        wit.replace("copy: func(source: borrow<bucket>, target", "copy: func(source: borrow<bucket>, onto: u8, target")
            .replace("usage: func() -> list<tuple<string, u64>>;", "")
            .replace("record pair {", "enum unheard-of { a }\n  record pair {")
    });
    assert_eq!(unused, both(&[]));
    // Only `inventory` takes the contents of a bucket.
    let seal = broken_by(|wit| wit.replace("seal: func(bucket: bucket)", "seal: func(bucket: borrow<bucket>)"));
    assert_eq!(seal, both(&["inventory"]));
    // What everybody calls may fail.
    let error = broken_by(|wit| wit.replace("full(u64),", "full(u64),\n    busy,"));
    assert_eq!(error, both(&["cart", "inventory", "front"]));
}
