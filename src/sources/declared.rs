//! The imports that the result has by themselves, as a world: their types are written in WIT, or are interfaces of WIT
//! packages.
//!
//! An interface under a name of its own stands there under a label, which `decode` takes off again; WIT has no other word
//! for it.

use super::World;
use super::diags::DECLARED_IMPORTS;
use super::wit::{self, Package};
use crate::diag::{Diagnostic, Source};
use crate::model::name::InterfaceName;
use crate::model::request::{DeclaredImport, Written};
use std::sync::Arc;

/// The world of the declared imports.
#[derive(Debug, Clone)]
pub struct DeclaredWorld {
    /// The world.
    pub world: World,
    /// For each declared import the name it has in the world, and the one it has in the result.
    pub names: Vec<(String, String)>,
    /// The names in the result, as they were written.
    pub written: Vec<Written>,
}

/// Reads the world; `others` are the packages that it may use.
pub(super) fn world(declared: &[DeclaredImport], others: Vec<Package>) -> Result<DeclaredWorld, Box<Diagnostic>> {
    let mut text = String::from("package compose:declared;\n\nworld imports {\n");
    let (mut names, mut quoted) = (Vec::new(), Vec::new());
    for (index, import) in declared.iter().enumerate() {
        let (name, what) = (&import.name.text, &with_version(&import.what.text, &others));
        let is_interface = InterfaceName::parse(what, None).is_some();
        let own = if is_interface && name != what { format!("import-{index}") } else { name.clone() };
        let start = text.len();
        match is_interface && own == *name {
            true => text.push_str(&format!("  import {what};\n")),
            false => {
                // An interface ends by its bracket.
                let end = if what.trim_end().ends_with('}') { "" } else { ";" };
                text.push_str(&format!("  import {}: {what}{end}\n", escaped(&own)));
            }
        }
        quoted.push((start..text.len(), import.what.clone()));
        names.push((own, name.clone()));
    }
    text.push_str("}\n");
    let source = Arc::new(Source::new(DECLARED_IMPORTS, text));
    let (resolve, main, _) = wit::package_of_text(source, quoted)?.resolve(others)?;
    let id = resolve.packages[main].worlds.values().copied().next().expect("the text has a world");
    let resolve = Arc::new(resolve);
    let world = World { origin: DECLARED_IMPORTS.into(), written: Written::new(DECLARED_IMPORTS), resolve, id };
    Ok(DeclaredWorld { world, names, written: declared.iter().map(|import| import.name.clone()).collect() })
}

/// An interface that was named without a version, with that of the package it is found in.
fn with_version(what: &str, packages: &[Package]) -> String {
    let unversioned = InterfaceName::parse(what, None).filter(|name| name.version.is_none());
    let version = unversioned.and_then(|name| {
        let of_it = packages.iter().map(Package::name).find(|package| {
            package.namespace == name.namespace && package.name == name.package && package.version.is_some()
        });
        of_it.and_then(|package| package.version.as_ref())
    });
    version.map_or_else(|| what.to_owned(), |version| format!("{what}@{version}"))
}

/// A name that may be a word of WIT.
fn escaped(name: &str) -> String {
    format!("%{name}")
}
