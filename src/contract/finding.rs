//! A finding: what a run says about one item, whichever command made it, and the report that gathers them.

use super::change::ItemPath;
use super::rule::{Bump, Effects, Rule, Severity};
use crate::diag::Label;
use std::collections::BTreeMap;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that was met.
    pub rule: &'static Rule,
    /// How bad it is in this run.
    pub severity: Severity,
    /// What it is about.
    pub item: ItemPath,
    /// One line, as messages of diagnostics are.
    pub message: String,
    /// The place before, for changes; for links the consumer's side.
    pub old: Option<Label>,
    /// The place after, or the only one; for links the provider's side.
    pub new: Option<Label>,
    /// The two declarations in WIT, each on one line, as far as there are any.
    pub declared: Declared,
    /// Whom it breaks, for changes.
    pub effects: Option<Effects>,
    /// The least bump that announces it.
    pub bump: Bump,
    /// Other interfaces that speak of it.
    pub reaches: Vec<String>,
    /// What in it has the same fault and is told with it, by its path from there.
    pub within: Vec<String>,
    /// Who is concerned, for links.
    pub between: Option<Between>,
    /// More facts, each a paragraph.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
    /// The same as long as rule, item and declarations are: 12 hexadecimal digits. Empty until the report is settled.
    pub fingerprint: String,
    /// The exception that covers it; such a finding does not count.
    pub waived: Option<Waived>,
}

/// What was declared before and after, or by consumer and provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Declared {
    /// Before.
    pub old: Option<String>,
    /// After.
    pub new: Option<String>,
}

/// The two ends of a link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Between {
    /// Who imports.
    pub consumer: String,
    /// Who exports.
    pub provider: String,
}

/// An exception that covers a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// Why, in the words of who granted it.
    pub reason: String,
    /// The last day, `2026-12-31`.
    pub expires: String,
}

/// Everything that a run found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What was done: `contract diff`.
    pub command: &'static str,
    /// What was looked at, in the words of the user: old and new, or all there was.
    pub subjects: Vec<String>,
    /// What was found, sorted by item, then by rule.
    pub findings: Vec<Finding>,
    /// What the versions ask, for changes: one for each package.
    pub verdicts: Vec<Verdict>,
    /// The mode that was asked for.
    pub mode: Option<&'static str>,
    /// How many links were made to prove what rules say, if any were to be.
    pub proved: Option<usize>,
    /// How many findings there would be of rules that are switched off.
    pub off: BTreeMap<&'static str, usize>,
    /// Each link that was judged.
    pub links: Vec<Link>,
    /// How people want to see them.
    pub layout: Layout,
    /// Sides that were not there and were taken for empty, as that was allowed.
    pub missing: Vec<String>,
    /// What could not be judged, and why; a run with any is no "ok".
    pub unchecked: Vec<String>,
}

/// How links are shown to people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Layout {
    /// A line for each.
    #[default]
    Links,
    /// By consumer, those that fit as a count.
    ByConsumer,
    /// As a table.
    Table {
        /// The rows.
        consumers: Vec<String>,
        /// The columns.
        providers: Vec<String>,
    },
}

/// A link that was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Who.
    pub between: Between,
    /// The interface, as the consumer imports it.
    pub interface: String,
    /// The one that the provider has for it, if any.
    pub offered: Option<String>,
    /// How many of the findings are about it and count.
    pub faults: usize,
    /// How many more there are that an exception covers or whose rule is off.
    pub excused: usize,
}

/// What versions ask of a set of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The package without version.
    pub package: String,
    /// The version before, if there is one.
    pub old: Option<String>,
    /// The version after, if there is one.
    pub new: Option<String>,
    /// The bump that is needed.
    pub required: Bump,
    /// The bump that was made, if both have versions and the new one is not lower.
    pub made: Option<Bump>,
    /// The next version that would do.
    pub next: Option<String>,
}

impl Finding {
    /// A finding with nothing but what every finding has.
    pub fn new(rule: &'static Rule, severity: Severity, item: ItemPath, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity,
            item,
            message: message.into(),
            old: None,
            new: None,
            declared: Declared::default(),
            effects: None,
            bump: Bump::None,
            reaches: Vec::new(),
            within: Vec::new(),
            between: None,
            notes: Vec::new(),
            help: Vec::new(),
            fingerprint: String::new(),
            waived: None,
        }
    }

    /// The place to point at: after, else before.
    pub fn place(&self) -> Option<&Label> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

impl Link {
    /// Whether a finding may be about it.
    pub fn concerns(&self, finding: &Finding) -> bool {
        let item = finding.item.interface().unwrap_or_else(|| finding.item.to_string());
        finding.between.as_ref() == Some(&self.between) && self.interface.split('@').next() == Some(&*item)
    }

    /// Whether it was judged, and is as it should be.
    pub fn fits(&self) -> bool {
        self.faults + self.excused == 0 && self.offered.is_some()
    }
}

impl Report {
    /// Findings that count.
    pub fn counted(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.waived.is_none())
    }

    /// Whether everything was checked and nothing that counts is an error.
    pub fn is_fine(&self) -> bool {
        self.unchecked.is_empty() && self.count(Severity::Error) == 0
    }

    /// How many there are of a severity, those that are waived left out.
    pub fn count(&self, severity: Severity) -> usize {
        self.counted().filter(|finding| finding.severity == severity).count()
    }
}
