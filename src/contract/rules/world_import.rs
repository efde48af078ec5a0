//! Changes of what worlds import.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A world imports something more.
pub static WORLD_IMPORT_ADDED: Rule = Rule {
    id: "world-import-added",
    area: Area::WorldImport,
    level: Level::Link,
    says: "import added",
    why: "Components compiled before do not ask for it. Those that use it do not start on a host that does not have \
          it, and every host of this world must supply it from here on.",
    fix: "Release it as a minor version, and tell those who write hosts.",
    kind: Kind::Change { effects: effects(".XX..X"), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; import \
              log; }",
    }],
};

/// A world imports something no more.
pub static WORLD_IMPORT_REMOVED: Rule = Rule {
    id: "world-import-removed",
    area: Area::WorldImport,
    level: Level::Link,
    says: "import removed",
    why: "A component compiled before may import it, and a host of the new world need not have it.",
    fix: "Keep the import, and remove it with the next major version.",
    kind: Kind::Change { effects: effects("X..XX."), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; import \
              log; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
    }],
};

/// A function that a world imports changed.
pub static WORLD_IMPORT_FUNC_CHANGED: Rule = Rule {
    id: "world-import-func-changed",
    area: Area::WorldImport,
    level: Level::Link,
    says: "imported function changed",
    why: "The type of the function is part of the world, and linkers want the very same type.",
    fix: "Import the new function under a new name and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import now: func() \
              -> u32; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import now: func() \
              -> u64; }",
    }],
};

/// An import got a label of its own, or lost it.
pub static WORLD_IMPORT_LABEL_ADDED: Rule = Rule {
    id: "world-import-label-added",
    area: Area::WorldImport,
    level: Level::Link,
    says: "import got or lost a label",
    why: "Imports are satisfied by name, and a label takes the place of the name of the interface.",
    fix: "Keep the import as it is and add one with a label beside it.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
            new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import main: store; }",
        },
        Example::Change {
            old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import main: store; }",
            new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import store; }",
        },
    ],
};

/// An import has another label.
pub static WORLD_IMPORT_LABEL_RENAMED: Rule = Rule {
    id: "world-import-label-renamed",
    area: Area::WorldImport,
    level: Level::Link,
    says: "label of the import changed",
    why: "Imports are satisfied by name, and the label is the name.",
    fix: "Keep the label.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import main: store; }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import first: store; \
              }",
    }],
};

/// A label stands for another interface.
pub static WORLD_IMPORT_IMPLEMENTS_CHANGED: Rule = Rule {
    id: "world-import-implements-changed",
    area: Area::WorldImport,
    level: Level::Behaviour,
    says: "label of the import stands for another interface",
    why: "Linkers compare what is inside, and where that is the same everything links. Hosts and tools that wire by \
          the name of the interface bind something else.",
    fix: "Import the other interface under a label of its own.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface shelf { get: func() -> u32; } world app { import \
              main: store; }",
        new: "interface store { get: func() -> u32; } interface shelf { get: func() -> u32; } world app { import \
              main: shelf; }",
    }],
};

/// The `@external-id` of an import changed.
pub static WORLD_IMPORT_EXTERNAL_ID_CHANGED: Rule = Rule {
    id: "world-import-external-id-changed",
    area: Area::WorldImport,
    level: Level::Behaviour,
    says: "`@external-id` of the import changed",
    why: "No linker looks at it, so everything still links. Hosts may choose by it what the import is bound to.",
    fix: "Import it under a new label, or ask every host that reads the id.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::Major },
    examples: &[Example::Change {
        old: r#"interface store { get: func() -> u32; } interface log { say: func(); } world app { @external-id("v1") import store; }"#,
        new: r#"interface store { get: func() -> u32; } interface log { say: func(); } world app { @external-id("v2") import store; }"#,
    }],
};

/// An interface written inside of a world got a name, or lost it.
pub static WORLD_IMPORT_INLINE_TO_NAMED: Rule = Rule {
    id: "world-import-inline-to-named",
    area: Area::WorldImport,
    level: Level::Source,
    says: "interface inside of the world got or lost a name",
    why: "The label is the same and so is what is inside, so everything links. Generated code has other paths.",
    fix: "Release it as a patch, and tell those who build from source.",
    kind: Kind::Change { effects: effects("....XX"), bump: Bump::Patch },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import main: \
              interface { get: func() -> u32; } }",
        new: "interface store { get: func() -> u32; } interface log { say: func(); } world app { import main: store; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &WORLD_IMPORT_ADDED,
    &WORLD_IMPORT_REMOVED,
    &WORLD_IMPORT_FUNC_CHANGED,
    &WORLD_IMPORT_LABEL_ADDED,
    &WORLD_IMPORT_LABEL_RENAMED,
    &WORLD_IMPORT_IMPLEMENTS_CHANGED,
    &WORLD_IMPORT_EXTERNAL_ID_CHANGED,
    &WORLD_IMPORT_INLINE_TO_NAMED,
];
