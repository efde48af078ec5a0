//! Links as they would be: whether what a provider offers fits what a consumer's binary really imports, and every
//! difference where it does not.
//!
//! Nothing is wired and no plan is made: each import is held against everything of its name, so the answer for a pair does
//! not depend on who else is there. Shapes are compared as wires are (`types::fit`), so a link that is told to fit here is
//! one that `build` makes.

pub mod diags;
mod way;

use super::finding::{Between, Finding, Link, Report};
use super::party::{End, Offer, Party};
use super::policy::Policy;
use super::settle::{self, Scope};
use crate::model::name::InterfaceVersion;
use crate::types::fit::{Mismatch, differences, root_differences};
use crate::types::shape::Entity;
use crate::types::slice::reachable;
use diags::{Apart, Misfit, Nobody, Spelled};
use rayon::prelude::*;

/// What was judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Each link.
    pub links: Vec<Link>,
    /// What is wrong with them.
    pub findings: Vec<Finding>,
    /// What could not be compared.
    pub unchecked: Vec<String>,
    /// Versions that are apart, as long as another party may have one that is not; see [`Judged::settle`].
    apart: Vec<(Link, Finding)>,
}

/// Holds every import of `consumer` for which `provider` has something of the name against it.
pub fn between(consumer: &Party, provider: &Party) -> Judged {
    let mut judged = Judged::default();
    for asked in consumer.asks() {
        match provider.offer(asked) {
            Offer::Nothing => {}
            Offer::Apart(offered) => judged.apart(asked, offered),
            Offer::Named(offered) => {
                let filled = judged.held(asked, &offered).filter(|_| !provider.is_wit());
                // What was recorded or written as WIT has no spelling; two binaries have.
                if let Some(offered) = filled.filter(|offered| is_canonical(asked) != is_canonical(*offered)) {
                    judged.findings.push(Spelled { asked, offered }.into());
                }
            }
        }
    }
    judged
}

/// Every pair of different parties, in parallel; in the order of the pairs.
pub fn pairs(pairs: &[(&Party, &Party)]) -> Vec<Judged> {
    pairs.par_iter().map(|(consumer, provider)| between(consumer, provider)).collect()
}

impl Judged {
    /// An import against what may fill it: the first that fits, which is given back, else the first.
    pub fn held<'p>(&mut self, asked: End<'_>, offered: &[End<'p>]) -> Option<End<'p>> {
        let socket = asked.view();
        let mut first: Option<(End<'p>, Vec<Mismatch>)> = None;
        for end in offered {
            let found = root_differences(end.view(), socket);
            if found.is_empty() {
                self.links.push(link(asked, *end, 0));
                return Some(*end);
            }
            first = first.or(Some((*end, found)));
        }
        let (end, roots) = first?;
        let all = differences(end.view(), socket);
        for mismatch in &roots {
            if let Some(word) = diags::incomparable(mismatch) {
                self.unchecked.push(diags::unchecked(asked, end, word));
                continue;
            }
            let also = consequences(mismatch, &roots, &all, asked);
            self.findings.push(Misfit { asked, offered: end, mismatch, also }.into());
        }
        self.links.push(link(asked, end, roots.len()));
        None
    }

    /// An import whose interface is there in a version that cannot stand in for it.
    pub fn apart(&mut self, asked: End<'_>, offered: End<'_>) {
        self.apart.push((link(asked, offered, 1), Apart { asked, offered }.into()));
    }

    /// An import that nobody offers.
    pub fn nobody(&mut self, nobody: Nobody<'_>) {
        let between = Between { consumer: nobody.asked.party.name.clone(), provider: nobody.of.to_owned() };
        let interface = nobody.asked.name().to_string();
        self.links.push(Link { between, interface, offered: None, faults: 1, excused: 0 });
        self.findings.push(nobody.into());
    }

    /// Decides about versions that are apart: they are no fault where another party has one that will do.
    pub fn settle(&mut self) {
        let mut settled = Vec::new();
        for (link, finding) in std::mem::take(&mut self.apart) {
            let same =
                |other: &Link| other.between.consumer == link.between.consumer && other.interface == link.interface;
            if !self.links.iter().any(same) {
                settled.push((link, finding));
            }
        }
        for (link, finding) in settled {
            self.links.push(link);
            self.findings.push(finding);
        }
    }

    /// Adds what was judged apart.
    pub fn take(&mut self, other: Self) {
        self.links.extend(other.links);
        self.findings.extend(other.findings);
        self.unchecked.extend(other.unchecked);
        self.apart.extend(other.apart);
    }

    /// The report of it, with what a policy makes of it.
    pub fn report(mut self, command: &'static str, subjects: Vec<String>, policy: &Policy) -> Report {
        self.settle();
        self.links.sort_by(|one, other| (&one.between, &one.interface).cmp(&(&other.between, &other.interface)));
        self.unchecked.sort();
        self.unchecked.dedup();
        let Self { links, findings, unchecked, apart: _ } = self;
        let package = |item: &str| item.split('/').next().unwrap_or_default().to_owned();
        let mut packages: Vec<String> = links.iter().map(|link| package(&link.interface)).collect();
        packages.extend(findings.iter().map(|finding| finding.item.package.clone()));
        packages.sort();
        packages.dedup();
        let is_off = |finding: &&Finding| policy.severities.get(finding.rule.id) == Some(&None);
        let off: Vec<Finding> = findings.iter().filter(is_off).cloned().collect();
        let mut report = Report { command, subjects, findings, links, unchecked, ..Report::default() };
        settle::settle(&mut report, policy, Scope { packages: &packages, asks: settle::of_links });
        let waived = report.findings.iter().filter(|finding| finding.waived.is_some());
        for excused in off.iter().chain(waived) {
            if let Some(link) = report.links.iter_mut().find(|link| link.faults > 0 && link.concerns(excused)) {
                link.faults -= 1;
                link.excused += 1;
            }
        }
        report
    }
}

/// Whether a name is spelled canonically; `None` if it has no version.
fn is_canonical(end: End<'_>) -> Option<bool> {
    let version = end.interface()?.version?;
    let is_canonical = matches!(version, InterfaceVersion::Canonical { .. });
    Some(is_canonical)
}

fn link(asked: End<'_>, offered: End<'_>, faults: usize) -> Link {
    let between = Between { consumer: asked.party.name.clone(), provider: offered.party.name.clone() };
    Link { between, interface: asked.name().to_string(), offered: Some(offered.name().to_string()), faults, excused: 0 }
}

/// The items that differ for no other reason than that they speak of a type which differs.
fn consequences(root: &Mismatch, roots: &[Mismatch], all: &[Mismatch], asked: End<'_>) -> Vec<String> {
    let (Entity::Instance(items), Some(name)) = (&asked.item().entity, root.item()) else { return Vec::new() };
    let Some(Entity::Type { created }) = items.get(name).map(|item| &item.entity) else { return Vec::new() };
    let shape = &asked.party.shape;
    let ty = shape.peel(*created);
    let is_root = |mismatch: &&Mismatch| roots.iter().any(|root| root.item() == mismatch.item());
    let speaks = |name: &str| items.get(name).is_some_and(|item| reachable(shape, &item.entity).contains(&ty));
    let further = all.iter().filter(|mismatch| !is_root(mismatch)).filter_map(|mismatch| mismatch.item());
    further.filter(|name| speaks(name)).map(str::to_owned).collect()
}
