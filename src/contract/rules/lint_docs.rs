//! Lints of what a contract says in words, and since when. Components have neither, so these look at WIT alone.

use crate::contract::rule::Severity::{Note, Warning};
use crate::contract::rule::{Area, Example, Kind, Level, Rule};

/// A package without a word.
pub static MISSING_PACKAGE: Rule = Rule {
    id: "doc-missing-package",
    area: Area::Docs,
    level: Level::Source,
    says: "has no documentation",
    why: "The package is what others find first. What it is for, and who may rely on it, stands nowhere else.",
    fix: "Write a `///` comment above the `package` line.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "package a:b@1.0.0;\ninterface i { f: func(); }",
        good: "/// Keeps what is given, by key.\npackage a:b@1.0.0;\ninterface i { f: func(); }",
    }],
};

/// An interface without a word.
pub static MISSING_INTERFACE: Rule = Rule {
    id: "doc-missing-interface",
    area: Area::Docs,
    level: Level::Source,
    says: "has no documentation",
    why: "An interface is what a team agrees on. What its types cannot say (who calls whom, in which order, what stays true) has no \
          other place, and generators carry the comment into every language.",
    fix: "Write a `///` comment above it.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface store { get: func(key: string) -> option<string>; }",
        good: "/// What was put stays until it is deleted.\ninterface store { get: func(key: string) -> option<string>; }",
    }],
};

/// A world without a word.
pub static MISSING_WORLD: Rule = Rule {
    id: "doc-missing-world",
    area: Area::Docs,
    level: Level::Source,
    says: "has no documentation",
    why: "A world says what a component may use and has to offer, and not what such a component is for, nor who runs it.",
    fix: "Write a `///` comment above it.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "world plugin { export run: func(); }",
        good: "/// A plugin of the shop, run once for each order.\nworld plugin { export run: func(); }",
    }],
};

/// A function without a word.
pub static MISSING_FUNC: Rule = Rule {
    id: "doc-missing-func",
    area: Area::Docs,
    level: Level::Source,
    says: "has no documentation",
    why: "When a function fails, and what then is left behind, is part of the contract and not of its type.",
    fix: "Write a `///` comment above it: what it does, when it fails.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface store { get: func(key: string) -> option<string>; }",
        good: "interface store { /// The value that was put last.\n  get: func(key: string) -> option<string>; }",
    }],
};

/// A type without a word.
pub static MISSING_TYPE: Rule = Rule {
    id: "doc-missing-type",
    area: Area::Docs,
    level: Level::Source,
    says: "has no documentation",
    why: "A type tells which values can be written down, not which of them make sense, nor in which unit.",
    fix: "Write a `///` comment above it.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface clock { type instant = u64; now: func() -> instant; }",
        good: "interface clock { /// Nanoseconds since the component began.\n  type instant = u64; now: func() -> instant; }",
    }],
};

/// A field, case or flag without a word.
pub static MISSING_CASE: Rule = Rule {
    id: "doc-missing-case",
    area: Area::Docs,
    level: Level::Source,
    says: "has no documentation",
    why: "Callers branch on cases. When each is given is known only to who wrote it, unless it is written down.",
    fix: "Write a `///` comment above it.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface store { enum failure { denied } put: func() -> result<_, failure>; }",
        good: "interface store { enum failure { /// The key belongs to someone else.\n  denied } put: func() -> result<_, failure>; }",
    }],
};

/// No gate in a package that has some.
pub static SINCE_MISSING: Rule = Rule {
    id: "since-missing",
    area: Area::Stability,
    level: Level::Source,
    says: "has neither `@since` nor `@unstable`",
    why: "The package marks other items, so a reader takes what is unmarked for old, and tools that cut a package down to a version keep it in \
          all of them.",
    fix: "Mark it `@since(version = …)` with the version that had it first.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b@1.2.0;\n@since(version = 1.0.0)\ninterface i { @since(version = 1.0.0) f: func(); g: func(); }",
        good: "package a:b@1.2.0;\n@since(version = 1.0.0)\ninterface i { @since(version = 1.0.0) f: func(); @since(version = 1.2.0) g: \
               func(); }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &MISSING_PACKAGE,
    &MISSING_INTERFACE,
    &MISSING_WORLD,
    &MISSING_FUNC,
    &MISSING_TYPE,
    &MISSING_CASE,
    &SINCE_MISSING,
];
