//! Changes of types whatever they are, and of types that have no name.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A type came that something new speaks of.
pub static TYPE_ADDED: Rule = Rule {
    id: "type-added",
    area: Area::Type,
    level: Level::Link,
    says: "type added",
    why: "Consumers that do not use it do not ask for it. Providers compiled before lack it wherever the whole \
          interface is asked for.",
    fix: "Release it with what uses it, as a minor version.",
    kind: Kind::Change { effects: effects(".ux..."), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "interface store { get: func() -> u32; warn: func() -> level; enum level { low, high } }",
    }],
};

/// A type came that no function speaks of.
pub static TYPE_ADDED_UNUSED: Rule = Rule {
    id: "type-added-unused",
    area: Area::Type,
    level: Level::Link,
    says: "type added that no function uses",
    why: "A type is exported by its provider like a function. Where the whole interface is asked for, a provider \
          compiled before lacks it, used or not.",
    fix: "Release it as a minor version, and let a function use it or leave it out.",
    kind: Kind::Change { effects: effects("..x..."), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "interface store { get: func() -> u32; enum level { low, high } }",
    }],
};

/// A type went with the functions that spoke of it.
pub static TYPE_REMOVED: Rule = Rule {
    id: "type-removed",
    area: Area::Type,
    level: Level::Link,
    says: "type removed",
    why: "A compiled consumer that imports it finds no type of this name.",
    fix: "Remove it with the next major version, with what used it.",
    kind: Kind::Change { effects: effects("u...xx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; warn: func() -> level; enum level { low, high } }",
        new: "interface store { get: func() -> u32; }",
    }],
};

/// A type went that no function spoke of.
pub static TYPE_REMOVED_UNUSED: Rule = Rule {
    id: "type-removed-unused",
    area: Area::Type,
    level: Level::Link,
    says: "type removed that no function used",
    why: "No compiled component asks for it. Sources that name it no longer build.",
    fix: "Remove it with the next major version.",
    kind: Kind::Change { effects: effects("....xx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; enum level { low, high } }",
        new: "interface store { get: func() -> u32; }",
    }],
};

/// A type changed that no function speaks of.
pub static TYPE_UNUSED_CHANGED: Rule = Rule {
    id: "type-unused-changed",
    area: Area::Type,
    level: Level::Link,
    says: "type changed that no function uses",
    why: "Compilers leave out of a component's imports what no function needs, so no compiled consumer has it. \
          Components that export the interface export all of it.",
    fix: "Change it with the next major version, or add a type under a new name.",
    kind: Kind::Change { effects: effects("..x.xx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; enum level { low, high } }",
        new: "interface store { get: func() -> u32; enum level { low, mid, high } }",
    }],
};

/// A variant, an enum or flags have another name.
pub static TYPE_RENAMED: Rule = Rule {
    id: "type-renamed",
    area: Area::Type,
    level: Level::Link,
    says: "type renamed",
    why: "Linkers find types with names by these names, as they do functions. Hosts compare what is inside and do not \
          notice.",
    fix: "Keep the name, or declare the new one beside it and use it in new functions only.",
    kind: Kind::Change { effects: effects("xxx.xx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { enum level { low, high } get: func() -> level; }",
        new: "interface store { enum grade { low, high } get: func() -> grade; }",
    }],
};

/// A type is declared as another kind of type.
pub static TYPE_KIND_CHANGED: Rule = Rule {
    id: "type-kind-changed",
    area: Area::Type,
    level: Level::Link,
    says: "kind of type changed",
    why: "A record and a tuple, or an enum and a variant, may lie in memory alike and are different types all the \
          same.",
    fix: "Add a type under a new name and functions that use it.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { enum level { low, high } get: func() -> level; }",
            new: "interface store { variant level { low, high } get: func() -> level; }",
        },
        Example::Change {
            old: "interface store { record point { x: u32, y: u32 } get: func() -> point; }",
            new: "interface store { type point = tuple<u32, u32>; get: func() -> point; }",
        },
    ],
};

/// A type's `@external-id` changed.
pub static TYPE_EXTERNAL_ID_CHANGED: Rule = Rule {
    id: "type-external-id-changed",
    area: Area::Type,
    level: Level::Behaviour,
    says: "`@external-id` of the type changed",
    why: "No linker looks at it, so everything still links. Hosts may choose by it what a type stands for.",
    fix: "Treat it like another type, or ask every host that reads the id.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::Major },
    examples: &[Example::Change {
        old: r#"interface store { @external-id("v1") record entry { key: string } get: func() -> entry; }"#,
        new: r#"interface store { @external-id("v2") record entry { key: string } get: func() -> entry; }"#,
    }],
};

/// A list has another fixed length.
pub static LIST_FIXED_LENGTH_CHANGED: Rule = Rule {
    id: "list-fixed-length-changed",
    area: Area::Type,
    level: Level::Link,
    says: "fixed length of the list changed",
    why: "The length is part of the type: values of it lie in memory without one.",
    fix: "Add a function that uses the new type and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> list<u8, 4>; }",
        new: "interface store { get: func() -> list<u8, 5>; }",
    }],
};

/// A list lost its fixed length, or got one.
pub static LIST_FIXED_TO_LIST: Rule = Rule {
    id: "list-fixed-to-list",
    area: Area::Type,
    level: Level::Link,
    says: "list lost or got a fixed length",
    why: "A list of fixed length lies where it is used, another one behind a pointer. The two are different types.",
    fix: "Add a function that uses the new type and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { get: func() -> list<u8, 4>; }",
            new: "interface store { get: func() -> list<u8>; }",
        },
        Example::Change {
            old: "interface store { get: func() -> list<u8>; }",
            new: "interface store { get: func() -> list<u8, 4>; }",
        },
    ],
};

/// A list of fixed length became a tuple, or the other way round.
pub static LIST_FIXED_TO_TUPLE: Rule = Rule {
    id: "list-fixed-to-tuple",
    area: Area::Type,
    level: Level::Link,
    says: "list of fixed length became a tuple, or a tuple a list",
    why: "The two lie in memory alike and are different types all the same.",
    fix: "Add a function that uses the new type and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> list<u8, 2>; }",
        new: "interface store { get: func() -> tuple<u8, u8>; }",
    }],
};

/// A list of pairs became a map, or the other way round.
pub static LIST_TO_MAP: Rule = Rule {
    id: "list-to-map",
    area: Area::Type,
    level: Level::Link,
    says: "list of pairs became a map, or a map a list",
    why: "The two lie in memory alike and are different types all the same.",
    fix: "Add a function that uses the new type and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> list<tuple<string, u32>>; }",
        new: "interface store { get: func() -> map<string, u32>; }",
    }],
};

/// A list became a stream, or the other way round.
pub static LIST_TO_STREAM: Rule = Rule {
    id: "list-to-stream",
    area: Area::Type,
    level: Level::Link,
    says: "list became a stream, or a stream a list",
    why: "A list is a value, a stream the end of a channel.",
    fix: "Add a function that uses the new type and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> list<u8>; }",
        new: "interface store { get: func() -> stream<u8>; }",
    }],
};

/// A stream carries another type.
pub static STREAM_ELEMENT_CHANGED: Rule = Rule {
    id: "stream-element-changed",
    area: Area::Type,
    level: Level::Link,
    says: "element of the stream changed",
    why: "What a stream carries is part of its type.",
    fix: "Add a function that uses the new type and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> stream<u8>; }",
        new: "interface store { get: func() -> stream<string>; }",
    }],
};

/// A future carries another type.
pub static FUTURE_PAYLOAD_CHANGED: Rule = Rule {
    id: "future-payload-changed",
    area: Area::Type,
    level: Level::Link,
    says: "payload of the future changed",
    why: "What a future carries is part of its type.",
    fix: "Add a function that uses the new type and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> future<u8>; }",
        new: "interface store { get: func() -> future<string>; }",
    }],
};

/// A tuple has another length.
pub static TUPLE_ARITY_CHANGED: Rule = Rule {
    id: "tuple-arity-changed",
    area: Area::Type,
    level: Level::Link,
    says: "length of the tuple changed",
    why: "A tuple is a record without names: each part belongs to its type.",
    fix: "Use a record where parts may come, and give a new one a new name; add a function that uses it.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> tuple<u32, u32>; }",
        new: "interface store { get: func() -> tuple<u32, u32, u32>; }",
    }],
};

/// A string became a list of bytes, or the other way round.
pub static STRING_TO_BYTES: Rule = Rule {
    id: "string-to-bytes",
    area: Area::Type,
    level: Level::Link,
    says: "string became bytes, or bytes a string",
    why: "A string is text in the encoding that its reader asks for, a list of bytes is passed as it is.",
    fix: "Add a function that uses the new type and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { get: func() -> string; }",
            new: "interface store { get: func() -> list<u8>; }",
        },
        Example::Change {
            old: "interface store { get: func() -> list<u8>; }",
            new: "interface store { get: func() -> string; }",
        },
    ],
};

/// A number got or lost its sign.
pub static INTEGER_SIGNEDNESS_CHANGED: Rule = Rule {
    id: "integer-signedness-changed",
    area: Area::Type,
    level: Level::Link,
    says: "sign of the integer changed",
    why: "The bits are the same and the types are not: linkers refuse it, as the value would be read as another.",
    fix: "Add a function that uses the new type and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "interface store { get: func() -> s32; }",
    }],
};

/// Types stand in another order.
pub static TYPE_REORDERED: Rule = Rule {
    id: "type-reordered",
    area: Area::Type,
    level: Level::Source,
    says: "types reordered",
    why: "Types are found by their names, so nothing depends on their order but what generators print.",
    fix: "Nothing has to be done.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::None },
    examples: &[Example::Change {
        old: "interface store { enum level { low, high } record entry { key: string } get: func(at: level) -> entry; }",
        new: "interface store { record entry { key: string } enum level { low, high } get: func(at: level) -> entry; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &TYPE_ADDED,
    &TYPE_ADDED_UNUSED,
    &TYPE_REMOVED,
    &TYPE_REMOVED_UNUSED,
    &TYPE_UNUSED_CHANGED,
    &TYPE_RENAMED,
    &TYPE_KIND_CHANGED,
    &TYPE_EXTERNAL_ID_CHANGED,
    &LIST_FIXED_LENGTH_CHANGED,
    &LIST_FIXED_TO_LIST,
    &LIST_FIXED_TO_TUPLE,
    &LIST_TO_MAP,
    &LIST_TO_STREAM,
    &STREAM_ELEMENT_CHANGED,
    &FUTURE_PAYLOAD_CHANGED,
    &TUPLE_ARITY_CHANGED,
    &STRING_TO_BYTES,
    &INTEGER_SIGNEDNESS_CHANGED,
    &TYPE_REORDERED,
];
