//! Lints of what a component asks for, by itself and held against the world that it was made for.

use super::{Binary, LintOptions};
use crate::contract::change::{ItemPath, Said};
use crate::contract::fault::{Detail, Fault};
use crate::contract::rules::lint_capability::{NOT_IN_WORLD, NOT_USED_BY_BINARY, UNUSED_IN_WORLD, WIDE_IMPORT};
use crate::contract::side::Side;
use crate::contract::statements::Statements;
use crate::model::graph::group;
use crate::model::import_pattern::{ImportPattern, Place};
use crate::model::name::ExternName;
use wit_parser::{Resolve, WorldId, WorldItem, WorldKey};

/// What lets a component reach nearly anything.
const WIDE: [&str; 5] =
    ["wasi:sockets/*", "wasi:filesystem/*", "wasi:http/outgoing-handler", "wasi:http/client", "wasi:cli/environment"];

/// An import of a world.
struct Import<'a> {
    name: ExternName,
    key: &'a WorldKey,
    item: &'a WorldItem,
    /// The path of the interface, or of the import in its world.
    path: ItemPath,
}

impl Import<'_> {
    fn said(&self, statements: &Statements<'_>) -> Said {
        statements.said(self.name.to_string(), "import", self.key, self.item)
    }
}

/// Wide capabilities among the imports of a component.
pub(super) fn wide(side: &Side, options: &LintOptions, faults: &mut Vec<Fault>) {
    let Some(world) = side.component else { return };
    let statements = Statements::of(side, world);
    for import in imports(side, world).into_iter().filter(|import| asks(&side.resolve, import) && is_wide(&import.name))
    {
        let path = import.path.to_string();
        if !options.capabilities.iter().any(|pattern| pattern.covers(&path)) {
            let said = import.said(&statements);
            let capability = Detail::Capability(group(&import.name, None));
            faults.push(Fault::new(&WIDE_IMPORT, import.path, said).with(capability));
        }
    }
}

/// What the component asks for and the world does not give, and the other way round.
pub(super) fn against_world(side: &Side, binary: Binary<'_>, faults: &mut Vec<Fault>) {
    let Some(component) = binary.side.component else { return };
    let (asked, granted) = (imports(binary.side, component), imports(side, binary.world));
    let statements = [Statements::of(binary.side, component), Statements::of(side, binary.world)];
    let world = side.world_path(binary.world).map(|path| path.to_string()).unwrap_or_default();
    let detail = || Detail::BinaryAndWorld { binary: binary.side.origin.clone(), world: world.clone() };
    for import in &asked {
        if asks(&binary.side.resolve, import) && !granted.iter().any(|other| is_same(&import.name, &other.name)) {
            let said = import.said(&statements[0]);
            faults.push(Fault::new(&NOT_IN_WORLD, import.path.clone(), said).with(detail()));
        }
    }
    for import in &granted {
        if asks(&side.resolve, import) && !asked.iter().any(|other| is_same(&import.name, &other.name)) {
            let rule = if is_wide(&import.name) { &UNUSED_IN_WORLD } else { &NOT_USED_BY_BINARY };
            let said = import.said(&statements[1]);
            faults.push(Fault::new(rule, import.path.clone(), said).with(detail()));
        }
    }
}

fn imports(side: &Side, world: WorldId) -> Vec<Import<'_>> {
    let resolve = &side.resolve;
    let around = side.world_path(world).unwrap_or_else(|| ItemPath::package("root:component"));
    let import = |(key, item)| {
        let name = resolve.name_world_key(key);
        let of_interface = match key {
            WorldKey::Interface(id) => side.interface_path(*id),
            WorldKey::Name(_) => None,
        };
        let path = of_interface.unwrap_or_else(|| around.below(&name));
        Import { path, name: ExternName::parse(&name, None), key, item }
    };
    resolve.worlds[world].imports.iter().map(import).collect()
}

/// Whether it asks something of who provides it: types alone do not.
fn asks(resolve: &Resolve, import: &Import<'_>) -> bool {
    match import.item {
        WorldItem::Interface { id, .. } => !resolve.interfaces[*id].functions.is_empty(),
        WorldItem::Function(_) => true,
        WorldItem::Type { .. } => false,
    }
}

fn is_wide(name: &ExternName) -> bool {
    WIDE.iter().any(|text| ImportPattern::parse(text, Place::Wire).is_ok_and(|pattern| pattern.matches(name).is_some()))
}

/// Whether two names are one import: interfaces of one track are.
pub(super) fn is_same(one: &ExternName, other: &ExternName) -> bool {
    match (one.interface(), other.interface()) {
        (Some(one), Some(other)) => one.same_track(other),
        _ => one == other,
    }
}
