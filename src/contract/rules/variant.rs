//! Changes of variants.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A case came.
pub static VARIANT_CASE_ADDED: Rule = Rule {
    id: "variant-case-added",
    area: Area::Variant,
    level: Level::Link,
    says: "case added",
    why: "All cases are part of the type, in their order. Both directions break, also where the new case is never \
          given: linkers want the very same type.",
    fix: "Add a new variant and a function that uses it. A case such as `other(string)` from the start leaves room \
          for what comes.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { variant value { text(string), number(u32) } get: func() -> value; }",
        new: "interface store { variant value { text(string), number(u32), nothing } get: func() -> value; }",
    }],
};

/// A case went.
pub static VARIANT_CASE_REMOVED: Rule = Rule {
    id: "variant-case-removed",
    area: Area::Variant,
    level: Level::Link,
    says: "case removed",
    why: "All cases are part of the type, also one that is never given.",
    fix: "Keep the case and say in its docs that it is no longer given.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { variant value { text(string), number(u32) } get: func() -> value; }",
        new: "interface store { variant value { text(string) } get: func() -> value; }",
    }],
};

/// A case has another name.
pub static VARIANT_CASE_RENAMED: Rule = Rule {
    id: "variant-case-renamed",
    area: Area::Variant,
    level: Level::Link,
    says: "case renamed",
    why: "Names of cases are part of the type. The layout is the same, and linkers still refuse it.",
    fix: "Leave the name as it is.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { variant value { text(string), number(u32) } get: func() -> value; }",
        new: "interface store { variant value { words(string), number(u32) } get: func() -> value; }",
    }],
};

/// Cases stand in another order.
pub static VARIANT_CASE_REORDERED: Rule = Rule {
    id: "variant-case-reordered",
    area: Area::Variant,
    level: Level::Link,
    says: "cases reordered",
    why: "A value carries the number of its case. Sources that name the cases do not notice, compiled components do \
          not link.",
    fix: "Leave the order as it is, and add cases of new variants at the end.",
    kind: Kind::Change { effects: effects("xxxx.."), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { variant value { text(string), number(u32) } get: func() -> value; }",
        new: "interface store { variant value { number(u32), text(string) } get: func() -> value; }",
    }],
};

/// A case carries something now.
pub static VARIANT_CASE_PAYLOAD_ADDED: Rule = Rule {
    id: "variant-case-payload-added",
    area: Area::Variant,
    level: Level::Link,
    says: "case got a payload",
    why: "What a case carries is part of the type and decides the layout of all cases.",
    fix: "Add a new variant and a function that uses it.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { variant value { text(string), nothing } get: func() -> value; }",
        new: "interface store { variant value { text(string), nothing(u32) } get: func() -> value; }",
    }],
};

/// A case carries nothing any more.
pub static VARIANT_CASE_PAYLOAD_REMOVED: Rule = Rule {
    id: "variant-case-payload-removed",
    area: Area::Variant,
    level: Level::Link,
    says: "case lost its payload",
    why: "What a case carries is part of the type and decides the layout of all cases.",
    fix: "Keep the payload and say in the docs that it means nothing any more.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { variant value { text(string), nothing(u32) } get: func() -> value; }",
        new: "interface store { variant value { text(string), nothing } get: func() -> value; }",
    }],
};

/// A case carries another type.
pub static VARIANT_CASE_PAYLOAD_CHANGED: Rule = Rule {
    id: "variant-case-payload-changed",
    area: Area::Variant,
    level: Level::Link,
    says: "payload of the case changed",
    why: "What a case carries is part of the type and decides the layout of all cases.",
    fix: "Add a new variant and a function that uses it.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { variant value { text(string), number(u32) } get: func() -> value; }",
        new: "interface store { variant value { text(string), number(f64) } get: func() -> value; }",
    }],
};

/// A way to fail came.
pub static VARIANT_ERROR_CASE_ADDED: Rule = Rule {
    id: "variant-error-case-added",
    area: Area::Variant,
    level: Level::Link,
    says: "error case added",
    why: "The usual way to break a contract without meaning to: an error is given back by functions that have not \
          changed, and all cases are part of the type, in their order. Both directions break, also where the new case \
          is never given: linkers want the very same type.",
    fix: "Add a new variant with the case, and a function that fails with it. In new variants a case such as \
          `other(option<string>)`, there from the start, takes what comes later.",
    kind: Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { variant error { gone, io(string) } get: func() -> result<u32, error>; }",
        new: "interface store { variant error { gone, io(string), busy } get: func() -> result<u32, error>; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &VARIANT_CASE_ADDED,
    &VARIANT_CASE_REMOVED,
    &VARIANT_CASE_RENAMED,
    &VARIANT_CASE_REORDERED,
    &VARIANT_CASE_PAYLOAD_ADDED,
    &VARIANT_CASE_PAYLOAD_REMOVED,
    &VARIANT_CASE_PAYLOAD_CHANGED,
    &VARIANT_ERROR_CASE_ADDED,
];
