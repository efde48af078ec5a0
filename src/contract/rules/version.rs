//! The name and the version of a package, held against what changed.

use crate::contract::rule::table::effects;
use crate::contract::rule::{Area, Bump, Example, Kind, Level, Rule, Severity};

/// A rule about versions.
const fn rule(id: &'static str, says: &'static str, kind: Kind, level: Level) -> Rule {
    Rule { id, area: Area::Package, level, says, why: "", fix: "", kind, examples: &[] }
}

/// The package has another name.
pub static PACKAGE_RENAMED: Rule = Rule {
    why: "Imports and exports are linked by name, and the name of the package is part of it. Nothing that was compiled against the old \
          name finds anything under the new one.",
    fix: "Keep the old package beside the new one until its consumers have moved.",
    examples: &[Example::Change {
        old: "package a:b@1.0.0; interface store { get: func() -> u32; }",
        new: "package a:c@1.0.0; interface store { get: func() -> u32; }",
    }],
    ..rule(
        "package-renamed",
        "package renamed",
        Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
        Level::Link,
    )
};

/// The package got its first version.
pub static VERSION_ADDED: Rule = Rule {
    why: "A name without a version and one with a version never match: compiled components ask for `a:b/c` and are offered \
          `a:b/c@1.0.0`.",
    fix: "Build consumers and providers again, once, against the version.",
    examples: &[Example::Change {
        old: "package a:b; interface store { get: func() -> u32; }",
        new: "package a:b@1.0.0; interface store { get: func() -> u32; }",
    }],
    ..rule(
        "version-added-to-unversioned",
        "version added to a package that had none",
        Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
        Level::Link,
    )
};

/// The package lost its version.
pub static VERSION_REMOVED: Rule = Rule {
    why: "A name without a version and one with a version never match, and without a version no later change can be announced.",
    fix: "Give the package its version back.",
    examples: &[Example::Change {
        old: "package a:b@1.0.0; interface store { get: func() -> u32; }",
        new: "package a:b; interface store { get: func() -> u32; }",
    }],
    ..rule(
        "version-removed",
        "version removed",
        Kind::Change { effects: effects("xxxxxx"), bump: Bump::Major },
        Level::Link,
    )
};

/// Only the build metadata changed.
pub static VERSION_BUILD_METADATA_CHANGED: Rule = Rule {
    why: "What stands behind the `+` takes no part in the order of versions, nor in which of them stand in for one another.",
    fix: "Nothing has to be done.",
    examples: &[Example::Change {
        old: "package a:b@1.0.0+one; interface store { get: func() -> u32; }",
        new: "package a:b@1.0.0+two; interface store { get: func() -> u32; }",
    }],
    ..rule(
        "version-build-metadata-changed",
        "build metadata of the version changed",
        Kind::Change { effects: effects("......"), bump: Bump::None },
        Level::Behaviour,
    )
};

/// There is no version.
pub static VERSION_MISSING: Rule = Rule {
    why: "Without a version there is nothing to announce a change with, and no two versions can be told apart or be linked side by side.",
    fix: "Give the package a version, `0.1.0` if nothing is promised yet.",
    examples: &[Example::Change {
        old: "package a:b; interface store { get: func() -> u32; }",
        new: "package a:b; interface store { get: func() -> u32; size: func() -> u32; }",
    }],
    ..rule("version-missing", "package without a version", Kind::Policy(Severity::Warning), Level::Link)
};

/// The content changed and the version did not.
pub static VERSION_UNCHANGED: Rule = Rule {
    why: "Two contents under one version cannot be told apart. Tools that merge packages of one version take either for the other, \
          without a word, and the component is wrong only when it runs.",
    fix: "Raise the version to the one that is proposed.",
    examples: &[Example::Change {
        old: "package a:b@1.0.0; interface store { get: func() -> u32; }",
        new: "package a:b@1.0.0; interface store { get: func() -> u32; size: func() -> u32; }",
    }],
    ..rule(
        "version-unchanged-content-changed",
        "content changed under the same version",
        Kind::Policy(Severity::Error),
        Level::Link,
    )
};

/// The version grew less than the changes ask for.
pub static VERSION_BUMP_TOO_SMALL: Rule = Rule {
    why: "Versions of one track stand in for one another when components are linked and when hosts look up an import. A version that \
          promises more than its content keeps is picked where it does not fit.",
    fix: "Raise the version to the one that is proposed, or make the change in a way that old components can live with.",
    examples: &[
        Example::Change {
            old: "package a:b@1.2.0; interface store { get: func() -> u32; size: func() -> u32; }",
            new: "package a:b@1.3.0; interface store { get: func() -> u32; }",
        },
        Example::Change {
            old: "package a:b@1.2.0; interface store { get: func() -> u32; }",
            new: "package a:b@1.2.1; interface store { get: func() -> u32; size: func() -> u32; }",
        },
        Example::Change {
            old: "package a:b@0.2.0; interface store { get: func() -> u32; size: func() -> u32; }",
            new: "package a:b@0.2.1; interface store { get: func() -> u32; }",
        },
    ],
    ..rule("version-bump-too-small", "version raised too little", Kind::Policy(Severity::Error), Level::Link)
};

/// The version grew more than the changes ask for.
pub static VERSION_BUMP_LARGER: Rule = Rule {
    why: "Nothing breaks, but components on the old track no longer find what they could have used.",
    fix: "The version that is proposed would have been enough; keep the larger one if something else asks for it.",
    examples: &[
        Example::Change {
            old: "package a:b@1.2.0; interface store { get: func() -> u32; }",
            new: "package a:b@2.0.0; interface store { get: func() -> u32; size: func() -> u32; }",
        },
        Example::Change {
            old: "package a:b@0.1.0; interface store { get: func() -> u32; }",
            new: "package a:b@0.2.0; interface store { get: func() -> u32; }",
        },
    ],
    ..rule(
        "version-bump-larger-than-needed",
        "version raised more than needed",
        Kind::Policy(Severity::Note),
        Level::Link,
    )
};

/// The version went down.
pub static VERSION_DECREASED: Rule = Rule {
    why: "Whoever asks for the newest version, or for at least the old one, does not get this content.",
    fix: "Use a version that is higher than the old one.",
    examples: &[Example::Change {
        old: "package a:b@1.3.0; interface store { get: func() -> u32; }",
        new: "package a:b@1.2.9; interface store { get: func() -> u32; }",
    }],
    ..rule("version-decreased", "version lowered", Kind::Policy(Severity::Error), Level::Link)
};

/// The version is on the track of an older one that the content does not fit.
pub static VERSION_TRACK_REUSED: Rule = Rule {
    why: "The track has been in use before. Components that were built against its older versions link with this one and do not fit.",
    fix: "Use a track that is free, or keep to what the older versions of this one promise.",
    examples: &[Example::Change {
        old: "package a:b@2.0.0; interface store { get: func(key: string) -> u32; } \
              package a:b@1.0.0 { interface store { get: func() -> u32; size: func() -> u32; } }",
        new: "package a:b@1.1.0; interface store { get: func() -> u32; }",
    }],
    ..rule("version-track-reused", "track of an older version reused", Kind::Policy(Severity::Error), Level::Link)
};

/// From or to a prerelease.
pub static VERSION_PRERELEASE_CHANGED: Rule = Rule {
    why: "A prerelease stands in for no other version and none for it: `1.0.0-rc.1`, `1.0.0-rc.2` and `1.0.0` are three names that do \
          not link with one another. From the last prerelease to its release that is as it should be, and only noted.",
    fix: "Build consumers and providers again together, or release versions without a prerelease part.",
    examples: &[
        Example::Change {
            old: "package a:b@1.0.0-rc.1; interface store { get: func() -> u32; }",
            new: "package a:b@1.0.0-rc.2; interface store { get: func() -> u32; }",
        },
        Example::Change {
            old: "package a:b@1.0.0-rc.2; interface store { get: func() -> u32; }",
            new: "package a:b@1.0.0; interface store { get: func() -> u32; }",
        },
    ],
    ..rule(
        "version-prerelease-changed",
        "prerelease that nothing else stands in for",
        Kind::Policy(Severity::Warning),
        Level::Link,
    )
};

/// Versions without a track.
pub static VERSION_ZERO_ZERO: Rule = Rule {
    why: "`0.0.z` stands in for no other version, so components that were built against the old one do not link with the new one, even \
          if nothing else changed.",
    fix: "Go to `0.1.0`, from where on versions have a track.",
    examples: &[Example::Change {
        old: "package a:b@0.0.1; interface store { get: func() -> u32; }",
        new: "package a:b@0.0.2; interface store { get: func() -> u32; }",
    }],
    ..rule("version-zero-zero", "version `0.0.z`, which has no track", Kind::Policy(Severity::Warning), Level::Link)
};

/// Packages that were released together no longer are.
pub static VERSION_SET_INCONSISTENT: Rule = Rule {
    why: "The packages of the namespace had one version, so they are released together. Those that use each other by version may no \
          longer find the one that was left behind.",
    fix: "Give all of them the same version, or go on with versions of their own.",
    examples: &[Example::Change {
        old: "package a:b@1.0.0; interface store { get: func() -> u32; } \
              package a:c@1.0.0 { interface log { write: func(); } } \
              package a:d@1.0.0 { interface clock { now: func() -> u64; } }",
        new: "package a:b@1.0.1; interface store { get: func() -> u32; } \
              package a:c@1.0.0 { interface log { write: func(); } } \
              package a:d@1.0.1 { interface clock { now: func() -> u64; } }",
    }],
    ..rule(
        "version-set-inconsistent",
        "packages of one release with several versions",
        Kind::Policy(Severity::Warning),
        Level::Link,
    )
};

/// A world speaks of a package twice on one track.
pub static VERSION_DUPLICATE_TRACK: Rule = Rule {
    why: "The newer version stands in for the older, so tools make one import of the two, and not all of them compare the types first. \
          Where both stay, their types do not mix.",
    fix: "Let the world use one of the versions.",
    examples: &[Example::Change {
        old: "package a:b@1.0.0; world app { import c:d/log@0.2.0; } \
              package c:d@0.2.0 { interface log { write: func(); } } \
              package c:d@0.2.1 { interface log { write: func(); } }",
        new: "package a:b@1.1.0; world app { import c:d/log@0.2.0; import c:d/log@0.2.1; } \
              package c:d@0.2.0 { interface log { write: func(); } } \
              package c:d@0.2.1 { interface log { write: func(); } }",
    }],
    ..rule(
        "version-duplicate-track-in-world",
        "two versions of one track in a world",
        Kind::Policy(Severity::Warning),
        Level::Link,
    )
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[
    &PACKAGE_RENAMED,
    &VERSION_ADDED,
    &VERSION_REMOVED,
    &VERSION_BUILD_METADATA_CHANGED,
    &VERSION_MISSING,
    &VERSION_UNCHANGED,
    &VERSION_BUMP_TOO_SMALL,
    &VERSION_BUMP_LARGER,
    &VERSION_DECREASED,
    &VERSION_TRACK_REUSED,
    &VERSION_PRERELEASE_CHANGED,
    &VERSION_ZERO_ZERO,
    &VERSION_SET_INCONSISTENT,
    &VERSION_DUPLICATE_TRACK,
];
