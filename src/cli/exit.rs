//! What the exit status says, so that a pipeline can tell "the composition is wrong" from "compose could not work".
//!
//! 0: all is well. 1: the composition has errors. 2: the command line makes no sense (clap's). 3: the work could not be
//! done whatever the composition is like: output cannot be written, the host cannot run, compose itself failed.

use crate::diag::{Code, Severity, Sink};
use std::process::ExitCode;

/// All is well.
pub(super) const OK: u8 = 0;
/// The composition has errors.
pub(super) const ERRORS: u8 = 1;
/// The command line makes no sense.
pub(super) const USAGE: u8 = 2;
/// The work could not be done.
pub(super) const CANNOT: u8 = 3;

/// What each says, for the manual.
pub(super) const MEANINGS: [(u8, &str); 4] = [
    (OK, "all is well"),
    (ERRORS, "the composition has errors"),
    (USAGE, "the command line makes no sense"),
    (CANNOT, "the work could not be done (output cannot be written, the host cannot run)"),
];

/// What was checked by a stage that cannot go on otherwise, and is not fine.
const BAD: [Code; 5] =
    [Code::ContractBroken, Code::SealedDamaged, Code::StubChanged, Code::CaseFailed, Code::CaseFlaky];

/// The status for what was reported.
pub(super) fn status(sink: &Sink) -> u8 {
    let errors = sink.diagnostics().iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let of_stage = errors.map(|diagnostic| match stage(diagnostic.code) {
        _ if BAD.contains(&diagnostic.code) => ERRORS,
        "07" | "08" | "09" | "99" => CANNOT,
        _ => ERRORS,
    });
    of_stage.max().unwrap_or(OK)
}

/// The stage of a code: the two digits that its number begins with.
pub(super) fn stage(code: Code) -> &'static str {
    &code.number()[1..3]
}

/// As the system wants it.
pub(super) fn code(status: u8) -> ExitCode {
    ExitCode::from(status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;

    #[test]
    fn the_worst_decides() {
        let mut sink = Sink::default();
        assert_eq!(status(&sink), OK);
        sink.report(Diagnostic { severity: Severity::Warning, ..Diagnostic::new(Code::Internal, "m") });
        assert_eq!(status(&sink), OK);
        sink.report(Diagnostic::new(Code::Internal, "m"));
        assert_eq!(status(&sink), CANNOT);
    }
}
