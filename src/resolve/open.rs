//! Which imports may stay open: patterns of `allow`, and of `deny`, which win.
//!
//! A permission is about what a host must bring, so a labelled import may be named by its label or by its interface, and
//! a resource's functions go with the resource. What is open by permission is merged in `merge`.

use super::choice::{Choice, Problem};
use super::diags::{BadPattern, DenyMatchesNothing, Role};
use super::instances::Instances;
use crate::diag::Sink;
use crate::model::name::{ExternName, InterfaceName};
use crate::model::near::nearest_name;
use crate::model::pattern::{Pattern, Place};
use crate::model::plan::Reason;
use crate::model::request::{Request, Written};

/// The patterns of a request.
pub(super) struct Permissions<'a> {
    allow: Vec<(Pattern, &'a Written)>,
    deny: Vec<(Pattern, &'a Written)>,
    /// Whether a pattern could not be read, so that it is not known what it would have allowed.
    pub(super) faulty: bool,
}

/// What the patterns say about an import.
pub(super) enum Permission<'a> {
    /// It may stay open, by this pattern.
    Allowed(String),
    /// It may not, by this pattern.
    Denied(&'a Written),
    /// No pattern speaks of it, so it may not.
    Unmentioned,
}

impl<'a> Permissions<'a> {
    /// Reads the patterns.
    pub(super) fn new(request: &'a Request, sink: &mut Sink) -> Self {
        let mut faulty = false;
        let mut read = |patterns: &'a [Written]| {
            let mut list = Vec::new();
            for pattern in patterns {
                match Pattern::parse(&pattern.text, Place::Permission) {
                    Ok(parsed) => list.push((parsed, pattern)),
                    Err(fault) => {
                        faulty = true;
                        sink.report(BadPattern { text: pattern, role: Role::Permission, fault: Some(fault) });
                    }
                }
            }
            list
        };
        let (allow, deny) = (read(&request.allow), read(&request.deny));
        Self { allow, deny, faulty }
    }

    /// Reports denied patterns that deny nothing that any input has. A misspelt one would let through what it was to stop;
    /// what hosts are known to have may be denied before anybody asks for it.
    pub(super) fn report_idle(&self, instances: &Instances<'_>, sink: &mut Sink) {
        let mut names = Vec::new();
        for id in instances.ids() {
            let imports = instances.sockets(id).map(|socket| instances.import(socket));
            names.extend(imports.flat_map(|port| [Some(port.name()), port.interface().map(ExternName::Interface)]));
            let exports = instances.plugs(id).map(|plug| instances.export(plug));
            names.extend(exports.map(|port| Some(port.name())));
        }
        let names: Vec<ExternName> = names.into_iter().flatten().collect();
        for (pattern, written) in &self.deny {
            if names.iter().any(|name| pattern.permits(name)) {
                continue;
            }
            let mut known: Vec<String> = match pattern {
                Pattern::Any => continue,
                _ if sink.is_crowded() => Vec::new(),
                Pattern::Namespace(_) => interfaces(&names).map(|name| format!("{}:*", name.namespace)).collect(),
                Pattern::Package(_) => interfaces(&names).map(|name| format!("{}/*", name.package_id())).collect(),
                Pattern::Interface(_) | Pattern::Plain(_) => names.iter().map(ToString::to_string).collect(),
            };
            known.sort();
            let near = nearest_name(&written.text, known.iter().map(String::as_str));
            if near.is_some() || !of_hosts(pattern) {
                sink.report(DenyMatchesNothing { pattern: written, near });
            }
        }
    }

    /// Whether an import may stay open.
    pub(super) fn of(&self, name: &ExternName, interface: Option<&InterfaceName>) -> Permission<'a> {
        let by_interface = interface.cloned().map(ExternName::Interface);
        let names = [Some(name), by_interface.as_ref()];
        let first = |list: &[(Pattern, &'a Written)]| {
            let permits = |pattern: &Pattern| names.iter().flatten().any(|name| pattern.permits(name));
            list.iter().find(|(pattern, _)| permits(pattern)).map(|(_, written)| *written)
        };
        match (first(&self.deny), first(&self.allow)) {
            (Some(denied), _) => Permission::Denied(denied),
            (None, Some(allowed)) => Permission::Allowed(allowed.text.clone()),
            (None, None) => Permission::Unmentioned,
        }
    }

    /// A pin needs no permission to leave an import open, but it cannot leave open what is denied.
    pub(super) fn restrict(&self, choice: Choice<'a>, name: &ExternName) -> Choice<'a> {
        match choice {
            Choice::Open(Reason::PinnedOpen(pin)) => match self.of(name, name.interface()) {
                Permission::Denied(pattern) => Choice::Broken(Problem::DeniedPin { pattern, pin }),
                _ => Choice::Open(Reason::PinnedOpen(pin)),
            },
            other => other,
        }
    }
}

fn interfaces(names: &[ExternName]) -> impl Iterator<Item = &InterfaceName> {
    names.iter().filter_map(ExternName::interface)
}

/// The packages of `wasi` that hosts bring.
const OF_HOSTS: [&str; 14] = [
    "blobstore",
    "cli",
    "clocks",
    "config",
    "filesystem",
    "http",
    "io",
    "keyvalue",
    "logging",
    "messaging",
    "nn",
    "random",
    "sockets",
    "tls",
];

/// Whether a pattern denies something that hosts are known to have.
fn of_hosts(pattern: &Pattern) -> bool {
    let known = |package: &str| package.strip_prefix("wasi:").is_some_and(|name| OF_HOSTS.contains(&name));
    match pattern {
        Pattern::Any => true,
        Pattern::Namespace(namespace) => namespace == "wasi",
        Pattern::Package(package) => known(package),
        Pattern::Interface(name) => known(&name.package_id()),
        Pattern::Plain(_) => false,
    }
}
