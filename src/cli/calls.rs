//! `compose run --invoke`: calls instead of a command, one after another on one instance, and what they return.

use super::shell::Shell;
use crate::diag::{Sink, Source, json_line};
use crate::host::diags::{Failed, NotCalled, Wanting};
use crate::sources;
use clap::{Args, ValueHint};
use compose_engine::{Error, Host, Program, Returned};
use std::path::Path;
use std::sync::Arc;

/// What is called.
#[derive(Debug, Args)]
#[command(next_help_heading = "Calls")]
pub(super) struct CallArgs {
    /// Call a function with WAVE values, `ns:pkg/iface.func(1, {name: "x"})`, instead of running a command; repeat it for
    /// more calls of one instance
    #[arg(long, value_name = "CALL", value_parser = some_call)]
    pub(super) invoke: Vec<String>,
    /// Make the calls of a script, one a line (`$b = bucket.new("a")`, `$b.get("k")`, `drop $b`); `-` is standard input,
    /// and a pipe will do
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "invoke")]
    pub(super) script: Option<String>,
    /// Print results as JSON, one a line
    #[arg(long)]
    pub(super) json: bool,
}

/// A call that says nothing is a variable that was not set.
fn some_call(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("there is no call in it".into()),
        _ => Ok(text.to_owned()),
    }
}

/// A line, the text it stands in, and where in it.
struct Call {
    source: Arc<Source>,
    start: usize,
    line: String,
}

impl CallArgs {
    /// Whether anything is to be called.
    pub(super) fn any(&self) -> bool {
        !self.invoke.is_empty() || self.script.is_some()
    }

    /// The calls; `None` if a script cannot be read, which is in the sink.
    fn read(&self, sink: &mut Sink) -> Option<Vec<Call>> {
        let source = match self.script.as_deref() {
            None => {
                let call = |text: &String| Call {
                    source: Arc::new(Source::new("--invoke", text.clone())),
                    start: 0,
                    line: text.clone(),
                };
                return Some(self.invoke.iter().map(call).collect());
            }
            Some("-") => sources::text_of(std::io::stdin().lock(), "<stdin>", sink)?,
            Some(path) => sources::read_stream(Path::new(path), path, sink)?,
        };
        let mut start = 0;
        let mut calls = Vec::new();
        for line in source.text.split_inclusive('\n') {
            calls.push(Call { source: source.clone(), start, line: line.trim_end().to_owned() });
            start += line.len();
        }
        Some(calls)
    }
}

/// Makes the calls, and prints what they give; what goes wrong is in the sink.
pub(super) fn run(
    args: &CallArgs,
    (program, host): (&Program, &Host),
    (name, wanting): (&str, &dyn Wanting),
    shell: &Shell,
    sink: &mut Sink,
) {
    let Some(calls) = args.read(sink) else { return };
    let mut session = match program.session(host) {
        Ok(session) => session,
        Err(error) => {
            sink.report(Failed { name, error: &error, wanting });
            return;
        }
    };
    for call in &calls {
        match session.line(&call.line) {
            Ok(returned) => {
                if let Some(text) = returned.as_ref().and_then(|returned| text(returned, args.json)) {
                    shell.out(&(text + "\n"));
                }
            }
            // The calls after it would have had something to build on.
            Err(error) => {
                match &error {
                    Error::Call(bad) => sink.report(NotCalled { name, bad, within: Some((&call.source, call.start)) }),
                    error => sink.report(Failed { name, error, wanting }),
                }
                break;
            }
        }
    }
}

fn text(returned: &Returned, json: bool) -> Option<String> {
    let value = returned.value.as_ref()?;
    Some(if json { json_line(&value.json()).trim_end().to_owned() } else { value.wave() })
}
