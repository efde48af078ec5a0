//! Any text as a name: what the reader of names takes, it writes again; the validator's reader of names agrees; and the
//! relations between names are what they claim to be.

use component_compose::model::import_pattern::{ImportPattern, Place};
use component_compose::model::kebab::kebab_of;
use component_compose::model::name::{ExternName, InterfaceName, InterfaceVersion, is_kebab};
use wasmparser::WasmFeatures;
use wasmparser::names::{ComponentName, ComponentNameKind, KebabStr};

/// The target: the text is taken apart at line ends, each line a name and, behind a blank, its suffix.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut names = Vec::new();
    for line in text.lines().take(6) {
        let (name, suffix) = match line.split_once(' ') {
            Some((name, suffix)) => (name, Some(suffix)),
            None => (line, None),
        };
        kebab(name);
        patterns(name);
        let read = ExternName::parse(name, suffix);
        match &read {
            ExternName::Plain(plain) => assert_eq!(plain, name, "a plain name is itself"),
            ExternName::Interface(interface) => written_again(interface),
        }
        agrees(name, suffix, read.interface());
        names.push(read);
    }
    for a in &names {
        for b in &names {
            related(a, b);
            assert_eq!(a.cmp(b), b.cmp(a).reverse(), "an order");
            assert_eq!(a == b, a.cmp(b).is_eq(), "one equality");
            for c in &names {
                assert!(!(a <= b && b <= c) || a <= c, "an order");
                if let (Some(a), Some(b), Some(c)) = (a.interface(), b.interface(), c.interface()) {
                    assert!(!(a.same_track(b) && b.same_track(c)) || a.same_track(c), "{a}, {b}, {c}");
                }
            }
        }
    }
}

fn kebab(text: &str) {
    assert_eq!(is_kebab(text), KebabStr::new(text).is_some(), "the validator has another mind about {text:?}");
    let made = kebab_of(text);
    assert!(is_kebab(&made), "{text:?} -> {made:?}");
    assert_eq!(kebab_of(&made), made, "made once, made for good");
}

fn patterns(text: &str) {
    let [name, wire, permission] =
        [Place::Name, Place::Wire, Place::Permission].map(|at| ImportPattern::parse(text, at).is_ok());
    assert!(!name || wire, "a name may stand where wires are: {text:?}");
    assert!(!wire || permission, "a wire's pattern may stand where permissions are: {text:?}");
    if InterfaceName::parse(text, None).is_some() {
        assert!(name, "an interface is a name: {text:?}");
    }
}

/// What was read is written and read again.
fn written_again(name: &InterfaceName) {
    let (text, suffix) = name.spelled();
    assert_eq!(InterfaceName::parse(&text, suffix.as_deref()).as_ref(), Some(name), "{text} {suffix:?}");
    let legacy = name.legacy();
    assert_eq!(legacy.legacy(), legacy, "lowered once, lowered for good");
    assert_eq!(legacy.full_version(), name.full_version());
    assert_eq!(legacy.to_string(), name.to_string(), "the spelling does not show");
    assert_eq!(InterfaceName::parse(&legacy.to_string(), None), Some(legacy.clone()));
    assert!(name.same_track(name) && name.same_track(&legacy), "{name} is on its own track");
}

/// The validator reads the same as we do, where it reads whole names.
fn agrees(text: &str, suffix: Option<&str>, ours: Option<&InterfaceName>) {
    let Ok(parsed) = ComponentName::new_with_features(text, 0, WasmFeatures::all()) else {
        assert!(ours.is_none(), "{text:?} is no name to the validator");
        return;
    };
    let theirs = match parsed.kind() {
        ComponentNameKind::Interface(name) => name.version(suffix).ok().map(|version| (name, version)),
        _ => None,
    };
    let Some((theirs, version)) = theirs else {
        // What only we read is the canonical spelling without its suffix, as users write it.
        if let Some(ours) = ours {
            let bare = matches!(ours.version, Some(InterfaceVersion::Canonical { full: None, .. }));
            assert!(bare && suffix.is_none(), "{text:?} {suffix:?} is read by us alone");
        }
        return;
    };
    let ours = ours.unwrap_or_else(|| panic!("{text:?} {suffix:?} is not read"));
    assert_eq!(ours.namespace, theirs.namespace().as_str());
    assert_eq!(ours.package, theirs.package().as_str());
    assert_eq!(ours.interface, theirs.projection().as_str());
    assert_eq!(ours.full_version(), version.as_ref());
}

fn related(a: &ExternName, b: &ExternName) {
    if let (Some(a), Some(b)) = (a.interface(), b.interface()) {
        assert_eq!(a.same_track(b), b.same_track(a), "{a}, {b}");
        if a.unversioned() == b.unversioned() && a.full_version().is_some() && a.full_version() == b.full_version() {
            assert!(a.same_track(b), "{a} and {b} are one version and on two tracks");
        }
        if a.same_track(b) {
            assert_eq!(a.unversioned(), b.unversioned());
        }
    }
}
