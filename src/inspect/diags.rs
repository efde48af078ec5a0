//! What there is to say about a file that is looked into, in words.

use super::plan_section::Unreadable;
use crate::diag::{Code, Diagnostic};
use crate::emit::plan;

/// How many differences are listed.
const MOST: usize = 12;

/// The validator accepted what this module cannot read.
#[derive(Debug)]
pub(super) struct Damaged<'a> {
    pub origin: &'a str,
    pub error: &'a str,
}

impl From<Damaged<'_>> for Diagnostic {
    fn from(Damaged { origin, error }: Damaged<'_>) -> Self {
        Self::new(Code::Internal, format!("`{origin}` is valid and cannot be read")).note(error.to_owned())
    }
}

/// C0320: the plan inside cannot be read.
#[derive(Debug)]
pub(super) struct PlanUnreadable<'a> {
    pub origin: &'a str,
    pub why: &'a Unreadable,
}

impl From<PlanUnreadable<'_>> for Diagnostic {
    fn from(PlanUnreadable { origin, why }: PlanUnreadable<'_>) -> Self {
        let diagnostic = Self::new(Code::PlanUnreadable, format!("the plan inside `{origin}` cannot be read"))
            .fact("input", origin)
            .note(match why {
                Unreadable::Version(version) => {
                    format!("it is of version {version}, and this `compose` knows version {}", plan::VERSION)
                }
                Unreadable::Form(why) => format!("it is no plan: {why}"),
            });
        match why {
            Unreadable::Version(_) => diagnostic.help("use the `compose` that built it, or a newer one"),
            Unreadable::Form(_) => diagnostic.help("build the artifact again; its wires are shown as they are"),
        }
    }
}

/// C0321: components with other digests than the plan has.
#[derive(Debug)]
pub(super) struct DigestsDiffer<'a> {
    pub origin: &'a str,
    /// Instance, digest of the plan, digest of the bytes.
    pub digests: &'a [(&'a str, &'a str, String)],
}

impl From<DigestsDiffer<'_>> for Diagnostic {
    fn from(DigestsDiffer { origin, digests }: DigestsDiffer<'_>) -> Self {
        let message = format!("components inside `{origin}` are not those that its plan names");
        let mut diagnostic = Self::new(Code::PlanDigestsDiffer, message).fact("input", origin);
        for (instance, planned, actual) in digests.iter().take(MOST) {
            diagnostic = diagnostic
                .note(format!("`{instance}` is to be {planned}\n  and is {actual}"))
                .fact("instance", instance);
        }
        more(diagnostic, digests.len()).help("build it again from the components that are meant to be in it")
    }
}

/// A place where plan and bytes are not of one mind.
#[derive(Debug)]
pub(super) enum Difference<'a> {
    NoInstance(&'a str),
    MoreInstances(&'a str),
    NoImport(String),
    MoreImports(String),
    Wire { instance: &'a str, import: &'a str, planned: String, actual: String },
    Export { export: String, planned: String, actual: String },
}

/// C0322: wires that are not as the plan says.
#[derive(Debug)]
pub(super) struct WiresDiffer<'a> {
    pub origin: &'a str,
    pub differences: &'a [Difference<'a>],
}

impl From<WiresDiffer<'_>> for Diagnostic {
    fn from(WiresDiffer { origin, differences }: WiresDiffer<'_>) -> Self {
        let message = format!("the wires of `{origin}` are not those of the plan inside it");
        let mut diagnostic = Self::new(Code::PlanWiresDiffer, message).fact("input", origin);
        for difference in differences.iter().take(MOST) {
            diagnostic = diagnostic.note(match difference {
                Difference::NoInstance(name) => format!("the instance `{name}` of the plan is not there"),
                Difference::MoreInstances(name) => format!("the instance `{name}` is not in the plan"),
                Difference::NoImport(name) => format!("the open import `{name}` of the plan is not there"),
                Difference::MoreImports(name) => format!("the import `{name}` is not in the plan"),
                Difference::Wire { instance, import, planned, actual } => {
                    format!("`{import}` of `{instance}` is to be filled by {planned}, and is filled by {actual}")
                }
                Difference::Export { export, planned, actual } => {
                    format!("the export `{export}` is to be {planned}, and is {actual}")
                }
            });
        }
        more(diagnostic, differences.len()).help("build it again; what `inspect` shows are the wires as they are")
    }
}

fn more(diagnostic: Diagnostic, count: usize) -> Diagnostic {
    match count.saturating_sub(MOST) {
        0 => diagnostic,
        more => diagnostic.note(format!("and {more} more")),
    }
}
