//! Changes of parameters.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A parameter came.
pub static PARAM_ADDED: Rule = Rule {
    id: "param-added",
    area: Area::Parameter,
    level: Level::Link,
    says: "parameter added",
    why: "The parameters of a function, their names and their order are part of its type, and linkers want the very \
          same type.",
    fix: "Add a function that takes the parameter and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { put: func(key: string) -> u32; }",
        new: "interface store { put: func(key: string, value: u32) -> u32; }",
    }],
};

/// An optional parameter came.
pub static PARAM_ADDED_OPTION: Rule = Rule {
    id: "param-added-option",
    area: Area::Parameter,
    level: Level::Link,
    says: "optional parameter added",
    why: "An `option` is a value like any other: nothing fills in what a compiled caller does not pass, and linkers \
          want the very same type.",
    fix: "Add a function that takes the parameter and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { put: func(key: string) -> u32; }",
        new: "interface store { put: func(key: string, expiry: option<u64>) -> u32; }",
    }],
};

/// A parameter went.
pub static PARAM_REMOVED: Rule = Rule {
    id: "param-removed",
    area: Area::Parameter,
    level: Level::Link,
    says: "parameter removed",
    why: "The parameters of a function are part of its type, and linkers want the very same type.",
    fix: "Keep the parameter and ignore it, or add a function without it.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { put: func(key: string, value: u32) -> u32; }",
        new: "interface store { put: func(key: string) -> u32; }",
    }],
};

/// A parameter has another name.
pub static PARAM_RENAMED: Rule = Rule {
    id: "param-renamed",
    area: Area::Parameter,
    level: Level::Link,
    says: "parameter renamed",
    why: "Names of parameters are part of a function's type when components are linked with each other. Hosts do not \
          compare them, so the same component may run on a host and fail in a composition.",
    fix: "Leave the name as it is and describe the parameter in the docs.",
    kind: Kind::Change { effects: effects("XXX..."), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { put: func(key: string) -> u32; }",
        new: "interface store { put: func(name: string) -> u32; }",
    }],
};

/// Parameters stand in another order.
pub static PARAM_REORDERED: Rule = Rule {
    id: "param-reordered",
    area: Area::Parameter,
    level: Level::Link,
    says: "parameters reordered",
    why: "Arguments are passed by place. Linkers refuse the other order by its names; a host does not compare names, \
          so where the types are alike it links and takes each value for the other.",
    fix: "Leave the order as it is.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { put: func(key: string, value: u32); }",
        new: "interface store { put: func(value: u32, key: string); }",
    }],
};

/// A parameter is of another type.
pub static PARAM_TYPE_CHANGED: Rule = Rule {
    id: "param-type-changed",
    area: Area::Parameter,
    level: Level::Link,
    says: "type of the parameter changed",
    why: "A compiled caller passes the old type in the old layout. Linkers want the very same type and convert \
          nothing.",
    fix: "Add a function that takes the new type and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { put: func(key: string) -> u32; }",
        new: "interface store { put: func(key: bool) -> u32; }",
    }],
};

/// A parameter takes more than before.
pub static PARAM_TYPE_WIDENED: Rule = Rule {
    id: "param-type-widened",
    area: Area::Parameter,
    level: Level::Link,
    says: "parameter takes a wider type",
    why: "There is no conversion between types, not even from `u8` to `u32`: linkers want the very same type.",
    fix: "Add a function that takes the wider type and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { put: func(key: u8); }",
            new: "interface store { put: func(key: u32); }",
        },
        Example::Change {
            old: "interface store { put: func(key: char); }",
            new: "interface store { put: func(key: string); }",
        },
    ],
};

/// A parameter may be left out.
pub static PARAM_MADE_OPTION: Rule = Rule {
    id: "param-made-option",
    area: Area::Parameter,
    level: Level::Link,
    says: "parameter became optional",
    why: "`option<T>` is another type than `T`. A compiled caller passes a bare value, and nothing wraps it.",
    fix: "Add a function that takes the option and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { put: func(key: string) -> u32; }",
        new: "interface store { put: func(key: option<string>) -> u32; }",
    }],
};

/// A resource is lent where it was given away, or the other way round.
pub static PARAM_OWNERSHIP_CHANGED: Rule = Rule {
    id: "param-ownership-changed",
    area: Area::Parameter,
    level: Level::Link,
    says: "ownership of the parameter changed",
    why: "Who drops the resource is part of the type: a handle that is lent and one that is given away are different \
          types.",
    fix: "Add a function that takes the resource the other way and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { resource bucket; put: func(to: bucket); }",
        new: "interface store { resource bucket; put: func(to: borrow<bucket>); }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &PARAM_ADDED,
    &PARAM_ADDED_OPTION,
    &PARAM_REMOVED,
    &PARAM_RENAMED,
    &PARAM_REORDERED,
    &PARAM_TYPE_CHANGED,
    &PARAM_TYPE_WIDENED,
    &PARAM_MADE_OPTION,
    &PARAM_OWNERSHIP_CHANGED,
];
