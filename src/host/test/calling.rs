//! Calls of a case, one after the other on one instance, and what came of them.

use super::case::{Case, Expected, Step};
use super::ended::{failed, trapped};
use super::fault::{About, Fault};
use super::play::{Ground, Played, span_of};
use crate::model::request::Written;
use compose_engine::{BadValue, Error, Host, Program, Returned, Session, Value};
use std::ops::Range;

pub(super) fn calls(
    case: &Case,
    steps: &[Step],
    program: &Program,
    host: &Host,
    ground: &Ground<'_>,
    played: &mut Played,
) {
    let mut session = match program.session(host) {
        Ok(session) => session,
        Err(error) => return played.faults.push(failed(&error, "", case.at(), ground)),
    };
    for (place, step) in steps.iter().enumerate() {
        if one(step, &mut session, ground, played) {
            continue;
        }
        // A trap that was expected ends the instance all the same.
        if let (Some(next), true) = (steps.get(place + 1), played.faults.is_empty()) {
            let after = step.call.text.trim().to_owned();
            played.faults.push(Fault { at: span_of(&next.call), about: About::NotRun { after } });
        }
        return;
    }
}

/// One call; gives whether the instance can be called again.
fn one(step: &Step, session: &mut Session, ground: &Ground<'_>, played: &mut Played) -> bool {
    let call = &step.call.text;
    let trap = step.expected.iter().find_map(|expected| match expected {
        Expected::Trap(written) => Some(written),
        _ => None,
    });
    played.shown.push_str(&format!("> {}\n", call.trim()));
    let returned = match session.line(call) {
        Ok(returned) => returned,
        Err(error) => {
            // What trapped was called.
            played.reached.extend(session.ended().map(str::to_owned));
            let at = match &error {
                Error::Call(bad) => within(&step.call, 0, &bad.at),
                _ => span_of(&step.call),
            };
            let expected = trapped(trap, &error);
            if expected.is_some() {
                played.shown.push_str("trap\n");
            }
            played.faults.extend(expected.unwrap_or_else(|| Some(failed(&error, call, at, ground))));
            return false;
        }
    };
    let value = returned.as_ref().and_then(|returned| returned.value.as_ref());
    if let Some(Returned { function, fuel, .. }) = &returned {
        played.reached.push(function.clone());
        played.fuel = fuel.map(|fuel| played.fuel.unwrap_or_default() + fuel);
    }
    played.shown.push_str(&value.map_or_else(|| "()".to_owned(), Value::pretty));
    played.shown.push('\n');
    step.expected.iter().for_each(|expected| played.faults.extend(judge(expected, call, value)));
    true
}

/// What is wrong with a value.
fn judge(expected: &Expected, call: &str, value: Option<&Value>) -> Option<Fault> {
    let (written, before, after) = match expected {
        Expected::Value(written) | Expected::Pattern(written) => (written, "", ""),
        Expected::Error(written) if written.text.trim().is_empty() => (written, "err", ""),
        Expected::Error(written) => (written, "err(", ")"),
        Expected::Trap(written) => {
            let actual = value.map_or_else(|| "()".to_owned(), Value::wave);
            return Some(Fault { at: span_of(written), about: About::NoTrap { actual } });
        }
    };
    let wanted = format!("{before}{}{after}", written.text.trim());
    let Some(value) = value else {
        // A function without a result gives nothing, and that may be said.
        let nothing = ["", "()"].contains(&wanted.as_str());
        let about = || About::Value { call: call.into(), expected: wanted, actual: "()".into() };
        return (!nothing).then(|| Fault { at: span_of(written), about: about() });
    };
    let skipped = written.text.len() - written.text.trim_start().len();
    let at = |span: &Range<usize>| {
        let start = (span.start + skipped).saturating_sub(before.len());
        within(written, 0, &(start..(span.end + skipped).saturating_sub(before.len()).max(start)))
    };
    match value.matches(&wanted) {
        Ok(Ok(())) => None,
        Ok(Err(mismatch)) => {
            let actual = value.wave();
            let why = (!mismatch.path.is_empty()).then(|| (mismatch.path.clone(), mismatch.found.clone()));
            let about = match expected {
                Expected::Pattern(_) => About::Pattern { call: call.into(), actual, why },
                _ => About::Value { call: call.into(), expected: wanted.clone(), actual },
            };
            Some(Fault { at: at(&mismatch.at), about })
        }
        Err(bad) => {
            let BadValue { at: place, .. } = &bad;
            let about = About::NoValue { why: bad.to_string(), ty: value.ty(), actual: value.wave() };
            Some(Fault { at: at(place), about })
        }
    }
}

/// Bytes of a word's text as a place in the file, if it stands there letter by letter; else the whole word.
pub(super) fn within(written: &Written, skipped: usize, at: &Range<usize>) -> Range<usize> {
    let Some((source, span)) = &written.at else { return 0..0 };
    let quoted = source.text.get(span.clone()).unwrap_or_default();
    match quoted.find(written.text.as_str()) {
        Some(start) if !written.text.is_empty() => {
            let begin = span.start + start + skipped + at.start;
            let end = span.start + start + skipped + at.end;
            // What is missing at the end is pointed at by the last letter there is.
            if begin >= end { begin.saturating_sub(1)..begin } else { begin..end.min(span.end) }
        }
        _ => span.clone(),
    }
}
