//! The names of imports and exports, and when two of them mean the same interface.
//!
//! A component binary knows two kinds that matter here: *interface names* (`ns:pkg/iface@1.2.3`) and *plain names*
//! (`log`, `[method]r.get`). Versions come in two spellings: the full one, and the canonical one (`@0.2` with the rest
//! in a `version-suffix` attribute, component-model pull request 534). Both are read into one value, so the rest of the
//! crate never compares spellings. Whether two *shapes* fit is not decided here: a name only says who may be asked.

use semver::Version;
use std::fmt;

/// A name as it is written, up to its version.
pub fn before_version(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}

/// The name of an import or export of a component.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExternName {
    /// `ns:pkg/iface`, with or without a version.
    Interface(InterfaceName),
    /// Everything else: functions and types at world level, labels, inline interfaces.
    Plain(String),
}

/// `ns:pkg/iface@version`, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InterfaceName {
    /// All before the last `:` of the package, `wasi` in `wasi:http/types`. Nested namespaces keep their colons.
    pub namespace: String,
    /// The package, `http` in `wasi:http/types`.
    pub package: String,
    /// The interface, `types` in `wasi:http/types`. Nested packages keep their slashes.
    pub interface: String,
    /// The version as it was spelled.
    pub version: Option<InterfaceVersion>,
}

/// A version in one of its two spellings.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InterfaceVersion {
    /// `@0.2.3`, a whole semantic version.
    Full(Version),
    /// `@0.2`, with the rest of the version where a `version-suffix` gave it.
    Canonical {
        /// The part in the name: `1`, `0.2` or `0.0.3`.
        track: String,
        /// The whole version, if the suffix was there.
        full: Option<Version>,
    },
}

/// Versions of one track may stand in for one another when their shapes agree (semver: same major; below 1.0 same
/// minor; below 0.1 same patch; a pre-release only for itself).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Track {
    /// The name has no version.
    Unversioned,
    /// `1`, `0.2`, `0.0.3`, or a whole pre-release version.
    Semver(String),
}

impl InterfaceVersion {
    /// The whole version, where it is known.
    pub fn full(&self) -> Option<&Version> {
        match self {
            Self::Full(version) => Some(version),
            Self::Canonical { full, .. } => full.as_ref(),
        }
    }

    /// As the binary spells it: `0.2.3`, or `0.2` with its suffix in brackets.
    pub fn as_spelled(&self) -> String {
        match self {
            Self::Full(version) => version.to_string(),
            Self::Canonical { track, full: None } => track.clone(),
            Self::Canonical { track, full: Some(full) } => {
                let full = full.to_string();
                format!("{track}[{}]", full.strip_prefix(track.as_str()).unwrap_or(&full))
            }
        }
    }

    /// The semver track the version is on.
    pub fn track(&self) -> Track {
        match self {
            Self::Full(version) => Track::of(Some(version)),
            Self::Canonical { track, .. } => Track::Semver(track.clone()),
        }
    }
}

impl Track {
    /// The track of a whole version, or of none.
    pub fn of(version: Option<&Version>) -> Self {
        version.map_or(Self::Unversioned, |version| Self::Semver(track_of(version)))
    }

    /// The least version on the track of one.
    pub fn first(version: &Version) -> Version {
        match version {
            Version { pre, .. } if !pre.is_empty() => version.clone(),
            Version { major: 0, minor: 0, .. } => version.clone(),
            Version { major: 0, minor, .. } => Version::new(0, *minor, 0),
            Version { major, .. } => Version::new(*major, 0, 0),
        }
    }
}

fn track_of(version: &Version) -> String {
    if !version.pre.is_empty() {
        format!("{}.{}.{}-{}", version.major, version.minor, version.patch, version.pre)
    } else if version.major > 0 {
        version.major.to_string()
    } else if version.minor > 0 {
        format!("0.{}", version.minor)
    } else {
        format!("0.0.{}", version.patch)
    }
}

impl InterfaceName {
    /// Reads `ns:pkg/iface[@version]`; `suffix` is the `version-suffix` attribute that stood beside the name.
    /// `None` if the text is no interface name.
    pub fn parse(text: &str, suffix: Option<&str>) -> Option<Self> {
        let (path, version) = match text.split_once('@') {
            Some((path, version)) => (path, Some(version)),
            None => (text, None),
        };
        let (id, interface) = path.split_once('/')?;
        let (namespace, package) = id.rsplit_once(':')?;
        let lowercase = |text: &str| !text.bytes().any(|byte| byte.is_ascii_uppercase());
        let words = namespace.split(':').chain([package]).chain(interface.split('/'));
        if !words.clone().all(is_kebab) || !lowercase(id) {
            return None;
        }
        let version = match version {
            None if suffix.is_some() => return None,
            None => None,
            Some(version) => Some(parse_version(version, suffix)?),
        };
        Some(Self { namespace: namespace.into(), package: package.into(), interface: interface.into(), version })
    }

    /// `ns:pkg/iface` without the version.
    pub fn unversioned(&self) -> String {
        format!("{}:{}/{}", self.namespace, self.package, self.interface)
    }

    /// `ns:pkg`.
    pub fn package_id(&self) -> String {
        format!("{}:{}", self.namespace, self.package)
    }

    /// The semver track of the version.
    pub fn track(&self) -> Track {
        self.version.as_ref().map_or(Track::Unversioned, InterfaceVersion::track)
    }

    /// The whole version, where it is known.
    pub fn full_version(&self) -> Option<&Version> {
        self.version.as_ref()?.full()
    }

    /// Whether the two name one interface on one track, so that one may stand in for the other if their shapes agree.
    pub fn same_track(&self, other: &Self) -> bool {
        self.namespace == other.namespace
            && self.package == other.package
            && self.interface == other.interface
            && self.track() == other.track()
    }

    /// The same name with its whole version in the name, as hosts without canonical names want it. A canonical name
    /// whose suffix is not known stays as it is.
    pub fn legacy(&self) -> Self {
        let mut name = self.clone();
        if let Some(full) = self.full_version() {
            name.version = Some(InterfaceVersion::Full(full.clone()));
        }
        name
    }

    /// The text of the name and, apart, the `version-suffix` that belongs beside it, as a binary spells them.
    pub fn spelled(&self) -> (String, Option<String>) {
        let base = self.unversioned();
        match &self.version {
            None => (base, None),
            Some(InterfaceVersion::Full(version)) => (format!("{base}@{version}"), None),
            Some(InterfaceVersion::Canonical { track, full }) => {
                let suffix =
                    full.as_ref().and_then(|full| full.to_string().strip_prefix(track.as_str()).map(str::to_owned));
                (format!("{base}@{track}"), suffix.filter(|suffix| !suffix.is_empty()))
            }
        }
    }
}

fn parse_version(text: &str, suffix: Option<&str>) -> Option<InterfaceVersion> {
    let Some(suffix) = suffix else {
        if let Ok(version) = Version::parse(text) {
            return Some(InterfaceVersion::Full(version));
        }
        // As users write it, without the rest.
        let is_track = match text.split_once('.') {
            None => is_number(text),
            Some((major, minor)) => major == "0" && is_number(minor),
        };
        return is_track.then(|| InterfaceVersion::Canonical { track: text.into(), full: None });
    };
    let full = Version::parse(&format!("{text}{suffix}")).ok()?;
    // A version is divided in one way only.
    let divided = !suffix.is_empty() && track_of(&full) == text;
    divided.then(|| InterfaceVersion::Canonical { track: text.into(), full: Some(full) })
}

/// A number that is not 0, written the one way.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0')
}

/// Whether the text is a kebab name of the component model: words of letters and digits, each in one case, each begun
/// by a letter, joined by `-`.
pub fn is_kebab(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').enumerate().all(|(index, word)| {
            let bytes = word.as_bytes();
            let begins =
                bytes.first().is_some_and(|first| first.is_ascii_alphabetic() || (index > 0 && first.is_ascii_digit()));
            let lower = bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
            let upper = bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
            begins && (lower || upper)
        })
}

impl ExternName {
    /// Reads the name of an import or export; what is no interface name is a plain one, so nothing is refused here.
    pub fn parse(text: &str, suffix: Option<&str>) -> Self {
        match InterfaceName::parse(text, suffix) {
            Some(name) => Self::Interface(name),
            None => Self::Plain(text.into()),
        }
    }

    /// The interface name, if it is one.
    pub fn interface(&self) -> Option<&InterfaceName> {
        match self {
            Self::Interface(name) => Some(name),
            Self::Plain(_) => None,
        }
    }
}

impl fmt::Display for InterfaceName {
    /// With the whole version where it is known: `a:b/c@0.2.3` also for the canonical spelling.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.unversioned())?;
        match &self.version {
            None => Ok(()),
            Some(InterfaceVersion::Canonical { track, full: None }) => write!(f, "@{track}"),
            Some(InterfaceVersion::Full(full) | InterfaceVersion::Canonical { full: Some(full), .. }) => {
                write!(f, "@{full}")
            }
        }
    }
}

impl fmt::Display for ExternName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interface(name) => name.fmt(f),
            Self::Plain(name) => f.write_str(name),
        }
    }
}

/// What two names must share to be compared at all as the ends of a wire: the interface, without its version, that one
/// has or is an instance of; or the plain name.
pub fn match_key(interface: Option<&InterfaceName>, name: &str) -> String {
    interface.map_or_else(|| name.to_owned(), InterfaceName::unversioned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interface(text: &str, suffix: Option<&str>) -> InterfaceName {
        InterfaceName::parse(text, suffix).unwrap_or_else(|| panic!("{text} is an interface name"))
    }

    #[test]
    fn reads_both_spellings_of_one_version() {
        let legacy = interface("a:b/c@0.2.3", None);
        let canonical = interface("a:b/c@0.2", Some(".3"));
        assert!(legacy.same_track(&canonical));
        assert_eq!(legacy.full_version(), canonical.full_version());
        assert_eq!(canonical.legacy(), legacy);
        assert_eq!(canonical.to_string(), "a:b/c@0.2.3");
        assert_eq!(canonical.spelled(), ("a:b/c@0.2".into(), Some(".3".into())));
        assert_eq!(legacy.spelled(), ("a:b/c@0.2.3".into(), None));
        assert_eq!(interface("a:b/c@0.2", None).to_string(), "a:b/c@0.2");
    }

    #[test]
    fn tracks_follow_semver() {
        let same = |a, b| interface(a, None).same_track(&interface(b, None));
        assert!(same("a:b/c@1.2.0", "a:b/c@1.9.9"));
        assert!(!same("a:b/c@1.2.0", "a:b/c@2.0.0"));
        assert!(same("a:b/c@0.2.0", "a:b/c@0.2.12"));
        assert!(!same("a:b/c@0.2.0", "a:b/c@0.3.0"));
        assert!(!same("a:b/c@0.0.1", "a:b/c@0.0.2"));
        assert!(!same("a:b/c@0.3.0-rc-1", "a:b/c@0.3.0"));
        assert!(same("a:b/c@0.3.0-rc-1", "a:b/c@0.3.0-rc-1"));
        assert!(!same("a:b/c", "a:b/c@1.0.0"));
        assert!(!same("a:b/c@1.0.0", "a:b/d@1.0.0"));
        assert!(!same("a:b/c@1.0.0", "a:x/c@1.0.0"));
        assert!(!same("a:b/c@1.0.0", "x:b/c@1.0.0"));
    }

    #[test]
    fn the_first_version_of_a_track_is_on_it() {
        let version = |text: &str| Version::parse(text).expect("a version");
        for (text, first) in [
            ("1.2.3", "1.0.0"),
            ("0.2.3", "0.2.0"),
            ("0.0.3", "0.0.3"),
            ("0.0.0", "0.0.0"),
            ("2.1.0-rc.1", "2.1.0-rc.1"),
        ] {
            assert_eq!(Track::first(&version(text)), version(first), "{text}");
            assert_eq!(Track::of(Some(&version(text))), Track::of(Some(&version(first))), "{text}");
        }
        assert_ne!(Track::of(None), Track::of(Some(&version("0.0.0"))));
    }

    #[test]
    fn a_prerelease_is_a_track_and_build_metadata_is_none() {
        let name = interface("a:b/c@0.3.0-rc1", Some("+b.2"));
        assert_eq!(name.full_version().unwrap().to_string(), "0.3.0-rc1+b.2");
        assert!(name.same_track(&interface("a:b/c@0.3.0-rc1", None)));
        assert!(name.same_track(&interface("a:b/c@0.3.0-rc1+b.1", None)));
        assert!(!name.same_track(&interface("a:b/c@0.3.0-rc2", None)));
    }

    #[test]
    fn a_version_is_divided_in_one_way() {
        for (text, suffix) in [
            ("a:b/c", ".1"),
            ("a:b/c@0.3.0", "-rc1"),
            ("a:b/c@1.2", ".3"),
            ("a:b/c@0.2.3", ""),
            ("a:b/c@0", ".2.3"),
            ("a:b/c@1.", "2.3"),
        ] {
            assert_eq!(InterfaceName::parse(text, Some(suffix)), None, "{text} {suffix}");
        }
    }

    #[test]
    fn what_is_no_interface_name_is_plain() {
        for text in [
            "log",
            "[method]r.get",
            "a:b",
            "a:b/c@x",
            "a:b/c@00.1",
            "A_b:c/d",
            "A:b/c",
            "a:B/c",
            "",
            "a:b/c@0",
            ":/",
            "a-:b/c",
        ] {
            assert_eq!(ExternName::parse(text, None), ExternName::Plain(text.into()), "{text}");
        }
    }
}
