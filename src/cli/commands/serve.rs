//! `compose serve`: a component's HTTP handler behind an address.

use crate::cli::exit;
use crate::cli::hosting::HostArgs;
use crate::cli::serve_text;
use crate::cli::shell::Shell;
use crate::cli::signals;
use crate::cli::subject::{self, Subject, SubjectArgs};
use crate::diag::{Diagnostic, Sink};
use crate::host::serve::Inside;
use crate::host::serve::diags::NoServer;
use crate::host::{grammar, serve};
use crate::model::hosting::{Given, Hosting};
use crate::model::request::Written;
use clap::{Args, ValueEnum};
use compose_engine::{Door, Engine, Host, Kind, Profile, Program, ServeOptions, Stop, Stream};
use std::net::SocketAddr;
use std::sync::Arc;

/// How long a request may take if nobody says so.
const TIME: &str = "time=30s";

/// `compose serve`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Serve {
    #[command(flatten)]
    subject: SubjectArgs,
    /// Where to listen: `IP:PORT`, or `PORT` on the loopback; port 0 is any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = address)]
    #[arg(help_heading = "How it serves")]
    addr: SocketAddr,
    /// Requests that are answered at once
    #[arg(long, value_name = "COUNT", default_value = "256", value_parser = count, help_heading = "How it serves")]
    concurrency: usize,
    /// Requests that wait beyond those; what comes then is turned away (503)
    #[arg(long, value_name = "COUNT", default_value = "1024", help_heading = "How it serves")]
    queue: usize,
    /// Connections that are open at once
    #[arg(long, value_name = "COUNT", default_value = "1024", value_parser = count, help_heading = "How it serves")]
    connections: usize,
    /// Requests that one instance answers [default: 1 for a handler of 0.2, 128 for one of 0.3]
    #[arg(long, value_name = "COUNT", value_parser = count, help_heading = "How it serves")]
    reuse: Option<usize>,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "COUNT", value_parser = count, help_heading = "How it serves")]
    threads: Option<usize>,
    /// The largest body of a request (413 beyond)
    #[arg(long, value_name = "BYTES", default_value = "64MiB", value_parser = bytes, help_heading = "How it serves")]
    max_body: u64,
    /// The largest head of a request (431 beyond)
    #[arg(long, value_name = "BYTES", default_value = "32KiB", value_parser = bytes, help_heading = "How it serves")]
    max_head: u64,
    /// How long the head of a request may take to arrive (408 beyond)
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = time, help_heading = "How it serves")]
    head_time: u64,
    /// How long a client may neither send nor take a byte of a body
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time, help_heading = "How it serves")]
    stall_time: u64,
    /// How long a connection stays open without a request
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = time, help_heading = "How it serves")]
    keep_alive: u64,
    /// How long requests that have begun may take once the server is told to stop
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = time, help_heading = "How it serves")]
    grace: u64,
    /// The form of the line for each request on standard error [default: human, with `--quiet` none]
    #[arg(long, value_enum, value_name = "FORM", help_heading = "How it serves")]
    access_log: Option<AccessLog>,
    #[command(flatten)]
    host: HostArgs,
}

/// The form of the access log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AccessLog {
    // A line to read.
    Human,
    // A JSON object a line.
    Json,
    // No line.
    None,
}

impl From<AccessLog> for compose_engine::AccessLog {
    fn from(form: AccessLog) -> Self {
        match form {
            AccessLog::Human => Self::Human,
            AccessLog::Json => Self::Json,
            AccessLog::None => Self::None,
        }
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    Door::named(text).ok_or_else(|| "expected an address and a port, as `127.0.0.1:8080` or `0`".into())
}

fn bytes(text: &str) -> Result<u64, String> {
    grammar::bytes(text).ok_or_else(|| "expected a number of bytes, as `65536` or `64KiB`".into())
}

fn time(text: &str) -> Result<u64, String> {
    grammar::milliseconds(text).ok_or_else(|| "expected a time, as `500ms` or `10s`".into())
}

fn count(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|count| *count > 0).ok_or_else(|| "expected a number from 1 on".into())
}

impl Serve {
    fn options(&self) -> ServeOptions {
        ServeOptions {
            threads: self.threads,
            concurrency: self.concurrency,
            queue: self.queue,
            connections: self.connections,
            reuse: self.reuse,
            body: self.max_body,
            head: usize::try_from(self.max_head).unwrap_or(usize::MAX),
            head_time: self.head_time,
            stall_time: self.stall_time,
            keep_alive: self.keep_alive,
            grace: self.grace,
            ..ServeOptions::default()
        }
    }
}

pub(in crate::cli) fn run(args: &Serve, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let Some(subject) = subject::load("serve", &args.subject, &mut sink)? else { return Ok(shell.report(&sink)) };
    // A server that one request can stop for good is none, so this limit is there unless it is taken away.
    let bounded = Hosting { words: vec![(Given::Limit, Written::new(TIME))] };
    let given = bounded.and(subject.hosting.clone());
    let Some((grants, limits)) = args.host.read("compose serve", given, &mut sink) else {
        return Ok(shell.report(&sink));
    };
    let profile = if limits.fuel.is_some() { Profile::here().metered() } else { Profile::here() };
    let host = Host {
        grants,
        limits,
        args: vec![subject.name.clone()],
        stdin: Stream::Shut,
        stdout: Stream::Inherit,
        stderr: Stream::Inherit,
        ..Host::default()
    };
    let Some(program) = program(args, &subject, profile, &host, &mut sink) else { return Ok(shell.report(&sink)) };
    let (door, address) = match serve::open(args.addr) {
        Ok(opened) => opened,
        Err(fault) => {
            sink.report(Diagnostic::from(&fault));
            return Ok(shell.report(&sink));
        }
    };
    // Warnings of the build, before the server's own words.
    let status = shell.report(&sink);
    if status != exit::OK {
        return Ok(status);
    }
    let stop = Stop::new();
    signals::instead({
        let stop = stop.clone();
        move || stop.ask()
    });
    let quiet = shell.verbosity == crate::cli::shell::Verbosity::Quiet;
    let access = args.access_log.unwrap_or(if quiet { AccessLog::None } else { AccessLog::Human });
    let mut sink = shell.sink();
    let (log, writer) = match serve_text::start(&subject.name, Inside::new(subject.bytes.clone()), access, shell) {
        Ok(started) => started,
        Err(error) => {
            subject.failed(&compose_engine::Error::Engine(error.to_string()), &mut sink);
            return Ok(shell.report(&sink));
        }
    };
    shell.out(&format!("listening on http://{address}\n"));
    let served = program.serve(&host, &args.options(), door, &stop, false, Arc::new(log));
    // What was told before goes out before what is said now. Whoever is still at work when the time is over holds the log
    // too, and is not waited for.
    if served.as_ref().is_ok_and(|served| served.cut == 0) {
        let _ = writer.join();
    }
    match served {
        Ok(served) => {
            let requests = if served.requests == 1 { "request" } else { "requests" };
            let cut = if served.cut == 0 { String::new() } else { format!(", {} of them not to the end", served.cut) };
            shell.note(&format!("served {} {requests}{cut}\n", served.requests));
            Ok(exit::OK)
        }
        Err(error) => {
            subject.failed(&error, &mut sink);
            Ok(shell.report(&sink))
        }
    }
}

/// The component, compiled and found fit to serve on that host; `None` if it is not, which is in the sink.
fn program(args: &Serve, subject: &Subject, profile: Profile, host: &Host, sink: &mut Sink) -> Option<Program> {
    let failed = |error: compose_engine::Error, sink: &mut Sink| subject.failed(&error, sink);
    let engine = Engine::for_serving(profile).map_err(|error| failed(error, sink)).ok()?;
    let program = subject.program_on(&engine, sink)?;
    if !program.is(Kind::Server) {
        let word = args.subject.file.as_ref().map(|file| file.word.as_str());
        let (exports, runs) = (program.exports(), program.is(Kind::Command));
        sink.report(NoServer { name: &subject.name, exports: &exports, runs, word });
        return None;
    }
    program.serves(host).map_err(|error| failed(error, sink)).ok()?;
    Some(program)
}
