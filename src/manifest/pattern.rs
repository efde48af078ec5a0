//! Whether a text may stand where imports are named: a name, `ns:*` or `ns:pkg/*`, for permissions also `*`.
//!
//! Syntax only, so that a slip is said before anything is read; what a pattern matches is the resolver's business. What
//! is written like an interface name must be one: as a plain name it would match nothing, silently.

use crate::model::name::{ExternName, is_kebab};

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

/// Judges a text for a place.
pub fn check(text: &str, place: Place) -> Result<(), PatternFault> {
    if text.trim().is_empty() {
        return Err(PatternFault::Empty);
    }
    if !text.contains('*') {
        return check_name(text);
    }
    if place == Place::Name {
        return Err(PatternFault::NoWildcardHere);
    }
    let head = text.strip_suffix('*').ok_or(PatternFault::Wildcard)?;
    let known = match (head.strip_suffix(':'), head.strip_suffix('/')) {
        (Some(namespace), _) => namespace.split(':').all(is_kebab),
        (_, Some(package)) => is_package(package),
        _ => head.is_empty() && place == Place::Permission,
    };
    if known { Ok(()) } else { Err(PatternFault::Wildcard) }
}

fn check_name(text: &str) -> Result<(), PatternFault> {
    // `url=<…>` and its kin are plain names with colons and slashes in them.
    if matches!(ExternName::parse(text, None), ExternName::Interface(_)) || text.contains('=') {
        return Ok(());
    }
    if is_package(text.split('@').next().unwrap_or(text)) {
        return Err(PatternFault::PackageOnly);
    }
    if text.contains([':', '/', '@']) || text.contains(char::is_whitespace) {
        return Err(PatternFault::Malformed);
    }
    Ok(())
}

/// Whether the text is `ns:pkg`, with any number of namespaces.
pub fn is_package(text: &str) -> bool {
    text.contains(':') && text.split(':').all(is_kebab)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_namespaces_and_packages_are_wildcards() {
        for text in ["wasi:*", "wasi:http/*", "a:b:*", "a:b:c/*"] {
            assert_eq!(check(text, Place::Wire), Ok(()), "{text}");
            assert_eq!(check(text, Place::Permission), Ok(()), "{text}");
            assert_eq!(check(text, Place::Name), Err(PatternFault::NoWildcardHere), "{text}");
        }
        for text in ["wasi*", "wasi:ht*", "wasi:http/ty*", "wasi:*/types", "wasi:http/*@0.2.0", "a:b/*/c", "**", "/*"] {
            assert_eq!(check(text, Place::Permission), Err(PatternFault::Wildcard), "{text}");
        }
        assert_eq!(check("*", Place::Permission), Ok(()));
        assert_eq!(check("*", Place::Wire), Err(PatternFault::Wildcard));
    }

    #[test]
    fn names_keep_their_versions_and_may_be_plain() {
        for text in ["a:b/c", "a:b/c@1.2.3", "a:b/c@0.2", "log", "[method]r.get", "url=<https://x>", "init_1"] {
            assert_eq!(check(text, Place::Name), Ok(()), "{text}");
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
            assert_eq!(check(text, Place::Name), Err(fault), "{text}");
        }
    }
}
