//! A component against the world that it is meant for: everything that it imports and the world does not have, everything
//! that the world exports and it does not, and every difference in what both have.
//!
//! Names match as wires do, by interface and version track, so a component that was built with 0.2.6 conforms to a world
//! that has 0.2.3 if all that its binary uses is there.

use super::links::Judged;
use super::links::diags::{NoExport, Nobody};
use super::party::{Offer, Party};

/// A world, as a host that has its imports and calls its exports.
#[derive(Debug)]
pub struct World {
    /// What it offers: its imports.
    pub imports: Party,
    /// What it asks for: its exports.
    pub exports: Party,
}

/// Holds a component against a world.
pub fn conforms(component: &Party, world: &World) -> Judged {
    let mut judged = Judged::default();
    for asked in component.asks() {
        match world.imports.offer(asked) {
            Offer::Named(offered) => judged.held(asked, &offered),
            Offer::Apart(offered) => judged.apart(asked, offered),
            Offer::Nothing => judged.nobody(Nobody {
                asked,
                of: &world.imports.name,
                change: None,
                help: Some(format!("write into the world `{}`: `import {};`", world.imports.name, asked.name())),
            }),
        }
    }
    for asked in world.exports.side(world.exports.offers) {
        match component.offer(asked) {
            Offer::Named(offered) => judged.held(asked, &offered),
            Offer::Apart(offered) => judged.apart(asked, offered),
            Offer::Nothing => judged.findings.push(NoExport { asked, component }.into()),
        }
    }
    judged
}
