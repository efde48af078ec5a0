//! Why the calls inside of a component cannot be shown.

use crate::diag::{Code, Diagnostic};
use crate::host::reopen::Closed;

/// C0840: a component cannot be taken apart.
#[derive(Debug)]
pub struct NotTraced<'a> {
    /// What messages call it.
    pub name: &'a str,
    /// Why not.
    pub why: Closed,
}

/// Why an artifact cannot be taken apart.
pub fn closed(why: Closed) -> &'static str {
    match why {
        Closed::NoPlan => "it carries no plan that tells what is inside of it",
        Closed::Missing => "a component of its plan is not inside of it",
        Closed::Different => "its plan does not come out the same when it is wired again",
    }
}

impl From<NotTraced<'_>> for Diagnostic {
    fn from(NotTraced { name, why }: NotTraced<'_>) -> Self {
        Self::new(Code::NotTraced, format!("`{name}` cannot be taken apart to show the calls inside"))
            .note(closed(why))
            .note("a manifest, and an artifact that carries its plan, can be")
            .help("compose run --trace")
    }
}
