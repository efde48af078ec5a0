//! Copies of one package at one version that differ, in the folders of several contracts.

use crate::contract::change::ItemPath;
use crate::contract::fault::{Detail, Fault};
use crate::contract::rules::lint_dependency::VENDORED_DRIFT;
use crate::contract::side::Side;
use crate::contract::walk::Walk;
use std::collections::BTreeMap;
use wit_component::WitPrinter;
use wit_parser::{PackageId, PackageName};

/// Packages with a version that are not the same in all sides. What differs is found by `diff`.
pub fn drift(sides: &[&Side]) -> Vec<Fault> {
    let mut first: BTreeMap<&PackageName, (&Side, String)> = BTreeMap::new();
    let mut faults = Vec::new();
    for side in sides.iter().filter(|side| side.component.is_none()) {
        for (id, package) in side.resolve.packages.iter().filter(|(_, package)| package.name.version.is_some()) {
            let Some(text) = text(side, id) else { continue };
            let (earlier, same) = first.entry(&package.name).or_insert_with(|| (side, text.clone()));
            if *same != text {
                let item = ItemPath::package(side.package_name(id));
                let said = Walk::new(side).said_package(id);
                let other = Detail::Other(earlier.origin.clone());
                faults.push(Fault::new(&VENDORED_DRIFT, item, said).with(other));
            }
        }
    }
    super::sorted(faults)
}

/// The package as the printer writes it: whatever stands there besides its contents does not count.
fn text(side: &Side, package: PackageId) -> Option<String> {
    let mut printer = WitPrinter::default();
    printer.emit_docs(false);
    printer.print(&side.resolve, package, &[]).ok()?;
    Some(printer.output.to_string())
}
