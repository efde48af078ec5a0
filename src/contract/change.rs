//! A change between two versions of a contract: facts, no judgement.

use super::rule::{Bump, Effects, Rule};
use crate::diag::Source;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which kind of change.
    pub rule: &'static Rule,
    /// What was changed: its old path if it has one.
    pub item: ItemPath,
    /// Its path on the new side where that is another, since it or what it is in was renamed.
    pub became: Option<ItemPath>,
    /// Whom it breaks.
    pub effects: Effects,
    /// The least bump that announces it.
    pub bump: Bump,
    /// The declaration before; `None` if there was none. For a member that came, what it came into.
    pub old: Option<Said>,
    /// The declaration after; `None` if there is none. For a member that went, what it went from.
    pub new: Option<Said>,
    /// Other interfaces, as `ns:pkg/iface`, whose functions or types speak of what was changed; sorted.
    pub reaches: Vec<String>,
}

/// A declaration and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// In WIT syntax, on one line.
    pub text: String,
    /// Its place, if it was written somewhere.
    pub at: Option<(Arc<Source>, Range<usize>)>,
}

/// What a change or a fault is about, by names that stay when versions and lines change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemPath {
    /// The package without its version: `acme:kv`.
    pub package: String,
    /// The interface or world, and what leads to the item in it: `["store", "get", "key"]`. Empty for the package.
    pub names: Vec<String>,
}

impl ItemPath {
    /// The package itself.
    pub fn package(name: impl Into<String>) -> Self {
        Self { package: name.into(), names: Vec::new() }
    }

    /// Something inside.
    pub fn below(&self, name: impl Into<String>) -> Self {
        let mut names = self.names.clone();
        names.push(name.into());
        Self { package: self.package.clone(), names }
    }

    /// `acme:kv/store`, if it is in an interface or world.
    pub fn interface(&self) -> Option<String> {
        self.names.first().map(|name| format!("{}/{name}", self.package))
    }
}

impl fmt::Display for ItemPath {
    /// `acme:kv/store.get.key`; patterns of the configuration are matched against this form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.package)?;
        for (index, name) in self.names.iter().enumerate() {
            write!(f, "{}{name}", if index == 0 { "/" } else { "." })?;
        }
        Ok(())
    }
}

impl Change {
    /// A change as its rule has it. The rule must be one about changes.
    pub fn new(rule: &'static Rule, item: ItemPath, old: Option<Said>, new: Option<Said>) -> Self {
        let (effects, bump) = rule.change().expect("a rule about changes");
        Self { rule, item, became: None, effects, bump, old, new, reaches: Vec::new() }
    }

    /// Puts changes in the order of reports.
    pub(super) fn sort(changes: &mut [Self]) {
        changes.sort_by(|one, other| (&one.item, one.rule.id).cmp(&(&other.item, other.rule.id)));
    }
}
