//! The plan as a whole: no root, unused inputs, cycles, what is open and what is exported.

use super::sockets::indented;
use super::{Way, chain_lines, decoded, open_lines, pin_lines};
use crate::diag::{Code, Diagnostic};
use crate::model::listed::quoted;
use crate::model::name::{ExternName, InterfaceName};
use crate::model::plan::RejectedWhy;
use crate::model::request::Written;
use crate::resolve::instances::Port;
use crate::types::fit::Mismatch;
use std::collections::BTreeSet;

/// There is nothing to start from.
pub(in crate::resolve) struct NoRoot<'f> {
    /// The components that are only on offer.
    pub(in crate::resolve) offered: Vec<&'f str>,
}

impl From<NoRoot<'_>> for Diagnostic {
    fn from(NoRoot { offered }: NoRoot<'_>) -> Self {
        let mut diagnostic = Self::new(Code::NoRoot, "no component was named, so there is no root");
        match offered.first() {
            Some(first) => {
                let message =
                    "nothing but folders on offer is given, and none of their components is named as the root";
                diagnostic.message = message.into();
                diagnostic
                    .note(format!("on offer are {}", quoted(&offered)))
                    .help(format!("name the root: `--root {first}`"))
            }
            None => diagnostic.help("name the components to compose, the root first"),
        }
    }
}

/// A component that stands before another one over an interface.
pub(in crate::resolve) struct Wraps {
    /// The interface.
    pub(in crate::resolve) interface: String,
    /// The other one.
    pub(in crate::resolve) inner: String,
}

/// Why an export fills nothing.
pub(in crate::resolve) struct UnusedExport {
    pub(in crate::resolve) name: String,
    /// Importing instance, import, and why the export was not taken.
    pub(in crate::resolve) passed_over: Vec<(String, String, RejectedWhy)>,
    /// An import of a name that is near.
    pub(in crate::resolve) near: Option<(String, String)>,
}

/// An input that nothing uses.
pub(in crate::resolve) struct UnusedInput<'f> {
    pub(in crate::resolve) name: &'f str,
    pub(in crate::resolve) origin: &'f str,
    /// The word that names its file.
    pub(in crate::resolve) written: Option<&'f Written>,
    pub(in crate::resolve) exports: &'f [UnusedExport],
    pub(in crate::resolve) wraps: Option<Wraps>,
    pub(in crate::resolve) root: &'f str,
    /// The input that was likely meant to be the root, since it uses the one that is.
    pub(in crate::resolve) better_root: Option<&'f str>,
}

impl From<UnusedInput<'_>> for Diagnostic {
    fn from(facts: UnusedInput<'_>) -> Self {
        let (name, origin) = (facts.name, facts.origin);
        let mut diagnostic = Self::new(Code::UnusedInput, format!("`{name}` ({origin}) was given and is not used"))
            .at(facts.written, "not used");
        if facts.exports.is_empty() {
            diagnostic = diagnostic.note(format!("`{name}` exports nothing"));
        }
        for export in facts.exports {
            diagnostic = diagnostic.note(export_words(export));
        }
        if let Some(better) = facts.better_root {
            diagnostic = diagnostic.note(format!("the root is `{}`, which `{better}` uses", facts.root)).help(format!(
                "if `{better}` is the root: `--root {better}`, or in compose.toml `[composition]` with \
                 `root = \"{better}\"`"
            ));
        }
        if let Some(Wraps { interface, inner }) = &facts.wraps {
            let lines = chain_lines(interface, &[name, inner]);
            diagnostic = diagnostic.help(format!("to put it before `{inner}`: {lines}"));
        }
        diagnostic
            .help("leave it out, or say that it may stay unused: `--allow-unused`")
            .fact("instance", name)
            .fact("component", origin)
    }
}

/// A declared instance that nothing uses.
pub(in crate::resolve) struct UnusedInstance<'f> {
    pub(in crate::resolve) name: &'f str,
    pub(in crate::resolve) declared: &'f Written,
    pub(in crate::resolve) component: &'f str,
    /// Imports that it could fill: importing instance and import.
    pub(in crate::resolve) for_it: Vec<(String, String)>,
}

impl From<UnusedInstance<'_>> for Diagnostic {
    fn from(facts: UnusedInstance<'_>) -> Self {
        let name = facts.name;
        let mut diagnostic =
            Self::new(Code::UnusedInput, format!("the instance `{name}` was declared and is not used"))
                .at(facts.declared, "not used")
                .note("only pins, chains, labels and exports use a declared instance");
        if facts.for_it.is_empty() {
            diagnostic = diagnostic.note(format!("no import is filled by what it exports ({})", facts.component));
        }
        for (instance, import) in facts.for_it.iter().take(MOST_LINES) {
            diagnostic = diagnostic.help(format!("to use it: {}", pin_lines(instance, import, name)));
        }
        diagnostic.help("or leave it out").fact("instance", name).fact("component", facts.component)
    }
}

/// More lines of one kind are not shown.
const MOST_LINES: usize = 3;

fn export_words(export: &UnusedExport) -> String {
    let name = &export.name;
    if let Some((instance, import, why)) = export.passed_over.first() {
        let why = match why {
            RejectedWhy::Shape(difference) => format!("its type differs: {difference}"),
            RejectedWhy::Track => "the versions are not compatible".into(),
            RejectedWhy::Root => "the root's exports are wired only by pin or chain".into(),
            RejectedWhy::Itself => "no instance fills its own import".into(),
            RejectedWhy::Label => format!("`{import}` goes by another label"),
            RejectedWhy::Wiring => "the wiring of the whole goes without it".into(),
            RejectedWhy::Overruled => "a pin or a chain says otherwise".into(),
        };
        return format!("`{name}` is not taken for `{import}` of `{instance}`: {why}");
    }
    match &export.near {
        Some((instance, import)) => format!("nothing imports `{name}`; `{instance}` imports `{import}`"),
        None => format!("nothing imports `{name}`"),
    }
}

/// One wire of a loop.
pub(in crate::resolve) struct LoopStep<'f> {
    pub(in crate::resolve) from: &'f str,
    pub(in crate::resolve) import: ExternName,
    pub(in crate::resolve) to: &'f str,
    /// The word of the pin or chain that made it.
    pub(in crate::resolve) word: Option<&'f Written>,
    /// The word that names the file of the importing instance.
    pub(in crate::resolve) input: Option<&'f Written>,
}

/// Instances that need one another.
pub(in crate::resolve) struct ImportCycle<'f> {
    pub(in crate::resolve) steps: &'f [LoopStep<'f>],
}

impl From<ImportCycle<'_>> for Diagnostic {
    fn from(ImportCycle { steps }: ImportCycle<'_>) -> Self {
        let members = quoted(steps.iter().map(|step| step.from));
        let mut diagnostic = Self::new(Code::ImportCycle, format!("{members} import each other in a loop"));
        let lines: Vec<String> =
            steps.iter().map(|step| format!("`{}` imports `{}` from `{}`", step.from, step.import, step.to)).collect();
        diagnostic = diagnostic.note(lines.join("\n")).note("an instance can be made only after those it imports from");
        if let Some(last) = steps.last() {
            diagnostic = diagnostic.help(format!(
                "move what both need into a third component, or leave one import to the host: {}",
                open_lines(last.from, &last.import.to_string())
            ));
        }
        let mut told = BTreeSet::new();
        for step in steps {
            let (word, what) = match (step.word, step.input) {
                (Some(word), _) => (Some(word), format!("wires `{}` to `{}`", step.from, step.to)),
                (None, input) => (input, format!("`{}` imports from `{}`", step.from, step.to)),
            };
            // One word may stand for many wires.
            let place = word.and_then(|word| word.at.as_ref());
            if place.is_some_and(|(source, span)| told.insert((&source.name, span.start))) {
                diagnostic = diagnostic.at(word, what);
            }
            diagnostic = diagnostic.fact("instance", step.from).fact("import", &step.import);
        }
        diagnostic
    }
}

/// In what two open imports of one name disagree.
pub(in crate::resolve) enum Disagreement {
    /// Their shapes.
    Shape(Mismatch),
    /// What their labels stand for.
    Interface(InterfaceName, InterfaceName),
    /// One is an interface of a package, the other is not.
    Kind,
    /// Their names outside the component model.
    ExternalId(String, String),
}

/// Two open imports that cannot be one.
pub(in crate::resolve) struct OpenDisagree<'f> {
    pub(in crate::resolve) first: Port<'f>,
    pub(in crate::resolve) first_way: Way,
    pub(in crate::resolve) second: Port<'f>,
    pub(in crate::resolve) second_way: Way,
    /// What the user calls the components of both.
    pub(in crate::resolve) origins: [&'f str; 2],
    pub(in crate::resolve) how: Disagreement,
}

impl From<OpenDisagree<'_>> for Diagnostic {
    fn from(facts: OpenDisagree<'_>) -> Self {
        let (a, b) = (&facts.first_way.name, &facts.second_way.name);
        let (x, y) = (facts.first.name(), facts.second.name());
        let plain = x.interface().is_none();
        let code = if plain { Code::OpenNameCollision } else { Code::OpenImportsDisagree };
        let message = format!("`{x}` of `{a}` and `{y}` of `{b}` stay open and cannot be one import");
        let mut diagnostic = Self::new(code, message);
        let item = match &facts.how {
            Disagreement::Shape(mismatch) => mismatch.item(),
            _ => None,
        };
        let sides = [(&facts.first, &facts.first_way), (&facts.second, &facts.second_way)];
        for ((port, way), origin) in sides.into_iter().zip(facts.origins) {
            let (source, span) = decoded(port, origin, "import", item);
            diagnostic = diagnostic.label(&source, span, format!("imported by `{}`", way.name));
        }
        diagnostic = match &facts.how {
            Disagreement::Shape(mismatch) => {
                let one = mismatch.plug.as_deref().unwrap_or("nothing of that name");
                diagnostic
                    .note(format!("{mismatch}"))
                    .note(format!("one has\n{}", indented(one)))
                    .note(format!("the other has\n{}", indented(&mismatch.socket)))
            }
            Disagreement::Interface(one, other) => {
                diagnostic.note(format!("the label stands for `{one}` and for `{other}`"))
            }
            Disagreement::Kind => diagnostic.note("one implements an interface of a package, the other does not"),
            Disagreement::ExternalId(one, other) => {
                diagnostic.note(format!("their external ids are `{one}` and `{other}`"))
            }
        };
        for way in [&facts.first_way, &facts.second_way] {
            if let Some(note) = way.note() {
                diagnostic = diagnostic.note(note);
            }
        }
        diagnostic = if plain {
            diagnostic.help("a plain name exists once in the result: add a component that provides one of the two")
        } else if x == y {
            diagnostic.help("build both components against the same WIT")
        } else {
            diagnostic.help("keep the versions side by side: in compose.toml `[imports]` with `merge = \"off\"`")
        };
        diagnostic.fact("instance", a).fact("import", x).fact("instance", b).fact("import", y)
    }
}

/// Two exports of one name.
pub(in crate::resolve) struct DuplicateExport<'f> {
    pub(in crate::resolve) name: &'f str,
    /// The instance of the second.
    pub(in crate::resolve) instance: &'f str,
    pub(in crate::resolve) first: &'f Written,
    pub(in crate::resolve) second: &'f Written,
}

impl From<DuplicateExport<'_>> for Diagnostic {
    fn from(DuplicateExport { name, instance, first, second }: DuplicateExport<'_>) -> Self {
        let diagnostic = Self::new(Code::DuplicateExport, format!("the result would export `{name}` twice"));
        diagnostic
            .at(second, "exported again")
            .at(first, "exported first")
            .help(format!(
                "give one of them a label: in compose.toml `[exports]` with \
                 `my-label = {{ instance = \"{instance}\", export = \"{name}\" }}`, for hosts that know labels"
            ))
            .fact("instance", instance)
            .fact("export", name)
    }
}

/// Exports of the root that are no interface of a package.
pub(in crate::resolve) struct IncidentalExport<'f> {
    pub(in crate::resolve) root: &'f str,
    pub(in crate::resolve) names: &'f [String],
    /// Its other exports.
    pub(in crate::resolve) kept: &'f [String],
}

impl From<IncidentalExport<'_>> for Diagnostic {
    fn from(IncidentalExport { root, names, kept }: IncidentalExport<'_>) -> Self {
        let message = format!("the result exports {}, which no package defines", quoted(names));
        let it = if names.len() == 1 { "it" } else { "them" };
        let mut diagnostic = Self::new(Code::IncidentalExport, message)
            .note(format!("`{root}` exports {it}, as some tools make components do for their own needs"));
        let lines: Vec<String> = kept.iter().map(|name| format!("`\"{name}\" = \"{root}\"`")).collect();
        diagnostic = diagnostic.help(match lines.as_slice() {
            [] => "choose the exports: in compose.toml `[exports]` with `root = false` and a line for each".into(),
            lines => {
                format!("choose the exports: in compose.toml `[exports]` with `root = false`, {}", lines.join(", "))
            }
        });
        names.iter().fold(diagnostic.fact("instance", root), |diagnostic, name| diagnostic.fact("export", name))
    }
}

/// A part of an export is exported alone, and speaks of a type that only the whole names.
pub(in crate::resolve) struct ExportedPart<'f> {
    pub(in crate::resolve) instance: &'f Written,
    pub(in crate::resolve) export: &'f Written,
    pub(in crate::resolve) item: &'f str,
    pub(in crate::resolve) named: String,
}

impl From<ExportedPart<'_>> for Diagnostic {
    fn from(facts: ExportedPart<'_>) -> Self {
        let (export, item, named) = (&facts.export.text, facts.item, &facts.named);
        let message = match item == named {
            true => format!("the type `{item}` of `{export}` cannot be exported without the rest of it"),
            false => format!("`{item}` of `{export}` cannot be exported alone: it speaks of the type `{named}`"),
        };
        let diagnostic = Self::new(Code::ExportedPart, message).at(facts.export, "a part of this");
        let help = match facts.export.in_document() {
            true => format!("export it whole: `export {}.{export};`", facts.instance.text),
            false => format!(
                "export it whole: `\"*\" = {{ instance = \"{}\", export = \"{export}\" }}`",
                facts.instance.text
            ),
        };
        diagnostic
            .note(format!("`{named}` has its name inside of `{export}` only"))
            .help(help)
            .fact("instance", &facts.instance.text)
            .fact("export", export)
            .fact("type", named)
    }
}
