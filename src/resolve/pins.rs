//! Pins: the user says what fills a socket.
//!
//! The closest pin wins (exact before wildcard, the narrower wildcard first), and of equally close ones that which names
//! the instance. A pin that does not fit is an error, never passed over. A *wildcard* asks only for what its target has,
//! so it passes over interfaces the target does not export at all; a pin that names no import of any instance is an
//! error, for it was meant to do something. Of several `*` of one instance the first that has something goes first, and
//! each has to have something that no closer pin gave.

use super::choice::{By, Choice, Problem};
use super::diags::{BadPattern, ConflictingPins, PinMatchesNothing, PinMatchesSeveral, Role, SpreadWithoutUse, What};
use super::instances::{Instances, Port};
use super::plugs::{NoPlug, export_inside, fitting, plug_of};
use super::short;
use crate::diag::Sink;
use crate::model::import_pattern::{ImportPattern, Place};
use crate::model::name::{ExternName, InterfaceName};
use crate::model::near::nearest_name;
use crate::model::plan::{InstanceId, Plug, Reason, Socket};
use crate::model::request::{DECLARED, Pin, PinTo, Request, Written};
use crate::types::fit::fits;
use std::collections::{BTreeMap, BTreeSet};

/// All pins, ready to be asked.
pub(super) struct Pins<'a> {
    list: Vec<Prepared<'a>>,
    /// Where those stand that name one import: by its name without the version.
    exact: BTreeMap<String, Vec<usize>>,
    /// Where the others stand.
    wildcards: Vec<usize>,
    /// What pins were to take that name no import, which was reported.
    meant: BTreeSet<InstanceId>,
}

struct Prepared<'a> {
    pin: &'a Pin,
    pattern: ImportPattern,
    instance: Option<InstanceId>,
    target: Target,
}

enum Target {
    Instance(InstanceId),
    /// An export, something inside of one, or the instance as a whole.
    Export(Plug),
    Fitting(InstanceId),
    Open,
    /// The right side names nothing; that was reported.
    Broken,
}

impl Target {
    fn instance(&self) -> Option<InstanceId> {
        match self {
            Self::Instance(id) | Self::Fitting(id) => Some(*id),
            Self::Export(plug) => Some(plug.instance),
            Self::Open | Self::Broken => None,
        }
    }
}

impl<'a> Pins<'a> {
    /// Reads the pins and reports those that cannot mean anything.
    pub(super) fn new(request: &'a Request, instances: &Instances<'_>, incomplete: bool, sink: &mut Sink) -> Self {
        let (mut list, mut meant): (Vec<Prepared<'a>>, _) = (Vec::new(), BTreeSet::new());
        let mut known: BTreeMap<(ImportPattern, Option<InstanceId>), usize> = BTreeMap::new();
        for pin in &request.pins {
            let spread = pin.instance.is_some() && !matches!(pin.to, PinTo::Whole(_) | PinTo::Fitting(_));
            let place = if spread { Place::Permission } else { Place::Wire };
            let mut pattern = match ImportPattern::parse(&pin.import.text, place) {
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
            if let Some(id) = instance {
                match aim(pin, &pattern, &own_names(request, pin, &target, instances), id, instances) {
                    Aim::At(exact) => pattern = exact,
                    Aim::Several(known) => {
                        sink.report(PinMatchesSeveral { pin, known: &known });
                        continue;
                    }
                    Aim::AsWritten => {}
                }
            }
            if pattern != ImportPattern::Any {
                if let Some(same) = known.get(&(pattern.clone(), instance)).map(|at| &list[*at]) {
                    if !same_target(&same.pin.to, &pin.to) {
                        sink.report(ConflictingPins { first: same.pin, second: pin });
                    }
                    continue;
                }
                known.insert((pattern.clone(), instance), list.len());
            }
            let prepared = Prepared { pin, pattern, instance, target };
            // A wire of any instance may be meant for an input that could not be read; of `*` it is asked later whether
            // it has a use.
            let of_a_lost_one = incomplete && instance.is_none();
            let judged = prepared.pattern != ImportPattern::Any && !of_a_lost_one;
            if judged && !prepared.matches_something(instances) {
                report_idle(&prepared, instances, sink);
                meant.extend(prepared.target.instance());
            }
            list.push(prepared);
        }
        let (mut exact, mut wildcards) = (BTreeMap::<_, Vec<usize>>::new(), Vec::new());
        for (at, pin) in list.iter().enumerate() {
            match pin.pattern.unversioned() {
                Some(name) => exact.entry(name).or_default().push(at),
                None => wildcards.push(at),
            }
        }
        let pins = Self { list, exact, wildcards, meant };
        pins.report_spreads_without_use(instances, sink);
        pins
    }

    /// Reports each `*` to an instance of which nothing is taken.
    fn report_spreads_without_use(&self, instances: &Instances<'_>, sink: &mut Sink) {
        for (at, spread) in self.list.iter().enumerate().filter(|(_, pin)| pin.pattern == ImportPattern::Any) {
            let Some(id) = spread.instance else { continue };
            let offered = match &spread.target {
                Target::Instance(target) => {
                    instances.plugs(*target).map(|plug| instances.export(plug).name().to_string()).collect()
                }
                Target::Export(plug) => instances.export(*plug).items(),
                Target::Fitting(_) | Target::Open | Target::Broken => continue,
            };
            // One before it whose right side is not known may be what takes all that this one was to take.
            let may_be_taken = self.list[..at].iter().any(|before| {
                before.pattern == ImportPattern::Any
                    && before.instance == Some(id)
                    && matches!(before.target, Target::Broken)
            });
            if may_be_taken {
                continue;
            }
            let takes = |socket| self.chosen(instances, socket).is_some_and(|(chosen, _)| chosen == at);
            if !instances.sockets(id).any(takes) {
                let word = match &spread.pin.to {
                    PinTo::Export { export, .. } => export,
                    other => other.word(),
                };
                let imports = instances.sockets(id).map(|socket| instances.import(socket).name().to_string());
                sink.report(SpreadWithoutUse {
                    spread: word,
                    into: Some(instances.name(id)),
                    exports: offered,
                    imports: imports.collect(),
                });
            }
        }
    }

    /// Whether something of an instance was to be taken by a pin with which something is wrong, which was reported.
    pub(super) fn were_to_take(&self, id: InstanceId) -> bool {
        self.meant.contains(&id)
    }

    /// What the pins say about a socket.
    pub(super) fn choose(&self, instances: &Instances<'_>, socket: Socket) -> Option<Choice<'a>> {
        self.chosen(instances, socket).map(|(_, choice)| choice)
    }

    /// The pin that decides a socket, by its position, and what it decides.
    fn chosen(&self, instances: &Instances<'_>, socket: Socket) -> Option<(usize, Choice<'a>)> {
        let port = instances.import(socket);
        let name = port.name();
        let unversioned = match &name {
            ExternName::Interface(name) => name.unversioned(),
            ExternName::Plain(name) => name.clone(),
        };
        let exact = self.exact.get(&unversioned).into_iter().flatten();
        let mut matching: Vec<(_, usize)> = exact
            .chain(&self.wildcards)
            .map(|at| (*at, &self.list[*at]))
            .filter(|(_, pin)| pin.instance.is_none_or(|id| id == socket.instance))
            .filter_map(|(at, pin)| Some(((pin.pattern.matches(&name)?, pin.instance.is_none()), at)))
            .collect();
        matching.sort();
        matching.into_iter().find_map(|(_, at)| Some((at, self.list[at].apply(instances, socket, &port)?)))
    }
}

impl<'a> Prepared<'a> {
    /// What this pin, which names the socket, does with it; `None` if it passes over it.
    fn apply(&self, instances: &Instances<'_>, socket: Socket, port: &Port<'_>) -> Option<Choice<'a>> {
        let plug = match self.target {
            Target::Broken => return Some(Choice::Broken(Problem::Silent)),
            Target::Open => return Some(Choice::Open(Reason::PinnedOpen(written(self.pin)))),
            Target::Export(outer) if self.pattern == ImportPattern::Any => instances.inside(outer, port.text)?,
            Target::Export(plug) => plug,
            Target::Fitting(id) => match fitting(instances, id, port).as_slice() {
                [plug] => *plug,
                [] => return Some(Choice::Broken(Problem::TargetLacks { by: By::Pin(self.pin), target: id })),
                several => return Some(Choice::Several(several.to_vec())),
            },
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
    At(ImportPattern),
    /// One of these.
    Several(Vec<String>),
    /// What is written.
    AsWritten,
}

/// The names that the right side of a pin goes by itself: an inferred argument means the import of that name.
fn own_names(request: &Request, pin: &Pin, target: &Target, instances: &Instances<'_>) -> Vec<ExternName> {
    let interface = match &pin.to {
        PinTo::Export { instance, export, inner } if instance.text == DECLARED && inner.is_empty() => {
            let declared = request.declared.iter().find(|declared| declared.name.text == export.text);
            declared.and_then(|declared| InterfaceName::parse(&declared.what.text, None)).map(ExternName::Interface)
        }
        _ => None,
    };
    let name = match target {
        Target::Export(plug) => Some(instances.export(*plug).name()),
        _ => None,
    };
    interface.into_iter().chain(name).collect()
}

/// Finds the import that a short or inferred name stands for.
fn aim(pin: &Pin, pattern: &ImportPattern, own: &[ExternName], id: InstanceId, instances: &Instances<'_>) -> Aim {
    let names = || instances.sockets(id).map(|socket| (socket, instances.import(socket).name()));
    let exact = |socket: Socket| match instances.import(socket).name() {
        ExternName::Interface(name) => Aim::At(ImportPattern::Interface(name)),
        ExternName::Plain(name) => Aim::At(ImportPattern::Plain(name)),
    };
    let named = |own: &ExternName| names().find(|(_, name)| name == own).map(|(socket, _)| socket);
    let named_like = || own.iter().find_map(named);
    if let Some(socket) = named_like().filter(|_| pin.inferred) {
        return exact(socket);
    }
    let ImportPattern::Plain(text) = pattern else { return Aim::AsWritten };
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

fn target(pin: &Pin, instances: &Instances<'_>, sink: &mut Sink) -> Target {
    let found = match &pin.to {
        PinTo::Open(_) => Some(Target::Open),
        PinTo::Instance(name) => instances.named(name, What::PinTarget, sink).map(Target::Instance),
        PinTo::Export { instance, export, inner } => instances
            .named(instance, What::PinTarget, sink)
            .and_then(|id| export_inside(instances, id, export, inner, sink))
            .map(Target::Export),
        PinTo::Whole(name) => {
            let id = instances.named(name, What::PinTarget, sink);
            id.and_then(|id| instances.whole(id)).map(Target::Export)
        }
        PinTo::Fitting(name) => instances.named(name, What::PinTarget, sink).map(Target::Fitting),
    };
    found.unwrap_or(Target::Broken)
}

fn same_target(a: &PinTo, b: &PinTo) -> bool {
    match (a, b) {
        (PinTo::Open(_), PinTo::Open(_)) => true,
        (PinTo::Instance(a), PinTo::Instance(b))
        | (PinTo::Whole(a), PinTo::Whole(b))
        | (PinTo::Fitting(a), PinTo::Fitting(b)) => a.text == b.text,
        (
            PinTo::Export { instance: a, export: x, inner: one },
            PinTo::Export { instance: b, export: y, inner: other },
        ) => {
            let texts = |names: &[Written]| names.iter().map(|name| name.text.clone()).collect::<Vec<_>>();
            a.text == b.text && x.text == y.text && texts(one) == texts(other)
        }
        _ => false,
    }
}

fn report_idle(prepared: &Prepared<'_>, instances: &Instances<'_>, sink: &mut Sink) {
    if sink.is_crowded() {
        sink.report(PinMatchesNothing { pin: prepared.pin, near: None, known: None });
        return;
    }
    let names = |id| instances.sockets(id).map(|socket| instances.import(socket).name().to_string());
    let mut known: Vec<String> = match prepared.instance {
        Some(id) => names(id).collect(),
        None => instances.ids().flat_map(names).collect(),
    };
    known.sort();
    known.dedup();
    let near = nearest_name(&prepared.pin.import.text, known.iter().map(String::as_str));
    sink.report(PinMatchesNothing { pin: prepared.pin, near, known: Some(&known) });
}

/// A pin as it would stand on the command line.
pub(super) fn written(pin: &Pin) -> String {
    let import = match &pin.instance {
        Some(instance) => format!("{}:{}", instance.text, pin.import.text),
        None => pin.import.text.clone(),
    };
    match &pin.to {
        PinTo::Instance(to) | PinTo::Whole(to) | PinTo::Fitting(to) => format!("{import}={}", to.text),
        PinTo::Export { instance, export, inner } => {
            let inner: String = inner.iter().map(|name| format!("#{}", name.text)).collect();
            match instance.text.as_str() {
                DECLARED => format!("{import}={}{inner}", export.text),
                instance => format!("{import}={instance}.{}{inner}", export.text),
            }
        }
        PinTo::Open(_) => format!("{import}=open"),
    }
}
