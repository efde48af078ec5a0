//! Changes of resources, their methods, static functions and constructors.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A resource came.
pub static RESOURCE_ADDED: Rule = Rule {
    id: "resource-added",
    area: Area::Resource,
    level: Level::Link,
    says: "resource added",
    why: "Compiled consumers do not ask for it. Providers compiled before lack it wherever the whole interface is \
          asked for, and in source a provider must say what it is.",
    fix: "Release it as a minor version, and give it `@since`.",
    kind: Kind::Change { effects: effects(".ux..x"), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "interface store { get: func() -> u32; resource bucket; }",
    }],
};

/// A resource went.
pub static RESOURCE_REMOVED: Rule = Rule {
    id: "resource-removed",
    area: Area::Resource,
    level: Level::Link,
    says: "resource removed",
    why: "A compiled consumer that holds or drops one finds no resource of this name.",
    fix: "Keep the resource, mark it `@deprecated`, and remove it with the next major version.",
    kind: Kind::Change { effects: effects("u..uxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; resource bucket; }",
        new: "interface store { get: func() -> u32; }",
    }],
};

/// A resource has another name and most of its functions still.
pub static RESOURCE_RENAMED: Rule = Rule {
    id: "resource-renamed",
    area: Area::Resource,
    level: Level::Link,
    says: "resource renamed",
    why: "Compiled components find a resource and its functions by its name: `[method]bucket.get`. Under the new name \
          all of them are others.",
    fix: "Keep the old resource, and make the new one beside it.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
        new: "interface store { resource shelf { get: func(key: string) -> u32; } open: func() -> shelf; }",
    }],
};

/// A method came.
pub static RESOURCE_METHOD_ADDED: Rule = Rule {
    id: "resource-method-added",
    area: Area::Resource,
    level: Level::Link,
    says: "method added",
    why: "Compiled consumers call what they know. A consumer that calls the new method needs a provider that has it, \
          and a provider compiled before lacks it.",
    fix: "Release it as a minor version, and give it `@since`.",
    kind: Kind::Change { effects: effects(".ux..x"), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
        new: "interface store { resource bucket { get: func(key: string) -> u32; size: func() -> u32; } open: func() \
              -> bucket; }",
    }],
};

/// A static function came.
pub static RESOURCE_STATIC_ADDED: Rule = Rule {
    id: "resource-static-added",
    area: Area::Resource,
    level: Level::Link,
    says: "static function added",
    why: "Compiled consumers call what they know. A consumer that calls the new function needs a provider that has \
          it, and a provider compiled before lacks it.",
    fix: "Release it as a minor version, and give it `@since`.",
    kind: Kind::Change { effects: effects(".ux..x"), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
        new: "interface store { resource bucket { get: func(key: string) -> u32; most: static func() -> u32; } open: \
              func() -> bucket; }",
    }],
};

/// A constructor came.
pub static RESOURCE_CONSTRUCTOR_ADDED: Rule = Rule {
    id: "resource-constructor-added",
    area: Area::Resource,
    level: Level::Link,
    says: "constructor added",
    why: "Compiled consumers call what they know. A consumer that calls the constructor needs a provider that has it, \
          and a provider compiled before lacks it.",
    fix: "Release it as a minor version.",
    kind: Kind::Change { effects: effects(".ux..x"), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
        new: "interface store { resource bucket { constructor(); get: func(key: string) -> u32; } open: func() -> \
              bucket; }",
    }],
};

/// A method went.
pub static RESOURCE_METHOD_REMOVED: Rule = Rule {
    id: "resource-method-removed",
    area: Area::Resource,
    level: Level::Link,
    says: "method removed",
    why: "A compiled consumer that calls it finds no method of this name. Those that never call it still link.",
    fix: "Keep the method, mark it `@deprecated`, and remove it with the next major version.",
    kind: Kind::Change { effects: effects("u..uxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { resource bucket { get: func(key: string) -> u32; size: func() -> u32; } open: func() \
              -> bucket; }",
        new: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
    }],
};

/// A static function went.
pub static RESOURCE_STATIC_REMOVED: Rule = Rule {
    id: "resource-static-removed",
    area: Area::Resource,
    level: Level::Link,
    says: "static function removed",
    why: "A compiled consumer that calls it finds no function of this name. Those that never call it still link.",
    fix: "Keep the function, mark it `@deprecated`, and remove it with the next major version.",
    kind: Kind::Change { effects: effects("u..uxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { resource bucket { get: func(key: string) -> u32; most: static func() -> u32; } open: \
              func() -> bucket; }",
        new: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
    }],
};

/// A constructor went.
pub static RESOURCE_CONSTRUCTOR_REMOVED: Rule = Rule {
    id: "resource-constructor-removed",
    area: Area::Resource,
    level: Level::Link,
    says: "constructor removed",
    why: "A compiled consumer that makes resources of this kind finds no constructor. Those that are given theirs \
          still link.",
    fix: "Keep the constructor, and remove it with the next major version.",
    kind: Kind::Change { effects: effects("u..uxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { resource bucket { constructor(); get: func(key: string) -> u32; } open: func() -> \
              bucket; }",
        new: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
    }],
};

/// A constructor takes something else.
pub static RESOURCE_CONSTRUCTOR_PARAMS_CHANGED: Rule = Rule {
    id: "resource-constructor-params-changed",
    area: Area::Resource,
    level: Level::Link,
    says: "parameters of the constructor changed",
    why: "The parameters are part of the constructor's type, and there is only one constructor.",
    fix: "Add a static function that takes the new parameters and keep the constructor.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { resource bucket { constructor(name: string); } open: func() -> bucket; }",
        new: "interface store { resource bucket { constructor(name: string, size: u32); } open: func() -> bucket; }",
    }],
};

/// A constructor may fail now.
pub static RESOURCE_CONSTRUCTOR_MADE_FALLIBLE: Rule = Rule {
    id: "resource-constructor-made-fallible",
    area: Area::Resource,
    level: Level::Link,
    says: "constructor may fail now",
    why: "What a constructor gives is part of its type: a compiled caller takes what it gets for the resource.",
    fix: "Add a static function that may fail and keep the constructor.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { resource bucket { constructor(name: string); } open: func() -> bucket; }",
        new: "interface store { resource bucket { constructor(name: string) -> result<bucket, string>; } open: func() \
              -> bucket; }",
    }],
};

/// A method became a static function, or the other way round.
pub static RESOURCE_METHOD_STATIC_CHANGED: Rule = Rule {
    id: "resource-method-static-changed",
    area: Area::Resource,
    level: Level::Link,
    says: "method became static, or static became a method",
    why: "The kind is part of the name that compiled components carry: `[static]bucket.get` is another function than \
          `[method]bucket.get`.",
    fix: "Add the function in its new form under a new name and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
        new: "interface store { resource bucket { get: static func(key: string) -> u32; } open: func() -> bucket; }",
    }],
};

/// A function of a resource became async, or stopped being it.
pub static RESOURCE_METHOD_ASYNC_CHANGED: Rule = Rule {
    id: "resource-method-async-changed",
    area: Area::Resource,
    level: Level::Link,
    says: "`async` of the method changed",
    why: "`async` is part of a function's type. A component that was built for a plain function cannot be linked with \
          an async one, nor the other way round.",
    fix: "Add the function in its new form under a new name and keep the old one.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
            new: "interface store { resource bucket { get: async func(key: string) -> u32; } open: func() -> bucket; }",
        },
        Example::Change {
            old: "interface store { resource bucket { get: async func(key: string) -> u32; } open: func() -> bucket; }",
            new: "interface store { resource bucket { get: func(key: string) -> u32; } open: func() -> bucket; }",
        },
    ],
};

/// A resource became a value, or a value a resource.
pub static RESOURCE_KIND_CHANGED: Rule = Rule {
    id: "resource-kind-changed",
    area: Area::Resource,
    level: Level::Link,
    says: "resource became a value, or a value a resource",
    why: "A resource is passed as a handle, a value as itself. Nothing converts between the two.",
    fix: "Add a new type and functions that use it, and keep the old ones.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { resource bucket; open: func() -> bucket; }",
        new: "interface store { record bucket { id: u32 } open: func() -> bucket; }",
    }],
};

/// A resource is declared in another interface.
pub static RESOURCE_ORIGIN_MOVED: Rule = Rule {
    id: "resource-origin-moved",
    area: Area::Resource,
    level: Level::Link,
    says: "resource comes from elsewhere",
    why: "Resources are the same only if they come from the same place. A compiled consumer that asked only for the \
          resource takes it from wherever the interface has it; whoever knows that it comes from elsewhere does not \
          take it from here. Every interface on its way counts.",
    fix: "Leave the resource where it is, and `use` it from there.",
    kind: Kind::Change { effects: effects(".xx.xx"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface types { resource bucket; } interface store { resource bucket; open: func() -> bucket; }",
            new: "interface types { resource bucket; } interface store { use types.{bucket}; open: func() -> bucket; }",
        },
        Example::Change {
            old: "interface types { resource bucket; } interface store { use types.{bucket}; open: func() -> bucket; }",
            new: "interface types { resource bucket; } interface store { resource bucket; open: func() -> bucket; }",
        },
        Example::Change {
            old: "interface first { resource bucket; } interface second { resource bucket; } interface store { use \
                  first.{bucket}; open: func() -> bucket; }",
            new: "interface first { resource bucket; } interface second { resource bucket; } interface store { use \
                  second.{bucket}; open: func() -> bucket; }",
        },
        Example::Change {
            old: "interface first { resource bucket; } interface second { use first.{bucket}; } interface store { use \
                  first.{bucket}; open: func() -> bucket; }",
            new: "interface first { resource bucket; } interface second { use first.{bucket}; } interface store { use \
                  second.{bucket}; open: func() -> bucket; }",
        },
    ],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &RESOURCE_ADDED,
    &RESOURCE_REMOVED,
    &RESOURCE_RENAMED,
    &RESOURCE_METHOD_ADDED,
    &RESOURCE_STATIC_ADDED,
    &RESOURCE_CONSTRUCTOR_ADDED,
    &RESOURCE_METHOD_REMOVED,
    &RESOURCE_STATIC_REMOVED,
    &RESOURCE_CONSTRUCTOR_REMOVED,
    &RESOURCE_CONSTRUCTOR_PARAMS_CHANGED,
    &RESOURCE_CONSTRUCTOR_MADE_FALLIBLE,
    &RESOURCE_METHOD_STATIC_CHANGED,
    &RESOURCE_METHOD_ASYNC_CHANGED,
    &RESOURCE_KIND_CHANGED,
    &RESOURCE_ORIGIN_MOVED,
];
