//! The rules a plan has to keep. A new rule is a file here, a row below, a struct in `diags.rs`, a code and its page.

mod closure;
mod identity;
mod limits;
mod names;
mod wit_shaped;

use super::Facts;
use crate::diag::Sink;

/// A rule: reports what is against it.
pub(super) type Rule = fn(&Facts<'_>, &mut Sink);

/// Every rule, in the order they are applied.
pub(super) const RULES: &[Rule] = &[
    // One resource has one owner.
    identity::check,
    // What is open or exported can name the resources it mentions.
    closure::check,
    // The host takes so many instances, modules and components.
    limits::check,
    // The host understands the names.
    names::check,
    // WIT can describe the result.
    wit_shaped::check,
];
