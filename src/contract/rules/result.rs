//! Changes of what functions give back.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule};

/// A function gives something back.
pub static RESULT_ADDED: Rule = Rule {
    id: "result-added",
    area: Area::Result,
    level: Level::Link,
    says: "result added",
    why: "A compiled caller expects nothing. The result is part of the function's type.",
    fix: "Add a function with the result and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func(); }",
        new: "interface store { get: func() -> u32; }",
    }],
};

/// A function gives nothing back any more.
pub static RESULT_REMOVED: Rule = Rule {
    id: "result-removed",
    area: Area::Result,
    level: Level::Link,
    says: "result removed",
    why: "A compiled caller waits for a value that does not come. The result is part of the function's type.",
    fix: "Keep the result, or add a function without it.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "interface store { get: func(); }",
    }],
};

/// The result is of another type.
pub static RESULT_TYPE_CHANGED: Rule = Rule {
    id: "result-type-changed",
    area: Area::Result,
    level: Level::Link,
    says: "type of the result changed",
    why: "A compiled caller reads the result in the old layout. Linkers want the very same type and convert nothing.",
    fix: "Add a function that gives the new type and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "interface store { get: func() -> string; }",
    }],
};

/// A function may fail now.
pub static RESULT_MADE_FALLIBLE: Rule = Rule {
    id: "result-made-fallible",
    area: Area::Result,
    level: Level::Link,
    says: "function may fail now",
    why: "`result<T, E>` is another type than `T`: a compiled caller does not look whether it got an error.",
    fix: "Add a function that may fail and keep the old one. Functions that go over a network one day should be \
          fallible from the start.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[
        Example::Change {
            old: "interface store { get: func() -> u32; }",
            new: "interface store { get: func() -> result<u32, string>; }",
        },
        Example::Change {
            old: "interface store { get: func(); }",
            new: "interface store { get: func() -> result<_, string>; }",
        },
    ],
};

/// A function cannot fail any more.
pub static RESULT_MADE_INFALLIBLE: Rule = Rule {
    id: "result-made-infallible",
    area: Area::Result,
    level: Level::Link,
    says: "function cannot fail any more",
    why: "A compiled caller looks for a success or an error and gets a bare value.",
    fix: "Keep the result type and never give the error.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> result<u32, string>; }",
        new: "interface store { get: func() -> u32; }",
    }],
};

/// The error carries something now.
pub static RESULT_ERROR_ADDED: Rule = Rule {
    id: "result-error-added",
    area: Area::Result,
    level: Level::Link,
    says: "error got a payload",
    why: "`result<T, E>` is another type than `result<T>`.",
    fix: "Add a function with the error and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> result<u32>; }",
        new: "interface store { get: func() -> result<u32, string>; }",
    }],
};

/// The error is of another type.
pub static RESULT_ERROR_TYPE_CHANGED: Rule = Rule {
    id: "result-error-type-changed",
    area: Area::Result,
    level: Level::Link,
    says: "type of the error changed",
    why: "The error is part of the function's type, also for callers that never look at it.",
    fix: "Declare errors as a variant with a case such as `other(string)`, which leaves room for what comes.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> result<u32, string>; }",
        new: "interface store { get: func() -> result<u32, u16>; }",
    }],
};

/// What was absent is an error now.
pub static RESULT_OPTION_TO_RESULT: Rule = Rule {
    id: "result-option-to-result",
    area: Area::Result,
    level: Level::Link,
    says: "option became a result",
    why: "`option` and `result` are different types, though both say that there may be nothing.",
    fix: "Add a function that gives the result and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> option<u32>; }",
        new: "interface store { get: func() -> result<u32, string>; }",
    }],
};

/// The result comes later.
pub static RESULT_MADE_FUTURE_OR_STREAM: Rule = Rule {
    id: "result-made-future-or-stream",
    area: Area::Result,
    level: Level::Link,
    says: "result became a future or a stream",
    why: "A compiled caller expects the value itself and gets the end of a channel.",
    fix: "Add a function that gives the future or stream and keep the old one.",
    kind: Kind::Change { effects: effects("XXXXXX"), bump: Bump::Major },
    examples: &[Example::Change {
        old: "interface store { get: func() -> u32; }",
        new: "interface store { get: func() -> future<u32>; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &RESULT_ADDED,
    &RESULT_REMOVED,
    &RESULT_TYPE_CHANGED,
    &RESULT_MADE_FALLIBLE,
    &RESULT_MADE_INFALLIBLE,
    &RESULT_ERROR_ADDED,
    &RESULT_ERROR_TYPE_CHANGED,
    &RESULT_OPTION_TO_RESULT,
    &RESULT_MADE_FUTURE_OR_STREAM,
];
