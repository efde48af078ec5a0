//! Changes of enums.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A case came.
pub static ENUM_CASE_ADDED: Rule = Rule {
    id: "enum-case-added",
    area: Area::Enum,
    level: Level::Link,
    says: "case added",
    why: "All cases are part of the type, in their order. Both directions break, also where the new case is never \
          given: linkers want the very same type.",
    fix: "Add a new enum and a function that uses it. Where more cases will come, a variant with a case such as \
          `other(string)` leaves room.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { enum level { low, high } get: func() -> level; }",
        new: "interface store { enum level { low, high, none } get: func() -> level; }",
    }],
};

/// A case went.
pub static ENUM_CASE_REMOVED: Rule = Rule {
    id: "enum-case-removed",
    area: Area::Enum,
    level: Level::Link,
    says: "case removed",
    why: "All cases are part of the type, also one that is never given.",
    fix: "Keep the case and say in its docs that it is no longer given.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { enum level { low, high, none } get: func() -> level; }",
        new: "interface store { enum level { low, high } get: func() -> level; }",
    }],
};

/// A case has another name.
pub static ENUM_CASE_RENAMED: Rule = Rule {
    id: "enum-case-renamed",
    area: Area::Enum,
    level: Level::Link,
    says: "case renamed",
    why: "Names of cases are part of the type. The number is the same, and linkers still refuse it.",
    fix: "Leave the name as it is.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { enum level { low, high } get: func() -> level; }",
        new: "interface store { enum level { low, top } get: func() -> level; }",
    }],
};

/// Cases stand in another order.
pub static ENUM_CASE_REORDERED: Rule = Rule {
    id: "enum-case-reordered",
    area: Area::Enum,
    level: Level::Link,
    says: "cases reordered",
    why: "A value is the number of its case. Sources that name the cases do not notice, compiled components do not \
          link.",
    fix: "Leave the order as it is.",
    kind: Kind::Change { effects: effects("XXXX.."), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { enum level { low, high } get: func() -> level; }",
        new: "interface store { enum level { high, low } get: func() -> level; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&ENUM_CASE_ADDED, &ENUM_CASE_REMOVED, &ENUM_CASE_RENAMED, &ENUM_CASE_REORDERED];
