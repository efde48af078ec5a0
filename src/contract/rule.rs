//! What a rule is: the name of one kind of change or fault, whom it breaks, why, and what to do about it.
//!
//! Rules are data. Which change is an instance of which rule is found by `diff` and `lint`; how bad it is in a run is
//! decided by `judge` from the mode, the versions and the configuration.

use std::fmt;

/// One rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// What users write: `func-added`. Never reused or renamed.
    pub id: &'static str,
    /// What it is about.
    pub area: Area,
    /// Where its consequences show first.
    pub level: Level,
    /// What happened, as a phrase that follows the name of the item: `function added`.
    pub says: &'static str,
    /// Why it matters: whom it breaks and by which mechanism, or why nobody.
    pub why: &'static str,
    /// What to do instead, or afterwards.
    pub fix: &'static str,
    /// What it asks of versions and does to others, or how bad it is.
    pub kind: Kind,
    /// The smallest cases; each is a test.
    pub examples: &'static [Example],
}

/// What a rule judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A change between two versions of a contract.
    Change {
        /// Whom it breaks, unless a finding says otherwise.
        effects: Effects,
        /// The least bump of the version that announces it.
        bump: Bump,
    },
    /// What is said about two versions besides the changes between them: versions, stability, deprecation.
    Policy(Severity),
    /// A fault of one contract by itself.
    Lint(Severity),
}

/// What a rule is about. The order is that of reports and of the manual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of WIT")]
pub enum Area {
    Package,
    Interface,
    Function,
    Parameter,
    Result,
    Record,
    Variant,
    Enum,
    Flags,
    Resource,
    Type,
    Use,
    WorldImport,
    WorldExport,
    World,
    Stability,
    Docs,
    RemoteLink,
    Naming,
    Evolution,
    Capability,
    Dependency,
    Link,
}

/// Where the consequences of a change show first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Compiled components no longer link with each other.
    Link,
    /// Compiled components no longer run on a host that implements the new contract.
    Host,
    /// Sources must be changed before they build again.
    Source,
    /// Everything links and builds, and something else happens.
    Behaviour,
}

/// What a change does to one kind of party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing.
    Fine,
    /// It breaks those whose binary has what was changed, and no others.
    IfUsed,
    /// It breaks them.
    Breaks,
}

/// Whom a change breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Effects {
    /// An old compiled consumer with a new provider: what `--mode backward` asks.
    pub old_consumer: Effect,
    /// A new consumer, which uses the change, with an old provider: what `--mode forward` asks.
    pub new_consumer: Effect,
    /// An old compiled provider where the new contract is asked for in full.
    pub old_provider: Effect,
    /// An old compiled consumer on a host that implements the new contract. Hosts compare less: neither names of types
    /// nor of parameters (wasmtime 48, `matching.rs` and `func/host.rs`).
    pub host: Effect,
    /// The consumer's source, built again.
    pub consumer_source: Effect,
    /// The provider's source, built again.
    pub provider_source: Effect,
}

/// How much a version must grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bump {
    /// Not at all.
    None,
    /// `1.2.3` to `1.2.4`; `0.2.3` to `0.2.4`.
    Patch,
    /// `1.2.3` to `1.3.0`; `0.2.3` to `0.2.4`.
    Minor,
    /// `1.2.3` to `2.0.0`; `0.2.3` to `0.3.0`.
    Major,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Said for completeness.
    Note,
    /// It should be looked at.
    Warning,
    /// The run fails.
    Error,
}

/// A case of a rule.
#[derive(Debug, Clone, Copy)]
pub enum Example {
    /// Two versions of a package. Where the text has no `package` line, it gets `package a:b@1.0.0;` before and, if the
    /// rule is no rule of versions, the version that the rule's bump asks for after.
    Change {
        /// Before.
        old: &'static str,
        /// After.
        new: &'static str,
    },
    /// The same under a configuration, on 2026-01-01.
    Config {
        /// The text of a `contracts.toml`.
        config: &'static str,
        /// Before.
        old: &'static str,
        /// After.
        new: &'static str,
    },
    /// One package with the fault, and without.
    Lint {
        /// With the fault.
        bad: &'static str,
        /// Mended.
        good: &'static str,
    },
}

/// Shorthand for the tables of rules.
pub mod table {
    use super::Effect::{self, Breaks, Fine, IfUsed};
    use super::Effects;

    /// The columns of the catalogue, in this order: old consumer, new consumer, old provider, host, source of the
    /// consumer, source of the provider. `.` fine, `u` if used, `X` breaks.
    pub const fn effects(columns: &str) -> Effects {
        let bytes = columns.as_bytes();
        assert!(bytes.len() == 6, "six columns");
        Effects {
            old_consumer: effect(bytes[0]),
            new_consumer: effect(bytes[1]),
            old_provider: effect(bytes[2]),
            host: effect(bytes[3]),
            consumer_source: effect(bytes[4]),
            provider_source: effect(bytes[5]),
        }
    }

    const fn effect(letter: u8) -> Effect {
        match letter {
            b'.' => Fine,
            b'u' => IfUsed,
            b'X' => Breaks,
            _ => panic!("`.`, `u` or `X`"),
        }
    }
}

impl Rule {
    /// The effects and the bump of a rule about changes.
    pub fn change(&self) -> Option<(Effects, Bump)> {
        match self.kind {
            Kind::Change { effects, bump } => Some((effects, bump)),
            Kind::Policy(_) | Kind::Lint(_) => None,
        }
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl Effects {
    /// Nobody is broken.
    pub const NONE: Self = table::effects("......");

    /// Whether no compiled component and no source is broken.
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }
}

impl Area {
    /// Every area, in the order of reports and of the manual.
    pub const ALL: [Self; 23] = [
        Self::Package,
        Self::Interface,
        Self::Function,
        Self::Parameter,
        Self::Result,
        Self::Record,
        Self::Variant,
        Self::Enum,
        Self::Flags,
        Self::Resource,
        Self::Type,
        Self::Use,
        Self::WorldImport,
        Self::WorldExport,
        Self::World,
        Self::Stability,
        Self::Docs,
        Self::RemoteLink,
        Self::Naming,
        Self::Evolution,
        Self::Capability,
        Self::Dependency,
        Self::Link,
    ];

    /// The word: `function`, `world-import`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Interface => "interface",
            Self::Function => "function",
            Self::Parameter => "parameter",
            Self::Result => "result",
            Self::Record => "record",
            Self::Variant => "variant",
            Self::Enum => "enum",
            Self::Flags => "flags",
            Self::Resource => "resource",
            Self::Type => "type",
            Self::Use => "use",
            Self::WorldImport => "world-import",
            Self::WorldExport => "world-export",
            Self::World => "world",
            Self::Stability => "stability",
            Self::Docs => "docs",
            Self::RemoteLink => "remote-link",
            Self::Naming => "naming",
            Self::Evolution => "evolution",
            Self::Capability => "capability",
            Self::Dependency => "dependency",
            Self::Link => "link",
        }
    }
}

impl Bump {
    /// The word: `none`, `patch`, `minor`, `major`.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Severity {
    /// The word: `note`, `warning`, `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Level {
    /// The word: `link`, `host`, `source`, `behaviour`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Host => "host",
            Self::Source => "source",
            Self::Behaviour => "behaviour",
        }
    }
}

impl Effect {
    /// The word: `ok`, `if used`, `breaks`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::IfUsed => "if used",
            Self::Breaks => "breaks",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}
