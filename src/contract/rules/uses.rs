//! Changes of `use`, and of the packages that types are used from.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A type that is used from elsewhere has another name here.
pub static USE_RENAMED: Rule = Rule {
    id: "use-renamed",
    area: Area::Use,
    level: Level::Link,
    says: "used type renamed",
    why: "A type that is used is an item of the interface under the name it has here, and linkers find it by that.",
    fix: "Keep the name.",
    kind: Kind::Change { effects: effects("xxx.xx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface types { record entry { key: string } } interface store { use types.{entry}; get: func() -> \
              entry; }",
        new: "interface types { record entry { key: string } } interface store { use types.{entry as item}; get: \
              func() -> item; }",
    }],
};

/// A type is used from elsewhere, by something new.
pub static USE_ADDED: Rule = Rule {
    id: "use-added",
    area: Area::Use,
    level: Level::Link,
    says: "`use` added",
    why: "Consumers that do not use what speaks of it do not ask for it. Providers compiled before lack it wherever \
          the whole interface is asked for.",
    fix: "Release it with what uses it, as a minor version.",
    kind: Kind::Change { effects: effects(".ux..."), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface types { record entry { key: string } } interface store { size: func() -> u32;  }",
        new: "interface types { record entry { key: string } } interface store { use types.{entry}; size: func() -> \
              u32; get: func() -> entry; }",
    }],
};

/// A type is used from elsewhere, and no function speaks of it.
pub static USE_ADDED_UNUSED: Rule = Rule {
    id: "use-added-unused",
    area: Area::Use,
    level: Level::Link,
    says: "`use` added that no function needs",
    why: "A type that is used is an item of the interface. Where the whole interface is asked for, a provider \
          compiled before lacks it.",
    fix: "Leave the `use` out until something needs it.",
    kind: Kind::Change { effects: effects("..x..."), bump: Bump::Minor },
    examples: &[Example::Change {
        old: "interface types { record entry { key: string } } interface store { get: func() -> u32;  }",
        new: "interface types { record entry { key: string } } interface store { use types.{entry}; get: func() -> \
              u32; }",
    }],
};

/// A type is no longer used from elsewhere, and what spoke of it went.
pub static USE_REMOVED: Rule = Rule {
    id: "use-removed",
    area: Area::Use,
    level: Level::Link,
    says: "`use` removed",
    why: "A compiled consumer that imports it finds no type of this name. A provider compiled before still imports \
          the other interface for it.",
    fix: "Remove it with the next major version, with what used it.",
    kind: Kind::Change { effects: effects("u...xx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface types { record entry { key: string } } interface store { use types.{entry}; size: func() -> \
              u32; get: func() -> entry; }",
        new: "interface types { record entry { key: string } } interface store { size: func() -> u32;  }",
    }],
};

/// A type is no longer used from elsewhere, and no function spoke of it.
pub static USE_REMOVED_UNUSED: Rule = Rule {
    id: "use-removed-unused",
    area: Area::Use,
    level: Level::Link,
    says: "`use` removed that no function needed",
    why: "No compiled consumer asks for it, and a provider that still has it has more than is asked for. Such a \
          provider goes on importing the other interface.",
    fix: "Remove it with the next major version.",
    kind: Kind::Change { effects: effects("....xx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface types { record entry { key: string } } interface store { use types.{entry}; get: func() -> \
              u32; }",
        new: "interface types { record entry { key: string } } interface store { get: func() -> u32;  }",
    }],
};

/// A type is used from another interface, and is the same type.
pub static USE_SOURCE_MOVED_VALUE: Rule = Rule {
    id: "use-source-moved-value",
    area: Area::Use,
    level: Level::Link,
    says: "type moved to another interface",
    why: "Values are the same wherever they are declared. Components compiled from here on import the other interface \
          for the type.",
    fix: "Release it as a minor version.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::Minor },
    examples: &[
        Example::Change {
            old: "interface first { record entry { key: string } } interface second { record entry { key: string } } \
                  interface store { use first.{entry}; get: func() -> entry; }",
            new: "interface first { record entry { key: string } } interface second { record entry { key: string } } \
                  interface store { use second.{entry}; get: func() -> entry; }",
        },
        Example::Change {
            old: "interface types { record entry { key: string } } interface store { record entry { key: string } get: \
                  func() -> entry; }",
            new: "interface types { record entry { key: string } } interface store { use types.{entry}; get: func() -> \
                  entry; }",
        },
    ],
};

/// A type that was used from elsewhere is declared here.
pub static USE_SOURCE_INLINED: Rule = Rule {
    id: "use-source-inlined",
    area: Area::Use,
    level: Level::Link,
    says: "type that was used is declared here",
    why: "The type is the same to linkers, and components compiled before go on importing the other interface for it. \
          Generated code has another type, so sources must be changed.",
    fix: "Keep the `use`.",
    kind: Kind::Change { effects: effects("....xx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface types { record entry { key: string } } interface store { use types.{entry}; get: func() -> \
              entry; }",
        new: "interface types { record entry { key: string } } interface store { record entry { key: string } get: \
              func() -> entry; }",
    }],
};

/// A type of another package changed.
pub static USE_TYPE_CHANGED_UPSTREAM: Rule = Rule {
    id: "use-type-changed-upstream",
    area: Area::Use,
    level: Level::Link,
    says: "type of another package changed",
    why: "Whatever speaks of the type has another type now. The package that declares it must say so with its \
          version, and this one breaks with it.",
    fix: "Stay with the version of the other package that had the type, or release a new major version with it.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "package d:e@1.0.0 { interface types { record entry { key: string } } } interface store { use \
              d:e/types@1.0.0.{entry}; get: func() -> entry; }",
        new: "package d:e@1.0.0 { interface types { record entry { key: string, size: u32 } } } interface store { use \
              d:e/types@1.0.0.{entry}; get: func() -> entry; }",
    }],
};

/// Another package is used in a version that does not stand in for the old one.
pub static USE_DEP_TRACK_CHANGED: Rule = Rule {
    id: "use-dep-track-changed",
    area: Area::Use,
    level: Level::Link,
    says: "other package used in an incompatible version",
    why: "Versions of different tracks (`1` and `2`, `0.2` and `0.3`, any two prereleases) are different interfaces \
          to linkers, and their resources are different resources. Values are the same if they look the same; \
          generated code has another type for them all the same.",
    fix: "Release a new major version, and tell consumers which version of the other package they need.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "package d:e@1.0.0 { interface types { resource entry; } } interface store { use \
              d:e/types@1.0.0.{entry}; get: func() -> entry; }",
        new: "package d:e@2.0.0 { interface types { resource entry; } } interface store { use \
              d:e/types@2.0.0.{entry}; get: func() -> entry; }",
    }],
};

/// Another package is used in a newer version that stands in for the old one.
pub static USE_DEP_BUMPED_IN_TRACK: Rule = Rule {
    id: "use-dep-bumped-in-track",
    area: Area::Use,
    level: Level::Link,
    says: "other package used in another version",
    why: "Within a track versions stand in for each other. What changed in the other package is its own to tell.",
    fix: "Compare the two versions of the other package as well.",
    kind: Kind::Change { effects: effects("......"), bump: Bump::Patch },
    examples: &[Example::Change {
        old: "package d:e@1.0.0 { interface types { record entry { key: string } } } interface store { use \
              d:e/types@1.0.0.{entry}; get: func() -> entry; }",
        new: "package d:e@1.0.1 { interface types { record entry { key: string } } } interface store { use \
              d:e/types@1.0.1.{entry}; get: func() -> entry; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &USE_RENAMED,
    &USE_ADDED,
    &USE_ADDED_UNUSED,
    &USE_REMOVED,
    &USE_REMOVED_UNUSED,
    &USE_SOURCE_MOVED_VALUE,
    &USE_SOURCE_INLINED,
    &USE_TYPE_CHANGED_UPSTREAM,
    &USE_DEP_TRACK_CHANGED,
    &USE_DEP_BUMPED_IN_TRACK,
];
