//! Links between what a consumer's binary imports and what a provider, a host or a world has for it.
//!
//! The other rules speak of a change between two versions of a contract; these of two parties as they are, whoever of them
//! changed. In the examples `old` is what the consumer was compiled against and `new` what the provider offers.

use crate::contract::rule::{Area, Example, Kind, Level, Rule, Severity};

const ERROR: Kind = Kind::Policy(Severity::Error);

const fn example(old: &'static str, new: &'static str) -> Example {
    Example::Change { old, new }
}

/// Nobody has the interface.
pub static LINK_INTERFACE_MISSING: Rule = Rule {
    id: "link-interface-missing",
    area: Area::Link,
    level: Level::Link,
    says: "imported, and nobody offers it",
    why: "An import has to be filled before a component can be instantiated: by another component, or by the host.",
    fix: "Add a component that exports it, or say that the host has it: `--allow-import PATTERN`.",
    kind: ERROR,
    examples: &[example(
        "interface store { get: func(key: string) -> u32; } interface admin { wipe: func(); }",
        "interface store { get: func(key: string) -> u32; }",
    )],
};

/// The interface is there on another track only.
pub static LINK_VERSION_APART: Rule = Rule {
    id: "link-version-apart",
    area: Area::Link,
    level: Level::Link,
    says: "offered in a version that cannot stand in for it",
    why: "Versions stand in for each other when the first number that is not 0 is the same: 1.2 for 1.4, 0.2.1 for 0.2.6. \
          A pre-release, 0.0.z and a name without version stand in for nothing but themselves.",
    fix: "Build both sides against versions of one track, or add a component that adapts one to the other.",
    kind: ERROR,
    examples: &[example(
        "package a:b@1.2.0; interface store { get: func(key: string) -> u32; }",
        "package a:b@2.0.0; interface store { get: func(key: string) -> u32; }",
    )],
};

/// One name is canonical and the other is not.
pub static NAME_CANONICAL_MIXED: Rule = Rule {
    id: "name-canonical-mixed",
    area: Area::Link,
    level: Level::Link,
    says: "one name is canonical and the other is not",
    why: "`@0.2` with the rest of the version beside it and `@0.2.1` are one name to compose, which spells both alike in what \
          it builds. Other linkers and many hosts compare names as they are spelled, and do not find one by the other.",
    fix: "Link the two with `compose build`, or let one tool chain make both, so that their names are spelled alike.",
    kind: Kind::Policy(Severity::Warning),
    examples: &[
        example(
            "// names: canonical\npackage a:b@0.2.1; interface store { get: func(key: string) -> u32; }",
            "package a:b@0.2.1; interface store { get: func(key: string) -> u32; }",
        ),
        example(
            "package a:b@0.2.0; interface store { get: func(key: string) -> u32; }",
            "// names: canonical\npackage a:b@0.2.1; interface store { get: func(key: string) -> u32; }",
        ),
    ],
};

/// A function is not there.
pub static LINK_FUNC_MISSING: Rule = Rule {
    id: "link-func-missing",
    area: Area::Link,
    level: Level::Link,
    says: "the provider has no such function",
    why: "The consumer's binary imports the function by its name. Functions that it does not import may be missing.",
    fix: "Keep the function in the provider, or build the consumer without it.",
    kind: ERROR,
    examples: &[example(
        "interface store { get: func(key: string) -> u32; size: func() -> u32; }",
        "interface store { get: func(key: string) -> u32; }",
    )],
};

/// A named type is not there.
pub static LINK_TYPE_MISSING: Rule = Rule {
    id: "link-type-missing",
    area: Area::Link,
    level: Level::Link,
    says: "the provider has no type of this name",
    why: "Named types, aliases among them, are exports of the instance. A type of the same structure under another name, or \
          without one, is not found.",
    fix: "Keep the name: an alias of the old name for the new type will do, if the structure is the same.",
    kind: ERROR,
    examples: &[
        example(
            "interface store { type key = string; get: func(key: key) -> u32; }",
            "interface store { get: func(key: string) -> u32; }",
        ),
        example(
            "interface store { resource bucket; open: func() -> bucket; }",
            "interface store { resource pail; open: func() -> pail; }",
        ),
    ],
};

/// A name that stands for another kind of thing.
pub static LINK_KIND_DIFFERS: Rule = Rule {
    id: "link-kind-differs",
    area: Area::Link,
    level: Level::Link,
    says: "the name stands for another kind of thing",
    why: "A function, an instance and a type are never one another.",
    fix: "Give the new thing a new name.",
    kind: ERROR,
    examples: &[example(
        "interface store { size: func() -> u32; }",
        "interface store { type size = u32; measure: func() -> size; }",
    )],
};

/// Only one side is async.
pub static LINK_ASYNC_DIFFERS: Rule = Rule {
    id: "link-async-differs",
    area: Area::Link,
    level: Level::Link,
    says: "one side is async and the other is not",
    why: "Whether a function is `async` is a part of its type.",
    fix: "Offer the other kind under a name of its own.",
    kind: ERROR,
    examples: &[
        example("interface store { get: func() -> u32; }", "interface store { get: async func() -> u32; }"),
        example("interface store { get: async func() -> u32; }", "interface store { get: func() -> u32; }"),
    ],
};

/// The parameters differ in number or name.
pub static LINK_PARAMS_DIFFER: Rule = Rule {
    id: "link-params-differ",
    area: Area::Link,
    level: Level::Link,
    says: "the parameters differ in number or name",
    why: "Number, order and names of the parameters belong to the type of a function; one that is optional counts as well.",
    fix: "Add a function beside the old one instead of changing it.",
    kind: ERROR,
    examples: &[
        example(
            "interface store { get: func(key: string) -> u32; }",
            "interface store { get: func(key: string, wait: option<u32>) -> u32; }",
        ),
        example(
            "interface store { get: func(key: string) -> u32; }",
            "interface store { get: func(name: string) -> u32; }",
        ),
    ],
};

/// Only one side has a result.
pub static LINK_RESULT_DIFFERS: Rule = Rule {
    id: "link-result-differs",
    area: Area::Link,
    level: Level::Link,
    says: "only one side has a result",
    why: "The result belongs to the type of a function, also where it is ignored.",
    fix: "Add a function with the new result beside the old one.",
    kind: ERROR,
    examples: &[
        example("interface store { wipe: func(); }", "interface store { wipe: func() -> bool; }"),
        example("interface store { wipe: func() -> bool; }", "interface store { wipe: func(); }"),
    ],
};

/// Two types differ.
pub static LINK_TYPE_DIFFERS: Rule = Rule {
    id: "link-type-differs",
    area: Area::Link,
    level: Level::Link,
    says: "the types differ",
    why: "Types must be equal on both sides: no number is widened, and nothing becomes optional on the way.",
    fix: "Add a function or a type beside the old one.",
    kind: ERROR,
    examples: &[
        example(
            "interface store { get: func(key: string) -> u32; }",
            "interface store { get: func(key: string) -> u64; }",
        ),
        example(
            "interface store { variant answer { none, some(u32) } get: func() -> answer; }",
            "interface store { variant answer { none, some(string) } get: func() -> answer; }",
        ),
        example("interface store { get: func() -> list<u8>; }", "interface store { get: func() -> tuple<u8, u8>; }"),
    ],
};

/// Fields, cases or flags differ.
pub static LINK_MEMBERS_DIFFER: Rule = Rule {
    id: "link-members-differ",
    area: Area::Link,
    level: Level::Link,
    says: "fields, cases or flags differ",
    why: "Records, variants, enums and flags must have the same members in the same order, because their place decides how a \
          value is laid out and numbered. This holds in both directions, and also for a field that is optional.",
    fix: "Add a new type and functions that use it, and keep the old ones.",
    kind: ERROR,
    examples: &[
        example(
            "interface store { enum fault { full } put: func() -> result<_, fault>; }",
            "interface store { enum fault { full, busy } put: func() -> result<_, fault>; }",
        ),
        example(
            "interface store { record entry { key: string, value: string } get: func() -> entry; }",
            "interface store { record entry { value: string, key: string } get: func() -> entry; }",
        ),
    ],
};

/// An owned handle against a borrowed one.
pub static LINK_HANDLE_DIFFERS: Rule = Rule {
    id: "link-handle-differs",
    area: Area::Link,
    level: Level::Link,
    says: "one side gives the handle away and the other lends it",
    why: "`own` and `borrow` are different types: who has to drop the handle depends on it.",
    fix: "Add a function that takes the other kind of handle.",
    kind: ERROR,
    examples: &[example(
        "interface store { resource bucket; count: func(of: borrow<bucket>) -> u32; }",
        "interface store { resource bucket; count: func(of: own<bucket>) -> u32; }",
    )],
};

/// Another resource than elsewhere.
pub static LINK_RESOURCE_DIFFERS: Rule = Rule {
    id: "link-resource-differs",
    area: Area::Link,
    level: Level::Link,
    says: "another resource than in the rest of the interface",
    why: "Which resource a handle belongs to is decided by name; two resources of the consumer may be one of the provider, but \
          not the other way round.",
    fix: "Use the same resource in the same places on both sides.",
    kind: ERROR,
    examples: &[example(
        "interface store { resource a; resource b; f: func(x: a) -> b; }",
        "interface store { resource a; resource b; f: func(x: b) -> b; }",
    )],
};

/// The world asks for an export that is not there.
pub static LINK_EXPORT_MISSING: Rule = Rule {
    id: "link-export-missing",
    area: Area::Link,
    level: Level::Link,
    says: "the world asks for this export",
    why: "Who takes a component of a world may call each of its exports.",
    fix: "Export it, or take it out of the world.",
    kind: ERROR,
    examples: &[example("world w { export run: func(); export stop: func(); }", "world w { export run: func(); }")],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &LINK_INTERFACE_MISSING,
    &LINK_VERSION_APART,
    &NAME_CANONICAL_MIXED,
    &LINK_FUNC_MISSING,
    &LINK_TYPE_MISSING,
    &LINK_KIND_DIFFERS,
    &LINK_ASYNC_DIFFERS,
    &LINK_PARAMS_DIFFER,
    &LINK_RESULT_DIFFERS,
    &LINK_TYPE_DIFFERS,
    &LINK_MEMBERS_DIFFER,
    &LINK_HANDLE_DIFFERS,
    &LINK_RESOURCE_DIFFERS,
    &LINK_EXPORT_MISSING,
];
