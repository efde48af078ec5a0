//! What a gate says: that an item is there since a version, or only with a feature, and whether it is deprecated.

use semver::Version;
use wit_parser::Stability;

/// Whether an item is there only with a feature.
pub(super) fn is_unstable(gate: &Stability) -> bool {
    matches!(gate, Stability::Unstable { .. })
}

/// Whether an item is to go.
pub(super) fn is_deprecated(gate: &Stability) -> bool {
    deprecated(gate).is_some()
}

/// The version that deprecated an item.
pub(super) fn deprecated(gate: &Stability) -> Option<&Version> {
    match gate {
        Stability::Stable { deprecated, .. } | Stability::Unstable { deprecated, .. } => deprecated.as_ref(),
        Stability::Unknown => None,
    }
}

/// The version since which an item is there.
pub(super) fn since(gate: &Stability) -> Option<&Version> {
    match gate {
        Stability::Stable { since, .. } => Some(since),
        Stability::Unstable { .. } | Stability::Unknown => None,
    }
}

/// A gate as it is written; `None` for an item without one.
pub(super) fn written(gate: &Stability) -> Option<String> {
    match gate {
        Stability::Unknown => None,
        Stability::Unstable { feature, .. } => Some(format!("@unstable(feature = {feature})")),
        Stability::Stable { since, .. } => Some(format!("@since(version = {since})")),
    }
}
