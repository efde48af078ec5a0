//! Providers against everything that was recorded, without the consumers.

use super::{Block, Lock};
use crate::contract::finding::{Between, Link};
use crate::contract::links::Judged;
use crate::contract::links::diags::{Nobody, host_has};
use crate::contract::party::{End, Offer, Party};
use crate::model::import_pattern::ImportPattern;
use crate::model::name::ExternName;
use crate::types::shape::Side;

/// The provider of a link that the host fills.
pub const HOST: &str = "(the host)";
/// The provider of a link that is no matter of those who were asked.
pub const ELSEWHERE: &str = "(somebody else)";

/// What is asked.
#[derive(Debug)]
pub struct Scope {
    /// What the host has.
    pub host: Vec<ImportPattern>,
    /// Whether the providers are all there are, so that nothing may be missing.
    pub whole: bool,
    /// Who they are, in a word.
    pub all: String,
}

/// Holds each recorded import against whoever of the providers has the interface.
pub fn verify<'l>(lock: impl IntoIterator<Item = &'l Block>, providers: &[Party], scope: &Scope) -> Judged {
    let mut judged = Judged::default();
    for block in lock {
        let party = party(block);
        let asked = End { party: &party, side: Side::Import, at: block.used.at };
        let mut own = Judged::default();
        let mut apart = false;
        for provider in providers {
            match provider.offer(asked) {
                Offer::Named(offered) => drop(own.held(asked, &offered)),
                Offer::Apart(offered) => {
                    apart = true;
                    own.apart(asked, offered);
                }
                Offer::Nothing => {}
            }
        }
        if own.links.is_empty() {
            let left = |to: &str| Link {
                between: Between { consumer: party.name.clone(), provider: to.into() },
                interface: asked.name().to_string(),
                offered: None,
                faults: 0,
                excused: 0,
            };
            let package = asked.interface().map(|name| name.package_id());
            let owner = providers.iter().find(|provider| package.as_ref().is_some_and(|of| provider.has_package(of)));
            if is_hosts(&asked.name(), &scope.host) {
                own = Judged::default();
                own.links.push(left(HOST));
            } else if apart {
                own.settle();
            } else if let Some(owner) = owner {
                let change = Some("interface-removed");
                own.nobody(Nobody { asked, of: &owner.name, change, help: None });
            } else if scope.whole {
                let help = Some(host_has(&asked));
                own.nobody(Nobody { asked, of: &scope.all, change: None, help });
            } else {
                own.links.push(left(ELSEWHERE));
            }
        }
        judged.take(own);
    }
    judged.settle();
    judged
}

fn is_hosts(name: &ExternName, host: &[ImportPattern]) -> bool {
    host.iter().any(|pattern| pattern.matches(name).is_some())
}

/// A recorded import as one who asks, with its text where it stands in the lock.
fn party(block: &Block) -> Party {
    let name = format!("{} (recorded)", block.party());
    let party = Party::new(block.party(), name, block.used.shape.clone());
    match &block.at {
        Some((source, at)) if !at.is_empty() => {
            let spans = block.used.spans.iter().map(|(place, span)| {
                let span = at.start + span.start..at.start + span.end;
                (place.clone(), (source.clone(), span))
            });
            party.written(spans.collect())
        }
        _ => party,
    }
}

impl Lock {
    /// The environments that something was recorded for.
    pub fn environments(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.blocks.iter().filter_map(|block| block.environment.as_deref()).collect();
        names.dedup();
        names
    }
}
