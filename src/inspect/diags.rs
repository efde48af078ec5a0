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
                Unreadable::Several(count) => format!("there are {count} of them, of which an honest artifact has one"),
            });
        match why {
            Unreadable::Version(_) => diagnostic.help("use the `compose` that built it, or a newer one"),
            Unreadable::Form(_) | Unreadable::Several(_) => {
                diagnostic.help("build the artifact again; its wires are shown as they are")
            }
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
    NoSocket { instance: &'a str, import: &'a str },
    Wire { instance: &'a str, import: &'a str, planned: String, actual: String },
    Export { export: String, planned: String, actual: String },
}

/// A place where the plan and the parts are not of one mind.
#[derive(Debug)]
pub(super) enum PartDifference<'a> {
    MoreCode(String),
    MoreParts { kind: &'static str, name: Option<&'a str>, digest: String },
    NoComponent { name: &'a str, digest: &'a str },
    Unused(&'a str),
    Twice { what: &'static str, name: &'a str, of: Option<&'a str> },
    Said { what: String, planned: String, actual: String },
}

/// C0323: an artifact that is made of other things than the plan says.
#[derive(Debug)]
pub(super) struct PartsDiffer<'a> {
    pub origin: &'a str,
    pub differences: &'a [PartDifference<'a>],
}

impl From<PartsDiffer<'_>> for Diagnostic {
    fn from(PartsDiffer { origin, differences }: PartsDiffer<'_>) -> Self {
        let message = format!("`{origin}` is not made of what the plan inside it says");
        let mut diagnostic = Self::new(Code::PlanPartsDiffer, message).fact("input", origin);
        for difference in differences.iter().take(MOST) {
            diagnostic = diagnostic.note(match difference {
                PartDifference::MoreCode(what) => format!("it has {what} beside its components, which no plan has"),
                PartDifference::MoreParts { kind, name, digest } => {
                    let name = name.map_or_else(|| "without a name".to_owned(), |name| format!("`{name}`"));
                    format!("the {kind} {name} is not in the plan, or there once more:\n  {digest}")
                }
                PartDifference::NoComponent { name, digest } => {
                    format!("the component `{name}` of the plan is not there:\n  {digest}")
                }
                PartDifference::Unused(name) => format!("nothing in the plan is an instance of its component `{name}`"),
                PartDifference::Twice { what, name, of: None } => format!("the {what} `{name}` is in the plan twice"),
                PartDifference::Twice { what, name, of: Some(of) } => {
                    format!("the {what} `{name}` of `{of}` is in the plan twice")
                }
                PartDifference::Said { what, planned, actual } => format!("{what} is to be {planned}, and is {actual}"),
            });
        }
        more(diagnostic, differences.len()).help("build it again from the components that are meant to be in it")
    }
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
                Difference::NoSocket { instance, import } => {
                    format!("`{instance}` is given nothing for `{import}`, which the plan wires")
                }
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
