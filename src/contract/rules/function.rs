//! Changes of functions as a whole.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A function came.
pub static FUNC_ADDED: Rule = Rule {
    id: "func-added",
    area: Area::Function,
    level: Level::Link,
    says: "function added",
    why: "Consumers import only what they call, so compiled consumers do not notice. A consumer that calls the new \
          function needs a provider that has it, and a provider compiled before lacks it wherever the whole interface \
          is asked for.",
    fix: "Release it as a minor version, and give it `@since`.",
    kind: Kind::Change { effects: effects(".ux..x"), bump: Bump::Minor },
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
    kind: Kind::Change { effects: effects("u..uxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func(key: string) -> u32; size: func() -> u32; }",
        new: "interface store { get: func(key: string) -> u32; }",
    }],
};

/// A function has another name, and the same signature at the same place.
pub static FUNC_RENAMED: Rule = Rule {
    id: "func-renamed",
    area: Area::Function,
    level: Level::Link,
    says: "function renamed",
    why: "Functions are found by name. Callers of the old name no longer find it, and callers of the new one find it \
          nowhere yet.",
    fix: "Keep the old function beside the new one and mark it `@deprecated`.",
    kind: Kind::Change { effects: effects("uuxuxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func(key: string) -> u32; }",
        new: "interface store { fetch: func(key: string) -> u32; }",
    }],
};

/// Functions stand in another order.
pub static FUNC_REORDERED: Rule = Rule {
    id: "func-reordered",
    area: Area::Function,
    level: Level::Source,
    says: "functions reordered",
    why: "Functions are found by their names, so nothing depends on their order but what generators print.",
    fix: "Nothing has to be done.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::None },
    examples: &[
        Example::Change {
            old: "interface store { get: func() -> u32; put: func(value: u32); }",
            new: "interface store { put: func(value: u32); get: func() -> u32; }",
        },
        Example::Change {
            old: "interface store { resource bucket { get: func() -> u32; put: func(value: u32); } }",
            new: "interface store { resource bucket { put: func(value: u32); get: func() -> u32; } }",
        },
    ],
};

/// A function became async.
pub static FUNC_ASYNC_ADDED: Rule = Rule {
    id: "func-async-added",
    area: Area::Function,
    level: Level::Link,
    says: "function became `async`",
    why: "`async` is part of a function's type. A component that was built for a plain function cannot be linked with \
          an async one, nor the other way round.",
    fix: "Add an async function under a new name and keep the plain one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func(key: string) -> u32; }",
        new: "interface store { get: async func(key: string) -> u32; }",
    }],
};

/// A function is no longer async.
pub static FUNC_ASYNC_REMOVED: Rule = Rule {
    id: "func-async-removed",
    area: Area::Function,
    level: Level::Link,
    says: "function is no longer `async`",
    why: "`async` is part of a function's type. A component that was built for an async function cannot be linked \
          with a plain one, nor the other way round.",
    fix: "Add a plain function under a new name and keep the async one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: async func(key: string) -> u32; }",
        new: "interface store { get: func(key: string) -> u32; }",
    }],
};

/// A function became a method, a getter or a setter, or stopped being one.
pub static FUNC_KIND_CHANGED: Rule = Rule {
    id: "func-kind-changed",
    area: Area::Function,
    level: Level::Link,
    says: "kind of function changed",
    why: "The kind is part of the name that compiled components carry: `[method]bucket.get` is another function than \
          `get`.",
    fix: "Add the function in its new form and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { size: func() -> u32; }",
            new: "interface store { size: get() -> u32; }",
        },
        Example::Change {
            old: "interface store { resource bucket; size: func(self: borrow<bucket>) -> u32; }",
            new: "interface store { resource bucket { size: func() -> u32; } }",
        },
    ],
};

/// A getter or setter came.
pub static FUNC_ACCESSOR_ADDED: Rule = Rule {
    id: "func-accessor-added",
    area: Area::Function,
    level: Level::Link,
    says: "accessor added",
    why: "As with any function that came: compiled consumers do not notice, and providers compiled before lack it. \
          Tools that do not know accessors cannot read the contract at all.",
    fix: "Make sure that every consumer's tools read accessors, and release it as a minor version.",
    kind: Kind::Change { effects: effects(".ux..x"), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { clear: func(); }",
        new: "interface store { clear: func(); size: get() -> u32; }",
    }],
};

/// A function's `@external-id` changed.
pub static FUNC_EXTERNAL_ID_CHANGED: Rule = Rule {
    id: "func-external-id-changed",
    area: Area::Function,
    level: Level::Behaviour,
    says: "`@external-id` of the function changed",
    why: "No linker looks at it, so everything still links. Hosts may choose by it what a function is bound to, and \
          then something else is called.",
    fix: "Treat it like another function: add one under a new name, or ask every host that reads the id.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::Major },
    examples: &[Example::Change {
        old: r#"interface store { @external-id("v1") get: func() -> u32; }"#,
        new: r#"interface store { @external-id("v2") get: func() -> u32; }"#,
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &FUNC_ADDED,
    &FUNC_REMOVED,
    &FUNC_RENAMED,
    &FUNC_REORDERED,
    &FUNC_ASYNC_ADDED,
    &FUNC_ASYNC_REMOVED,
    &FUNC_KIND_CHANGED,
    &FUNC_ACCESSOR_ADDED,
    &FUNC_EXTERNAL_ID_CHANGED,
];
