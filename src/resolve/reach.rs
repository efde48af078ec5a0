//! Notes in the shapes what pins and exports take of components besides exports: instances as a whole, and what stands
//! inside of an export.
//!
//! Before the rule is applied, so that from then on a plug is a number whatever it takes.

use super::short;
use crate::model::component::{Component, Components, item_name};
use crate::model::import_pattern::interface_matches;
use crate::model::name::{ExternName, InterfaceName};
use crate::model::request::{PinTo, Request, Written};
use crate::types::reached::Within;
use crate::types::shape::{Entity, Item, Shape};

/// Notes all of it. What is not there is left out; whoever asks for it by its name says so.
pub fn run(request: &Request, components: &mut Components) {
    for pin in &request.pins {
        match &pin.to {
            PinTo::Whole(instance) | PinTo::Fitting(instance) => whole(request, components, instance),
            PinTo::Export { instance, export, inner } => {
                inside(request, components, (instance, export, inner), pin.import.text == "*");
            }
            PinTo::Instance(_) | PinTo::Open(_) => {}
        }
    }
    for wanted in &request.exports {
        match &wanted.export {
            _ if wanted.whole => whole(request, components, &wanted.instance),
            Some(export) => inside(request, components, (&wanted.instance, export, &wanted.inner), wanted.all),
            None => {}
        }
    }
}

fn whole(request: &Request, components: &mut Components, instance: &Written) {
    if let Some(component) = component(request, components, instance) {
        component.shape.reach_whole();
    }
}

/// What stands inside an export, and, if all of that is spread, everything inside it.
fn inside(request: &Request, components: &mut Components, at: (&Written, &Written, &[Written]), spread: bool) {
    let (instance, export, inner) = at;
    if let Some(component) = component(request, components, instance).filter(|_| spread || !inner.is_empty())
        && let Some(export) = export_meant(&component.shape, &export.text)
    {
        let shape = &mut component.shape;
        let reached = inner.iter().try_fold(export, |at, name| shape.reach_inside(at, &name.text));
        if let Some(outer) = reached.filter(|_| spread)
            && let Some((_, Item { entity: Entity::Instance(items), .. })) = shape.export(outer)
        {
            let names: Vec<String> = items.keys().cloned().collect();
            for name in names {
                shape.reach_inside(outer, &name);
            }
        }
    }
}

/// The component of an instance.
fn component<'c>(request: &Request, components: &'c mut Components, instance: &Written) -> Option<&'c mut Component> {
    let declared = request.instances.iter().find(|wanted| wanted.name.text == instance.text);
    let name = declared.and_then(|wanted| wanted.component.as_ref()).unwrap_or(instance);
    components.items.iter_mut().find(|component| component.name == name.text)
}

/// The export of that name, with or without its version, or of that last word.
pub(super) fn export_meant(shape: &Shape, text: &str) -> Option<usize> {
    // What only describes imports passes them on, and has no exports.
    let passed_on = (shape.exports.len()..shape.exports.len() + shape.reached.len())
        .filter(|at| matches!(shape.reached_at(*at).map(|reached| reached.within), Some(Within::Import(_))));
    let numbers: Vec<usize> = (0..shape.exports.len()).chain(passed_on).collect();
    let names = || numbers.iter().filter_map(|at| shape.export(*at).map(|(name, item)| (*at, item_name(name, item))));
    let exact = names().find(|(_, name)| name.to_string() == text).map(|(at, _)| at);
    let one = |meant: Vec<usize>| if let [only] = meant.as_slice() { Some(*only) } else { None };
    let by_interface = || {
        let wanted = InterfaceName::parse(text, None)?;
        let of_it = |name: &ExternName| name.interface().is_some_and(|name| interface_matches(&wanted, name).is_some());
        one(names().filter(|(_, name)| of_it(name)).map(|(at, _)| at).collect())
    };
    exact.or_else(by_interface).or_else(|| one(short::meant(text, names())))
}
