//! What is said of components that are compared.

use crate::contract::rule::{Area, Example, Kind, Level, Rule, Severity};

/// A component uses something else of an interface than before.
pub static IMPORT_USED_OTHERWISE: Rule = Rule {
    id: "import-used-otherwise",
    area: Area::WorldImport,
    level: Level::Link,
    says: "is imported for other functions or types than before",
    why: "A component imports of an interface what its code uses, so this is a change of the component and none of the contract. Whoever \
          provides the interface must have what is used now.",
    fix: "Hold it against what it will run with (`contract check`).",
    kind: Kind::Policy(Severity::Note),
    examples: &[Example::Change {
        old: "package root:component; world root { import a:b/store@1.0.0; } \
              package a:b@1.0.0 { interface store { get: func() -> u32; } }",
        new: "package root:component; world root { import a:b/store@1.0.0; } \
              package a:b@1.0.0 { interface store { get: func() -> u32; size: func() -> u32; } }",
    }],
};

/// A component has packages that the WIT beside it does not describe.
pub static NOT_DESCRIBED: Rule = Rule {
    id: "package-not-compared",
    area: Area::WorldImport,
    level: Level::Link,
    says: "has packages that were not compared, since the WIT does not describe them",
    why: "WIT describes its own packages. Of the others that a component imports or exports there is nothing to compare with.",
    fix: "Name WIT that has these packages, or an older component.",
    kind: Kind::Policy(Severity::Note),
    examples: &[Example::Change {
        old: "package root:component; world root { import a:b/store@1.0.0; import a:log/sink@1.0.0; } \
              package a:b@1.0.0 { interface store { get: func() -> u32; } } \
              package a:log@1.0.0 { interface sink { put: func(); } }",
        new: "package a:b@1.0.0; interface store { get: func() -> u32; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&IMPORT_USED_OTHERWISE, &NOT_DESCRIBED];
