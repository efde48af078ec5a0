//! Lints of names and signatures, as they look from the languages that bindings are made for.

use crate::contract::rule::Severity::{Note, Warning};
use crate::contract::rule::{Area, Example, Kind, Level, Rule};

/// A boolean among several parameters.
pub static BOOL_PARAM: Rule = Rule {
    id: "bool-param",
    area: Area::Parameter,
    level: Level::Source,
    says: "is a `bool` among other parameters",
    why: "Where it is called, `true` says nothing, and a third way to do it would be another type: a change that breaks everyone.",
    fix: "Use an enum that says what is chosen, or two functions.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface store { put: func(key: string, value: string, overwrite: bool); }",
        good: "interface store { put: func(key: string, value: string); replace: func(key: string, value: string); }",
    }],
};

/// Many parameters.
pub static MANY_PARAMS: Rule = Rule {
    id: "many-params",
    area: Area::Parameter,
    level: Level::Source,
    says: "takes many parameters",
    why: "In most languages arguments go by position: with more than five, two of one type are soon swapped, and a further one breaks every caller.",
    fix: "Take a record whose fields have names, or a resource that is built step by step.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface mail { send: func(to: string, cc: string, subject: string, text: string, html: string, sender: string); }",
        good: "interface mail { record letter { to: string, cc: string, subject: string, text: string, html: string, sender: string } \
               send: func(letter: letter); }",
    }],
};

/// A word of languages.
pub static KEYWORD_COLLISION: Rule = Rule {
    id: "keyword-collision",
    area: Area::Naming,
    level: Level::Source,
    says: "is a keyword in several languages",
    why: "Generators must spell it in another way there (`r#type`, `type_`, `_type`), each in its own, and some make code that does not \
          compile.",
    fix: "Take another word: `kind` for `type`, `create` for `new`, `remove` for `delete`.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface i { record item { class: string } f: func(item: item); }",
        good: "interface i { record item { category: string } f: func(item: item); }",
    }],
};

/// Names that become one.
pub static NAME_DIFFERS_ONLY: Rule = Rule {
    id: "name-differs-only-by-case-or-dash",
    area: Area::Naming,
    level: Level::Source,
    says: "differs from another name only by case or dashes",
    why: "Bindings write names as their language does: `key-store` and `keystore` may become one module or file, and then the code does not compile, or \
          one hides the other. WIT forbids it among the items of one interface and allows it among interfaces, worlds, and between imports \
          and exports.",
    fix: "Give one of them a name that differs in letters.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface key-store { f: func(); } interface keystore { f: func(); }",
        good: "interface key-store { f: func(); } interface key-cache { f: func(); }",
    }],
};

/// A pair that accessors would clash with.
pub static RESERVED_PREFIX: Rule = Rule {
    id: "func-name-reserved-prefix",
    area: Area::Naming,
    level: Level::Source,
    says: "has the name that an accessor would get in bindings",
    why: "WIT is getting accessors (`name: get() -> string`), and in most languages `get_name` and `set_name` are all that bindings can call them. A pair of \
          functions of these names stands in the way of an accessor beside it, and cannot become one without a clash for its callers.",
    fix: "Call the functions by what they do: `name` and `rename`.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface i { resource user { get-name: func() -> string; set-name: func(name: string); } }",
        good: "interface i { resource user { name: func() -> string; rename: func(name: string); } }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&BOOL_PARAM, &MANY_PARAMS, &KEYWORD_COLLISION, &NAME_DIFFERS_ONLY, &RESERVED_PREFIX];
