//! Whether the result conforms to the world that the manifest names: it imports no more than the world offers, and
//! exports at least what the world asks for.
//!
//! Names match as wires do, by interface and version track; the types by shape. Everything that differs is reported, with
//! the instances that it comes from or could come from.

use super::diags::{Breach, MissingExport, MissingExports, MissingImport, MissingImports, Offer, Wanted, WorldBreach};
use crate::diag::Sink;
use crate::model::component::{Component, Components, item_interface, item_name};
use crate::model::plan::{OpenImport, Plan};
use crate::types::fit::{View, fits, root_differences};
use crate::types::print::{Home, Printer};
use crate::types::shape::{Entity, Item, Place, Shape, Side};

/// What is judged: the world that a plan comes to, and the plan.
pub struct Outcome<'f> {
    /// The world.
    pub shape: &'f Shape,
    /// The plan.
    pub plan: &'f Plan,
    /// Its components.
    pub components: &'f Components,
}

/// Reports where a result does not conform to `target`, the world that was wanted.
pub(crate) fn conforms(outcome: &Outcome<'_>, target: &Shape, wanted: Wanted<'_>, sink: &mut Sink) {
    let result = outcome.shape;
    let mut imports = Vec::new();
    for (at, (name, item)) in result.imports.iter().enumerate() {
        // What only names value types asks nothing of the host.
        if result.is_types_only(&item.entity) {
            continue;
        }
        let instances = || outcome.importers(name, item);
        match judge(Side::Import, (target, result), (name, item)) {
            Verdict::Fits => {}
            Verdict::Missing => {
                let line = import_line(result, at, name, item);
                imports.push(MissingImport { name: item_name(name, item).to_string(), line, instances: instances() });
            }
            Verdict::Differs(breach) => {
                sink.report(WorldBreach { wanted, side: Side::Import, breach, instances: instances() });
            }
        }
    }
    if !imports.is_empty() {
        sink.report(MissingImports { wanted, imports });
    }
    let mut exports = Vec::new();
    for (name, item) in &target.exports {
        match judge(Side::Export, (result, target), (name, item)) {
            Verdict::Fits => {}
            Verdict::Missing => {
                let offers = outcome.offers(target, name, item);
                exports.push(MissingExport { name: item_name(name, item).to_string(), offers });
            }
            Verdict::Differs(breach) => {
                let instances = outcome.exporters(&breach.of_result);
                sink.report(WorldBreach { wanted, side: Side::Export, breach, instances });
            }
        }
    }
    if !exports.is_empty() {
        sink.report(MissingExports { wanted, exports });
    }
}

enum Verdict {
    Fits,
    Missing,
    Differs(Breach),
}

/// Looks for what fills `asked` of the second shape among the first one's items of that side.
fn judge(side: Side, (offering, asking): (&Shape, &Shape), asked: (&str, &Item)) -> Verdict {
    let (name, item) = asked;
    let offered = offering.side(side).iter().find(|(other_name, other)| same(name, item, other_name, other));
    let Some((other_name, other)) = offered else { return Verdict::Missing };
    let plug = View { shape: offering, entity: &other.entity };
    let mut differences = root_differences(plug, View { shape: asking, entity: &item.entity }).into_iter();
    let Some(first) = differences.next() else { return Verdict::Fits };
    let (asked, offered) = (item_name(name, item).to_string(), item_name(other_name, other).to_string());
    let (of_result, in_world) = if side == Side::Import { (asked, offered) } else { (offered, asked) };
    Verdict::Differs(Breach { of_result, in_world, first, others: differences.collect() })
}

fn same(name: &str, item: &Item, other_name: &str, other: &Item) -> bool {
    if name == other_name {
        return true;
    }
    let labelled = item.attrs.implements.is_some() || other.attrs.implements.is_some();
    match (item_interface(name, item), item_interface(other_name, other)) {
        (Some(one), Some(two)) => !labelled && one.same_track(&two),
        _ => false,
    }
}

/// An import as a line of a world. What a world has to name otherwise (a type, what stands under a label) is none.
fn import_line(shape: &Shape, at: usize, name: &str, item: &Item) -> Option<String> {
    if item.attrs.implements.is_some() || name.starts_with('[') {
        return None;
    }
    match &item.entity {
        Entity::Instance(_) if item_interface(name, item).is_some() => {
            Some(format!("import {};", item_name(name, item)))
        }
        entity @ Entity::Func(_) => {
            let place = Place { side: Side::Import, item: at, path: Vec::new() };
            Some(format!("import {};", Printer::new(shape, Home::World).item(name, entity, Some(&place))))
        }
        _ => None,
    }
}

impl<'f> Outcome<'f> {
    /// The instances that an import of the result fills.
    fn importers(&self, name: &str, item: &Item) -> Vec<&'f str> {
        let name = item_name(name, item);
        let is_it = |open: &&OpenImport| open.types_only.is_none() && open.name == name;
        let sockets = self.plan.open.iter().filter(is_it).flat_map(|open| {
            open.sockets.iter().filter(|socket| !open.kept.contains_key(socket)).map(|socket| socket.instance)
        });
        let mut names: Vec<&str> = Vec::new();
        for id in sockets.filter(|id| !self.components.get(self.plan.instance(*id).component).declares) {
            let instance = self.plan.instance(id).name.as_str();
            if !names.contains(&instance) {
                names.push(instance);
            }
        }
        names
    }

    /// The instance whose export an export of the result is.
    fn exporters(&self, name: &str) -> Vec<&'f str> {
        let exports = self.plan.exports.iter().filter(|export| export.name.to_string() == name);
        let instances = exports.map(|export| self.plan.instance(export.plug.instance));
        let made = instances.filter(|instance| !self.components.get(instance.component).declares);
        made.map(|instance| instance.name.as_str()).collect()
    }

    /// What could be exported under a name that the world asks for: exports that the name stands for, else what has the
    /// type under another name. Instances of the plan go first; others have the names of their components.
    fn offers(&self, target: &Shape, name: &str, item: &Item) -> Vec<Offer<'f>> {
        let planned = self.plan.instances.iter().map(|instance| (instance.name.as_str(), instance.component));
        let is_planned = |id| self.plan.instances.iter().any(|instance| instance.component == id);
        let others = self.components.ids().filter(|id| !is_planned(*id));
        let others = others.map(|id| (self.components.get(id).name.as_str(), id));
        let all = planned.chain(others).map(|(name, id)| (name, self.components.get(id)));
        let all: Vec<(&str, &Component)> = all.filter(|(_, component)| !component.declares).collect();
        let socket = View { shape: target, entity: &item.entity };
        let offered = |by: &dyn Fn(&str, &Item, bool) -> bool| {
            let mut offers = Vec::new();
            for (instance, component) in &all {
                for (export, other) in &component.shape.exports {
                    let fits = fits(View { shape: &component.shape, entity: &other.entity }, socket).is_ok();
                    if by(export, other, fits) {
                        let by_name = same(name, item, export, other);
                        offers.push(Offer { instance, export: item_name(export, other).to_string(), fits, by_name });
                    }
                }
            }
            offers
        };
        let by_name = offered(&|export, other, _| same(name, item, export, other));
        // Without functions inside, any instance has the type.
        let telling = match &item.entity {
            Entity::Instance(items) => items.values().any(|item| matches!(item.entity, Entity::Func(_))),
            _ => false,
        };
        if !by_name.is_empty() || !telling { by_name } else { offered(&|_, _, fits| fits) }
    }
}
