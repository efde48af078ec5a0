//! A case's run of a command: its folder, what it is given, what it printed and left.

use super::case::{Case, Command};
use super::ended::{failed, trapped};
use super::fault::{About, Fault};
use super::play::{Ground, Played, lossy, span_of, text};
use crate::sources::read_plain;
use compose_engine::{Capability, Directory, Host, Program, Stream};
use std::path::Path;

pub(super) fn command(
    case: &Case,
    command: &Command,
    program: &Program,
    mut host: Host,
    ground: &Ground<'_>,
    played: &mut Played,
) -> Result<(), Fault> {
    played.reached.push("wasi:cli/run".into());
    let folder = folder(case, command)?;
    if let Some(folder) = &folder {
        let host_folder = folder.path().to_string_lossy().into_owned();
        host.grants.shut.retain(|word| word != Capability::Directories.word());
        host.grants.dirs.push(Directory { host: host_folder, guest: "/".into(), read_only: false });
    }
    host.args = std::iter::once(ground.name.to_owned()).chain(command.args.iter().cloned()).collect();
    host.stdin = Stream::Bytes(command.stdin.clone().into_bytes());
    let outcome = match program.run(&host) {
        Ok(outcome) => outcome,
        Err(error) => {
            let fault =
                trapped(command.trap.as_ref(), &error).unwrap_or_else(|| Some(failed(&error, "", case.at(), ground)));
            played.faults.extend(fault);
            return Ok(());
        }
    };
    played.fuel = outcome.fuel;
    let (stdout, stderr) = (lossy(&outcome.stdout), lossy(&outcome.stderr));
    let faults = &mut played.faults;
    if let Some(expected) = &command.trap {
        let actual = format!("status {}", outcome.exit);
        faults.push(Fault { at: span_of(expected), about: About::NoTrap { actual } });
    }
    if let Some((expected, at)) = &command.exit
        && *expected != outcome.exit
    {
        let about = About::Exit { expected: *expected, actual: outcome.exit, said: stderr.clone() };
        faults.push(Fault { at: at.clone(), about });
    }
    text("stdout", command.stdout.as_ref(), &stdout, faults);
    text("stderr", command.stderr.as_ref(), &stderr, faults);
    if let Some(folder) = &folder {
        left(command, folder.path(), faults);
    }
    played.shown = format!("exit {}\n--- stdout\n{stdout}--- stderr\n{stderr}", outcome.exit);
    Ok(())
}

/// The folder of a command with its files in it.
fn folder(case: &Case, command: &Command) -> Result<Option<tempfile::TempDir>, Fault> {
    if command.files.is_empty() && command.leaves.is_empty() {
        return Ok(None);
    }
    let made = tempfile::tempdir().and_then(|folder| {
        for (name, content) in &command.files {
            let path = folder.path().join(name);
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::write(path, content)?;
        }
        Ok(folder)
    });
    made.map(Some).map_err(|error| {
        let about = About::Word { message: error.to_string(), notes: Vec::new(), help: Vec::new() };
        Fault { at: case.at(), about }
    })
}

/// What a command left in its folder.
fn left(command: &Command, folder: &Path, faults: &mut Vec<Fault>) {
    for (name, expected) in &command.leaves {
        // A link that a command left may lead to a device.
        match read_plain(&folder.join(&name.text)) {
            Ok(content) => text(&name.text, Some(expected), &lossy(&content), faults),
            Err(_) => {
                let mut there = Vec::new();
                list(folder, "", &mut there);
                let about = About::NotLeft { file: name.text.clone(), there };
                faults.push(Fault { at: span_of(name), about });
            }
        }
    }
}

/// The files below a folder, in the order of their names.
fn list(folder: &Path, before: &str, out: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{before}{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list(&entry.path(), &format!("{name}/"), out),
            _ => out.push(name),
        }
    }
}
