//! The world that the result must conform to, with the packages of `[wit]` that it may use.

use super::diags::{UnknownWorld, WitPackageName};
use super::wit::{self, Fault, Package};
use crate::diag::Diagnostic;
use crate::model::near::nearest;
use crate::model::request::{Request, WitRequest, WorldRequest, Written};
use std::sync::Arc;
use wit_parser::{Resolve, WorldId};

/// A world and everything it mentions.
#[derive(Debug, Clone)]
pub struct World {
    /// What the user calls the package it was found in.
    pub origin: String,
    /// Where it was asked for: its name, or the package where no name was written.
    pub written: Written,
    /// The packages.
    pub resolve: Arc<Resolve>,
    /// The world among them.
    pub id: WorldId,
}

/// The packages of `[wit]`; faults go to `report`.
pub(super) fn packages(request: &Request, report: &mut impl FnMut(&WitRequest, Fault)) -> Vec<Package> {
    let mut found = Vec::new();
    for wanted in &request.wit {
        match wit::package(&wanted.path, &wanted.written.text, Some(&wanted.written)) {
            Err(fault) => report(wanted, fault),
            Ok(package) => {
                let name = package.name();
                let full = name.to_string();
                let bare = format!("{}:{}", name.namespace, name.name);
                if wanted.package.text == full || wanted.package.text == bare {
                    found.push(package);
                } else {
                    let facts = WitPackageName { package: &wanted.package, origin: &wanted.written.text, found: &full };
                    report(wanted, Diagnostic::from(facts).into());
                }
            }
        }
    }
    found
}

/// Looks the world up in its package, which may use the others.
pub(super) fn world(wanted: &WorldRequest, package: Package, others: Vec<Package>) -> Result<World, Box<Diagnostic>> {
    let (resolve, main, _) = package.resolve(others)?;
    match resolve.select_world(&[main], wanted.name.as_ref().map(|name| name.text.as_str())) {
        Ok(id) => {
            let written = wanted.name.as_ref().unwrap_or(&wanted.written).clone();
            Ok(World { origin: wanted.written.text.clone(), written, resolve: Arc::new(resolve), id })
        }
        Err(_) => {
            let known: Vec<String> = resolve.packages[main].worlds.keys().cloned().collect();
            let bare = wanted.name.as_ref().map(|name| {
                let name = name.text.split('@').next().unwrap_or_default();
                name.rsplit('/').next().unwrap_or_default()
            });
            let near = bare.and_then(|bare| nearest(bare, known.iter().map(String::as_str))).map(str::to_owned);
            Err(Box::new(Diagnostic::from(UnknownWorld {
                written: wanted.name.as_ref().unwrap_or(&wanted.written),
                origin: &wanted.written.text,
                named: wanted.name.is_some(),
                known,
                near,
            })))
        }
    }
}
