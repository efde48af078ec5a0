//! Lints of versions, of packages that a contract stands on, and of what it takes from them.

use crate::contract::rule::Severity::{Error, Warning};
use crate::contract::rule::{Area, Example, Kind, Level, Rule};

/// A package without a version.
pub static PACKAGE_UNVERSIONED: Rule = Rule {
    id: "package-unversioned",
    area: Area::Package,
    level: Level::Link,
    says: "has no version",
    why: "A name without a version matches only itself: `a:b/c` never links with `a:b/c@1.0.0`. Every change is one under the same name, and the day a \
          version is added everyone breaks.",
    fix: "Write a version: `package a:b@0.1.0;`.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b;\ninterface i { f: func(); }",
        good: "package a:b@0.1.0;\ninterface i { f: func(); }",
    }],
};

/// A version that matches nothing else.
pub static PACKAGE_PRERELEASE: Rule = Rule {
    id: "package-version-prerelease-published",
    area: Area::Package,
    level: Level::Link,
    says: "has a version that is a prerelease",
    why: "A prerelease links with nothing but the very same one: not with the next candidate, and not with the release. All who compiled against it must \
          build anew each time.",
    fix: "Publish a version without the part behind `-`; below 1.0.0 every minor version is free to break.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b@1.0.0-rc.1;\ninterface i { f: func(); }",
        good: "package a:b@1.0.0;\ninterface i { f: func(); }",
    }],
};

/// Two copies that differ.
pub static VENDORED_DRIFT: Rule = Rule {
    id: "deps-vendored-drift",
    area: Area::Dependency,
    level: Level::Link,
    says: "is not what another copy of the same version is",
    why: "Two folders have the package at one version with different contents. Components that are built from them name the same interface and mean \
          different types: it comes out when they are linked, or never.",
    fix: "Fetch the copies anew from one place, and give what was changed a version of its own.",
    kind: Kind::Lint(Error),
    examples: &[Example::Lint {
        bad: "package a:b@1.0.0; package x:y@1.0.0 { interface i { enum e { a } } } interface j { use x:y/i@1.0.0.{e}; f: func() -> e; }\n---\n\
              package a:c@1.0.0; package x:y@1.0.0 { interface i { enum e { a, b } } } interface j { use x:y/i@1.0.0.{e}; f: func() -> e; }",
        good: "package a:b@1.0.0; package x:y@1.0.0 { interface i { enum e { a } } } interface j { use x:y/i@1.0.0.{e}; f: func() -> e; }\n---\n\
               package a:c@1.0.0; package x:y@1.0.0 { interface i { enum e { a } } } interface j { use x:y/i@1.0.0.{e}; f: func() -> e; }",
    }],
};

/// No lockfile.
pub static DEPS_UNLOCKED: Rule = Rule {
    id: "deps-unlocked",
    area: Area::Dependency,
    level: Level::Link,
    says: "has dependencies that no lockfile names",
    why: "There are copies of packages in the folder and nothing that says which ones they should be: they can be changed by hand or fetched \
          differently, and no review sees it.",
    fix: "Commit the lockfile of the tool that fetched it (`wkg.lock`, `deps.lock`) beside the folder.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b@1.0.0; package x:y@1.0.0 { interface i { type t = u32; } } interface j { use x:y/i@1.0.0.{t}; f: func() -> t; }",
        good: "package a:b@1.0.0; interface i { type t = u32; } interface j { use i.{t}; f: func() -> t; }",
    }],
};

/// A dependency without a version.
pub static DEPS_FLOATING: Rule = Rule {
    id: "deps-floating",
    area: Area::Dependency,
    level: Level::Link,
    says: "is a dependency without a version",
    why: "Which contents are meant is decided by the folder that happens to lie there. Two teams with two copies have components that name the same \
          interface and do not link.",
    fix: "Depend on a version: `use x:y/i@1.0.0.{t}`.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b@1.0.0; package x:y { interface i { type t = u32; } } interface j { use x:y/i.{t}; f: func() -> t; }",
        good: "package a:b@1.0.0; package x:y@1.0.0 { interface i { type t = u32; } } interface j { use x:y/i@1.0.0.{t}; f: func() -> t; }",
    }],
};

/// Something deprecated is imported or exported.
pub static DEPRECATED_ITEM_USED: Rule = Rule {
    id: "deprecated-item-used",
    area: Area::Stability,
    level: Level::Source,
    says: "is deprecated and used",
    why: "It may go with the next major version. No generator of bindings warns of it, so nobody who uses it is told in any other way.",
    fix: "Move to what its documentation names in its place.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b@1.2.0;\n@since(version = 1.0.0) @deprecated(version = 1.2.0) interface old { f: func(); } world app { import old; }",
        good: "package a:b@1.2.0;\n@since(version = 1.2.0) interface new-way { f: func(); } world app { import new-way; }",
    }],
};

/// Something unstable is imported or used by something that is not.
pub static UNSTABLE_ITEM_USED: Rule = Rule {
    id: "unstable-item-used",
    area: Area::Stability,
    level: Level::Link,
    says: "is unstable and used by what is not",
    why: "What is `@unstable` may change or go with any version, and whoever has not switched its feature on does not see it: their package does not \
          resolve.",
    fix: "Mark what uses it `@unstable` with the same feature, or wait until it is stable.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b@1.2.0;\n@unstable(feature = fast) interface quick { f: func(); } @since(version = 1.0.0) world app { import quick; }",
        good: "package a:b@1.2.0;\n@unstable(feature = fast) interface quick { f: func(); } @unstable(feature = fast) world app { \
               @unstable(feature = fast) import quick; }",
    }],
};

/// A deprecated type in a signature.
pub static DEPRECATED_TYPE_REFERENCED: Rule = Rule {
    id: "deprecated-type-referenced",
    area: Area::Stability,
    level: Level::Source,
    says: "is deprecated and spoken of by what is not",
    why: "The function or type stays while what it speaks of is to go, so either it goes too and nobody was told, or the deprecated type can never be \
          taken away.",
    fix: "Deprecate what speaks of it as well, or give it a successor that speaks of the new type.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b@1.2.0;\ninterface i { @since(version = 1.0.0) @deprecated(version = 1.2.0) record old { x: u32 } \
              @since(version = 1.0.0) f: func() -> old; }",
        good: "package a:b@1.2.0;\ninterface i { @since(version = 1.0.0) @deprecated(version = 1.2.0) record old { x: u32 } \
               @since(version = 1.0.0) @deprecated(version = 1.2.0) f: func() -> old; }",
    }],
};

/// One external id for two items.
pub static EXTERNAL_ID_DUPLICATE: Rule = Rule {
    id: "external-id-duplicate",
    area: Area::WorldImport,
    level: Level::Behaviour,
    says: "has an `@external-id` that another item has too",
    why: "Hosts bind imports by this id. Two imports of one id get the same thing, or whichever the host finds first.",
    fix: "Give each its own id.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface kv { get: func() -> string; } world app { @external-id(\"db\") import first: kv; @external-id(\"db\") import second: kv; }",
        good: "interface kv { get: func() -> string; } world app { @external-id(\"db\") import first: kv; @external-id(\"cache\") import second: kv; }",
    }],
};

/// A label for an interface without a version.
pub static IMPLEMENTS_UNVERSIONED: Rule = Rule {
    id: "implements-unversioned",
    area: Area::WorldImport,
    level: Level::Link,
    says: "is a label for an interface without a version",
    why: "The label says nothing of the interface; only what it implements does, and without a version that matches only another one without.",
    fix: "Give the package of the interface a version.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b; interface kv { get: func() -> string; } world app { import primary: kv; }",
        good: "package a:b@1.0.0; interface kv { get: func() -> string; } world app { import primary: kv; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &PACKAGE_UNVERSIONED,
    &PACKAGE_PRERELEASE,
    &VENDORED_DRIFT,
    &DEPS_UNLOCKED,
    &DEPS_FLOATING,
    &DEPRECATED_ITEM_USED,
    &UNSTABLE_ITEM_USED,
    &DEPRECATED_TYPE_REFERENCED,
    &EXTERNAL_ID_DUPLICATE,
    &IMPLEMENTS_UNVERSIONED,
];
