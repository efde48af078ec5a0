//! `compose exe FILE`: one executable of a component, which needs nothing installed.

use super::{put, text};
use crate::cli::commands::serve::AccessLog;
use crate::cli::hosting::HostArgs;
use crate::cli::output;
use crate::cli::shell::Shell;
use crate::cli::subject::{self, Subject, SubjectArgs};
use crate::diag::Sink;
use crate::emit::write::Target;
use crate::host::diags::{Failed, Wanting};
use crate::host::exe::diags::{NoStub, StubUnfit};
use crate::host::exe::stubs::{self, Origin, Places};
use crate::host::exe::{self, Wanted};
use crate::model::hosting::{Given, Hosting};
use crate::model::request::Written;
use clap::{Args, ValueHint};
use compose_engine::ServeOptions;
use compose_engine::sealed::Serves;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// How long a request may take if nobody says so.
const REQUEST_TIME: &str = "time=30s";

/// What is made, and of what.
#[derive(Debug, Args)]
pub(super) struct Make {
    #[command(flatten)]
    subject: SubjectArgs,
    /// Its first arguments, before those it is started with
    #[arg(last = true, value_name = "ARGS", help_heading = "Arguments")]
    args: Vec<String>,
    /// Where to write the executable [default: target/compose/NAME]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<String>,
    /// Let it serve HTTP at that address, until it is told another when it starts; port 0 is any free one [default:
    /// 127.0.0.1:8080, of what has no command]
    #[arg(long, value_name = "ADDRESS")]
    addr: Option<SocketAddr>,
    /// The line on standard error for each request that it will serve [default: none]
    #[arg(long, value_enum, value_name = "FORM", requires = "addr")]
    access_log: Option<AccessLog>,
    #[command(flatten)]
    stub: StubArgs,
    #[command(flatten)]
    host: HostArgs,
}

/// Which executable it is put into.
#[derive(Debug, Args)]
#[command(next_help_heading = "What it is put into")]
pub(super) struct StubArgs {
    /// The stub [default: of COMPOSE_STUB_DIR, of this executable, beside it, or this executable itself]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) stub: Option<PathBuf>,
    /// The system and processor it is for [default: those of the stub]
    #[arg(long, value_name = "TRIPLE")]
    pub(super) target: Option<String>,
    /// Interpret the component instead of compiling it to machine code: slower, and runs where memory cannot be made
    /// executable
    #[arg(long)]
    pub(super) portable: bool,
}

pub(super) fn run(args: &Make, shell: &Shell) -> Result<u8, clap::Error> {
    let mut sink = shell.sink();
    let Some(mut subject) = subject::load("exe", &args.subject, &mut sink)? else { return Ok(shell.report(&sink)) };
    let hosting = in_place(std::mem::take(&mut subject.hosting), &subject.folder);
    // A server that one request can stop for good is none, so this limit is there unless it is taken away.
    let bounded = Hosting { words: vec![(Given::Limit, Written::new(REQUEST_TIME))] }.and(hosting.clone());
    let Some((grants, limits)) = args.host.read("compose exe", hosting, &mut sink) else {
        return Ok(shell.report(&sink));
    };
    let request_time = args.host.read("compose exe", bounded, &mut Sink::default()).and_then(|(_, limits)| limits.time);
    let name = short_name(&subject);
    let wanted = Wanted {
        name: &name,
        component: &subject.bytes,
        serves: args.addr.map(|address| Serves {
            address: address.to_string(),
            options: ServeOptions::default(),
            access_log: args.access_log.map(Into::into).unwrap_or_default(),
        }),
        args: args.args.clone(),
        grants,
        limits,
        request_time,
        portable: args.stub.portable,
    };
    let target = match &args.output {
        Some(output) => output::file(Written::new(output), false),
        None => {
            let path = subject.folder.join("target/compose").join(&name);
            output::file(Written::new(path.display().to_string()), true)
        }
    };
    let input = args.subject.file.as_ref().map(|file| file.word.clone()).unwrap_or_default();
    make(&wanted, &args.stub, (&subject.name, &subject), (&target, &input), shell, &mut sink);
    Ok(shell.report(&sink))
}

/// Finds the stub, compiles and writes; what is read, of which `input` is a part, stays. `None` if that fails, which is in the
/// sink.
pub(super) fn make(
    wanted: &Wanted<'_>,
    args: &StubArgs,
    (name, wanting): (&str, &dyn Wanting),
    (target, input): (&Target, &str),
    shell: &Shell,
    sink: &mut Sink,
) -> Option<()> {
    let (found, called, triple) = stub(wanted, args, sink)?;
    let compiled =
        exe::compile(wanted, &triple).map_err(|error| sink.report(Failed { name, error: &error, wanting })).ok()?;
    let own = matches!(found.origin, Origin::Own(_));
    let file = found.origin.file().map(Path::to_owned).unwrap_or_default();
    let stub =
        found.bytes().map_err(|missing| sink.report(NoStub { target: Some(&triple), missing: &missing })).ok()?;
    let pieces = exe::graft(wanted, &compiled, &triple, &stub)
        .map_err(|why| sink.report(StubUnfit { stub: &called, why: &why }))
        .ok()?;
    put(&pieces, target, &[(input, Path::new(input)), (&called, &file)], sink)?;
    shell.note(&text::made(target, &pieces, own.then_some(stub.len())));
    Some(())
}

/// The stub, what it is called, and the target it is for. `None` if there is none that fits, which is in the sink.
fn stub(wanted: &Wanted<'_>, args: &StubArgs, sink: &mut Sink) -> Option<(stubs::Found, String, String)> {
    let target = args.target.as_deref();
    let found = stubs::find(args.stub.as_deref(), target, &Places::here())
        .map_err(|missing| sink.report(NoStub { target, missing: &missing }))
        .ok()?;
    let called = match &found.origin {
        Origin::File(path) | Origin::Own(path) => path.display().to_string(),
        Origin::Embedded => "compose".into(),
    };
    let judged = match &found.says {
        None => Err(exe::Unfit::NoStub),
        Some(says) => {
            let triple = target.unwrap_or(&says.triple).to_owned();
            exe::fits(says, wanted, wanted.serves.is_some(), &triple).map(|()| triple)
        }
    };
    match judged {
        Ok(triple) => Some((found, called, triple)),
        Err(why) => {
            sink.report(StubUnfit { stub: &called, why: &why });
            None
        }
    }
}

/// Paths of a manifest are its own, wherever `compose` was started; in an executable they are those of wherever it is.
fn in_place(hosting: Hosting, folder: &Path) -> Hosting {
    let words = hosting.words.into_iter().map(|(given, word)| match given {
        Given::Dir => {
            let text = Path::new(&word.text).strip_prefix(folder).map(|path| path.to_string_lossy().into_owned());
            (given, Written { text: text.unwrap_or_else(|_| word.text.clone()), ..word })
        }
        _ => (given, word),
    });
    Hosting { words: words.collect() }
}

/// What the executable is called: the last part of the composition's name, or the file's without its ending.
fn short_name(subject: &Subject) -> String {
    let last = subject.name.rsplit(['/', '\\', ':']).next().unwrap_or_default();
    let stem = last.strip_suffix(".wasm").or_else(|| last.strip_suffix(".wat")).unwrap_or(last);
    if stem.is_empty() || stem == "-" || stem.starts_with('<') { "composed".into() } else { stem.into() }
}
