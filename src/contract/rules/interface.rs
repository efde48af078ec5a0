//! Changes of interfaces as a whole.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// An interface came.
pub static INTERFACE_ADDED: Rule = Rule {
    id: "interface-added",
    area: Area::Interface,
    level: Level::Link,
    says: "interface added",
    why: "Nobody compiled before knows of it. A component that imports it needs a provider or host that has it.",
    fix: "Release it as a minor version, and give it `@since`.",
    kind: Kind::Change { effects: effects(".u...."), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "interface store { get: func() -> u32; } interface admin { clear: func(); }",
    }],
};

/// An interface went.
pub static INTERFACE_REMOVED: Rule = Rule {
    id: "interface-removed",
    area: Area::Interface,
    level: Level::Link,
    says: "interface removed",
    why: "A compiled component that imports it finds no interface of this name. Those that import nothing of it still \
          link.",
    fix: "Keep the interface, mark it `@deprecated`, and remove it with the next major version.",
    kind: Kind::Change { effects: effects("u..uXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; } interface admin { clear: func(); }",
        new: "interface store { get: func() -> u32; }",
    }],
};

/// An interface has another name and most of its items still.
pub static INTERFACE_RENAMED: Rule = Rule {
    id: "interface-renamed",
    area: Area::Interface,
    level: Level::Link,
    says: "interface renamed",
    why: "Imports are satisfied by name. To a linker the old interface is gone, and the new one is another.",
    fix: "Keep the old interface beside the new one. A world can import the new one under the label that the old one \
          had: `import store: entries;`.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func(key: string) -> u32; }",
        new: "interface entries { get: func(key: string) -> u32; }",
    }],
};

/// An interface needs a feature now.
pub static INTERFACE_GATED_UNSTABLE: Rule = Rule {
    id: "interface-gated-unstable",
    area: Area::Interface,
    level: Level::Link,
    says: "interface is unstable now",
    why: "Whoever does not turn the feature on no longer has the interface: for them it was removed.",
    fix: "Leave what was released without a gate. Make what is still in motion a new `@unstable` interface.",
    kind: Kind::Change { effects: effects("u..uXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "@unstable(feature = stores) interface store { get: func() -> u32; }",
    }],
};

/// An interface needs no feature any more.
pub static INTERFACE_STABILISED: Rule = Rule {
    id: "interface-stabilised",
    area: Area::Interface,
    level: Level::Link,
    says: "interface is stable now",
    why: "It is part of the contract for everybody from here on. Providers that were built without the feature lack \
          it.",
    fix: "Release it as a minor version, with `@since` in place of `@unstable`.",
    kind: Kind::Change { effects: effects(".uX..X"), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "@unstable(feature = stores) interface store { get: func() -> u32; }",
        new: "@since(version = 1.1.0) interface store { get: func() -> u32; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] =
    &[&INTERFACE_ADDED, &INTERFACE_REMOVED, &INTERFACE_RENAMED, &INTERFACE_GATED_UNSTABLE, &INTERFACE_STABILISED];
