//! Names that the user wrote and that mean nothing, or two things.

use crate::diag::{Code, Diagnostic, option, shell_word};
use crate::model::component::Component;
use crate::model::import_pattern::PatternFault;
use crate::model::listed::quoted;
use crate::model::request::{Chain, Pin, Written};
use crate::resolve::{chains, pins};

/// What a name was meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::resolve) enum What {
    /// The root.
    Root,
    /// The component of a declared instance.
    ComponentOfInstance,
    /// The instance whose import is pinned.
    Pinned,
    /// What a pin wires to.
    PinTarget,
    /// A member of a chain.
    ChainMember,
    /// What exports something of the result.
    Exported,
}

impl What {
    fn words(self) -> &'static str {
        match self {
            Self::Root => "the root",
            Self::ComponentOfInstance => "the component of an instance",
            Self::Pinned => "the instance whose import is wired",
            Self::PinTarget => "what an import is wired to",
            Self::ChainMember => "a member of a chain",
            Self::Exported => "the instance that exports",
        }
    }
}

/// No instance has that name.
pub(in crate::resolve) struct UnknownName<'f> {
    pub(in crate::resolve) name: &'f Written,
    pub(in crate::resolve) what: What,
    pub(in crate::resolve) near: Option<&'f str>,
    pub(in crate::resolve) known: Vec<&'f str>,
    pub(in crate::resolve) wit_package: Option<&'f str>,
}

impl From<UnknownName<'_>> for Diagnostic {
    fn from(facts: UnknownName<'_>) -> Self {
        let name = &facts.name.text;
        let message = format!("no component or instance is named `{name}`, given as {}", facts.what.words());
        let mut diagnostic = Self::new(Code::UnknownInstance, message).at(facts.name, "not known");
        if let Some(origin) = facts.wit_package {
            diagnostic =
                diagnostic.note(format!("`{origin}` is a WIT package: it describes interfaces and runs nothing"));
        }
        diagnostic = match facts.near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None if facts.known.is_empty() => diagnostic,
            None => diagnostic.help(format!("known are {}", quoted(&facts.known))),
        };
        diagnostic.fact("name", name)
    }
}

/// An instance is declared under a name that is taken.
pub(in crate::resolve) struct DuplicateInstance<'f> {
    pub(in crate::resolve) name: &'f Written,
}

impl From<DuplicateInstance<'_>> for Diagnostic {
    fn from(DuplicateInstance { name }: DuplicateInstance<'_>) -> Self {
        let message = format!("the name `{}` is already that of a component or instance", name.text);
        Self::new(Code::DuplicateInstance, message)
            .at(name, "taken")
            .help(format!("give the instance another name, such as `[instances.{}-2]`", name.text))
            .fact("name", &name.text)
    }
}

/// Where a text stands that was to be a name or a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::resolve) enum Role {
    /// The left side of a pin.
    Pin,
    /// The interface of a chain.
    Chain,
    /// What may or may not stay open.
    Permission,
    /// The name of an export.
    Export,
}

/// A text that is no name or pattern where it stands.
pub(in crate::resolve) struct BadPattern<'f> {
    pub(in crate::resolve) text: &'f Written,
    pub(in crate::resolve) role: Role,
    /// What is wrong with it, if it was to be a pattern.
    pub(in crate::resolve) fault: Option<PatternFault>,
}

impl From<BadPattern<'_>> for Diagnostic {
    fn from(BadPattern { text, role, fault }: BadPattern<'_>) -> Self {
        let (what, legal) = match role {
            Role::Pin => ("import to wire", "an import's name, with or without version, `ns:*` or `ns:pkg/*`"),
            Role::Chain => ("interface of a chain", "an import's name, with or without version"),
            Role::Permission => {
                ("pattern of imports", "an import's name, with or without version, `ns:*`, `ns:pkg/*` or `*`")
            }
            Role::Export => {
                ("name of an export", "an interface's name, its version whole or left out, or a label in kebab-case")
            }
        };
        Self::new(Code::BadPattern, format!("`{}` is no {what}", text.text))
            .at(text, "here")
            .help(match fault {
                Some(PatternFault::PackageOnly) if role != Role::Chain => {
                    let package = text.text.split('@').next().unwrap_or_default();
                    let all = format!("{package}/*");
                    let all = if text.on_command_line() { shell_word(&all) } else { all.as_str().into() };
                    format!("it is a package; for all its interfaces write `{all}`")
                }
                _ => format!("write {legal}"),
            })
            .fact("pattern", &text.text)
    }
}

/// Which list a pattern stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::resolve) enum List {
    Allow,
    Deny,
}

/// An allowed or denied pattern that matches nothing.
pub(in crate::resolve) struct PatternMatchesNothing<'f> {
    pub(in crate::resolve) pattern: &'f Written,
    pub(in crate::resolve) list: List,
    pub(in crate::resolve) near: Option<&'f str>,
}

impl From<PatternMatchesNothing<'_>> for Diagnostic {
    fn from(PatternMatchesNothing { pattern, list, near }: PatternMatchesNothing<'_>) -> Self {
        let text = &pattern.text;
        let (participle, does, flag) = match list {
            List::Allow => ("allowed", "allows nothing", "--allow-import"),
            List::Deny => ("denied", "denies nothing", "--deny-import"),
        };
        let message = format!("`{text}` is {participle}, and no input has it");
        let diagnostic = Self::new(Code::PatternMatchesNothing, message).at(pattern, does).fact("pattern", text);
        match near {
            Some(near) => diagnostic.help(match pattern.on_command_line() {
                true => format!("did you mean {}?", option(flag, near)),
                false => format!("did you mean `{near}`?"),
            }),
            None => diagnostic.help("leave it out, if it is not there for inputs to come"),
        }
    }
}

/// Two pins of one import that disagree.
pub(in crate::resolve) struct ConflictingPins<'f> {
    pub(in crate::resolve) first: &'f Pin,
    pub(in crate::resolve) second: &'f Pin,
}

impl From<ConflictingPins<'_>> for Diagnostic {
    fn from(ConflictingPins { first, second }: ConflictingPins<'_>) -> Self {
        let message = format!("`{}` is wired twice, to different plugs", second.import.text);
        let diagnostic = Self::new(Code::ConflictingPins, message).at(&second.import, "wired again");
        diagnostic
            .at(&first.import, "wired first")
            .note(format!("`{}` and `{}`", pins::written(first), pins::written(second)))
            .help("leave one of them out")
            .fact("import", &second.import.text)
    }
}

/// A pin that names no import.
pub(in crate::resolve) struct PinMatchesNothing<'f> {
    pub(in crate::resolve) pin: &'f Pin,
    pub(in crate::resolve) near: Option<&'f str>,
    pub(in crate::resolve) known: Option<&'f [String]>,
}

impl From<PinMatchesNothing<'_>> for Diagnostic {
    fn from(facts: PinMatchesNothing<'_>) -> Self {
        let import = &facts.pin.import.text;
        let whose =
            facts.pin.instance.as_ref().map_or("no component".into(), |name| format!("`{}` does not", name.text));
        let message = match &facts.pin.instance {
            Some(_) => format!("{whose} import `{import}`, which is wired"),
            None => format!("{whose} imports `{import}`, which is wired"),
        };
        let mut diagnostic = Self::new(Code::PinMatchesNothing, message).at(&facts.pin.import, "no such import");
        diagnostic = match facts.near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => match facts.known {
                None => diagnostic,
                Some([]) => diagnostic.note("there are no imports at all"),
                Some(known) => diagnostic.note(format!("imported are {}", quoted(known))),
            },
        };
        diagnostic.fact("import", import)
    }
}

/// A pin whose short name stands for several imports.
pub(in crate::resolve) struct PinMatchesSeveral<'f> {
    pub(in crate::resolve) pin: &'f Pin,
    pub(in crate::resolve) known: &'f [String],
}

impl From<PinMatchesSeveral<'_>> for Diagnostic {
    fn from(facts: PinMatchesSeveral<'_>) -> Self {
        let import = &facts.pin.import.text;
        let whose = facts.pin.instance.as_ref().map_or("", |name| name.text.as_str());
        let message = format!("`{import}` could be each of several imports of `{whose}`");
        Self::new(Code::PinMatchesNothing, message)
            .at(&facts.pin.import, "not one import")
            .note(format!("it could be {}", quoted(facts.known)))
            .help(format!("write the whole name: `\"{}\"`", facts.known[0]))
            .fact("import", import)
    }
}

/// All of an instance is wired to imports or exported, and nothing of it is taken.
pub(in crate::resolve) struct SpreadWithoutUse<'f> {
    /// The instance as it was written there.
    pub(in crate::resolve) spread: &'f Written,
    /// The instance whose imports it was to fill; `None` if it was to be exported.
    pub(in crate::resolve) into: Option<&'f str>,
    pub(in crate::resolve) exports: Vec<String>,
    pub(in crate::resolve) imports: Vec<String>,
}

impl From<SpreadWithoutUse<'_>> for Diagnostic {
    fn from(facts: SpreadWithoutUse<'_>) -> Self {
        let spread = &facts.spread.text;
        let message = match facts.into {
            Some(into) => format!("nothing of `{spread}` fills an import of `{into}` that is still to be filled"),
            None => format!("nothing of `{spread}` is exported that is not exported already"),
        };
        let mut diagnostic = Self::new(Code::SpreadWithoutUse, message).at(facts.spread, "nothing of it is taken");
        diagnostic = match facts.exports.as_slice() {
            [] => diagnostic.note(format!("`{spread}` exports nothing")),
            exports => diagnostic.note(format!("`{spread}` exports {}", quoted(exports))),
        };
        if let Some(into) = facts.into {
            diagnostic = match facts.imports.as_slice() {
                [] => diagnostic.note(format!("`{into}` imports nothing")),
                imports => diagnostic.note(format!("`{into}` imports {}", quoted(imports))),
            };
        }
        diagnostic.help("leave it out").fact("instance", spread)
    }
}

/// An export that an instance does not have.
pub(in crate::resolve) struct UnknownExport<'f> {
    pub(in crate::resolve) instance: &'f str,
    pub(in crate::resolve) export: &'f Written,
    pub(in crate::resolve) near: Option<&'f str>,
    pub(in crate::resolve) known: &'f [String],
}

impl From<UnknownExport<'_>> for Diagnostic {
    fn from(facts: UnknownExport<'_>) -> Self {
        let (instance, export) = (facts.instance, &facts.export.text);
        let message = format!("`{instance}` does not export `{export}`");
        let mut diagnostic = Self::new(Code::UnknownExport, message).at(facts.export, "no such export");
        diagnostic = match facts.near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None if facts.known.is_empty() => diagnostic.note(format!("`{instance}` exports nothing")),
            None => diagnostic.note(format!("`{instance}` exports {}", quoted(facts.known))),
        };
        diagnostic.fact("instance", instance).fact("export", export)
    }
}

/// What a member of a chain lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::resolve) enum Lacks {
    /// It does not export the interface, so nothing before it could use it.
    Export,
    /// It does not import the interface, so what stands behind it would be left out.
    Import,
    /// It neither exports nor imports it.
    Both,
}

/// A component that cannot stand where a chain has it.
pub(in crate::resolve) struct ChainMember<'f> {
    pub(in crate::resolve) chain: &'f Chain,
    pub(in crate::resolve) member: &'f Written,
    pub(in crate::resolve) component: &'f Component,
    pub(in crate::resolve) lacks: Lacks,
    /// Whether it exports the interface.
    pub(in crate::resolve) provides: bool,
}

impl From<ChainMember<'_>> for Diagnostic {
    fn from(facts: ChainMember<'_>) -> Self {
        let (name, interface) = (&facts.member.text, &facts.chain.interface.text);
        let shape = &facts.component.shape;
        let (why, sides) = match facts.lacks {
            Lacks::Export => ("it does not export it", vec![("export", &shape.exports)]),
            Lacks::Import => ("it does not import it", vec![("import", &shape.imports)]),
            Lacks::Both => {
                ("it neither imports nor exports it", vec![("import", &shape.imports), ("export", &shape.exports)])
            }
        };
        let message = format!("`{name}` cannot stand in the chain for `{interface}`: {why}");
        let mut diagnostic = Self::new(Code::ChainMember, message)
            .at(facts.member, "this member")
            .note(format!("the chain is `{}`", chains::written(facts.chain)));
        for (verb, side) in sides {
            diagnostic = diagnostic.note(match side.is_empty() {
                true => format!("`{}` has no {verb}s at all", facts.component.origin),
                false => format!("`{}` {verb}s {}", facts.component.origin, quoted(side.keys())),
            });
        }
        let help = match facts.provides {
            false => format!("leave `{name}` out of the chain"),
            true => format!("let `{name}` be the last member: it provides the interface by itself"),
        };
        diagnostic.help(help).fact("component", &facts.component.origin).fact("interface", interface)
    }
}

/// A chain that stands before nothing.
pub(in crate::resolve) struct ChainWithoutUse<'f> {
    pub(in crate::resolve) chain: &'f Chain,
}

impl From<ChainWithoutUse<'_>> for Diagnostic {
    fn from(ChainWithoutUse { chain }: ChainWithoutUse<'_>) -> Self {
        let interface = &chain.interface.text;
        let message = format!("nothing outside the chain for `{interface}` imports it");
        Self::new(Code::ChainWithoutUse, message)
            .at(&chain.interface, "not used")
            .note(format!("the chain is `{}`", chains::written(chain)))
            .help("add the importing component to the inputs, name the root as the last member, or leave the chain out")
            .fact("interface", interface)
    }
}

/// A chain for an interface that no member has.
pub(in crate::resolve) struct ChainMatchesNothing<'f> {
    pub(in crate::resolve) chain: &'f Chain,
    pub(in crate::resolve) near: Option<&'f str>,
    /// What the members import and export.
    pub(in crate::resolve) known: &'f [String],
}

impl From<ChainMatchesNothing<'_>> for Diagnostic {
    fn from(facts: ChainMatchesNothing<'_>) -> Self {
        let interface = &facts.chain.interface.text;
        let message = format!("no member of the chain for `{interface}` imports or exports it");
        let mut diagnostic = Self::new(Code::ChainMatchesNothing, message)
            .at(&facts.chain.interface, "not known")
            .note(format!("the chain is `{}`", chains::written(facts.chain)));
        diagnostic = match facts.near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None if facts.known.is_empty() => diagnostic.note("its members import and export nothing"),
            None => diagnostic.note(format!("its members import and export {}", quoted(facts.known))),
        };
        diagnostic.fact("interface", interface)
    }
}
