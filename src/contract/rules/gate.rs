//! Changes of items that need a feature, and of which do.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// Something unstable changed.
pub static UNSTABLE_ITEM_CHANGED: Rule = Rule {
    id: "unstable-item-changed",
    area: Area::Stability,
    level: Level::Link,
    says: "unstable item changed",
    why: "It may change at any time: that is what the gate says. Whoever has turned the feature on is broken as by \
          any change.",
    fix: "Tell those who have turned the feature on.",
    kind: Kind::Change { effects: effects("uuuuuu"), bump: Bump::None },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; @unstable(feature = sizes) size: func() -> u32; }",
        new: "interface store { get: func() -> u32; @unstable(feature = sizes) size: func() -> u64; }",
    }],
};

/// Something unstable went.
pub static UNSTABLE_ITEM_REMOVED: Rule = Rule {
    id: "unstable-item-removed",
    area: Area::Stability,
    level: Level::Link,
    says: "unstable item removed",
    why: "It may go at any time: that is what the gate says. Whoever has turned the feature on no longer finds it.",
    fix: "Tell those who have turned the feature on.",
    kind: Kind::Change { effects: effects("u..uuu"), bump: Bump::None },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; @unstable(feature = sizes) size: func() -> u32; }",
        new: "interface store { get: func() -> u32; }",
    }],
};

/// Something needs no feature any more.
pub static UNSTABLE_TO_STABLE: Rule = Rule {
    id: "unstable-to-stable",
    area: Area::Stability,
    level: Level::Link,
    says: "item is stable now",
    why: "It is part of the contract for everybody from here on. Providers that were built without the feature lack \
          it. Where it changed in the same release, whoever had turned the feature on is broken as by any change.",
    fix: "Release it as a minor version, with `@since` in place of `@unstable`.",
    kind: Kind::Change { effects: effects(".ux..x"), bump: Bump::Minor },
    examples: &[
        Example::Change {
            old: "interface store { get: func() -> u32; @unstable(feature = sizes) size: func() -> u32; }",
            new: "interface store { get: func() -> u32; @since(version = 1.1.0) size: func() -> u32; }",
        },
        Example::Change {
            old: "interface store { get: func() -> u32; @unstable(feature = sizes) size: func() -> u32; }",
            new: "interface store { get: func() -> u32; @since(version = 1.1.0) size: func() -> u64; }",
        },
    ],
};

/// Something needs a feature now.
pub static STABLE_TO_UNSTABLE: Rule = Rule {
    id: "stable-to-unstable",
    area: Area::Stability,
    level: Level::Link,
    says: "item is unstable now",
    why: "Whoever does not turn the feature on no longer has it: for them it was removed.",
    fix: "Leave what was released without a gate. Add what is still in motion beside it.",
    kind: Kind::Change { effects: effects("u..uxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32;  size: func() -> u32; }",
        new: "interface store { get: func() -> u32; @unstable(feature = sizes) size: func() -> u32; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] =
    &[&UNSTABLE_ITEM_CHANGED, &UNSTABLE_ITEM_REMOVED, &UNSTABLE_TO_STABLE, &STABLE_TO_UNSTABLE];
