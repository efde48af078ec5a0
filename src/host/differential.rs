//! The same calls against an artifact and against its pieces: both must give the same.
//!
//! Everything that the linker and the engine do with wires inside of one component is done by the host between the pieces,
//! by other code. So a difference is a mistake in one of them, or a component that looks at what it cannot rely on.

use compose_engine::{Error, Host, Program, Value};

/// A call that went one way in the artifact and another way in the pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The call, or what was run.
    pub call: String,
    /// What the artifact gave.
    pub artifact: String,
    /// What the pieces gave.
    pub pieces: String,
}

/// Makes the calls of a script in one instance of each; stops at the first difference, and where both end.
///
/// # Errors
/// If one of them does not start.
pub fn calls(artifact: &Program, pieces: &Program, host: &Host, script: &[&str]) -> Result<Vec<Difference>, Error> {
    let (mut one, mut other) = (artifact.session(host)?, pieces.session(host)?);
    for call in script {
        let gives = |returned: Result<Option<compose_engine::Returned>, Error>| match returned {
            Ok(returned) => (returned.and_then(|it| it.value).as_ref().map(Value::wave).unwrap_or_default(), false),
            Err(error) => (failed(&error), true),
        };
        let ((artifact, ended), (pieces, _)) = (gives(one.line(call)), gives(other.line(call)));
        if artifact != pieces {
            return Ok(vec![Difference { call: (*call).to_owned(), artifact, pieces }]);
        }
        if ended {
            break;
        }
    }
    Ok(Vec::new())
}

/// Runs both as commands, and compares how they end and what they print.
pub fn commands(artifact: &Program, pieces: &Program, host: &Host) -> Vec<Difference> {
    let [one, other] = [artifact, pieces].map(|program| match program.run(host) {
        Ok(outcome) => [
            ("exit status", outcome.exit.to_string()),
            ("standard output", String::from_utf8_lossy(&outcome.stdout).into_owned()),
            ("standard error", String::from_utf8_lossy(&outcome.stderr).into_owned()),
        ],
        Err(error) => {
            [("exit status", failed(&error)), ("standard output", String::new()), ("standard error", String::new())]
        }
    });
    let both = one.into_iter().zip(other).filter(|(one, other)| one != other);
    both.map(|((what, artifact), (_, pieces))| Difference { call: what.into(), artifact, pieces }).collect()
}

/// How it failed, without the places in files, which differ.
fn failed(error: &Error) -> String {
    match error {
        Error::Trap(trap) => format!("trap: {}", trap.message),
        error => error.to_string(),
    }
}
