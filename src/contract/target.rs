//! A component against the world that it is meant for: everything that it imports and the world does not have, everything
//! that the world exports and it does not, and every difference in what both have.
//!
//! Names match as wires do, by interface and version track, so a component that was built with 0.2.6 conforms to a world
//! that has 0.2.3 if all that its binary uses is there.

use super::finding::{Between, Link};
use super::links::Judged;
use super::links::diags::{NoExport, Nobody, into_world};
use super::lock::HOST;
use super::party::{Offer, Party};
use crate::model::import_pattern::ImportPattern;

/// A world, as a host that has its imports and calls its exports.
#[derive(Debug)]
pub struct World {
    /// What it offers: its imports.
    pub imports: Party,
    /// What it asks for: its exports.
    pub exports: Party,
}

/// Holds a component against a world; what the host has besides the world may be imported too.
pub fn conforms(component: &Party, world: &World, host: &[ImportPattern]) -> Judged {
    let mut judged = Judged::default();
    for asked in component.asks() {
        match world.imports.offer(asked) {
            Offer::Named(offered) => drop(judged.held(asked, &offered)),
            Offer::Apart(offered) => judged.apart(asked, offered),
            Offer::Nothing if host.iter().any(|pattern| pattern.matches(&asked.name()).is_some()) => {
                let between = Between { consumer: component.name.clone(), provider: HOST.into() };
                let interface = asked.name().to_string();
                judged.links.push(Link { between, interface, offered: None, faults: 0, excused: 0 });
            }
            Offer::Nothing => {
                let help = Some(into_world(&asked, &world.imports.name));
                judged.nobody(Nobody { asked, of: &world.imports.name, change: None, help });
            }
        }
    }
    let exported = world.exports.side(world.exports.offers);
    // Types alone are in nobody's way, whether they are there or not.
    for asked in exported.filter(|end| !end.party.shape.is_types_only(&end.item().entity)) {
        match component.offer(asked) {
            Offer::Named(offered) => drop(judged.held(asked, &offered)),
            Offer::Apart(offered) => judged.apart(asked, offered),
            Offer::Nothing => judged.findings.push(NoExport { asked, component }.into()),
        }
    }
    judged
}
