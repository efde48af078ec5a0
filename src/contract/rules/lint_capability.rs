//! Lints of what a component may do to the world around it: what it asks for, and what it was meant to ask for.
//!
//! In the examples a world called `binary` stands for the imports and exports that a component really has.

use crate::contract::rule::Severity::{Error, Note, Warning};
use crate::contract::rule::{Area, Example, Kind, Level, Rule};

/// A wide door.
pub static WIDE_IMPORT: Rule = Rule {
    id: "capability-wide-import",
    area: Area::Capability,
    level: Level::Host,
    says: "asks for a wide capability",
    why: "Sockets, files, outgoing requests and the environment let a component reach nearly anything that the host can reach; whoever runs it has to \
          trust it, and whatever it is made of, with that.",
    fix: "Take a narrower interface (a store, one service), or allow it where it is meant: `--allow-capability ITEM`, or `capabilities` of `[contracts]`.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "package a:b@1.0.0; package wasi:sockets@0.2.3 { interface tcp { connect: func(); } } world binary { import wasi:sockets/tcp@0.2.3; }",
        good: "package a:b@1.0.0; interface store { get: func(); } world binary { import store; }",
    }],
};

/// A capability that was granted and is not used.
pub static UNUSED_IN_WORLD: Rule = Rule {
    id: "capability-unused-in-world",
    area: Area::Capability,
    level: Level::Host,
    says: "is granted by the world and never asked for by the component",
    why: "The world lets the component do what it has no need to do. The next build, or a dependency of it, may use that without anybody being asked.",
    fix: "Take the import out of the world.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "package a:b@1.0.0; package wasi:sockets@0.2.3 { interface tcp { connect: func(); } } \
              world app { import wasi:sockets/tcp@0.2.3; export run: func(); } world binary { export run: func(); }",
        good: "world app { export run: func(); } world binary { export run: func(); }",
    }],
};

/// An import of the world that the component has not.
pub static NOT_USED_BY_BINARY: Rule = Rule {
    id: "world-import-not-used-by-binary",
    area: Area::Capability,
    level: Level::Host,
    says: "is an import of the world that the component never asks for",
    why: "Nothing breaks: a component may import less than its world. But the world promises a need that is not there, and whoever provides it does \
          so for nothing.",
    fix: "Take the import out of the world, or leave it if other components of the world need it.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface log { line: func(text: string); } world app { import log; export run: func(); } world binary { export run: func(); }",
        good: "interface log { line: func(text: string); } world app { import log; export run: func(); } world binary { import log; export run: func(); }",
    }],
};

/// An import of the component that the world has not.
pub static NOT_IN_WORLD: Rule = Rule {
    id: "binary-import-not-in-world",
    area: Area::Capability,
    level: Level::Link,
    says: "is imported by the component and not in the world",
    why: "A host that provides what the world says cannot start the component.",
    fix: "Add the import to the world, or build the component without it; often a library or the standard library of a language brings it in.",
    kind: Kind::Lint(Error),
    examples: &[Example::Lint {
        bad: "interface log { line: func(text: string); } world app { export run: func(); } world binary { import log; export run: func(); }",
        good: "interface log { line: func(text: string); } world app { import log; export run: func(); } world binary { import log; export run: func(); }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&WIDE_IMPORT, &UNUSED_IN_WORLD, &NOT_USED_BY_BINARY, &NOT_IN_WORLD];
