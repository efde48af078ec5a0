//! Changes of functions as a whole.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A function came.
pub static FUNC_ADDED: Rule = Rule {
    id: "func-added",
    area: Area::Function,
    level: Level::Link,
    says: "function added",
    why: "Consumers import only what they call, so compiled consumers do not notice. A consumer that calls the new function needs \
          a provider that has it, and a provider compiled before lacks it wherever the whole interface is asked for.",
    fix: "Release it as a minor version, and give it `@since`.",
    kind: Kind::Change { effects: effects(".uX..X"), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { get: func(key: string) -> u32; }",
        new: "interface store { get: func(key: string) -> u32; size: func() -> u32; }",
    }],
};

/// A function went.
pub static FUNC_REMOVED: Rule = Rule {
    id: "func-removed",
    area: Area::Function,
    level: Level::Link,
    says: "function removed",
    why: "A compiled consumer that calls it finds no function of this name. Those that never call it still link.",
    fix: "Keep the function, mark it `@deprecated`, and remove it with the next major version.",
    kind: Kind::Change { effects: effects("u..uXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func(key: string) -> u32; size: func() -> u32; }",
        new: "interface store { get: func(key: string) -> u32; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&FUNC_ADDED, &FUNC_REMOVED];
