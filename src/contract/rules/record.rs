//! Changes of records.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A field came.
pub static RECORD_FIELD_ADDED: Rule = Rule {
    id: "record-field-added",
    area: Area::Record,
    level: Level::Link,
    says: "field added",
    why: "All fields are part of a record's type, in their order. Both directions break: old code reads the new \
          layout wrongly, and new code the old one. An `option` field is a field like any other.",
    fix: "Add a new record and a function that uses it, and keep the old ones.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { record entry { key: string } get: func() -> entry; }",
            new: "interface store { record entry { key: string, size: u32 } get: func() -> entry; }",
        },
        Example::Change {
            old: "interface store { record entry { key: string } get: func() -> entry; }",
            new: "interface store { record entry { key: string, size: option<u32> } get: func() -> entry; }",
        },
    ],
};

/// A field went.
pub static RECORD_FIELD_REMOVED: Rule = Rule {
    id: "record-field-removed",
    area: Area::Record,
    level: Level::Link,
    says: "field removed",
    why: "All fields are part of a record's type, also those that nobody reads.",
    fix: "Keep the field and say in its docs that it means nothing any more.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { record entry { key: string, size: u32 } get: func() -> entry; }",
        new: "interface store { record entry { key: string } get: func() -> entry; }",
    }],
};

/// A field has another name.
pub static RECORD_FIELD_RENAMED: Rule = Rule {
    id: "record-field-renamed",
    area: Area::Record,
    level: Level::Link,
    says: "field renamed",
    why: "Names of fields are part of a record's type. The layout is the same, and linkers still refuse it.",
    fix: "Leave the name as it is.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { record entry { key: string } get: func() -> entry; }",
        new: "interface store { record entry { name: string } get: func() -> entry; }",
    }],
};

/// A field is of another type.
pub static RECORD_FIELD_TYPE_CHANGED: Rule = Rule {
    id: "record-field-type-changed",
    area: Area::Record,
    level: Level::Link,
    says: "type of the field changed",
    why: "Types of fields decide the layout of a record. Linkers want the very same type and convert nothing.",
    fix: "Add a new record with the new type and a function that uses it.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { record entry { key: string } get: func() -> entry; }",
        new: "interface store { record entry { key: u64 } get: func() -> entry; }",
    }],
};

/// A field may be left out.
pub static RECORD_FIELD_MADE_OPTION: Rule = Rule {
    id: "record-field-made-option",
    area: Area::Record,
    level: Level::Link,
    says: "field became optional",
    why: "`option<T>` is another type than `T` with another layout.",
    fix: "Add a new record with the option and a function that uses it.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { record entry { key: string } get: func() -> entry; }",
        new: "interface store { record entry { key: option<string> } get: func() -> entry; }",
    }],
};

/// Fields stand in another order.
pub static RECORD_FIELD_REORDERED: Rule = Rule {
    id: "record-field-reordered",
    area: Area::Record,
    level: Level::Link,
    says: "fields reordered",
    why: "The order of fields is the order in memory. Sources that name the fields do not notice, compiled components \
          do not link.",
    fix: "Leave the order as it is.",
    kind: Kind::Change { effects: effects("XXXX.."), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { record entry { key: string, size: u32 } get: func() -> entry; }",
        new: "interface store { record entry { size: u32, key: string } get: func() -> entry; }",
    }],
};

/// A record has another name.
pub static RECORD_RENAMED: Rule = Rule {
    id: "record-renamed",
    area: Area::Record,
    level: Level::Link,
    says: "record renamed",
    why: "Linkers find types with names by these names, as they do functions. Hosts compare what is inside and do not \
          notice.",
    fix: "Keep the name, or declare the new one beside it and use it in new functions only.",
    kind: Kind::Change { effects: effects("XXX.XX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { record entry { key: string } get: func() -> entry; }",
        new: "interface store { record item { key: string } get: func() -> item; }",
    }],
};

/// A record came that no function speaks of.
pub static RECORD_ADDED: Rule = Rule {
    id: "record-added",
    area: Area::Record,
    level: Level::Link,
    says: "record added that no function uses",
    why: "A type is exported by its provider like a function. Where the whole interface is asked for, a provider \
          compiled before lacks it, used or not.",
    fix: "Release it as a minor version, and let a function use it or leave it out.",
    kind: Kind::Change { effects: effects("..X..."), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "interface store { get: func() -> u32; record entry { key: string } }",
    }],
};

/// A record went that no function spoke of.
pub static RECORD_REMOVED_UNUSED: Rule = Rule {
    id: "record-removed-unused",
    area: Area::Record,
    level: Level::Link,
    says: "record removed that no function used",
    why: "No compiled component asks for it. Sources that name it no longer build.",
    fix: "Remove it with the next major version.",
    kind: Kind::Change { effects: effects("....XX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; record entry { key: string } }",
        new: "interface store { get: func() -> u32; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &RECORD_FIELD_ADDED,
    &RECORD_FIELD_REMOVED,
    &RECORD_FIELD_RENAMED,
    &RECORD_FIELD_TYPE_CHANGED,
    &RECORD_FIELD_MADE_OPTION,
    &RECORD_FIELD_REORDERED,
    &RECORD_RENAMED,
    &RECORD_ADDED,
    &RECORD_REMOVED_UNUSED,
];
