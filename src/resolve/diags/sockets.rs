//! Imports that nothing fills.

use super::{PlugFacts, SocketFacts, chain_lines, open_lines, pin_lines, pin_to_export};
use crate::diag::{Code, Diagnostic, option};
use crate::model::listed::{SHOWN, listed, quoted};
use crate::model::request::{Pin, Written};
use crate::resolve::near_miss::Kind;
use std::collections::BTreeSet;

/// Something near a missed import, with its names.
pub(in crate::resolve) struct NearFacts {
    pub(in crate::resolve) kind: Kind,
    pub(in crate::resolve) name: String,
    /// The instance that has it.
    pub(in crate::resolve) instance: Option<String>,
    /// Whether its type is the import's.
    pub(in crate::resolve) fits: bool,
    /// Whether a wire from it would close a loop.
    pub(in crate::resolve) closes_loop: bool,
}

/// Nobody provides an import, and it may not stay open.
pub(in crate::resolve) struct Unresolved<'f> {
    pub(in crate::resolve) socket: SocketFacts<'f>,
    pub(in crate::resolve) near: Vec<NearFacts>,
    pub(in crate::resolve) denied: Option<&'f Written>,
    /// A pattern that was likely to allow it, if it were not misspelt.
    pub(in crate::resolve) slip: Option<Slip<'f>>,
}

/// A misspelt pattern, and what it leaves unfilled besides.
pub(in crate::resolve) struct Slip<'f> {
    pub(in crate::resolve) pattern: &'f Written,
    /// What is likely to be meant.
    pub(in crate::resolve) near: &'f str,
    /// The instances and their imports.
    pub(in crate::resolve) others: Vec<(String, String)>,
}

impl From<Unresolved<'_>> for Diagnostic {
    fn from(facts: Unresolved<'_>) -> Self {
        let (socket, import) = (&facts.socket, facts.socket.name().to_string());
        let message = format!("no component provides `{import}`, which `{}` imports", socket.instance);
        let mut diagnostic = socket.label(Self::new(Code::UnresolvedImport, message), None, "not provided");
        if let Some(pattern) = facts.denied {
            diagnostic = diagnostic.note(format!("it may not stay open: `{}` is denied", pattern.text));
        }
        if let Some(Slip { pattern, others, .. }) = &facts.slip {
            let text = &pattern.text;
            diagnostic = diagnostic
                .at(*pattern, "matches no import")
                .note(format!("it may not stay open: `{text}` is allowed, which is likely to be misspelt"));
            if !others.is_empty() {
                let names: BTreeSet<&str> = others.iter().map(|(_, import)| import.as_str()).collect();
                let instances: BTreeSet<&str> = others.iter().map(|(instance, _)| instance.as_str()).collect();
                let (count, s) = (others.len(), if others.len() == 1 { "" } else { "s" });
                diagnostic = diagnostic.note(format!(
                    "so with {count} more import{s} of {}: {}",
                    quoted(instances),
                    quoted(names)
                ));
            }
        }
        for near in &facts.near {
            diagnostic =
                diagnostic.note(near_words(near, socket.port.interface().as_ref().map(|name| name.version.is_some())));
        }
        if let Some(help) = facts.near.iter().find_map(|near| near_help(near, socket, &import)) {
            diagnostic = diagnostic.help(help);
        }
        if let Some(pattern) = facts.denied {
            diagnostic = diagnostic
                .help(format!("add a component that exports it, or take `{}` out of what is denied", pattern.text));
        } else if let Some(Slip { pattern, near, .. }) = &facts.slip {
            let near = match pattern.on_command_line() {
                true => option("--allow-import", near),
                false => format!("`{near}` for `{}`", pattern.text),
            };
            diagnostic = diagnostic.help(format!("write {near}, or add a component that exports it"));
        } else {
            let pattern = match socket.port.interface() {
                Some(name) if socket.port.label().is_none() => format!("{}/*", name.package_id()),
                _ => import.clone(),
            };
            let option = option("--allow-import", &pattern);
            diagnostic = diagnostic.help(format!(
                "add a component that exports it, or leave it to the host: {option}, or in compose.toml `[imports]` \
                 with `allow = [\"wasi:*\", \"{pattern}\"]`"
            ));
        }
        let mut diagnostic = socket.finish(diagnostic);
        for (instance, import) in facts.slip.iter().flat_map(|slip| &slip.others) {
            diagnostic = diagnostic.fact("instance", instance).fact("import", import);
        }
        diagnostic
    }
}

fn near_words(near: &NearFacts, versioned: Option<bool>) -> String {
    let words = how_near(near, versioned);
    let of = near.instance.as_deref().unwrap_or_default();
    match near.kind {
        Kind::OfItself | Kind::WitPackage | Kind::Inside => words,
        _ if !near.fits => format!("{words}; its type is another one"),
        _ if near.closes_loop => format!("{words}; a wire from `{of}` would close a loop"),
        _ => words,
    }
}

fn how_near(near: &NearFacts, versioned: Option<bool>) -> String {
    let name = &near.name;
    let of = near.instance.as_deref().unwrap_or_default();
    match near.kind {
        Kind::OfRoot => {
            format!("the root `{of}` exports `{name}`: what the root exports is wired only if a pin says so")
        }
        Kind::OfItself => format!("only `{of}` itself exports `{name}`, and no instance fills its own import"),
        Kind::Version if versioned == Some(false) || !name.contains('@') => {
            format!("`{of}` exports `{name}`: with and without a version are different interfaces")
        }
        Kind::Version => format!("`{of}` exports `{name}`, a version that is not compatible"),
        Kind::Label => format!("`{of}` exports `{name}`, under a label that is not the import's"),
        Kind::WitPackage => format!("`{name}` is a WIT package: it describes the interface and does not implement it"),
        Kind::Package => format!("`{of}` exports `{name}`, of another package"),
        Kind::Spelling => format!("`{of}` exports `{name}`, a name much like it"),
        Kind::Inline => format!("`{of}` exports `{name}`, a different kind of name"),
        Kind::Inside => format!("`{of}` exports the interface `{name}` with a function of that name inside"),
        Kind::Shape => format!("`{of}` exports `{name}`, another name for the same shape"),
    }
}

fn near_help(near: &NearFacts, socket: &SocketFacts<'_>, import: &str) -> Option<String> {
    let of = near.instance.as_deref().filter(|_| near.fits && !near.closes_loop)?;
    let export = near.name.rsplit_once(": ").map_or(near.name.as_str(), |(label, _)| label);
    match near.kind {
        Kind::OfRoot => Some(format!("to wire it: {}", pin_lines(&socket.instance, import, of))),
        Kind::Label | Kind::Package | Kind::Inline | Kind::Shape | Kind::Spelling | Kind::Version => {
            let line = pin_to_export(&socket.instance, import, of, export);
            Some(format!("if it is meant, wire it by hand, its type fits: {line}"))
        }
        Kind::OfItself | Kind::WitPackage | Kind::Inside => None,
    }
}

/// Nothing is wired by itself, and nothing was said about an import.
pub(in crate::resolve) struct NotWired<'f> {
    pub(in crate::resolve) socket: SocketFacts<'f>,
    /// Where the instance was declared.
    pub(in crate::resolve) declared: Option<&'f Written>,
    /// What would fit.
    pub(in crate::resolve) offers: Vec<PlugFacts<'f>>,
}

impl From<NotWired<'_>> for Diagnostic {
    fn from(NotWired { socket, declared, offers }: NotWired<'_>) -> Self {
        let (instance, import) = (&socket.instance, socket.name().to_string());
        let mut diagnostic =
            Self::new(Code::NotWired, format!("nothing says what the import `{import}` of `{instance}` is wired to"));
        diagnostic = match declared.filter(|word| word.at.is_some()) {
            Some(word) => diagnostic.at(word, format!("`{import}` is missing here")),
            None => socket.label(diagnostic, None, "not wired"),
        };
        let document = declared.is_some_and(Written::in_document);
        for offer in &offers {
            let export = offer.name().to_string();
            diagnostic = diagnostic.help(match document {
                true => format!("for `{0}`: `\"{import}\": {0}[\"{export}\"],`", offer.instance),
                false => format!("for `{}`: {}", offer.instance, pin_lines(instance, &import, &offer.instance)),
            });
        }
        diagnostic = diagnostic.help(match document {
            true => "`...` as the last argument leaves to the host what is not given".to_owned(),
            false => format!("to leave it to the host: {}", open_lines(instance, &import)),
        });
        socket.finish(diagnostic)
    }
}

/// A text of WIT, which is not wrapped.
pub(super) fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// A pin that wires an instance to itself.
pub(in crate::resolve) struct OwnImport<'f> {
    pub(in crate::resolve) socket: SocketFacts<'f>,
    pub(in crate::resolve) pin: &'f Pin,
}

impl From<OwnImport<'_>> for Diagnostic {
    fn from(OwnImport { socket, pin }: OwnImport<'_>) -> Self {
        let import = socket.name().to_string();
        let message = format!("`{}` cannot fill its own import `{import}`", socket.instance);
        let diagnostic = Self::new(Code::OwnImport, message).at(&pin.import, "wired to itself");
        let again = format!("{}-2", socket.instance);
        socket.finish(diagnostic.help(format!(
            "a second instance can: in compose.toml `[instances.{again}]` with `component = \"{}\"`, then {}",
            socket.instance,
            pin_lines(&socket.instance, &import, &again)
        )))
    }
}

/// Several labelled imports of one interface, and plugs without a label.
pub(in crate::resolve) struct Unlabelled<'f> {
    pub(in crate::resolve) socket: SocketFacts<'f>,
    pub(in crate::resolve) plugs: Vec<PlugFacts<'f>>,
    /// The instances whose plug fits.
    pub(in crate::resolve) fitting: Vec<String>,
}

impl From<Unlabelled<'_>> for Diagnostic {
    fn from(Unlabelled { socket, plugs, fitting }: Unlabelled<'_>) -> Self {
        let label = socket.name().to_string();
        let interface = socket.port.interface().map(|name| name.to_string()).unwrap_or_default();
        let message =
            format!("nothing says what the import `{label}: {interface}` of `{}` is wired to", socket.instance);
        let mut diagnostic = socket.label(Self::new(Code::LabelWithoutPlug, message), None, "one of several labels");
        diagnostic = diagnostic.note(format!(
            "`{}` imports `{interface}` more than once and keeps the imports apart by their labels",
            socket.instance
        ));
        let names: Vec<&str> = plugs.iter().map(|plug| plug.instance.as_str()).collect();
        diagnostic = diagnostic.note(format!("without a label it is exported by {}", quoted(&names)));
        for name in &fitting {
            diagnostic = diagnostic.help(format!("to share it: {}", pin_lines(&socket.instance, &label, name)));
        }
        socket.finish(diagnostic.fact("interface", interface))
    }
}

/// A pin leaves open what a pattern denies.
pub(in crate::resolve) struct DeniedPin<'f> {
    pub(in crate::resolve) socket: SocketFacts<'f>,
    pub(in crate::resolve) pattern: &'f Written,
    pub(in crate::resolve) pin: &'f str,
}

impl From<DeniedPin<'_>> for Diagnostic {
    fn from(DeniedPin { socket, pattern, pin }: DeniedPin<'_>) -> Self {
        let import = socket.name().to_string();
        let message = format!("`{import}` of `{}` is left open by a pin, and denied", socket.instance);
        let diagnostic = Self::new(Code::DeniedImport, message).at(pattern, "denied here");
        socket.finish(
            diagnostic
                .note(format!("the pin is `{pin}`, the denied pattern `{}`", pattern.text))
                .help(format!("leave the pin out and add a component that exports `{import}`, or do not deny it")),
        )
    }
}

/// A longer chain is not proposed.
const LONGEST_CHAIN: usize = 50;
/// More pins are not proposed.
const PINS: usize = 12;

/// Several plugs fit, and the whole graph does not decide.
pub(in crate::resolve) struct Ambiguous<'f> {
    pub(in crate::resolve) interface: String,
    pub(in crate::resolve) sockets: Vec<(SocketFacts<'f>, Vec<PlugFacts<'f>>)>,
    /// Candidates that import the interface themselves, then those that only provide it; empty if no chain can settle it.
    pub(in crate::resolve) chain: Vec<String>,
    /// Inputs that are one component: what the user calls each.
    pub(in crate::resolve) same: Vec<Vec<(&'f str, &'f str)>>,
    /// Whether the search was given up.
    pub(in crate::resolve) gave_up: bool,
}

impl From<Ambiguous<'_>> for Diagnostic {
    fn from(facts: Ambiguous<'_>) -> Self {
        let interface = &facts.interface;
        let mut plugs: Vec<&str> =
            facts.sockets.iter().flat_map(|(_, plugs)| plugs).map(|plug| plug.instance.as_str()).collect();
        plugs.sort_unstable();
        plugs.dedup();
        let importers = quoted(facts.sockets.iter().map(|(socket, _)| socket.instance.as_str()));
        let (code, message) = match facts.gave_up {
            false => (Code::AmbiguousImport, format!("{} could provide `{interface}` to {importers}", quoted(&plugs))),
            true => (
                Code::SearchTooLarge,
                format!("there are too many ways to provide `{interface}` to {importers} from {}", quoted(&plugs)),
            ),
        };
        let mut diagnostic = Self::new(code, message);
        if let Some((socket, _)) = facts.sockets.first() {
            diagnostic = socket.label(diagnostic, None, "several components could fill this");
        }
        for (socket, plugs) in facts.sockets.iter().take(SHOWN) {
            let name = |plug: &PlugFacts<'_>| format!("`{}` of `{}` ({})", plug.name(), plug.instance, plug.origin);
            diagnostic = diagnostic.note(format!(
                "`{}` ({}) imports `{}`; it fits {}",
                socket.instance,
                socket.origin,
                socket.name(),
                listed(plugs, name)
            ));
        }
        if let Some(more) = facts.sockets.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            diagnostic = diagnostic.note(format!("so do {more} more"));
        }
        if !facts.gave_up {
            diagnostic = diagnostic.note("not exactly one wiring without cycles uses every named input");
        }
        for same in facts.same.iter().take(SHOWN) {
            let names = quoted(same.iter().map(|(name, _)| *name));
            let origins: Vec<&str> = same.iter().map(|(_, origin)| *origin).collect();
            let spare = same.iter().skip(1).map(|(name, _)| *name);
            diagnostic = if origins.iter().all(|origin| *origin == origins[0]) {
                diagnostic.note(format!("{names} are the same file, `{}`", origins[0]))
            } else {
                diagnostic.note(format!("{} are the same component, byte for byte", quoted(&origins)))
            };
            diagnostic = diagnostic.help(format!("leave {} out, if one instance is enough", quoted(spare)));
        }
        if facts.chain.len() > 1 && facts.chain.len() <= LONGEST_CHAIN {
            let members: Vec<&str> = facts.chain.iter().map(String::as_str).collect();
            diagnostic =
                diagnostic.help(format!("as middleware, in the order wanted: {}", chain_lines(interface, &members)));
        }
        let pins = facts.sockets.iter().flat_map(|(socket, plugs)| plugs.iter().map(move |plug| (socket, plugs, plug)));
        for (socket, plugs, plug) in pins.take(PINS) {
            let import = socket.name().to_string();
            let same = plugs.iter().filter(|other| other.instance == plug.instance);
            let line = if same.count() > 1 {
                pin_to_export(&socket.instance, &import, &plug.instance, &plug.name().to_string())
            } else {
                pin_lines(&socket.instance, &import, &plug.instance)
            };
            diagnostic = diagnostic.help(format!("for `{}`: {line}", plug.instance));
        }
        let pins: usize = facts.sockets.iter().map(|(_, plugs)| plugs.len()).sum();
        if pins > PINS {
            diagnostic = diagnostic.help(format!("so for the {} other pairs", pins - PINS));
        }
        diagnostic = diagnostic.fact("interface", interface);
        for plug in &plugs {
            diagnostic = diagnostic.fact("candidate", plug);
        }
        for member in &facts.chain {
            diagnostic = diagnostic.fact("chain-member", member);
        }
        match facts.sockets.first() {
            Some((socket, _)) => socket.finish(diagnostic),
            None => diagnostic,
        }
    }
}
