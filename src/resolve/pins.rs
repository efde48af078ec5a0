//! Pins: the user says what fills a socket.
//!
//! The closest pin wins (exact before wildcard, the narrower wildcard first), and of equally close ones that which names
//! the instance. A pin that does not fit is an error, never passed over. A *wildcard* asks only for what its target has,
//! so it passes over interfaces the target does not export at all; a pin that names no import of any instance is an
//! error, for it was meant to do something. Of several `*` of one instance the first that has something goes first, and
//! each has to have something that no closer pin gave.

use super::candidates::same_kind_of_name;
use super::choice::{By, Choice, Problem};
use super::diags::{
    BadPattern, ConflictingPins, PinMatchesNothing, PinMatchesSeveral, Role, SpreadWithoutUse, UnknownExport, What,
};
use super::instances::{Instances, Port};
use super::pattern::{Pattern, interface_matches};
use super::short;
use crate::diag::Sink;
use crate::model::name::{ExternName, InterfaceName};
use crate::model::near::nearest;
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
    pub(super) fn new(request: &'a Request, instances: &Instances<'_>, sink: &mut Sink) -> Self {
        let mut list: Vec<Prepared<'a>> = Vec::new();
        for pin in &request.pins {
            let whole = pin.instance.is_some() && !matches!(pin.to, PinTo::Export { .. });
            let legal = |pattern: &Pattern| *pattern != Pattern::Any || whole;
            let Some(mut pattern) = Pattern::parse(&pin.import.text).filter(legal) else {
                sink.report(BadPattern { text: &pin.import, role: Role::Pin });
                continue;
            };
            let instance = match &pin.instance {
                None => None,
                Some(name) => match instances.named(name, What::Pinned, sink) {
                    Some(id) => Some(id),
                    None => continue,
                },
            };
            let target = target(pin, instances, sink);
            if let Some(id) = instance {
                match aim(pin, &pattern, &target, id, instances) {
                    Aim::At(exact) => pattern = exact,
                    Aim::Several(known) => {
                        sink.report(PinMatchesSeveral { pin, known: &known });
                        continue;
                    }
                    Aim::AsWritten => {}
                }
            }
            let same = |other: &&Prepared<'_>| other.pattern == pattern && other.instance == instance;
            if let Some(same) = list.iter().filter(|_| pattern != Pattern::Any).find(same) {
                if !same_target(&same.pin.to, &pin.to) {
                    sink.report(ConflictingPins { first: same.pin, second: pin });
                }
                continue;
            }
            let prepared = Prepared { pin, pattern, instance, target };
            if !prepared.matches_something(instances) {
                report_idle(&prepared, instances, sink);
            }
            list.push(prepared);
        }
        let pins = Self { list };
        pins.report_spreads_without_use(instances, sink);
        pins
    }

    /// Reports each `*` to an instance of which nothing is taken.
    fn report_spreads_without_use(&self, instances: &Instances<'_>, sink: &mut Sink) {
        for (at, spread) in self.list.iter().enumerate().filter(|(_, pin)| pin.pattern == Pattern::Any) {
            let (Some(id), Target::Instance(target)) = (spread.instance, &spread.target) else { continue };
            let takes = |socket| self.chosen(instances, socket).is_some_and(|(chosen, _)| chosen == at);
            if !instances.sockets(id).any(takes) {
                let names = |ports: Vec<Port<'_>>| ports.iter().map(|port| port.name().to_string()).collect();
                sink.report(SpreadWithoutUse {
                    spread: target_word(spread.pin),
                    into: Some(instances.name(id)),
                    exports: names(instances.plugs(*target).map(|plug| instances.export(plug)).collect()),
                    imports: names(instances.sockets(id).map(|socket| instances.import(socket)).collect()),
                });
            }
        }
    }

    /// What the pins say about a socket.
    pub(super) fn choose(&self, instances: &Instances<'_>, socket: Socket) -> Option<Choice<'a>> {
        self.chosen(instances, socket).map(|(_, choice)| choice)
    }

    /// The pin that decides a socket, by its position, and what it decides.
    fn chosen(&self, instances: &Instances<'_>, socket: Socket) -> Option<(usize, Choice<'a>)> {
        let port = instances.import(socket);
        let name = port.name();
        let mut matching: Vec<(_, usize)> = self
            .list
            .iter()
            .enumerate()
            .filter(|(_, pin)| pin.instance.is_none_or(|id| id == socket.instance))
            .filter_map(|(at, pin)| Some(((pin.pattern.matches(&name)?, pin.instance.is_none()), at)))
            .collect();
        matching.sort_by_key(|(order, _)| *order);
        matching.into_iter().find_map(|(_, at)| Some((at, self.list[at].apply(instances, socket, &port)?)))
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

/// What the left side of a pin comes to, when the imports of its instance are looked at.
enum Aim {
    /// This import.
    At(Pattern),
    /// One of these.
    Several(Vec<String>),
    /// What is written.
    AsWritten,
}

/// Finds the import that a short or inferred name stands for.
fn aim(pin: &Pin, pattern: &Pattern, target: &Target, id: InstanceId, instances: &Instances<'_>) -> Aim {
    let names = || instances.sockets(id).map(|socket| (socket, instances.import(socket).name()));
    let exact = |socket: Socket| match instances.import(socket).name() {
        ExternName::Interface(name) => Aim::At(Pattern::Interface(name)),
        ExternName::Plain(name) => Aim::At(Pattern::Plain(name)),
    };
    let own = match target {
        Target::Export(plug) => Some(instances.export(*plug).name()),
        _ => None,
    };
    let named_like = || names().find(|(_, name)| Some(name) == own.as_ref()).map(|(socket, _)| socket);
    if let Some(socket) = named_like().filter(|_| pin.inferred) {
        return exact(socket);
    }
    let Pattern::Plain(text) = pattern else { return Aim::AsWritten };
    let meant = short::meant(text, names());
    match meant.as_slice() {
        [] => Aim::AsWritten,
        [socket] => exact(*socket),
        _ => match named_like().filter(|socket| meant.contains(socket)) {
            Some(socket) => exact(socket),
            None => Aim::Several(meant.into_iter().map(|socket| instances.import(socket).name().to_string()).collect()),
        },
    }
}

/// The word that names the target of a pin.
fn target_word(pin: &Pin) -> &Written {
    match &pin.to {
        PinTo::Instance(word) | PinTo::Open(word) => word,
        PinTo::Export { instance, .. } => instance,
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
    let by_word = || {
        let names = plugs.iter().map(|plug| (plug, instances.export(*plug).name()));
        match short::meant(&export.text, names).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    };
    let found = exact.or_else(by_interface).or_else(by_word).copied();
    if found.is_none() {
        let names: Vec<String> = plugs.iter().map(|plug| instances.export(*plug).name().to_string()).collect();
        let near = near_name(&export.text, &names);
        sink.report(UnknownExport { instance: instances.name(id), export, near, known: &names });
    }
    found
}

/// The known name a wrong one is nearest to, versions left aside first.
pub(super) fn near_name<'n>(text: &str, known: &'n [String]) -> Option<&'n str> {
    let bare = text.split('@').next().unwrap_or(text);
    let same = known.iter().find(|name| name.split('@').next() == Some(bare));
    same.map(String::as_str).or_else(|| {
        let bares: Vec<&str> = known.iter().map(|name| name.split('@').next().unwrap_or(name)).collect();
        let near = nearest(bare, bares.iter().copied())?;
        known.iter().find(|name| name.split('@').next() == Some(near)).map(String::as_str)
    })
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
    let near = near_name(&prepared.pin.import.text, &known);
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
