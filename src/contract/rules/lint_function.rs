//! Lints of shapes of functions: what hosts must know for them, and what they do to tasks and handles.

use crate::contract::rule::Severity::{Error, Note};
use crate::contract::rule::{Area, Example, Kind, Level, Rule};

/// Something that hosts do not take by default.
pub static FEATURE_NEEDS_FLAG: Rule = Rule {
    id: "feature-needs-flag",
    area: Area::Type,
    level: Level::Host,
    says: "needs a feature that hosts do not have switched on",
    why: "The validator refuses it unless the feature is switched on (wasmparser 0.263), and so do the hosts and tools that use its defaults: a component \
          with it does not load there.",
    fix: "Use what every host takes: `list<T>` or a tuple for `list<T, N>`, a variant for `error-context`, functions for accessors.",
    kind: Kind::Lint(Error),
    examples: &[Example::Lint {
        bad: "interface i { hash: func(data: list<u8>) -> list<u8, 32>; }",
        good: "interface i { hash: func(data: list<u8>) -> list<u8>; }",
    }],
};

/// A call out may come back in.
pub static ASYNC_CALLBACK_CYCLE: Rule = Rule {
    id: "async-callback-cycle",
    area: Area::World,
    level: Level::Behaviour,
    says: "imports and exports an interface with an `async` function",
    why: "While its own call out is pending, a call can come in through the same interface. That is what middleware wants, but whoever is in the \
          chain twice waits for itself, and state is seen half changed.",
    fix: "Say in the documentation what may be called meanwhile, or give the way back an interface of its own.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface handler { handle: async func(request: string) -> string; } world app { import handler; export handler; }",
        good: "interface handler { handle: async func(request: string) -> string; } interface upstream { send: async func(request: string) -> \
               string; } world app { import upstream; export handler; }",
    }],
};

/// A sync function that waits.
pub static SYNC_FUNC_BLOCKS: Rule = Rule {
    id: "sync-func-blocks",
    area: Area::Function,
    level: Level::Behaviour,
    says: "waits, by its name, and is not `async`",
    why: "A caller of a function that is not `async` stands still until it returns, and its component with it; behind an `async` provider it waits \
          even where it could do something else. Making it `async` later is another type, which breaks everyone.",
    fix: "Make it `async` while nobody depends on it, or return at once with what is there.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface queue { wait-next: func() -> string; }",
        good: "interface queue { wait-next: async func() -> string; }",
    }],
};

/// Many handles at once.
pub static HANDLE_LEAK_SHAPE: Rule = Rule {
    id: "handle-leak-shape",
    area: Area::Result,
    level: Level::Behaviour,
    says: "gives out many handles and does not say who drops them",
    why: "Each handle in a list or stream is the caller's to drop. Callers that look at the first and forget the rest keep the provider's resources, \
          and in languages without destructors that is what happens.",
    fix: "Say in the documentation that the caller drops them (the word `drop` is looked for), or give ids and a function that opens one.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface fs { resource file { size: func() -> u64; } list-all: func() -> list<file>; }",
        good: "interface fs { resource file { size: func() -> u64; } /// Every file; the caller drops each of them.\n  \
               list-all: func() -> list<file>; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&FEATURE_NEEDS_FLAG, &ASYNC_CALLBACK_CYCLE, &SYNC_FUNC_BLOCKS, &HANDLE_LEAK_SHAPE];
