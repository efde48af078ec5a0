//! Lints of what a contract has and nobody asks for.

use crate::contract::rule::Severity::Warning;
use crate::contract::rule::{Area, Example, Kind, Level, Rule};

/// A type that nothing speaks of.
pub static TYPE_UNUSED: Rule = Rule {
    id: "type-unused",
    area: Area::Type,
    level: Level::Source,
    says: "is a type that nothing speaks of",
    why: "No function and no other type mentions it. It cannot go unnoticed either: once published, taking it away breaks sources.",
    fix: "Take it out before it is published, or use it.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface store { record entry { key: string } get: func(key: string) -> string; }",
        good: "interface store { record entry { key: string } get: func(key: string) -> entry; }",
    }],
};

/// The same in an interface that is exported.
pub static TYPE_UNUSED_EXPORTED: Rule = Rule {
    id: "type-unused-exported",
    area: Area::Type,
    level: Level::Link,
    says: "is a type that nothing speaks of, in an interface that a world exports",
    why: "What is exported is never pruned: every provider has to export the type, and one that was compiled before it was added no longer \
          conforms to the world, although nobody asks for the type.",
    fix: "Take it out, or put it into an interface of types that is not exported.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface store { record entry { key: string } get: func(key: string) -> string; } world app { export store; }",
        good: "interface store { record entry { key: string } get: func(key: string) -> entry; } world app { export store; }",
    }],
};

/// A `use` for nothing.
pub static USE_UNUSED: Rule = Rule {
    id: "use-unused",
    area: Area::Use,
    level: Level::Link,
    says: "is used from another interface and then not spoken of",
    why: "The `use` makes the interface depend on the other one: an exporter imports it and has to find it at the same version, for nothing.",
    fix: "Take the name out of the `use`.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface types { record r { x: u32 } f: func(r: r); } interface store { use types.{r}; get: func() -> u32; }",
        good: "interface types { record r { x: u32 } f: func(r: r); } interface store { use types.{r}; get: func() -> r; }",
    }],
};

/// An interface with nothing in it.
pub static INTERFACE_EMPTY: Rule = Rule {
    id: "interface-empty",
    area: Area::Interface,
    level: Level::Link,
    says: "has nothing in it",
    why: "An empty interface leaves no trace in a component that imports it, so nothing can be checked by it; and what is added first already changes \
          what exporters must have.",
    fix: "Leave it out until it has an item.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint { bad: "interface soon {}", good: "interface soon { ready: func() -> bool; }" }],
};

/// A world with nothing in it.
pub static WORLD_EMPTY: Rule = Rule {
    id: "world-empty",
    area: Area::World,
    level: Level::Link,
    says: "has nothing in it",
    why: "Every component conforms to it that imports nothing, and a check against it says nothing.",
    fix: "Leave it out until it has an import or an export.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint { bad: "world app {}", good: "world app { export run: func(); }" }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&TYPE_UNUSED, &TYPE_UNUSED_EXPORTED, &USE_UNUSED, &INTERFACE_EMPTY, &WORLD_EMPTY];
