//! Changes of what worlds export.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A world exports something more.
pub static WORLD_EXPORT_ADDED: Rule = Rule {
    id: "world-export-added",
    area: Area::WorldExport,
    level: Level::Link,
    says: "export added",
    why: "A component compiled before does not have it, and whoever runs components of this world may call it.",
    fix: "Make it a new world, or release a new major version.",
    kind: Kind::Change { effects: effects("X..X.X"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { export store; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { export store; export \
              log; }",
    }],
};

/// A world exports something no more.
pub static WORLD_EXPORT_REMOVED: Rule = Rule {
    id: "world-export-removed",
    area: Area::WorldExport,
    level: Level::Link,
    says: "export removed",
    why: "Components compiled before still have it. Callers of it do not find it in components built from here on.",
    fix: "Keep the export, and remove it with the next major version.",
    kind: Kind::Change { effects: effects(".X..X."), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { export store; export \
              log; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { export store; }",
    }],
};

/// A function that a world exports changed.
pub static WORLD_EXPORT_FUNC_CHANGED: Rule = Rule {
    id: "world-export-func-changed",
    area: Area::WorldExport,
    level: Level::Link,
    says: "exported function changed",
    why: "The type of the function is part of the world, and linkers want the very same type.",
    fix: "Export the new function under a new name and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { export run: func() \
              -> u32; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { export run: func() \
              -> u64; }",
    }],
};

/// A label stands for another interface.
pub static WORLD_EXPORT_IMPLEMENTS_CHANGED: Rule = Rule {
    id: "world-export-implements-changed",
    area: Area::WorldExport,
    level: Level::Behaviour,
    says: "label of the export stands for another interface",
    why: "Linkers compare what is inside, and where that is the same everything links. Hosts and tools that wire by \
          the name of the interface bind something else.",
    fix: "Export the other interface under a label of its own.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface shelf { get: func() -> u32; } world app { export \
              main: store; }",
        new: "interface store { get: func() -> u32; } interface shelf { get: func() -> u32; } world app { export \
              main: shelf; }",
    }],
};

/// The `@external-id` of an export changed.
pub static WORLD_EXPORT_EXTERNAL_ID_CHANGED: Rule = Rule {
    id: "world-export-external-id-changed",
    area: Area::WorldExport,
    level: Level::Behaviour,
    says: "`@external-id` of the export changed",
    why: "No linker looks at it, so everything still links. Hosts may choose by it what they call.",
    fix: "Export it under a new label, or ask every host that reads the id.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::Major },
    examples: &[Example::Change {
        old: r#"interface store { get: func() -> u32; } interface log { say: func(); } world app { @external-id("v1") export store; }"#,
        new: r#"interface store { get: func() -> u32; } interface log { say: func(); } world app { @external-id("v2") export store; }"#,
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &WORLD_EXPORT_ADDED,
    &WORLD_EXPORT_REMOVED,
    &WORLD_EXPORT_FUNC_CHANGED,
    &WORLD_EXPORT_IMPLEMENTS_CHANGED,
    &WORLD_EXPORT_EXTERNAL_ID_CHANGED,
];
