//! `compose exe upgrade`: the component of an executable, compiled again for another stub. What it is given stays.

use super::make::{StubArgs, make};
use super::{opened, report};
use crate::cli::output;
use crate::cli::shell::Shell;
use crate::diag::Sink;
use crate::host::diags::Unknown;
use crate::host::exe::Wanted;
use crate::model::request::Written;
use clap::{Args, ValueHint};

/// `compose exe upgrade`.
#[derive(Debug, Args)]
pub(super) struct Upgrade {
    /// The executable
    #[arg(value_name = "APP", value_hint = ValueHint::FilePath)]
    app: String,
    /// Where to write the new one [default: in the place of the old one]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<String>,
    #[command(flatten)]
    stub: StubArgs,
}

pub(super) fn run(args: &Upgrade, shell: &Shell) -> u8 {
    let mut sink = shell.sink();
    upgrade(args, shell, &mut sink);
    report(shell, &sink)
}

fn upgrade(args: &Upgrade, shell: &Shell, sink: &mut Sink) -> Option<()> {
    let (file, opened) = opened("upgrade", &args.app, sink)?;
    let sealed = opened.sealed;
    let portable = sealed.profile.target.as_deref().is_some_and(|target| target.starts_with("pulley"));
    let wanted = Wanted {
        name: &sealed.name,
        component: &opened.component,
        serves: sealed.serves,
        args: sealed.args,
        grants: sealed.grants,
        request_time: sealed.limits.time,
        limits: sealed.limits,
        portable: args.stub.portable || portable,
    };
    // It stays what it is unless another target is named.
    let asked = StubArgs {
        stub: args.stub.stub.clone(),
        target: args.stub.target.clone().or_else(|| Some(sealed.stub.says.triple.clone())),
        portable: wanted.portable,
    };
    let path = args.output.as_ref().unwrap_or(&file.origin);
    let target = output::file(Written::new(path), false);
    // It may take the place of the one that it is made of.
    make(&wanted, &asked, (&sealed.name, &Unknown), (&target, ""), shell, sink)
}
