//! Calls of a case, one after the other on one instance, and what came of them.

use super::case::{Case, Expected, Step};
use super::fault::{About, Fault};
use super::play::{Ground, Played, failed, span_of, trapped};
use compose_engine::{Host, Program};

pub(super) fn calls(
    case: &Case,
    steps: &[Step],
    program: &Program,
    host: &Host,
    ground: &Ground<'_>,
    played: &mut Played,
) {
    let _ = case;
    for step in steps {
        let call = &step.call.text;
        let (function, args) = call.split_once('(').unwrap_or((call, ")"));
        let args = args.trim_end().trim_end_matches(')');
        let args: Vec<&str> = if args.is_empty() { Vec::new() } else { args.split(", ").collect() };
        let trap = step.expected.iter().find_map(|expected| match expected {
            Expected::Trap(written) => Some(written),
            _ => None,
        });
        played.reached.push(function.into());
        match program.call(host, function, &args) {
            Ok(values) => {
                let actual = values.concat();
                for expected in &step.expected {
                    let (written, wanted) = match expected {
                        Expected::Value(written) => (written, written.text.clone()),
                        Expected::Error(written) => (written, format!("err({})", written.text)),
                        Expected::Pattern(written) => (written, written.text.clone()),
                        Expected::Trap(written) => {
                            let about = About::NoTrap { actual: actual.clone() };
                            played.faults.push(Fault { at: span_of(written), about });
                            continue;
                        }
                    };
                    if wanted != actual {
                        let about = About::Value { call: call.clone(), expected: wanted, actual: actual.clone() };
                        played.faults.push(Fault { at: span_of(written), about });
                    }
                }
                played.shown.push_str(&actual);
            }
            Err(error) => {
                let fault =
                    trapped(trap, &error).unwrap_or_else(|| Some(failed(&error, call, span_of(&step.call), ground)));
                played.faults.extend(fault);
                return;
            }
        }
    }
}
