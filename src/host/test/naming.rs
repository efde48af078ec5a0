//! Names of functions as people write them in tests: without versions, members of resources without brackets.

use crate::model::request::Written;
use compose_engine::Site;

/// `ns:pkg/iface.func`: a function of an import, by both their names.
pub(super) fn function(import: &str, function: &str) -> String {
    let interface = without_version(import);
    match interface == function {
        true => interface,
        false => format!("{interface}.{}", local(function)),
    }
}

/// The name of a function as people write it: `bucket.get` for `[method]bucket.get`, `bucket.new` for its constructor.
fn local(function: &str) -> String {
    match function.split_once(']') {
        Some(("[constructor", resource)) => format!("{resource}.new"),
        Some((_, member)) => member.to_owned(),
        None => function.to_owned(),
    }
}

/// `ns:pkg/iface@1.0.0.f` and `ns:pkg/iface@1.0.0` without the version.
pub(super) fn without_version(name: &str) -> String {
    let Some((before, after)) = name.split_once('@') else { return name.to_owned() };
    // A version ends where a part begins that is no number: `1.0.0.f`, `0.2.0-rc.1` does not.
    let mut end = after.len();
    for (at, _) in after.match_indices('.') {
        let part = after[at + 1..].split('.').next().unwrap_or_default();
        let core = after[..at].matches('.').count() >= 2;
        if core && !part.starts_with(|letter: char| letter.is_ascii_digit()) {
            end = at;
            break;
        }
    }
    format!("{before}{}", &after[end..])
}

/// `ns:pkg/iface` of the name of a function in it, or of its own; `None` if it is in none.
pub(super) fn interface_of(name: &str) -> Option<String> {
    let name = without_version(name);
    let (package, rest) = name.split_once('/')?;
    Some(format!("{package}/{}", rest.split('.').next().unwrap_or(rest)))
}

/// Whether a name as it is written means a function: it, or the interface that it is in.
pub(super) fn means(written: &str, function: &str) -> bool {
    let written = without_version(written);
    function.strip_prefix(written.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a name as it is written may mean something of an import.
pub(super) fn reaches(written: &str, import: &str) -> bool {
    let (written, import) = (without_version(written), without_version(import));
    written.strip_prefix(import.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether an instance is one of those that stand at a place: who import a thing by one name are told as one.
pub(super) fn is_from(of: &Written, from: &str) -> bool {
    from.split(", ").any(|from| from == of.text)
}

/// Whether a mock of an instance, or of the composition, is meant for a place.
pub(super) fn is_of(of: Option<&Written>, site: &Site) -> bool {
    match of {
        Some(of) => is_from(of, &site.from),
        None => site.to.is_none(),
    }
}

/// Whether calls at a place are counted. Without an instance, whoever calls is meant; in a case that does not look inside,
/// that is the composition.
pub(super) fn counts(of: Option<&Written>, (from, to): (&str, Option<&str>), inside: bool) -> bool {
    of.map_or(inside || to.is_none(), |of| is_from(of, from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_functions_and_interfaces() {
        assert!(means("a:b/c", "a:b/c.f") && means("a:b/c.f", "a:b/c.f") && means("a:b/c@1.0.0.f", "a:b/c.f"));
        assert!(!means("a:b/c.f", "a:b/c.ff") && !means("a:b/cc", "a:b/c.f"));
        assert!(means("a:b/c@0.2.0-rc.1", "a:b/c.bucket.get") && means("convert", "convert"));
        assert!(reaches("a:b/c.f", "a:b/c@1.0.0") && reaches("a:b/c", "a:b/c@1.0.0") && !reaches("a:b/c.f", "a:b/d"));
        assert_eq!(without_version("a:b/c@1.0.0.bucket.get"), "a:b/c.bucket.get");
        assert_eq!(function("a:b/c@1.0.0", "[method]bucket.get"), "a:b/c.bucket.get");
        assert_eq!(function("a:b/c", "[constructor]bucket"), "a:b/c.bucket.new");
        assert_eq!(function("convert", "convert"), "convert");
        for name in ["a:b/c", "a:b/c@1.0.0", "a:b/c@1.0.0.f", "a:b/c.bucket.get", "a:b/c@0.2.0-rc.1.f"] {
            assert_eq!(interface_of(name).as_deref(), Some("a:b/c"), "{name}");
        }
        assert_eq!(interface_of("convert"), None);
    }
}
