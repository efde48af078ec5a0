//! Cases that send a request: what is asked, and the answer held against what was expected, part by part.

use super::case::{Case, Exchange};
use super::ended::{failed, trapped};
use super::fault::{About, Fault};
use super::json_path;
use super::play::{Ground, Played, span_of, text};
use compose_engine::{Host, Program, Request};

/// Sends it, and judges what comes.
pub(super) fn exchange(
    case: &Case,
    http: &Exchange,
    program: &Program,
    host: &Host,
    ground: &Ground<'_>,
    played: &mut Played,
) {
    played.reached.extend(["wasi:http/handler".into(), "wasi:http/incoming-handler".into()]);
    let mut request = Request::new(&http.method, &http.path).body(http.send_body.clone());
    request.headers.clone_from(&http.send_headers);
    let answer = match program.answer(host, request) {
        Ok(answer) => answer,
        Err(error) => {
            let during = format!("{} {}", http.method, http.path);
            let fault =
                trapped(http.trap.as_ref(), &error).unwrap_or_else(|| Some(failed(&error, &during, case.at(), ground)));
            played.faults.extend(fault);
            return;
        }
    };
    let body = answer.text();
    let faults = &mut played.faults;
    if let Some(expected) = &http.trap {
        let actual = format!("status {}", answer.status);
        faults.push(Fault { at: span_of(expected), about: About::NoTrap { actual } });
    }
    if let Some((expected, at)) = &http.status
        && *expected != answer.status
    {
        let about = About::Status { expected: *expected, actual: answer.status, body: body.clone() };
        faults.push(Fault { at: at.clone(), about });
    }
    for (name, expected) in &http.headers {
        let values: Vec<&str> = answer
            .headers
            .iter()
            .filter(|(of, _)| of.eq_ignore_ascii_case(&name.text))
            .map(|(_, value)| value.as_str())
            .collect();
        let actual = (!values.is_empty()).then(|| values.join(", "));
        match (expected, actual) {
            (Some(expected), Some(actual)) => text(&name.text, Some(expected), &actual, faults),
            (None, None) => {}
            (_, actual) => {
                faults.push(Fault { at: span_of(name), about: About::Header { name: name.text.clone(), actual } })
            }
        }
    }
    text("body", http.body.as_ref(), &body, faults);
    json(http, &body, faults);
    let headers: String = answer.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    played.shown = format!("{}\n{headers}\n{body}", answer.status);
}

/// The places in a body.
fn json(http: &Exchange, body: &str, faults: &mut Vec<Fault>) {
    let Some((first, _)) = http.json.first() else { return };
    let value: serde_json::Value = match serde_json::from_str(body) {
        Ok(value) => value,
        Err(error) => {
            let about = About::NoJson { why: error.to_string(), body: body.into() };
            faults.push(Fault { at: span_of(first), about });
            return;
        }
    };
    for (path, expected) in &http.json {
        let actual = json_path::find(&value, &path.text);
        if actual == Ok(expected) {
            continue;
        }
        let about = About::Json {
            path: path.text.clone(),
            expected: expected.to_string(),
            actual: actual.map(ToString::to_string),
        };
        faults.push(Fault { at: span_of(path), about });
    }
}
