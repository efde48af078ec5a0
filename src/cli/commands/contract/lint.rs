//! `compose contract lint`: faults of contracts by themselves, and what components may do.

use super::judging::{Judging, Run, Subjects};
use super::side::{self, Reader};
use crate::cli::grammar::item;
use crate::cli::request::Line;
use crate::cli::shell::Shell;
use crate::cli::usage;
use crate::contract::finding::Report;
use crate::contract::lint::{self, Binary, LintOptions};
use crate::contract::roles::unused;
use crate::contract::settle::{Scope, of_lint, settle};
use crate::contract::side::Side;
use crate::diag::visible_line;
use crate::model::item_pattern::ItemPattern;
use crate::model::near::nearest;
use clap::error::ErrorKind;
use clap::{Args, ValueHint};
use std::path::Path;
use wit_parser::WorldId;

/// `compose contract lint`.
#[derive(Debug, Args)]
pub(super) struct Lint {
    /// Contracts or components: WIT (a folder or a file), a component, a WIT package in wasm, `git:REV:PATH`, a manifest.
    /// Copies of one package at one version are held against each other
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    /// A component that is to be held against a world of the contract: what it asks for, and what it has no need of
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    component: Option<String>,
    /// The world that the component is held against, if the contract has several
    #[arg(long, value_name = "WORLD", requires = "component")]
    world: Option<String>,
    /// Interfaces that may be reached over a network: `acme:kv`, `acme:kv/store`, `acme:*`
    #[arg(long, value_name = "ITEM", value_parser = item)]
    remote: Vec<ItemPattern>,
    /// Capabilities that components may have: `wasi:sockets/*`
    #[arg(long, value_name = "ITEM", value_parser = item)]
    allow_capability: Vec<ItemPattern>,
    /// Ask rules of taste too
    #[arg(long)]
    pedantic: bool,
    /// Validate every component again, whatever earlier runs found out
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    judging: Judging,
}

pub(super) fn run(args: &Lint, shell: &Shell) -> Result<u8, clap::Error> {
    let words = || args.paths.iter().chain(&args.component);
    side::refuse_stdin(words())?;
    args.judging.run("contract lint", Subjects::at(words()), shell, |run| judged(args, run))
}

fn judged(args: &Lint, run: &mut Run<'_>) -> Result<Option<Report>, clap::Error> {
    let reader = Reader::new(args.no_cache);
    let named: Vec<&str> = run.subjects.iter().map(String::as_str).collect();
    let options = args.paths.iter().map(|_| None).chain(args.component.iter().map(|_| Some("--component")));
    let line = Line::new("compose contract lint", options.zip(named.iter().copied()));
    let mut written: Vec<_> = named.iter().enumerate().map(|(at, word)| line.part(at, 0..word.len())).collect();
    let component = args.component.as_ref().and_then(|_| written.pop());
    let mut side = |word| reader.side(word, &mut run.sink).map(|loaded| loaded.side);
    let sides: Vec<Side> = written.iter().filter_map(&mut side).collect();
    let binary = component.as_ref().and_then(side);
    if run.sink.has_errors() {
        return Ok(None);
    }
    run.has_read(sides.iter().chain(&binary).flat_map(|side| &side.texts).map(|text| &text.name));
    let policy = &mut run.configured.policy;
    policy.remote.extend(args.remote.iter().cloned());
    policy.capabilities.extend(args.allow_capability.iter().cloned());
    policy.told.extend(args.remote.iter().chain(&args.allow_capability).cloned());
    let mut faults = lint::drift(&sides.iter().collect::<Vec<_>>());
    for (side, path) in sides.iter().zip(&args.paths) {
        let options = LintOptions {
            remote: policy.remote.clone(),
            capabilities: policy.capabilities.clone(),
            pedantic: args.pedantic,
            locked: is_locked(Path::new(path)),
        };
        let binary = match &binary {
            Some(binary) if binary.component.is_none() => {
                let text = format!("`{}` is no component", visible_line(&binary.origin));
                return Err(usage(ErrorKind::InvalidValue, text));
            }
            Some(binary) => Some(Binary { side: binary, world: world(side, args.world.as_deref())? }),
            None => None,
        };
        faults.extend(lint::run(side, binary, &options));
    }
    let packages: Vec<String> =
        sides.iter().flat_map(|side| side.packages.iter().map(|package| side.package_name(*package))).collect();
    let mut report = Report {
        command: "contract lint",
        subjects: run.subjects.clone(),
        findings: faults.iter().map(lint::diags::finding).collect(),
        ..Report::default()
    };
    let has_components = sides.iter().any(|side| side.component.is_some());
    let capabilities = if has_components { policy.capabilities.as_slice() } else { &[] };
    let roles = [("remote", policy.remote.as_slice()), ("capabilities", capabilities)];
    report.findings.extend(unused(&roles, policy, sides.iter().chain(&binary)));
    settle(&mut report, policy, Scope { packages: &packages, asks: of_lint });
    Ok(Some(report))
}

/// The world that a component is held against.
fn world(side: &Side, named: Option<&str>) -> Result<WorldId, clap::Error> {
    let worlds = side.packages.iter().flat_map(|package| &side.resolve.packages[*package].worlds);
    let worlds: Vec<(&str, WorldId)> = worlds.map(|(name, id)| (name.as_str(), *id)).collect();
    let names = || worlds.iter().map(|(name, _)| *name);
    let origin = visible_line(&side.origin);
    let list = || names().collect::<Vec<_>>().join(", ");
    match (named, worlds.as_slice()) {
        (_, []) => Err(usage(ErrorKind::InvalidValue, format!("`{origin}` has no world to hold a component against"))),
        (None, [(_, world)]) => Ok(*world),
        (None, _) => {
            let text = format!("`{origin}` has several worlds\n\n  tip: say which one after --world: {}", list());
            Err(usage(ErrorKind::MissingRequiredArgument, text))
        }
        (Some(name), _) => worlds.iter().find(|(of, _)| *of == name).map(|(_, world)| *world).ok_or_else(|| {
            let tip = match nearest(name, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its worlds are {}", list()),
            };
            let text = format!("`{origin}` has no world `{}`\n\n  tip: {tip}", visible_line(name));
            usage(ErrorKind::InvalidValue, text)
        }),
    }
}

/// Whether a lockfile names the dependencies of a folder of WIT; `None` if it has none of its own.
fn is_locked(path: &Path) -> Option<bool> {
    if !path.join("deps").is_dir() {
        return None;
    }
    let around = path.parent().filter(|around| !around.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let locks = ["wkg.lock", "deps.lock"].iter().flat_map(|name| [path.join(name), around.join(name)]);
    Some(locks.into_iter().any(|lock| lock.is_file()))
}
