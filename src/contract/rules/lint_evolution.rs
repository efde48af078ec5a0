//! Lints of what a contract will want to change and cannot.
//!
//! Types of components are compared for equality: a field, a case or a flag more breaks everyone who speaks of the type. So room to
//! grow has to be in the first version.

use crate::contract::rule::Severity::{Note, Warning};
use crate::contract::rule::{Area, Example, Kind, Level, Rule};

/// An error that is a string.
pub static ERROR_TYPE_IS_STRING: Rule = Rule {
    id: "error-type-is-string",
    area: Area::Evolution,
    level: Level::Source,
    says: "tells its errors as a string",
    why: "A caller can show a string and do nothing else. As soon as it must tell one error from another it compares words, and then no word \
          can be changed.",
    fix: "Return a variant: a case for each error that callers act upon, and one like `other(string)` for the rest.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface store { put: func(key: string) -> result<_, string>; }",
        good: "interface store { variant failure { denied, other(string) } put: func(key: string) -> result<_, failure>; }",
    }],
};

/// An error without a case for what comes.
pub static ERROR_TYPE_CLOSED: Rule = Rule {
    id: "error-type-closed",
    area: Area::Evolution,
    level: Level::Link,
    says: "is an error type without a case for what is not known yet",
    why: "A further case makes another type of it: every compiled component that speaks of it stops linking, in both directions. It is the \
          change that breaks contracts most often.",
    fix: "Give the first version a case like `other(option<string>)`.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface store { enum failure { denied, full } put: func(key: string) -> result<_, failure>; }",
        good: "interface store { variant failure { denied, full, other(option<string>) } put: func(key: string) -> result<_, failure>; }",
    }],
};

/// An enum of things that become more.
pub static ENUM_LIKELY_TO_GROW: Rule = Rule {
    id: "enum-likely-to-grow",
    area: Area::Evolution,
    level: Level::Link,
    says: "is an enum that by its name will want more cases",
    why: "Kinds, actions and codes become more. A further case makes another type of the enum, and no compiled component that speaks of it links \
          any more.",
    fix: "Use a variant with a case like `other(string)`, or a string with known values.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface events { enum event-kind { created, deleted } emit: func(kind: event-kind); }",
        good: "interface events { variant event-kind { created, deleted, other(string) } emit: func(kind: event-kind); }",
    }],
};

/// Options in a record.
pub static RECORD_OPTIONS_IN_PARAMS: Rule = Rule {
    id: "record-options-in-params",
    area: Area::Evolution,
    level: Level::Link,
    says: "is a record of options without room for one more",
    why: "Options become more, and a further field, even an `option`, makes another type of the record: callers and providers that were compiled \
          before stop linking.",
    fix: "Take a resource that is built step by step (methods may be added), or a `list<tuple<string, value>>` beside the record.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface http { record request-options { timeout: option<u64>, retries: option<u8> } \
              get: func(url: string, options: request-options) -> string; }",
        good: "interface http { resource request-options { constructor(); timeout: func(millis: u64); retries: func(count: u8); } \
               get: func(url: string, options: request-options) -> string; }",
    }],
};

/// Flags with no place left.
pub static FLAGS_NEAR_LIMIT: Rule = Rule {
    id: "flags-near-limit",
    area: Area::Evolution,
    level: Level::Link,
    says: "has nearly all the flags that there can be",
    why: "There can be 32 flags; after that only another type helps. And the ninth and the seventeenth flag change how many bytes the flags take, \
          so that even a host that compares no names reads them wrongly.",
    fix: "Split them into two types by what they are about, or use a list of an enum-like variant.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface i { flags rights { a, b, c, d, e, f, g, h } f: func(r: rights); }",
        good: "interface i { flags rights { a, b, c, d, e, f } f: func(r: rights); }",
    }],
};

/// One structure twice.
pub static TYPE_INLINE_DUPLICATE: Rule = Rule {
    id: "type-inline-duplicate",
    area: Area::Type,
    level: Level::Source,
    says: "is written down in another interface too",
    why: "Bindings make two types of it, which callers must convert by hand, and a change has to be made in all places at once. Resources that look \
          alike are never the same.",
    fix: "Define it in one interface and `use` it in the others.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface a { record point { x: u32, y: u32 } f: func(p: point); } interface c { record point { x: u32, y: u32 } g: func(p: point); }",
        good: "interface types { record point { x: u32, y: u32 } } interface a { use types.{point}; f: func(p: point); } \
               interface c { use types.{point}; g: func(p: point); }",
    }],
};

/// Types that others use beside functions.
pub static INTERFACE_MIXES: Rule = Rule {
    id: "interface-mixes-types-and-funcs",
    area: Area::Interface,
    level: Level::Link,
    says: "has functions beside types that other interfaces use",
    why: "Whoever uses the type imports this interface. If the types move out later, their origin is another one, and components with \
          resources of them no longer link.",
    fix: "Put the shared types into an interface of their own, usually `types`.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface store { record key { id: u64 } get: func(key: key) -> string; } interface watch { use store.{key}; next: func() -> key; }",
        good: "interface types { record key { id: u64 } } interface store { use types.{key}; get: func(key: key) -> string; } \
               interface watch { use types.{key}; next: func() -> key; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &ERROR_TYPE_IS_STRING,
    &ERROR_TYPE_CLOSED,
    &ENUM_LIKELY_TO_GROW,
    &RECORD_OPTIONS_IN_PARAMS,
    &FLAGS_NEAR_LIMIT,
    &TYPE_INLINE_DUPLICATE,
    &INTERFACE_MIXES,
];
