//! Pins: the user says what fills a socket.
//!
//! The closest pin wins (exact before wildcard, the narrower wildcard first), and of equally close ones that which names
//! the instance. A pin that does not fit is an error, never passed over. A *wildcard* asks only for what its target has,
//! so it passes over interfaces the target does not export at all; a pin that names no import of any instance is an
//! error, for it was meant to do something.

use super::candidates::same_kind_of_name;
use super::choice::{By, Choice, Problem};
use super::diags::{BadPattern, ConflictingPins, PinMatchesNothing, Role, UnknownExport, What};
use super::instances::{Instances, Port};
use crate::diag::Sink;
use crate::model::name::{ExternName, InterfaceName};
use crate::model::near::nearest_name;
use crate::model::pattern::{Pattern, Place, interface_matches};
use crate::model::plan::{InstanceId, Plug, Reason, Socket};
use crate::model::request::{Pin, PinTo, Request, Written};
use crate::types::fit::fits;

/// All pins, ready to be asked.
pub(super) struct Pins<'a> {
    list: Vec<Prepared<'a>>,
}

struct Prepared<'a> {
    pin: &'a Pin,
    pattern: Pattern,
    instance: Option<InstanceId>,
    target: Target,
}

enum Target {
    Instance(InstanceId),
    Export(Plug),
    Open,
    /// The right side names nothing; that was reported.
    Broken,
}

impl<'a> Pins<'a> {
    /// Reads the pins and reports those that cannot mean anything.
    pub(super) fn new(request: &'a Request, instances: &Instances<'_>, incomplete: bool, sink: &mut Sink) -> Self {
        let mut list: Vec<Prepared<'a>> = Vec::new();
        for pin in &request.pins {
            let pattern = match Pattern::parse(&pin.import.text, Place::Wire) {
                Ok(pattern) => pattern,
                Err(fault) => {
                    sink.report(BadPattern { text: &pin.import, role: Role::Pin, fault: Some(fault) });
                    continue;
                }
            };
            let instance = match &pin.instance {
                None => None,
                Some(name) => match instances.named(name, What::Pinned, sink) {
                    Some(id) => Some(id),
                    None => continue,
                },
            };
            let target = target(pin, instances, sink);
            if let Some(same) = list.iter().find(|other| other.pattern == pattern && other.instance == instance) {
                if !same_target(&same.pin.to, &pin.to) {
                    sink.report(ConflictingPins { first: same.pin, second: pin });
                }
                continue;
            }
            let prepared = Prepared { pin, pattern, instance, target };
            // A wire of any instance may be meant for an input that could not be read.
            let of_a_lost_one = incomplete && instance.is_none();
            if !of_a_lost_one && !prepared.matches_something(instances) {
                report_idle(&prepared, instances, sink);
            }
            list.push(prepared);
        }
        Self { list }
    }

    /// What the pins say about a socket.
    pub(super) fn choose(&self, instances: &Instances<'_>, socket: Socket) -> Option<Choice<'a>> {
        let port = instances.import(socket);
        let name = port.name();
        let mut matching: Vec<(_, &Prepared<'a>)> = self
            .list
            .iter()
            .filter(|pin| pin.instance.is_none_or(|id| id == socket.instance))
            .filter_map(|pin| Some(((pin.pattern.matches(&name)?, pin.instance.is_none()), pin)))
            .collect();
        matching.sort_by_key(|(order, _)| *order);
        matching.into_iter().find_map(|(_, pin)| pin.apply(instances, socket, &port))
    }
}

impl<'a> Prepared<'a> {
    /// What this pin, which names the socket, does with it; `None` if it passes over it.
    fn apply(&self, instances: &Instances<'_>, socket: Socket, port: &Port<'_>) -> Option<Choice<'a>> {
        let plug = match self.target {
            Target::Broken => return Some(Choice::Broken(Problem::Silent)),
            Target::Open => return Some(Choice::Open(Reason::PinnedOpen(written(self.pin)))),
            Target::Export(plug) => plug,
            Target::Instance(id) => {
                // One pin for all instances cannot mean the target itself.
                if id == socket.instance && self.instance.is_none() {
                    return None;
                }
                match plug_of(instances, id, port) {
                    Ok(plug) => plug,
                    Err(NoPlug::Nothing) if self.pattern.is_wildcard() => return None,
                    Err(NoPlug::Nothing) => {
                        return Some(Choice::Broken(Problem::TargetLacks { by: By::Pin(self.pin), target: id }));
                    }
                    Err(NoPlug::Several(plugs)) => return Some(Choice::Several(plugs)),
                }
            }
        };
        if plug.instance == socket.instance {
            return Some(Choice::Broken(Problem::OwnImport { pin: self.pin }));
        }
        Some(match fits(instances.export(plug).view(), port.view()) {
            Ok(_) => Choice::Wire(plug, Reason::Pin(written(self.pin))),
            Err(mismatch) => Choice::Broken(Problem::Misfit { plugs: vec![(plug, mismatch)], by: By::Pin(self.pin) }),
        })
    }

    fn matches_something(&self, instances: &Instances<'_>) -> bool {
        let of =
            |id| instances.sockets(id).any(|socket| self.pattern.matches(&instances.import(socket).name()).is_some());
        match self.instance {
            Some(id) => of(id),
            None => instances.ids().any(of),
        }
    }
}

/// Why an instance has no plug for a socket.
pub(super) enum NoPlug {
    /// It exports nothing of that name on that track.
    Nothing,
    /// It exports several that fit.
    Several(Vec<Plug>),
}

/// The export of an instance that is meant when the user names the instance only.
///
/// A labelled socket prefers the plug of its label; an unlabelled plug goes before labelled ones; of several versions the
/// one asked for, else the only one that fits.
pub(super) fn plug_of(instances: &Instances<'_>, id: InstanceId, port: &Port<'_>) -> Result<Plug, NoPlug> {
    let mut plugs: Vec<Plug> =
        instances.plugs(id).filter(|plug| same_kind_of_name(port, &instances.export(*plug))).collect();
    let mut prefer = |keep: &dyn Fn(&Plug) -> bool| {
        if plugs.iter().any(keep) {
            plugs.retain(keep);
        }
    };
    prefer(&|plug| instances.export(*plug).label() == port.label());
    prefer(&|plug| instances.export(*plug).label().is_none());
    let version = |port: &Port<'_>| port.interface().and_then(|name| name.full_version().cloned());
    prefer(&|plug| version(&instances.export(*plug)) == version(port));
    prefer(&|plug| fits(instances.export(*plug).view(), port.view()).is_ok());
    match plugs.as_slice() {
        [] => Err(NoPlug::Nothing),
        [plug] => Ok(*plug),
        _ => Err(NoPlug::Several(plugs)),
    }
}

/// The export of an instance by the name a user wrote; what is not there is reported.
pub(super) fn export_named(
    instances: &Instances<'_>,
    id: InstanceId,
    export: &Written,
    sink: &mut Sink,
) -> Option<Plug> {
    let plugs: Vec<Plug> = instances.plugs(id).collect();
    let exact = plugs.iter().find(|plug| instances.export(**plug).name().to_string() == export.text);
    let by_interface = || {
        let wanted = InterfaceName::parse(&export.text, None)?;
        let mut of_it = plugs.iter().filter(|plug| {
            let port = instances.export(**plug);
            matches!(port.name(), ExternName::Interface(name) if interface_matches(&wanted, &name).is_some())
        });
        let first = of_it.next();
        if of_it.next().is_some() { None } else { first }
    };
    let found = exact.or_else(by_interface).copied();
    if found.is_none() {
        let names: Vec<String> = plugs.iter().map(|plug| instances.export(*plug).name().to_string()).collect();
        let near = nearest_name(&export.text, names.iter().map(String::as_str));
        sink.report(UnknownExport { instance: instances.name(id), export, near, known: &names });
    }
    found
}

fn target(pin: &Pin, instances: &Instances<'_>, sink: &mut Sink) -> Target {
    let found = match &pin.to {
        PinTo::Open(_) => Some(Target::Open),
        PinTo::Instance(name) => instances.named(name, What::PinTarget, sink).map(Target::Instance),
        PinTo::Export { instance, export } => instances
            .named(instance, What::PinTarget, sink)
            .and_then(|id| export_named(instances, id, export, sink))
            .map(Target::Export),
    };
    found.unwrap_or(Target::Broken)
}

fn same_target(a: &PinTo, b: &PinTo) -> bool {
    match (a, b) {
        (PinTo::Open(_), PinTo::Open(_)) => true,
        (PinTo::Instance(a), PinTo::Instance(b)) => a.text == b.text,
        (PinTo::Export { instance: a, export: x }, PinTo::Export { instance: b, export: y }) => {
            a.text == b.text && x.text == y.text
        }
        _ => false,
    }
}

fn report_idle(prepared: &Prepared<'_>, instances: &Instances<'_>, sink: &mut Sink) {
    let names = |id| instances.sockets(id).map(|socket| instances.import(socket).name().to_string());
    let mut known: Vec<String> = match prepared.instance {
        Some(id) => names(id).collect(),
        None => instances.ids().flat_map(names).collect(),
    };
    known.sort();
    known.dedup();
    let near = nearest_name(&prepared.pin.import.text, known.iter().map(String::as_str));
    sink.report(PinMatchesNothing { pin: prepared.pin, near, known: &known });
}

/// A pin as it would stand on the command line.
pub(super) fn written(pin: &Pin) -> String {
    let import = match &pin.instance {
        Some(instance) => format!("{}:{}", instance.text, pin.import.text),
        None => pin.import.text.clone(),
    };
    match &pin.to {
        PinTo::Instance(to) => format!("{import}={}", to.text),
        PinTo::Export { instance, export } => format!("{import}={}.{}", instance.text, export.text),
        PinTo::Open(_) => format!("{import}=open"),
    }
}
