//! What was to fill an import and cannot: its type is another one, or the instance that was chosen does not have it.
//!
//! Where the user chose, the choice is at fault before the types are: the first place shown is the user's word, and the
//! help says what would do in its place.

use super::sockets::indented;
use super::{PlugFacts, Port, SocketFacts, open_lines, pin_to_export, quoted};
use crate::diag::{Code, Diagnostic};
use crate::model::listed::{MOST, subject};
use crate::model::name::InterfaceName;
use crate::model::request::{Pin, PinTo, Written};
use crate::resolve::choice::By;
use crate::resolve::{chains, pins};
use crate::types::change::{change, explain, line, phrase, same_version};
use crate::types::fit::{Mismatch, root_differences};
use semver::Version;

/// Where a plug differs: the first difference and all that have a cause of their own, never none.
pub(in crate::resolve) struct Differences<'f> {
    first: &'f Mismatch,
    roots: Vec<Mismatch>,
}

impl<'f> Differences<'f> {
    /// Between a plug and a socket that were found to differ.
    pub(in crate::resolve) fn of(first: &'f Mismatch, plug: &Port<'_>, socket: &Port<'_>) -> Self {
        Self { first, roots: root_differences(plug.view(), socket.view()) }
    }

    /// The one that is told with both sides.
    fn main(&self) -> &Mismatch {
        self.roots.first().unwrap_or(self.first)
    }

    /// The others.
    fn others(&self) -> &[Mismatch] {
        self.roots.get(1..).unwrap_or_default()
    }
}

/// An import is provided with another type.
pub(in crate::resolve) struct Misfit<'f> {
    pub(in crate::resolve) socket: SocketFacts<'f>,
    /// What was to fill it, and where each differs.
    pub(in crate::resolve) plugs: Vec<(PlugFacts<'f>, Differences<'f>)>,
    /// Inputs that nothing else uses.
    pub(in crate::resolve) only_here: Vec<&'f str>,
    /// Exports of the instance that fit, where the user chose the instance or an export of it.
    pub(in crate::resolve) instead: Vec<String>,
    /// Who would fill the import if there were no pin.
    pub(in crate::resolve) unpinned: Option<&'f str>,
    pub(in crate::resolve) by: By<'f>,
}

impl Misfit<'_> {
    /// The word that names the export, if a pin does.
    fn named(&self) -> Option<&Written> {
        match self.by {
            By::Pin(Pin { to: PinTo::Export { export, inner, .. }, .. }) => Some(inner.last().unwrap_or(export)),
            _ => None,
        }
    }

    fn message(&self) -> String {
        let (instance, import) = (&self.socket.instance, self.socket.name());
        if let (Some(_), [(plug, _)]) = (self.named(), self.plugs.as_slice()) {
            return format!(
                "the export `{}` of `{}`, wired to the import `{import}` of `{instance}`, does not fit",
                plug.name(),
                plug.instance
            );
        }
        let names: Vec<&str> = self.plugs.iter().map(|(plug, _)| plug.instance.as_str()).collect();
        let (offers, ending) = subject(&names);
        let asked = version(self.socket.port.interface());
        let other = match self.plugs.as_slice() {
            [(plug, _)] => version(plug.port.interface()).filter(|offered| Some(offered) != asked.as_ref()),
            _ => None,
        };
        let other = other.map_or(String::new(), |version| format!(" in version {version} and"));
        format!("`{instance}` imports `{import}`, which {offers} export{ending}{other} with another type")
    }

    /// What to do, the likeliest first.
    fn help(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let (instance, import) = (&self.socket.instance, self.socket.name().to_string());
        let document = matches!(self.by, By::Pin(pin) if pin.import.in_document());
        for (export, (plug, _)) in self.instead.iter().zip(self.plugs.iter().cycle()) {
            diagnostic = diagnostic.help(match document {
                true => format!("name the export that fits: `\"{import}\": {}[\"{export}\"]`", plug.instance),
                false => {
                    let line = pin_to_export(instance, &import, &plug.instance, export);
                    format!("name the export that fits: {line}")
                }
            });
        }
        if let (By::Pin(pin), Some(other), false) = (self.by, self.unpinned, document) {
            let of_other = self.plugs.iter().any(|(plug, _)| plug.instance == other);
            diagnostic = diagnostic.help(drop_pin(pin, other, if of_other { &[] } else { &self.only_here }));
        }
        if self.named().is_none() {
            diagnostic = diagnostic.help("build both against the same WIT");
        }
        let settled = !self.instead.is_empty() || self.unpinned.is_some();
        if document || (settled && matches!(self.by, By::Pin(_))) {
            return diagnostic;
        }
        let then = if matches!(self.by, By::Pin(_)) { String::new() } else { spared(&self.only_here) };
        let or = if self.named().is_none() { "or " } else { "" };
        diagnostic.help(format!("{or}leave the import to the host: {}{then}", open_lines(instance, &import)))
    }
}

fn version(name: Option<InterfaceName>) -> Option<Version> {
    name.and_then(|name| name.full_version().cloned())
}

/// What to do with a pin in whose place another instance would provide the import, so that what the pin chose is not used.
fn drop_pin(pin: &Pin, other: &str, unused: &[&str]) -> String {
    let pin = pins::written(pin);
    format!("drop the pin `{pin}`: without it, `{other}` provides the import{}", spared(unused))
}

/// What to do besides with inputs that end unused then.
fn spared(inputs: &[&str]) -> String {
    match inputs {
        [] => String::new(),
        inputs => format!(", and leave out {}, which nothing else uses", quoted(inputs)),
    }
}

impl From<Misfit<'_>> for Diagnostic {
    fn from(facts: Misfit<'_>) -> Self {
        let socket = &facts.socket;
        let mut diagnostic = Self::new(Code::PlugDoesNotFit, facts.message());
        let item = facts.plugs.first().and_then(|(_, differences)| differences.main().item());
        // What the user chose is looked at first.
        diagnostic = match (facts.named(), facts.by) {
            (Some(export), _) => diagnostic.at(export, "this export does not fit"),
            (None, By::Pin(pin)) => diagnostic.at(pin.to.word(), "this does not fit"),
            _ => diagnostic,
        };
        diagnostic = socket.label(diagnostic, item, "expected here");
        let mut changes: Vec<&str> = Vec::new();
        for (plug, differences) in &facts.plugs {
            let place = match plug.name().to_string() {
                whole if whole.is_empty() => format!("`{}` as a whole", plug.origin),
                name => format!("`{name}` in `{}`", plug.origin),
            };
            let [asked, has] = [&socket.port, &plug.port].map(|port| version(port.interface()));
            let newer_socket = asked > has && has.is_some();
            let mismatch = differences.main();
            diagnostic = diagnostic.note(format!("{place}: {mismatch}"));
            let change = change(mismatch, newer_socket);
            diagnostic.notes.extend(change.map(phrase));
            changes.extend(change);
            let offered = mismatch.plug.as_deref().unwrap_or("nothing of that name");
            diagnostic = diagnostic.note(format!("`{}` imports\n{}", socket.instance, indented(&mismatch.socket)));
            diagnostic = diagnostic.note(format!("`{}` exports\n{}", plug.instance, indented(offered)));
            for other in differences.others().iter().take(MOST) {
                diagnostic = diagnostic.note(format!("{place}: {}", line(other, newer_socket)));
            }
            if let Some(more) = differences.others().len().checked_sub(MOST).filter(|more| *more > 0) {
                diagnostic = diagnostic.note(format!("{place}: {more} more items differ"));
            }
            if let (Some(asked), true) = (&asked, asked == has) {
                diagnostic = diagnostic.note(same_version(asked));
            }
        }
        diagnostic = match facts.by {
            By::Pin(pin) => diagnostic.note(format!("the pin `{}` chose it", pins::written(pin))),
            By::Chain(chain) => diagnostic.note(format!("the chain `{}` chose it", chains::written(chain))),
            By::Name => diagnostic,
        };
        diagnostic = facts.help(diagnostic);
        if let Some(change) = changes.first() {
            diagnostic = diagnostic.help(explain(change));
        }
        for (plug, differences) in &facts.plugs {
            diagnostic = diagnostic
                .fact("provider-instance", &plug.instance)
                .fact("provider", plug.origin)
                .fact("export", plug.name())
                .fact("difference", differences.main());
        }
        diagnostic = changes.iter().fold(diagnostic, |diagnostic, change| diagnostic.fact("change", change));
        facts.socket.finish(diagnostic)
    }
}

/// The instance that the user chose does not export the interface.
pub(in crate::resolve) struct TargetLacks<'f> {
    pub(in crate::resolve) socket: SocketFacts<'f>,
    pub(in crate::resolve) target: (String, &'f str),
    /// Its exports.
    pub(in crate::resolve) exports: Vec<String>,
    /// Those of them that fit.
    pub(in crate::resolve) fitting: Vec<String>,
    /// The input, if nothing else uses it.
    pub(in crate::resolve) only_here: Vec<&'f str>,
    /// Who would fill the import if there were no pin.
    pub(in crate::resolve) unpinned: Option<&'f str>,
    pub(in crate::resolve) by: By<'f>,
}

impl From<TargetLacks<'_>> for Diagnostic {
    fn from(facts: TargetLacks<'_>) -> Self {
        let (socket, import) = (&facts.socket, facts.socket.name().to_string());
        let (target, origin) = &facts.target;
        let message = format!("`{target}` does not export `{import}`, which it is to provide to `{}`", socket.instance);
        let mut diagnostic = Self::new(Code::UnknownExport, message);
        diagnostic = match facts.by {
            By::Pin(pin) => diagnostic.at(&pin.import, "wired here"),
            By::Chain(chain) => diagnostic.at(&chain.interface, "in this chain"),
            By::Name => diagnostic,
        };
        let bare = import.split('@').next().unwrap_or(&import);
        let other = facts.exports.iter().find(|export| export.split('@').next() == Some(bare));
        diagnostic = diagnostic.note(match (other, facts.exports.as_slice()) {
            (Some(other), _) => format!("`{origin}` exports `{other}`, a version that is not compatible"),
            (None, []) => format!("`{origin}` exports nothing"),
            (None, exports) => format!("`{origin}` exports {}", quoted(exports)),
        });
        for export in &facts.fitting {
            let line = pin_to_export(&socket.instance, &import, target, export);
            diagnostic = diagnostic.help(format!("if `{export}` is meant, name it, its type fits: {line}"));
        }
        if let (By::Pin(pin), Some(other)) = (facts.by, facts.unpinned) {
            diagnostic = diagnostic.help(drop_pin(pin, other, &facts.only_here));
        } else if facts.fitting.is_empty() {
            let lines = open_lines(&socket.instance, &import);
            diagnostic = diagnostic.help(format!("add a component that exports it, or leave it to the host: {lines}"));
        }
        socket.finish(diagnostic.fact("provider-instance", target).fact("provider", origin))
    }
}
