//! Rules of gates, deprecation and documentation over two versions. None of this is in a compiled component; it is what people rely on.

use crate::contract::rule::Severity::Warning;
use crate::contract::rule::{Area, Bump, Effects, Example, Kind, Level, Rule};

/// A new item without `@since`.
pub static SINCE_MISSING_ON_NEW_ITEM: Rule = Rule {
    id: "since-missing-on-new-item",
    area: Area::Stability,
    level: Level::Source,
    says: "is new and has neither `@since` nor `@unstable`",
    why: "The package marks its items, so without a mark this one looks as old as the package. Tools that cut a package down to a version keep it in \
          versions that did not have it.",
    fix: "Mark it `@since(version = …)` with the version that this change is released as.",
    kind: Kind::Policy(Warning),
    examples: &[Example::Change {
        old: "package a:b@1.0.0;\n@since(version = 1.0.0)\ninterface i { @since(version = 1.0.0) f: func(); }",
        new: "package a:b@1.1.0;\n@since(version = 1.0.0)\ninterface i { @since(version = 1.0.0) f: func(); g: func(); }",
    }],
};

/// A new item that says it is old.
pub static SINCE_VERSION_MISMATCH: Rule = Rule {
    id: "since-version-mismatch",
    area: Area::Stability,
    level: Level::Source,
    says: "is new and says that it has been there since another version",
    why: "Whoever asks for the version that it names does not get it: the version before has no such item.",
    fix: "Write the version that this change is released as.",
    kind: Kind::Policy(Warning),
    examples: &[Example::Change {
        old: "package a:b@1.0.0;\n@since(version = 1.0.0)\ninterface i { @since(version = 1.0.0) f: func(); }",
        new: "package a:b@1.1.0;\n@since(version = 1.0.0)\ninterface i { @since(version = 1.0.0) f: func(); @since(version = 1.0.0) g: func(); }",
    }],
};

/// Another `@since` than before.
pub static SINCE_CHANGED: Rule = Rule {
    id: "since-changed",
    area: Area::Stability,
    level: Level::Source,
    says: "says that it has been there since another version than it said before",
    why: "When something was added is a fact that does not change. One of the two versions is wrong, and whoever cuts the package down by it gets too \
          much or too little.",
    fix: "Put back the version that had it first; if the item was changed, that is a change of its own.",
    kind: Kind::Policy(Warning),
    examples: &[Example::Change {
        old: "package a:b@1.1.0;\ninterface i { @since(version = 1.0.0) f: func(); }",
        new: "package a:b@1.1.1;\ninterface i { @since(version = 1.1.0) f: func(); }",
    }],
};

/// No `@since` any more.
pub static SINCE_REMOVED: Rule = Rule {
    id: "since-removed",
    area: Area::Stability,
    level: Level::Source,
    says: "no longer says since when it has been there",
    why: "Tools that cut the package down to a version now keep the item in versions that never had it.",
    fix: "Put the `@since` back.",
    kind: Kind::Policy(Warning),
    examples: &[Example::Change {
        old: "package a:b@1.1.0;\ninterface i { @since(version = 1.1.0) f: func(); }",
        new: "package a:b@1.1.1;\ninterface i { f: func(); }",
    }],
};

/// An item that is older, or more stable, than what it is in.
pub static SINCE_WEAKER_THAN_PARENT: Rule = Rule {
    id: "since-weaker-than-parent",
    area: Area::Stability,
    level: Level::Source,
    says: "has a gate that what it is in contradicts",
    why: "An item cannot be there before the interface or resource that it is in, nor be stable in one that is not. The specification forbids it; the \
          reader of WIT takes it, and other tools may not.",
    fix: "Give the item the version of what it is in, or a later one.",
    kind: Kind::Policy(Warning),
    examples: &[
        Example::Change {
            old: "package a:b@1.1.0;\n@since(version = 1.1.0)\ninterface i { @since(version = 1.1.0) f: func(); }",
            new: "package a:b@1.2.0;\n@since(version = 1.1.0)\ninterface i { @since(version = 1.1.0) f: func(); @since(version = 1.0.0) g: func(); }",
        },
        Example::Change {
            old: "package a:b@1.1.0;\n@unstable(feature = fast)\ninterface i { @unstable(feature = fast) f: func(); }",
            new: "package a:b@1.2.0;\n@unstable(feature = fast)\ninterface i { @since(version = 1.2.0) f: func(); }",
        },
    ],
};

/// An item that speaks of what may not be there.
pub static GATE_INCONSISTENT_USE: Rule = Rule {
    id: "gate-inconsistent-use",
    area: Area::Stability,
    level: Level::Source,
    says: "speaks of a type that may not be there when it is",
    why: "Where the gate of the type is shut and that of the item open, the package does not resolve: it holds a function of a type that it does not \
          have. With all features on nobody sees it.",
    fix: "Give the item the gate of the type, or make the type stable first.",
    kind: Kind::Policy(Warning),
    examples: &[
        Example::Change {
            old: "package a:b@1.1.0;\ninterface i { @unstable(feature = fast) record r { x: u32 } }",
            new: "package a:b@1.2.0;\ninterface i { @unstable(feature = fast) record r { x: u32 } @since(version = 1.2.0) f: func() -> r; }",
        },
        Example::Change {
            old: "package a:b@1.1.0;\ninterface i { @since(version = 1.0.0) f: func(); }",
            new: "package a:b@1.2.0;\ninterface i { @since(version = 1.0.0) f: func(); @since(version = 1.2.0) record r { x: u32 } \
                  @since(version = 1.1.0) g: func() -> r; }",
        },
    ],
};

/// Marked as to go.
pub static DEPRECATED_ADDED: Rule = Rule {
    id: "deprecated-added",
    area: Area::Stability,
    level: Level::Source,
    says: "is deprecated now",
    why: "Everything goes on to link and build. No generator of bindings passes the mark on, so consumers hear of it only from who checks contracts.",
    fix: "Name in its documentation what to use in its place, and release a minor version.",
    kind: Kind::Change { effects: Effects::NONE, bump: Bump::Minor },
    examples: &[Example::Change {
        old: "package a:b@1.0.0;\ninterface i { @since(version = 1.0.0) f: func(); }",
        new: "package a:b@1.1.0;\ninterface i { @since(version = 1.0.0) @deprecated(version = 1.1.0) f: func(); }",
    }],
};

/// No longer marked as to go.
pub static DEPRECATED_REMOVED: Rule = Rule {
    id: "deprecated-removed",
    area: Area::Stability,
    level: Level::Source,
    says: "is no longer deprecated",
    why: "Nobody breaks. Those who have moved away already did so for nothing.",
    fix: "Say in the release notes why it stays.",
    kind: Kind::Change { effects: Effects::NONE, bump: Bump::Patch },
    examples: &[Example::Change {
        old: "package a:b@1.1.0;\ninterface i { @since(version = 1.0.0) @deprecated(version = 1.1.0) f: func(); }",
        new: "package a:b@1.1.1;\ninterface i { @since(version = 1.0.0) f: func(); }",
    }],
};

/// To be deprecated one day.
pub static DEPRECATED_VERSION_FUTURE: Rule = Rule {
    id: "deprecated-version-future",
    area: Area::Stability,
    level: Level::Source,
    says: "is deprecated by a version that is yet to come",
    why: "The package says at this version what another one is to say. A reader cannot know whether it is deprecated now, and the reader of WIT does \
          not object.",
    fix: "Write the version that this change is released as.",
    kind: Kind::Policy(Warning),
    examples: &[Example::Change {
        old: "package a:b@1.0.0;\ninterface i { @since(version = 1.0.0) f: func(); }",
        new: "package a:b@1.1.0;\ninterface i { @since(version = 1.0.0) f: func(); @since(version = 1.1.0) @deprecated(version = 2.0.0) g: func(); }",
    }],
};

/// Gone without a warning.
pub static REMOVED_WITHOUT_DEPRECATION: Rule = Rule {
    id: "removed-without-deprecation",
    area: Area::Stability,
    level: Level::Source,
    says: "was removed without having been deprecated for long enough",
    why: "A major version may take things away, but those who use them learn it only when it is there. A release that marks them first gives everyone \
          the time to move.",
    fix: "Put it back with `@deprecated(version = …)`, release that, and remove it in the next major version. `deprecation` of `[contracts]` says how \
          many releases are enough.",
    kind: Kind::Policy(Warning),
    examples: &[Example::Change {
        old: "package a:b@1.0.0;\ninterface i { f: func(); g: func(); }",
        new: "package a:b@2.0.0;\ninterface i { f: func(); }",
    }],
};

/// Other words.
pub static DOCS_CHANGED: Rule = Rule {
    id: "docs-changed",
    area: Area::Docs,
    level: Level::Source,
    says: "has other documentation",
    why: "Components do not carry documentation, so nothing links or builds differently.",
    fix: "Release it as a patch version.",
    kind: Kind::Change { effects: Effects::NONE, bump: Bump::Patch },
    examples: &[Example::Change {
        old: "interface i { /// Gets teh value.\n  f: func(); }",
        new: "interface i { /// Gets the value.\n  f: func(); }",
    }],
};

/// Other words about what it does.
pub static DOCS_BEHAVIOUR_CHANGED: Rule = Rule {
    id: "docs-behaviour-changed",
    area: Area::Docs,
    level: Level::Behaviour,
    says: "has other documentation about what it promises or demands",
    why: "Sentences with words like `must`, `error` or `trap` came or went. Everything links, and yet who built on the old words may find that something else \
          happens: the type cannot say it, so somebody has to read it.",
    fix: "If the behaviour changed, give it a new name or a major version; if only the wording did, release a patch.",
    kind: Kind::Change { effects: Effects::NONE, bump: Bump::Patch },
    examples: &[Example::Change {
        old: "interface i { /// Gets the value, or nothing.\n  f: func(); }",
        new: "interface i { /// Gets the value. The key must exist, or this traps.\n  f: func(); }",
    }],
};

/// No words any more.
pub static DOCS_REMOVED: Rule = Rule {
    id: "docs-removed",
    area: Area::Docs,
    level: Level::Source,
    says: "has no documentation any more",
    why: "Nothing links or builds differently, but what was promised in words is now promised nowhere.",
    fix: "Put it back, or say in its place what holds now.",
    kind: Kind::Change { effects: Effects::NONE, bump: Bump::Patch },
    examples: &[Example::Change {
        old: "interface i { /// Gets the value.\n  f: func(); }",
        new: "interface i { f: func(); }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &SINCE_MISSING_ON_NEW_ITEM,
    &SINCE_VERSION_MISMATCH,
    &SINCE_CHANGED,
    &SINCE_REMOVED,
    &SINCE_WEAKER_THAN_PARENT,
    &GATE_INCONSISTENT_USE,
    &DEPRECATED_ADDED,
    &DEPRECATED_REMOVED,
    &DEPRECATED_VERSION_FUTURE,
    &REMOVED_WITHOUT_DEPRECATION,
    &DOCS_CHANGED,
    &DOCS_BEHAVIOUR_CHANGED,
    &DOCS_REMOVED,
];
