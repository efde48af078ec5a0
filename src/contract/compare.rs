//! Everything that is asked of two versions: what changed, what was promised and not kept, and whether the validator agrees.

use super::component;
use super::counterpart;
use super::diags;
use super::diff;
use super::judge::Baseline;
use super::rules::version::PACKAGE_RENAMED;
use super::side::Side;
use super::stability::{self, Promises};
use super::version;
use super::whole;
use super::witness::{self, Extent};

/// How two versions are compared.
#[derive(Debug, Clone, Copy)]
pub struct Comparing {
    /// For how many releases an item has to be deprecated before it may go; with 0 it may go at any time.
    pub window: u64,
    /// Whether what rules say about links is confirmed.
    pub witness: bool,
}

/// Two versions, compared.
#[derive(Debug)]
pub struct Compared<'a> {
    /// What there is to be judged.
    pub baseline: Baseline<'a>,
    /// What could not be confirmed, in words; with any of it nothing is "ok".
    pub unchecked: Vec<String>,
    /// How many links were made to confirm the rest.
    pub proved: Option<usize>,
}

/// Compares an old side with a new one.
pub fn run<'a>(old: &'a Side, new: &Side, how: Comparing) -> Compared<'a> {
    // Nobody can be broken by what was not there, and nothing is linked with what is gone.
    if let Some(changes) = whole::changes(old, new) {
        let baseline = Baseline { side: old, changes, faults: Vec::new() };
        return Compared { baseline, unchecked: Vec::new(), proved: None };
    }
    if let Some(strangers) = counterpart::strangers(old, new) {
        let unchecked = vec![diags::strangers(old, new, &strangers)];
        let baseline = Baseline { side: old, changes: Vec::new(), faults: Vec::new() };
        return Compared { baseline, unchecked, proved: None };
    }
    let mut changes = component::meant(old, new, diff::run(old, new));
    changes.extend(whole::packages(old, new));
    let witnessed = how.witness.then(|| {
        let meant = changes.iter().filter(|change| !component::is_need(old, new, change)).cloned();
        let renames = version::pairs(old, new).into_iter().flat_map(|pair| pair.changes());
        let all: Vec<_> = meant.chain(renames.filter(|change| change.rule == &PACKAGE_RENAMED)).collect();
        witness::confirm(old, new, &all, Extent::Touched)
    });
    let unchecked = witnessed.as_ref().map(diags::unconfirmed).unwrap_or_default();
    let proved = witnessed.map(|witnessed| witnessed.asked - witnessed.unmade.len());
    // Components carry neither gates nor documentation, so that nothing of theirs was broken or went.
    let promises = match old.component.is_none() && new.component.is_none() {
        true => stability::run(old, new, &changes, how.window),
        false => Promises { faults: component::faults(old, new), ..Promises::default() },
    };
    changes.extend(promises.changes);
    Compared { baseline: Baseline { side: old, changes, faults: promises.faults }, unchecked, proved }
}
