//! `compose run`: a component's command on the spot, or calls of its functions.

use crate::cli::calls::{self, CallArgs};
use crate::cli::exit;
use crate::cli::hosting::HostArgs;
use crate::cli::shell::Shell;
use crate::cli::subject::{self, SubjectArgs};
use crate::cli::trace::TraceArgs;
use crate::diag::Sink;
use crate::host::diags::{Failed, Wanting, failed_by_itself};
use clap::Args;
use compose_engine::{Host, Profile, Stream};

/// `compose run`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Run {
    #[command(flatten)]
    subject: SubjectArgs,
    /// What the command is told
    #[arg(last = true, value_name = "ARGS", help_heading = "Arguments")]
    args: Vec<String>,
    /// Let it read this process's standard input
    #[arg(long, visible_alias = "inherit-stdio", help_heading = "What it is given")]
    stdin: bool,
    #[command(flatten)]
    calls: CallArgs,
    #[command(flatten)]
    trace: TraceArgs,
    #[command(flatten)]
    host: HostArgs,
}

/// The status of a run of which something could not be done, whatever that was: 1 is what a command says.
fn not_run(shell: &Shell, sink: &Sink) -> u8 {
    match shell.report(sink) {
        exit::OK => exit::OK,
        _ => exit::CANNOT,
    }
}

pub(in crate::cli) fn run(args: &Run, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let Some(subject) = subject::load("run", &args.subject, &mut sink)? else { return Ok(not_run(shell, &sink)) };
    let Some((grants, limits)) = args.host.read("compose run", subject.hosting.clone(), &mut sink) else {
        return Ok(not_run(shell, &sink));
    };
    let profile = if limits.fuel.is_some() { Profile::here().metered() } else { Profile::here() };
    let stdin = if args.stdin { Stream::Inherit } else { Stream::Shut };
    let words = std::iter::once(subject.name.clone()).chain(args.args.iter().cloned()).collect();
    let host = Host {
        grants,
        limits,
        args: words,
        stdin,
        stdout: Stream::Inherit,
        stderr: Stream::Inherit,
        ..Host::default()
    };
    let Some(traced) = args.trace.begin(&subject, &mut sink) else { return Ok(not_run(shell, &sink)) };
    let program = match &traced {
        None => subject.program(profile, &mut sink),
        Some(traced) => subject.engine(profile, &mut sink).and_then(|engine| {
            let made = traced.program(&engine, subject.compiled());
            made.map_err(|error| subject.failed(&error, &mut sink)).ok()
        }),
    };
    let inside = traced.as_ref().map(|traced| traced.inside(&subject));
    let wanting: &dyn Wanting = match &inside {
        Some(inside) => inside,
        None => &subject,
    };
    let Some(program) = program else { return Ok(not_run(shell, &sink)) };
    if args.calls.any() {
        calls::run(&args.calls, (&program, &host), (&subject.name, wanting), shell, &mut sink);
        if let Some(traced) = &traced {
            traced.tell(shell, &subject, &mut sink);
        }
        return Ok(not_run(shell, &sink));
    }
    let ran = program.run(&host);
    if let Some(traced) = &traced {
        traced.tell(shell, &subject, &mut sink);
    }
    match ran {
        Ok(outcome) => {
            let status = shell.report(&sink);
            if outcome.exit != 0 {
                shell.note(&failed_by_itself(outcome.asked));
            }
            // What the system makes of a status that does not fit.
            Ok(status.max(u8::try_from(outcome.exit & 0xff).unwrap_or(u8::MAX)))
        }
        Err(error) => {
            sink.report(Failed { name: &subject.name, error: &error, wanting });
            Ok(not_run(shell, &sink))
        }
    }
}
