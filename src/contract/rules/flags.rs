//! Changes of flags.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A flag came.
pub static FLAG_ADDED: Rule = Rule {
    id: "flag-added",
    area: Area::Flags,
    level: Level::Link,
    says: "flag added",
    why: "All flags are part of the type, in their order, whether they are set or not. Sources need no change, \
          compiled components do not link.",
    fix: "Add new flags under a new name and a function that uses them.",
    kind: Kind::Change { effects: effects("XXXX.."), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { flags mode { read, write } get: func() -> mode; }",
        new: "interface store { flags mode { read, write, sync } get: func() -> mode; }",
    }],
};

/// A flag went.
pub static FLAG_REMOVED: Rule = Rule {
    id: "flag-removed",
    area: Area::Flags,
    level: Level::Link,
    says: "flag removed",
    why: "All flags are part of the type, also one that nobody sets.",
    fix: "Keep the flag and say in its docs that it means nothing any more.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { flags mode { read, write, sync } get: func() -> mode; }",
        new: "interface store { flags mode { read, write } get: func() -> mode; }",
    }],
};

/// A flag has another name.
pub static FLAG_RENAMED: Rule = Rule {
    id: "flag-renamed",
    area: Area::Flags,
    level: Level::Link,
    says: "flag renamed",
    why: "Names of flags are part of the type. The bit is the same, and linkers still refuse it.",
    fix: "Leave the name as it is.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { flags mode { read, write } get: func() -> mode; }",
        new: "interface store { flags mode { read, change } get: func() -> mode; }",
    }],
};

/// Flags stand in another order.
pub static FLAG_REORDERED: Rule = Rule {
    id: "flag-reordered",
    area: Area::Flags,
    level: Level::Link,
    says: "flags reordered",
    why: "A flag is a bit by its place. Sources that name the flags do not notice, compiled components do not link.",
    fix: "Leave the order as it is.",
    kind: Kind::Change { effects: effects("XXXX.."), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { flags mode { read, write } get: func() -> mode; }",
        new: "interface store { flags mode { write, read } get: func() -> mode; }",
    }],
};

/// The flags no longer fit into the bytes they had, or need fewer.
pub static FLAGS_WIDTH_CROSSED: Rule = Rule {
    id: "flags-width-crossed",
    area: Area::Flags,
    level: Level::Link,
    says: "flags are of another width",
    why: "Up to 8 flags take one byte, up to 16 take two, more take four. The size of everything that holds them \
          changes too.",
    fix: "Add new flags under a new name and a function that uses them.",
    kind: Kind::Change { effects: effects("XXXX.."), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { flags mode { a, b, c, d, e, f, g, h } get: func() -> mode; }",
        new: "interface store { flags mode { a, b, c, d, e, f, g, h, i } get: func() -> mode; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&FLAG_ADDED, &FLAG_REMOVED, &FLAG_RENAMED, &FLAG_REORDERED, &FLAGS_WIDTH_CROSSED];
