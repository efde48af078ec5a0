//! Changes of worlds as a whole, and of their own types.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// What a world imported it exports, or the other way round.
pub static WORLD_IMPORT_EXPORT_SWAPPED: Rule = Rule {
    id: "world-import-export-swapped",
    area: Area::World,
    level: Level::Link,
    says: "import became an export, or an export an import",
    why: "Who provides and who calls changed places. A component that imported it does not export it, so hosts that \
          call it do not find it; one that exported it now needs it from a host.",
    fix: "Make it a new world, or a new interface for the other direction.",
    kind: Kind::Change { effects: effects("X..XXX"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
            new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { export store; }",
        },
        Example::Change {
            old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { export store; }",
            new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
        },
    ],
};

/// A world came.
pub static WORLD_ADDED: Rule = Rule {
    id: "world-added",
    area: Area::World,
    level: Level::Link,
    says: "world added",
    why: "Components compiled for other worlds do not know of it.",
    fix: "Release it as a minor version, and give it `@since`.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; } \
              world other { export log; }",
    }],
};

/// A world went.
pub static WORLD_REMOVED: Rule = Rule {
    id: "world-removed",
    area: Area::World,
    level: Level::Link,
    says: "world removed",
    why: "Hosts of the new version need not run components that were built for it, and sources that name it do not \
          build.",
    fix: "Keep the world, and remove it with the next major version.",
    kind: Kind::Change { effects: effects("X..XXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; } \
              world other { export log; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
    }],
};

/// A world has another name, and imports and exports what it did.
pub static WORLD_RENAMED: Rule = Rule {
    id: "world-renamed",
    area: Area::World,
    level: Level::Source,
    says: "world renamed",
    why: "Compiled components do not carry the name of their world. Sources and tools that name it must be changed.",
    fix: "Keep the old world, and let it `include` the new one.",
    kind: Kind::Change { effects: effects("....XX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world application { import \
              store; }",
    }],
};

/// A world declares a type of its own.
pub static WORLD_TYPE_ADDED: Rule = Rule {
    id: "world-type-added",
    area: Area::World,
    level: Level::Link,
    says: "type of the world added",
    why: "Types of worlds are imports that are never left out: components compiled from here on import it, and older \
          hosts do not have it.",
    fix: "Declare the type in an interface, from which only what is used is imported.",
    kind: Kind::Change { effects: effects(".X...."), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; record \
              entry { key: string } }",
    }],
};

/// A type of a world went.
pub static WORLD_TYPE_REMOVED: Rule = Rule {
    id: "world-type-removed",
    area: Area::World,
    level: Level::Link,
    says: "type of the world removed",
    why: "Types of worlds are imports that are never left out: components compiled before still import it.",
    fix: "Remove it with the next major version.",
    kind: Kind::Change { effects: effects("X...XX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; record \
              entry { key: string } }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
    }],
};

/// A type of a world changed.
pub static WORLD_TYPE_CHANGED: Rule = Rule {
    id: "world-type-changed",
    area: Area::World,
    level: Level::Link,
    says: "type of the world changed",
    why: "Types of worlds are imports that are never left out, so every component of the world has the old one.",
    fix: "Declare a type under a new name, and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import put: func(of: \
              entry); record entry { key: string } }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import put: func(of: \
              entry); record entry { key: u32 } }",
    }],
};

/// A world uses a type that none of its functions speaks of.
pub static WORLD_USE_ADDED_UNUSED: Rule = Rule {
    id: "world-use-added-unused",
    area: Area::World,
    level: Level::Link,
    says: "`use` added to the world that no function needs",
    why: "Types of worlds are imports that are never left out: components compiled from here on import it, and older \
          hosts do not have it.",
    fix: "Leave the `use` out until something needs it.",
    kind: Kind::Change { effects: effects(".X...."), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface types { record entry { key: string } } world app { import types; }",
        new: "interface types { record entry { key: string } } world app { import types; use types.{entry}; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &WORLD_IMPORT_EXPORT_SWAPPED,
    &WORLD_ADDED,
    &WORLD_REMOVED,
    &WORLD_RENAMED,
    &WORLD_TYPE_ADDED,
    &WORLD_TYPE_REMOVED,
    &WORLD_TYPE_CHANGED,
    &WORLD_USE_ADDED_UNUSED,
];
