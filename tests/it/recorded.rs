//! What is recorded of a consumer is what its binary imports: of every import of the fixtures and of random components
//! the WIT, read again, is the same shape, and fits exactly as the import does.

use crate::family::{Family, family};
use crate::support::{files_below, root};
use crate::worlds::{Outcome, each, shape, smith};
use component_compose::contract::lock::used::{hash, read, used};
use component_compose::types::fit::{View, fits};
use component_compose::types::shape::{Entity, Item, Shape};
use component_compose::types::slice::only_import;
use component_compose::types::world_text::canonical_text;

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
