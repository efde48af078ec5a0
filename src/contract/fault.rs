//! A fault of a contract: facts, no judgement and no sentence.
//!
//! What lint finds in one version of a contract, and what policies find in two besides the changes between them.

use super::change::{ItemPath, Said};
use super::rule::Rule;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Which kind of fault.
    pub rule: &'static Rule,
    /// What has it.
    pub item: ItemPath,
    /// The declaration before, for a fault of two versions.
    pub old: Option<Said>,
    /// The declaration, or that after.
    pub new: Option<Said>,
    /// What else is known.
    pub detail: Detail,
}

/// What is known of a fault besides its item. Names and texts of WIT, no words of ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    #[default]
    None,
    /// What a function returns; `None` for nothing.
    Result(Option<String>),
    /// A type that is in it.
    Mentions(String),
    /// Items that speak of it, or that use it.
    SpokenOfBy(Vec<String>),
    /// Functions that are meant.
    Functions(Vec<String>),
    /// How many there are.
    Count(usize),
    /// Another item that it meets.
    Other(String),
    /// Languages that have the word.
    Languages(Vec<&'static str>),
    /// A capability by its group: `sockets`.
    Capability(String),
    /// A feature of the validator.
    Feature(&'static str),
    /// Who is meant: a component and a world.
    BinaryAndWorld {
        /// The component.
        binary: String,
        /// The world.
        world: String,
    },
    /// What a gate says, and what it should say.
    Gates {
        /// The gate of the item, if any.
        has: Option<String>,
        /// The gate, or the version, that it is held against.
        against: String,
    },
    /// What in the item has the same fault, by its path from there.
    Within(Vec<String>),
    /// For how many releases it was deprecated.
    Releases {
        /// So many.
        had: u64,
        /// So many are wanted.
        wanted: u64,
    },
}

/// Faults of one rule where those inside of an item that has it too are told with that item, since they have it for the
/// same reason and are mended together. All others stay.
pub fn gathered(faults: Vec<Fault>, rule: &Rule) -> Vec<Fault> {
    let (mut own, mut out): (Vec<Fault>, Vec<Fault>) = faults.into_iter().partition(|fault| fault.rule == rule);
    // Whatever is in an item comes right behind it.
    own.sort_by(|one, other| one.item.cmp(&other.item));
    let mut around: Option<Fault> = None;
    for fault in own {
        let inside = around.as_mut().and_then(|around| {
            let path = fault.item.names.strip_prefix(around.item.names.as_slice())?;
            (fault.item.package == around.item.package).then(|| (around, path.join(".")))
        });
        match inside {
            Some((Fault { detail: Detail::Within(names), .. }, name)) => names.push(name),
            Some((around, name)) => around.detail = Detail::Within(vec![name]),
            None => out.extend(around.replace(fault)),
        }
    }
    out.extend(around);
    out
}

impl Fault {
    /// A fault of one version, with nothing more to say.
    pub fn new(rule: &'static Rule, item: ItemPath, said: impl Into<Option<Said>>) -> Self {
        Self { rule, item, old: None, new: said.into(), detail: Detail::None }
    }

    /// With what else is known.
    pub fn with(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// Puts faults in the order of reports.
    pub(super) fn sort(faults: &mut [Self]) {
        faults.sort_by(|one, other| (&one.item, one.rule.id).cmp(&(&other.item, other.rule.id)));
    }
}
