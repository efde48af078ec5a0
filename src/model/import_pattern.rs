//! What a user may write where imports are meant: a name, with or without version, `ns:*` or `ns:pkg/*`, and for
//! permissions also `*`.
//!
//! It speaks of the names in binaries: these have versions, and in a pattern a version says something. What stands inside of
//! contracts is named by [`super::item_pattern`], which knows no versions, because what it says holds across them.
//!
//! One reading for manifest and command line, for pins, chains and permissions, so that one text means the same
//! everywhere. An exact pattern speaks of the *name* an import goes by; a labelled import goes by its label. What is
//! written like an interface name must be one: as a plain name it would match nothing, silently.

use super::name::{ExternName, InterfaceName, InterfaceVersion, is_kebab};

/// Why a text is no name or pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PatternFault {
    /// It is empty.
    Empty,
    /// It has a `*` that is not the whole last part of `ns:*` or `ns:pkg/*`.
    Wildcard,
    /// It names a package where an interface is needed.
    PackageOnly,
    /// It is written like an interface name and is none.
    Malformed,
    /// It has a `*` where one interface must be named.
    NoWildcardHere,
}

/// What may stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One name.
    Name,
    /// A name, `ns:*` or `ns:pkg/*`.
    Wire,
    /// A name, `ns:*`, `ns:pkg/*` or `*`.
    Permission,
}

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportPattern {
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
pub type Closeness = u8;

impl ImportPattern {
    /// Reads a text for a place.
    pub fn parse(text: &str, place: Place) -> Result<Self, PatternFault> {
        if text.trim().is_empty() {
            return Err(PatternFault::Empty);
        }
        if !text.contains('*') {
            return Self::name(text);
        }
        if place == Place::Name {
            return Err(PatternFault::NoWildcardHere);
        }
        let head = text.strip_suffix('*').ok_or(PatternFault::Wildcard)?;
        match (head.strip_suffix(':'), head.strip_suffix('/')) {
            (Some(namespace), _) if namespace.split(':').all(is_kebab) => Ok(Self::Namespace(namespace.into())),
            (_, Some(package)) if is_package(package) => Ok(Self::Package(package.into())),
            _ if head.is_empty() && place == Place::Permission => Ok(Self::Any),
            _ => Err(PatternFault::Wildcard),
        }
    }

    fn name(text: &str) -> Result<Self, PatternFault> {
        if let Some(name) = InterfaceName::parse(text, None) {
            return Ok(Self::Interface(name));
        }
        // `url=<…>` and its kin are plain names with colons and slashes in them.
        let plain = || Ok(Self::Plain(text.into()));
        if text.contains('=') {
            return plain();
        }
        if is_package(text.split('@').next().unwrap_or(text)) {
            return Err(PatternFault::PackageOnly);
        }
        if text.contains([':', '/', '@']) || text.contains(char::is_whitespace) {
            return Err(PatternFault::Malformed);
        }
        plain()
    }

    /// Whether it names more than one import by its form.
    pub fn is_wildcard(&self) -> bool {
        matches!(self, Self::Any | Self::Namespace(_) | Self::Package(_))
    }

    /// The name that every import it names has, without the version; none for wildcards.
    pub fn unversioned(&self) -> Option<String> {
        match self {
            Self::Interface(name) => Some(name.unversioned()),
            Self::Plain(name) => Some(name.clone()),
            Self::Any | Self::Namespace(_) | Self::Package(_) => None,
        }
    }

    /// How closely it names an import, if it does.
    pub fn matches(&self, name: &ExternName) -> Option<Closeness> {
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
    pub fn permits(&self, name: &ExternName) -> bool {
        let of_resource = |name: &str, wanted: &str| {
            let Some((_, rest)) = name.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return false };
            rest.split('.').next() == Some(wanted)
        };
        self.matches(name).is_some()
            || matches!((self, name), (Self::Plain(wanted), ExternName::Plain(name)) if of_resource(name, wanted))
    }
}

/// An exact version is closest, then a track (`@0.2`), then no version.
pub fn interface_matches(wanted: &InterfaceName, name: &InterfaceName) -> Option<Closeness> {
    if wanted.unversioned() != name.unversioned() {
        return None;
    }
    match &wanted.version {
        None => Some(2),
        Some(InterfaceVersion::Canonical { full: None, .. }) => wanted.same_track(name).then_some(1),
        Some(version) => (version.full() == name.full_version()).then_some(0),
    }
}

/// Whether the text is `ns:pkg`, with any number of namespaces.
pub fn is_package(text: &str) -> bool {
    text.contains(':') && text.split(':').all(is_kebab)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closeness(pattern: &str, name: &str) -> Option<Closeness> {
        ImportPattern::parse(pattern, Place::Permission)
            .unwrap_or_else(|fault| panic!("{pattern}: {fault:?}"))
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
    fn permission_for_a_resource_covers_its_functions() {
        let blob = ImportPattern::parse("blob", Place::Permission).expect("a name");
        for name in ["blob", "[constructor]blob", "[method]blob.read", "[static]blob.open"] {
            assert!(blob.permits(&ExternName::parse(name, None)), "{name}");
        }
        assert!(!blob.permits(&ExternName::parse("[method]blobs.read", None)));
        assert_eq!(blob.matches(&ExternName::parse("[method]blob.read", None)), None);
    }

    #[test]
    fn only_whole_namespaces_and_packages_are_wildcards() {
        for text in ["wasi:*", "wasi:http/*", "a:b:*", "a:b:c/*"] {
            assert_eq!(ImportPattern::parse(text, Place::Wire).map(|_| ()), Ok(()), "{text}");
            assert_eq!(ImportPattern::parse(text, Place::Permission).map(|_| ()), Ok(()), "{text}");
            assert_eq!(ImportPattern::parse(text, Place::Name), Err(PatternFault::NoWildcardHere), "{text}");
        }
        for text in ["wasi*", "wasi:ht*", "wasi:http/ty*", "wasi:*/types", "wasi:http/*@0.2.0", "a:b/*/c", "**", "/*"] {
            assert_eq!(ImportPattern::parse(text, Place::Permission), Err(PatternFault::Wildcard), "{text}");
        }
        assert_eq!(ImportPattern::parse("*", Place::Permission).map(|_| ()), Ok(()));
        assert_eq!(ImportPattern::parse("*", Place::Wire), Err(PatternFault::Wildcard));
    }

    #[test]
    fn names_keep_their_versions_and_may_be_plain() {
        for text in ["a:b/c", "a:b/c@1.2.3", "a:b/c@0.2", "log", "[method]r.get", "url=<https://x>", "init_1"] {
            assert_eq!(ImportPattern::parse(text, Place::Name).map(|_| ()), Ok(()), "{text}");
        }
        for (text, fault) in [
            ("", PatternFault::Empty),
            (" ", PatternFault::Empty),
            ("wasi:http", PatternFault::PackageOnly),
            ("wasi:http@0.2.0", PatternFault::PackageOnly),
            ("wasi:http/", PatternFault::Malformed),
            ("Wasi_x:http/types", PatternFault::Malformed),
            ("a:b/c@x", PatternFault::Malformed),
            ("a b", PatternFault::Malformed),
        ] {
            assert_eq!(ImportPattern::parse(text, Place::Name), Err(fault), "{text}");
        }
    }
}
