//! Changes of aliases, and of the names by which a type is spoken of.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A name was introduced for a type that was written out.
pub static ALIAS_INTRODUCED: Rule = Rule {
    id: "alias-introduced",
    area: Area::Type,
    level: Level::Link,
    says: "alias introduced for a type that was written out",
    why: "The type is the same, and its new name is an item of the interface: a consumer compiled from here on asks \
          for it, and older providers do not have it. A patch release that does this breaks new consumers with older \
          providers of the same version line.",
    fix: "Leave existing functions as they were, use the alias in new ones only, and release it as a minor version.",
    kind: Kind::Change { effects: effects(".XX..."), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store {  get: func(key: string) -> u32; }",
        new: "interface store { type id = string; get: func(key: id) -> u32; }",
    }],
};

/// A name for a type went, and the type is written out.
pub static ALIAS_INLINED: Rule = Rule {
    id: "alias-inlined",
    area: Area::Type,
    level: Level::Link,
    says: "alias written out",
    why: "The type is the same, and compiled consumers still ask for its name.",
    fix: "Keep the alias.",
    kind: Kind::Change { effects: effects("X...XX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { type id = string; get: func(key: id) -> u32; }",
        new: "interface store {  get: func(key: string) -> u32; }",
    }],
};

/// A name for a type changed.
pub static ALIAS_RENAMED: Rule = Rule {
    id: "alias-renamed",
    area: Area::Type,
    level: Level::Link,
    says: "alias renamed",
    why: "Linkers find types with names by these names, as they do functions. Hosts compare what is behind and do not \
          notice.",
    fix: "Keep the old alias and add the new one beside it, for new functions.",
    kind: Kind::Change { effects: effects("XXX.XX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { type id = string; get: func(key: id) -> u32; }",
        new: "interface store { type name = string; get: func(key: name) -> u32; }",
    }],
};

/// A name stands for another type.
pub static ALIAS_TARGET_CHANGED: Rule = Rule {
    id: "alias-target-changed",
    area: Area::Type,
    level: Level::Link,
    says: "alias stands for another type",
    why: "Every function that speaks of the alias has another type now, and linkers want the very same type.",
    fix: "Add an alias under a new name and functions that use it.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { type id = string; get: func(key: id) -> u32; }",
        new: "interface store { type id = u64; get: func(key: id) -> u32; }",
    }],
};

/// A name stands for the same type, in other words.
pub static ALIAS_TARGET_EQUIVALENT: Rule = Rule {
    id: "alias-target-equivalent",
    area: Area::Type,
    level: Level::Link,
    says: "alias stands for the same type in other words",
    why: "Linkers look through names to the type behind, and that is the same.",
    fix: "Nothing needs to be done.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::None },
    examples: &[Example::Change {
        old: "interface store { type id = u32; type key = id; get: func(key: key, id: id); }",
        new: "interface store { type id = u32; type key = u32; get: func(key: key, id: id); }",
    }],
};

/// A function or type speaks of the same type by another of its names.
pub static TYPE_RESPELLED: Rule = Rule {
    id: "type-respelled",
    area: Area::Type,
    level: Level::Link,
    says: "same type by another name",
    why: "Linkers look through names to the type behind, and that is the same. Where both names are records, \
          variants, enums or flags, generated code has a type for each, and sources must be changed.",
    fix: "Nothing needs to be done for compiled components.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::None },
    examples: &[Example::Change {
        old: "interface store { type id = u32; get: func(key: id); last: func() -> id; }",
        new: "interface store { type id = u32; get: func(key: u32); last: func() -> id; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &ALIAS_INTRODUCED,
    &ALIAS_INLINED,
    &ALIAS_RENAMED,
    &ALIAS_TARGET_CHANGED,
    &ALIAS_TARGET_EQUIVALENT,
    &TYPE_RESPELLED,
];
