//! What a user may write where imports are meant: a name, with or without version, `ns:*` or `ns:pkg/*`.
//!
//! Used by pins, chains and permissions, so that one text means the same everywhere. An exact pattern speaks of the
//! *name* an import goes by; a labelled import goes by its label. A permission may also be a bare `*`.

use crate::model::name::{ExternName, InterfaceName, InterfaceVersion};

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    /// `*`.
    Any,
    /// `ns:*`.
    Namespace(String),
    /// `ns:pkg/*`, by its `ns:pkg`.
    Package(String),
    /// `ns:pkg/iface`, and a version if one was given.
    Interface(InterfaceName),
    /// A label, or the name of a function, type or inline interface.
    Plain(String),
}

/// How closely a pattern names an import; the smaller, the closer.
pub(super) type Closeness = u8;

impl Pattern {
    /// Reads a pattern; `None` if a `*` stands where it may not.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(name) = InterfaceName::parse(text, None) {
            return Some(Self::Interface(name));
        }
        if text == "*" {
            return Some(Self::Any);
        }
        let Some(stem) = text.strip_suffix('*') else {
            return (!text.contains('*') && !text.is_empty()).then(|| Self::Plain(text.into()));
        };
        // A probe with a word in the place of the star tells whether the rest is a legal name.
        if stem.ends_with(':') {
            InterfaceName::parse(&format!("{stem}x/x"), None)?;
            return Some(Self::Namespace(stem.trim_end_matches(':').into()));
        }
        let package = stem.strip_suffix('/')?;
        InterfaceName::parse(&format!("{package}/x"), None)?;
        Some(Self::Package(package.into()))
    }

    /// Whether it names more than one import by its form.
    pub(super) fn is_wildcard(&self) -> bool {
        matches!(self, Self::Any | Self::Namespace(_) | Self::Package(_))
    }

    /// How closely it names an import, if it does.
    pub(super) fn matches(&self, name: &ExternName) -> Option<Closeness> {
        match (self, name) {
            (Self::Any, _) => Some(5),
            (Self::Namespace(namespace), ExternName::Interface(name)) => (*namespace == name.namespace).then_some(4),
            (Self::Package(package), ExternName::Interface(name)) => (*package == name.package_id()).then_some(3),
            (Self::Interface(wanted), ExternName::Interface(name)) => interface_matches(wanted, name),
            (Self::Plain(wanted), ExternName::Plain(name)) => (wanted == name).then_some(0),
            _ => None,
        }
    }

    /// Like [`Self::matches`], but a plain name that is a resource also stands for the resource's functions:
    /// `blob` for `[constructor]blob` and `[method]blob.read`.
    pub(super) fn permits(&self, name: &ExternName) -> bool {
        let of_resource = |name: &str, wanted: &str| {
            let Some((_, rest)) = name.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return false };
            rest.split('.').next() == Some(wanted)
        };
        self.matches(name).is_some()
            || matches!((self, name), (Self::Plain(wanted), ExternName::Plain(name)) if of_resource(name, wanted))
    }
}

/// An exact version is closest, then a track (`@0.2`), then no version.
pub(super) fn interface_matches(wanted: &InterfaceName, name: &InterfaceName) -> Option<Closeness> {
    if wanted.unversioned() != name.unversioned() {
        return None;
    }
    match &wanted.version {
        None => Some(2),
        Some(InterfaceVersion::Canonical { full: None, .. }) => wanted.same_track(name).then_some(1),
        Some(version) => (version.full() == name.full_version()).then_some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closeness(pattern: &str, name: &str) -> Option<Closeness> {
        Pattern::parse(pattern)
            .unwrap_or_else(|| panic!("{pattern} is a pattern"))
            .matches(&ExternName::parse(name, None))
    }

    #[test]
    fn closer_patterns_have_smaller_numbers() {
        assert_eq!(closeness("a:b/c@0.2.3", "a:b/c@0.2.3"), Some(0));
        assert_eq!(closeness("a:b/c", "a:b/c@0.2.3"), Some(2));
        assert_eq!(closeness("a:b/c@0.2", "a:b/c@0.2.3"), Some(1));
        assert_eq!(closeness("a:b/*", "a:b/c@0.2.3"), Some(3));
        assert_eq!(closeness("a:*", "a:b/c@0.2.3"), Some(4));
        assert_eq!(closeness("*", "log"), Some(5));
        assert_eq!(closeness("a:b/c@0.2.4", "a:b/c@0.2.3"), None);
        assert_eq!(closeness("a:b/c@0.3", "a:b/c@0.2.3"), None);
        assert_eq!(closeness("a:bb/*", "a:b/c"), None);
        assert_eq!(closeness("a:*", "log"), None);
    }

    #[test]
    fn a_star_stands_only_for_a_package_or_an_interface() {
        for text in ["a:b/c*", "*:b/c", "a*", "a:b*", "a:*/c", "", "**", "A_:*"] {
            assert_eq!(Pattern::parse(text), None, "{text}");
        }
    }

    #[test]
    fn permission_for_a_resource_covers_its_functions() {
        let blob = Pattern::parse("blob").unwrap();
        for name in ["blob", "[constructor]blob", "[method]blob.read", "[static]blob.open"] {
            assert!(blob.permits(&ExternName::parse(name, None)), "{name}");
        }
        assert!(!blob.permits(&ExternName::parse("[method]blobs.read", None)));
        assert_eq!(blob.matches(&ExternName::parse("[method]blob.read", None)), None);
    }
}
