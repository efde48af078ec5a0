//! Exceptions that are over, and those that nothing needs.

use crate::contract::rule::{Area, Example, Kind, Level, Rule, Severity};

/// The last day of an exception is over.
pub static IGNORE_EXPIRED: Rule = Rule {
    id: "ignore-expired",
    area: Area::Package,
    level: Level::Behaviour,
    says: "exception expired",
    why: "An exception was granted up to a day, and that day is over. It covers nothing any more, so what it covered counts again.",
    fix: "Take the exception out and mend what it covered, or have it granted again with a later day.",
    kind: Kind::Policy(Severity::Error),
    examples: &[Example::Config {
        config: "[[contracts.ignore]]\nrule = \"func-removed\"\nitem = \"a:b/store.size\"\nreason = \"nobody calls it\"\nexpires = \
                 \"2025-12-31\"\n",
        old: "interface store { get: func(key: string) -> u32; size: func() -> u32; }",
        new: "interface store { get: func(key: string) -> u32; }",
    }],
};

/// An exception that covers nothing.
pub static IGNORE_UNUSED: Rule = Rule {
    id: "ignore-unused",
    area: Area::Package,
    level: Level::Behaviour,
    says: "exception that nothing needs",
    why: "Nothing was found that it would cover: it is misspelt, or what it was for is mended. Left in place it would hide the next \
          change of this kind.",
    fix: "Take it out, or correct the item that it names.",
    kind: Kind::Policy(Severity::Warning),
    examples: &[Example::Config {
        config: "[[contracts.ignore]]\nrule = \"func-removed\"\nitem = \"a:b/store.siez\"\nreason = \"nobody calls it\"\nexpires = \
                 \"2026-12-31\"\n",
        old: "interface store { get: func(key: string) -> u32; }",
        new: "interface store { get: func(key: string) -> u32; }",
    }],
};

/// A pattern that means nothing.
pub static PATTERN_UNUSED: Rule = Rule {
    id: "pattern-unused",
    area: Area::Package,
    level: Level::Behaviour,
    says: "pattern that matches nothing",
    why: "Rules ask only what the pattern names, and it names nothing that is there: what it was meant to protect is not protected.",
    fix: "Correct the pattern: `acme:kv`, `acme:kv/store`, `acme:*`, without a version.",
    kind: Kind::Policy(Severity::Warning),
    examples: &[Example::Config {
        config: "[contracts]\nimplemented = [\"a:b/stroe\"]\n",
        old: "interface store { get: func(key: string) -> u32; }",
        new: "interface store { get: func(key: string) -> u32; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&IGNORE_EXPIRED, &IGNORE_UNUSED, &PATTERN_UNUSED];
