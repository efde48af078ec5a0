//! Runs that did not come to their end: how they are told, and whether that is the trap that was expected.

use super::diags::{more_of, more_of_streams};
use super::fault::{About, Fault};
use super::play::{Ground, span_of};
use crate::diag::Diagnostic;
use crate::host::diags::Failed;
use crate::model::request::Written;
use compose_engine::{Error, Limit};
use std::ops::Range;

/// What the engine says of a run that failed, in the words of other runs.
pub(super) fn failed(error: &Error, during: &str, at: Range<usize>, ground: &Ground<'_>) -> Fault {
    let Diagnostic { message, notes, help, .. } = Failed { name: ground.name, error, wanting: ground.wanting }.into();
    // Grants and limits are words of the file, not of this command line.
    let limit = match error {
        Error::Trap(trap) => trap.limit,
        other => limit_of(other),
    };
    let help = match (limit, error) {
        (_, Error::Flood { of, .. }) => more_of_streams(*of).into_iter().collect(),
        (Some(limit), _) => more_of(limit).into_iter().collect(),
        (None, Error::Needs(_) | Error::Grant { .. }) => Vec::new(),
        (None, _) => help,
    };
    let said = match error {
        Error::Trap(trap) => trap.stderr.clone(),
        _ => String::new(),
    };
    Fault { at, about: About::Failed { during: during.into(), message, notes, help, said } }
}

/// The limit that ended a run, if one did.
fn limit_of(error: &Error) -> Option<Limit> {
    match error {
        Error::Limit(limit) => Some(*limit),
        Error::Flood { .. } => Some(Limit::Output),
        _ => None,
    }
}

/// Whether a trap was expected, and is this one: `None` if none was expected.
pub(super) fn trapped(expected: Option<&Written>, error: &Error) -> Option<Option<Fault>> {
    let expected = expected?;
    let said = match error {
        Error::Trap(trap) => format!("{}\n{}", trap.message, trap.stderr),
        other => format!("limit of {}", limit_of(other)?.word()),
    };
    let fits = said.contains(expected.text.as_str());
    let actual = said.trim_end().to_owned();
    Some((!fits).then(|| Fault { at: span_of(expected), about: About::OtherTrap { actual } }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::diags::Wanting;
    use crate::host::test::play::Programs;
    use compose_engine::Flooded;

    #[derive(Debug)]
    struct Nobody;

    impl Wanting for Nobody {
        fn of(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
    }

    #[test]
    fn streams_that_carry_too_much_meet_the_limit_of_output() {
        let programs = Programs::default();
        let ground = Ground {
            name: "app",
            programs: &programs,
            wanting: &Nobody,
            record: false,
            differential: false,
            traced: false,
        };
        for error in [Error::Flood { most: 64 << 20, of: Flooded::Bytes }, Error::Limit(Limit::Output)] {
            let About::Failed { help, .. } = failed(&error, "f()", 0..1, &ground).about else { panic!("it failed") };
            let more = if matches!(error, Error::Limit(_)) { "none" } else { "1GiB" };
            assert_eq!(help, [format!("host = {{ limit = {{ output = \"{more}\" }} }}")]);
            let expected = |text: &str| trapped(Some(&Written::new(text)), &error);
            assert!(matches!(expected("limit of output"), Some(None)), "{error}");
            assert!(matches!(expected("limit of fuel"), Some(Some(_))), "{error}");
        }
        assert!(trapped(Some(&Written::new("x")), &Error::Interrupted).is_none());
    }
}
