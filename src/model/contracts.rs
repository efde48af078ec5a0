//! What `[contracts]` says: which changes matter to a repository, as it was written.
//!
//! Whether a rule of that name exists is judged where the rules are known.

use super::day::Day;
use super::item_pattern::ItemPattern;
use super::request::Written;
use std::path::PathBuf;

/// `[contracts]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contracts {
    /// `mode`.
    pub mode: Option<(Written, Mode)>,
    /// `lock`: the recorded consumers that the result is held against, as written and where that is.
    pub lock: Option<(Written, PathBuf)>,
    /// `environment`: whose recordings count; without it, all do.
    pub environment: Option<Written>,
    /// `[contracts.severity]`: rules, and how bad each is; `None` if it is off.
    pub severities: Vec<(Written, Option<Grade>)>,
    /// `[[contracts.ignore]]`, in order.
    pub ignores: Vec<Ignore>,
    /// Whether unstable items are judged as if they were stable.
    pub unstable_is_checked: bool,
    /// For how many released versions something is deprecated before it is removed; 0 for none, 1 if not said.
    pub deprecation: Option<u32>,
    /// The interfaces that others use; without any, all.
    pub public: Vec<ItemPattern>,
    /// The interfaces that others implement.
    pub implemented: Vec<ItemPattern>,
    /// The interfaces that may be reached over a network.
    pub remote: Vec<ItemPattern>,
    /// The capabilities that components may have.
    pub capabilities: Vec<ItemPattern>,
    /// The patterns of these four as they are written, each with its key.
    pub roles: Vec<(&'static str, Written)>,
}

/// An exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// The rule.
    pub rule: Written,
    /// The items, as they are written,
    pub item: Written,
    /// and as they are understood.
    pub pattern: ItemPattern,
    /// Why.
    pub reason: Written,
    /// The last day.
    pub expires: (Written, Day),
    /// The one finding that is meant, if not all.
    pub fingerprint: Option<Written>,
}

/// How bad a finding is, in words of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// `note`.
    Note,
    /// `warning`.
    Warning,
    /// `error`.
    Error,
}

/// Who must not be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Old compiled consumers with the new provider.
    Backward,
    /// New consumers with the old provider.
    Forward,
    /// Both.
    Full,
}

/// A mode of compatibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    /// Who must not be broken.
    pub direction: Direction,
    /// Whether that holds against all baselines, not the latest alone.
    pub transitive: bool,
}

impl Mode {
    /// Every mode by its word.
    pub const ALL: [(&'static str, Self); 6] = [
        ("backward", Self { direction: Direction::Backward, transitive: false }),
        ("forward", Self { direction: Direction::Forward, transitive: false }),
        ("full", Self { direction: Direction::Full, transitive: false }),
        ("backward-transitive", Self { direction: Direction::Backward, transitive: true }),
        ("forward-transitive", Self { direction: Direction::Forward, transitive: true }),
        ("full-transitive", Self { direction: Direction::Full, transitive: true }),
    ];

    /// The mode of a word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, mode)| *mode)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, mode)| *mode == self).map_or("", |(word, _)| word)
    }
}
