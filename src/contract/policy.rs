//! What a run counts as bad: the configuration with its rules found, the options over it, and what day it is.
//!
//! Rules that nobody knows are told with the nearest that exists, since a misspelt exception would cover nothing.

use super::diags::UnknownRule;
use super::rule::{Rule, Severity};
use super::rules;
use crate::diag::{Placed, Sink};
use crate::model::contracts::{Contracts, Direction, Grade, Mode};
use crate::model::day::Day;
use crate::model::item_pattern::ItemPattern;
use crate::model::near::nearest;
use crate::model::request::Written;
use std::collections::BTreeMap;

/// What counts as bad.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The mode that is asked for; without one the versions decide.
    pub mode: Option<Mode>,
    /// How bad findings of a rule are; `None` if it is off.
    pub severities: BTreeMap<&'static str, Option<Severity>>,
    /// Exceptions.
    pub ignores: Vec<Ignore>,
    /// Whether unstable items are judged as if they were stable.
    pub unstable_is_checked: bool,
    /// For how many released versions something is deprecated before it is removed; 0 for none.
    pub deprecation: u32,
    /// The interfaces that others use; without any, all.
    pub public: Vec<ItemPattern>,
    /// The interfaces that others implement.
    pub implemented: Vec<ItemPattern>,
    /// The interfaces that may be reached over a network.
    pub remote: Vec<ItemPattern>,
    /// The capabilities that components may have.
    pub capabilities: Vec<ItemPattern>,
    /// Those of the patterns that were given for this run alone.
    pub told: Vec<ItemPattern>,
    /// Where the configuration has the others: the key, and the pattern as it is written.
    pub written: Vec<(&'static str, Written)>,
    /// What day it is. Without one nothing expires.
    pub today: Option<Day>,
}

/// For how many released versions something is deprecated before it is removed, if nothing else is said.
const DEPRECATION: u32 = 1;

impl Default for Policy {
    /// What goes without saying.
    fn default() -> Self {
        Self {
            mode: None,
            severities: BTreeMap::new(),
            ignores: Vec::new(),
            unstable_is_checked: false,
            deprecation: DEPRECATION,
            public: Vec::new(),
            implemented: Vec::new(),
            remote: Vec::new(),
            capabilities: Vec::new(),
            told: Vec::new(),
            written: Vec::new(),
            today: None,
        }
    }
}

/// An exception.
#[derive(Debug, Clone)]
pub struct Ignore {
    /// The rule.
    pub rule: &'static Rule,
    /// The items.
    pub item: ItemPattern,
    /// Why.
    pub reason: String,
    /// The last day.
    pub expires: Day,
    /// The one finding that is meant, if not all.
    pub fingerprint: Option<String>,
    /// The rule as it is written, for the place.
    pub written: Written,
}

impl Policy {
    /// The policy of a configuration; what is wrong with it goes to the sink.
    pub fn of(contracts: &Contracts, today: Option<Day>, sink: &mut Sink) -> Self {
        let mut policy = Self {
            mode: contracts.mode.as_ref().map(|(_, mode)| *mode),
            unstable_is_checked: contracts.unstable_is_checked,
            deprecation: contracts.deprecation.unwrap_or(DEPRECATION),
            public: contracts.public.clone(),
            implemented: contracts.implemented.clone(),
            remote: contracts.remote.clone(),
            capabilities: contracts.capabilities.clone(),
            written: contracts.roles.clone(),
            today,
            ..Self::default()
        };
        for (written, grade) in &contracts.severities {
            if let Some(rule) = rule(written, sink) {
                policy.severities.insert(rule.id, grade.map(severity));
            }
        }
        for ignore in &contracts.ignores {
            let Some(rule) = rule(&ignore.rule, sink) else { continue };
            policy.ignores.push(Ignore {
                rule,
                item: ignore.pattern.clone(),
                reason: ignore.reason.text.clone(),
                expires: ignore.expires.1,
                fingerprint: ignore.fingerprint.as_ref().map(|written| written.text.clone()),
                written: ignore.rule.clone(),
            });
        }
        policy
    }

    /// Whether others use an interface.
    pub fn is_public(&self, item: &str) -> bool {
        self.public.is_empty() || self.public.iter().any(|pattern| pattern.covers(item))
    }

    /// Whether others implement an interface.
    pub fn is_implemented(&self, item: &str) -> bool {
        self.implemented.iter().any(|pattern| pattern.covers(item))
    }

    /// Whether old consumers must go on, and whether old providers must do.
    pub(super) fn asks(&self) -> Option<(bool, bool)> {
        self.mode.map(|mode| match mode.direction {
            Direction::Backward => (true, false),
            Direction::Forward => (false, true),
            Direction::Full => (true, true),
        })
    }
}

impl Ignore {
    /// Whether its last day is over.
    pub fn has_expired(&self, today: Option<Day>) -> bool {
        today.is_some_and(|today| today > self.expires)
    }
}

fn severity(grade: Grade) -> Severity {
    match grade {
        Grade::Note => Severity::Note,
        Grade::Warning => Severity::Warning,
        Grade::Error => Severity::Error,
    }
}

fn rule(written: &Written, sink: &mut Sink) -> Option<&'static Rule> {
    let found = rules::find(&written.text);
    if found.is_none() {
        let near = nearest(&written.text, rules::all().map(|rule| rule.id));
        sink.report(UnknownRule { rule: &written.text, at: written.place(), near });
    }
    found
}
