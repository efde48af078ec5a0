//! Every key of a manifest: its name, what may stand there, and what it is for.
//!
//! The one table of keys: the parser takes from it which keys are known, [`schema`](super::schema) describes it to
//! editors, and tests hold the manual and the parser against it. What the parser says about a *wrong* value is more than
//! a table can say and stays with the parser.

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) needed: bool,
    pub(super) about: &'static str,
}

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// `true` or `false`.
    Flag,
    /// `true`.
    True,
    /// A number from 0.
    Count,
    /// A string.
    Text(Text),
    /// A list of strings.
    List(Text),
    /// A list of strings that is not empty.
    Several(Text),
    /// A table of known keys.
    Table(&'static [Key]),
    /// A table of the user's keys; what may stand behind each; known keys beside them.
    Map(Text, &'static Form, &'static [Key]),
    /// A list of these.
    ListOf(&'static Form),
    /// One of these.
    OneOf(&'static [Form]),
}

/// What may stand in a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// A path.
    Path,
    /// A path that can be told from a name.
    PathOfComponent,
    /// The name of a component or instance.
    Name,
    /// The name of an instance, or `*`.
    NameOrAll,
    /// `ns:name` or `name`.
    NameOfResult,
    /// `ns:pkg`, with or without version.
    Package,
    /// A semantic version.
    Version,
    /// `app` or `ns:pkg/app`, with or without version.
    World,
    /// The name of a host.
    Host,
    /// `auto` or `off`.
    Merge,
    /// `auto` or `pins`.
    Wiring,
    /// `name`, `type` or `whole`.
    By,
    /// An interface, or a type in WIT.
    Declared,
    /// The name of an import or export, with or without version.
    Item,
    /// The same, or `ns:*`, `ns:pkg/*` or `*`.
    AnyItems,
    /// A rule of contracts.
    Rule,
    /// Items of contracts.
    ItemsOfContracts,
    /// `error`, `warning`, `note` or `off`.
    Grade,
    /// `backward`, `full-transitive`.
    Mode,
    /// `free` or `checked`.
    Unstable,
    /// A day, as `2026-12-31`.
    Day,
    /// Words that are not empty.
    Words,
    /// 12 hexadecimal digits.
    Fingerprint,
}

const fn key(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, form, needed: false, about }
}

const fn needed(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { needed: true, ..key(name, form, about) }
}

/// The tables of a manifest, in the order of the manual.
pub(super) const MANIFEST: &[Key] = &[
    key("composition", Form::Table(COMPOSITION), "What the result is called, begins with, and must be."),
    key(
        "wit",
        Form::Map(Text::Package, &PATH, &[]),
        "WIT packages that the world of the result uses: a file or folder each.",
    ),
    needed("components", Form::Map(Text::Name, &COMPONENT, &[]), "The components that are put together."),
    key(
        "instances",
        Form::Map(Text::Name, &INSTANCE, &[]),
        "Further instances of components, each with its own state.",
    ),
    key(
        "wires",
        Form::Map(Text::NameOrAll, &WIRES, &[]),
        "What fills the imports of an instance; `*` stands for every instance.",
    ),
    key(
        "chains",
        Form::Map(Text::Item, &CHAIN, &[]),
        "Middleware around an interface: the outermost first, the provider last.",
    ),
    key("imports", Form::Table(IMPORTS), "What the result may import."),
    key(
        "exports",
        Form::Map(Text::Item, &PLUG_FORM, EXPORTS),
        "What the result exports besides what its root exports.",
    ),
    key("contracts", Form::Table(CONTRACTS), "What counts as bad when contracts change."),
    key("host", Form::Table(HOST), "What the result is given when it runs; nothing without it."),
    key("test", Form::Table(TEST), "What the result should do, for `compose test`."),
];

/// `[host]`.
pub(super) const HOST: &[Key] = &[
    key(
        "dir",
        Form::List(Text::Words),
        "Directories it can open: `HOST::GUEST`, with `:ro` if nothing in it may change.",
    ),
    key("env", TEXTS, "Its environment variables."),
    key("net", Form::List(Text::Words), "Addresses it can talk to: `tcp:HOST:PORT`; also `udp` and `tcp-listen`."),
    key("http", Form::List(Text::Words), "Servers it can send HTTP requests to: `[https://]HOST[:PORT]`."),
    key("config", TEXTS, "What `wasi:config` tells it."),
    key("keyvalue", TEXTS, "What its key-value buckets in memory hold at the start."),
    key("shut", Form::List(Text::Words), "What it finds nothing behind: `dir`, `net`, `http`, `config`, `keyvalue`."),
    key("limit", TEXTS, "How much it may take: `memory`, `fuel`, `time`, `table`, `handles`, `output`."),
];

const TEXTS: Form = Form::Map(Text::Words, &Form::Text(Text::Words), &[]);

/// `[test]`.
pub(super) const TEST: &[Key] = &[key(
    "cases",
    Form::List(Text::Path),
    "Files of cases, folders of them, or patterns with `*`, `?` and `**`; without it, `tests/*.toml`.",
)];

/// `[composition]`.
pub(super) const COMPOSITION: &[Key] = &[
    key("name", Form::Text(Text::NameOfResult), "The name of the result; without it, the root's."),
    key("version", Form::Text(Text::Version), "The version of the result."),
    key(
        "root",
        Form::Text(Text::Name),
        "The instance whose exports become the result's; needed where there are several components.",
    ),
    key("world", Form::Table(WORLD), "The world that the result must conform to."),
    key("target", Form::Text(Text::Host), "The host that will run the result."),
    key("offer", Form::List(Text::Path), "Folders whose components may be used; unused ones are not mentioned."),
    key("wiring", Form::Text(Text::Wiring), "Whether what nothing is said about is wired by the rule, or not at all."),
    key("allow-unused", Form::Flag, "Whether a component of `[components]` may end unused."),
];

/// `world` of `[composition]`.
pub(super) const WORLD: &[Key] = &[
    needed("wit", Form::Text(Text::Path), "The file or folder that describes the world."),
    key("name", Form::Text(Text::World), "The world, where the package has several."),
];

const PATH: Form = Form::Text(Text::Path);

const COMPONENT: Form = Form::OneOf(&[Form::Text(Text::PathOfComponent), Form::Table(COMPONENT_TABLE)]);

/// A component that is a table.
pub(super) const COMPONENT_TABLE: &[Key] = &[needed("path", PATH, "The file of the component.")];

/// Keys of a component that are kept for registries and refused for now.
pub(super) const RESERVED: [&str; 2] = ["package", "version"];

const INSTANCE: Form = Form::OneOf(&[Form::Table(INSTANCE_TABLE), Form::Table(KEPT)]);

/// `[instances.NAME]`.
pub(super) const INSTANCE_TABLE: &[Key] = &[
    needed("component", Form::Text(Text::Name), "The component that it is an instance of."),
    key("keep", Form::Flag, "Whether it is in the result although nothing there uses it."),
];

/// The same for the instance that a component has anyway.
const KEPT: &[Key] = &[needed("keep", Form::Flag, "Whether it is in the result although nothing there uses it.")];

const WIRES: Form = Form::Map(Text::AnyItems, &PINS, &[]);

const PINS: Form = Form::OneOf(&[PIN, Form::ListOf(&PIN)]);

const PIN: Form =
    Form::OneOf(&[Form::Text(Text::Name), Form::Table(PIN_PLUG), Form::Table(PIN_IMPORT), Form::Table(OPEN)]);

const PLUG_FORM: Form = Form::OneOf(&[Form::Text(Text::Name), Form::Table(EXPORT_PLUG), Form::Table(EXPORT_IMPORT)]);

const OWN_NAMES: Form = Form::OneOf(&[OWN_NAME, Form::ListOf(&OWN_NAME)]);

const OWN_NAME: Form = Form::OneOf(&[Form::Text(Text::Name), Form::Table(OWN_PLUG), Form::Table(OWN_IMPORT)]);

const WAY: Form = Form::OneOf(&[Form::Text(Text::Item), Form::Several(Text::Item)]);

const INSTANCE_KEY: Key = needed("instance", Form::Text(Text::Name), "The instance.");
const EXPORT_KEY: Key = key("export", WAY, "Its export, where that is called otherwise; a list leads inside of it.");
const BY_KEY: Key =
    key("by", Form::Text(Text::By), "What of it is meant: an export by its name, what fits, or all of it.");
const IMPORT_KEY: Key = needed("import", WAY, "An import of `[imports.declare]`; a list leads inside of it.");
const INFERRED_KEY: Key =
    key("inferred", Form::Flag, "Whether an import that is called like the export goes before the one that is named.");
const IMPLEMENTS_KEY: Key = key("implements", Form::Flag, "Whether a label says which interface it implements.");
const ALL_KEY: Key = key("all", Form::Flag, "Whether everything inside of it is meant.");

const PIN_PLUG: &[Key] = &[INSTANCE_KEY, EXPORT_KEY, BY_KEY, INFERRED_KEY];
const PIN_IMPORT: &[Key] = &[IMPORT_KEY, INFERRED_KEY];
const EXPORT_PLUG: &[Key] = &[INSTANCE_KEY, EXPORT_KEY, BY_KEY, IMPLEMENTS_KEY];
const EXPORT_IMPORT: &[Key] = &[IMPORT_KEY, IMPLEMENTS_KEY];
const OWN_PLUG: &[Key] = &[INSTANCE_KEY, EXPORT_KEY, ALL_KEY];
const OWN_IMPORT: &[Key] = &[IMPORT_KEY, ALL_KEY];

/// What is wired or exported, as a table.
pub(super) const PLUG: &[Key] = &[INSTANCE_KEY, EXPORT_KEY, BY_KEY, IMPORT_KEY];

/// What is left to the host.
pub(super) const OPEN: &[Key] = &[needed("open", Form::True, "It stays an import of the result.")];

const CHAIN: Form = Form::Several(Text::Name);

/// `[imports]`.
pub(super) const IMPORTS: &[Key] = &[
    key("allow", Form::List(Text::AnyItems), "What may stay open; without it, `wasi:*`."),
    key("deny", Form::List(Text::AnyItems), "What may not stay open, whatever is allowed."),
    key("merge", Form::Text(Text::Merge), "Whether open imports of one interface on one semver track become one."),
    key(
        "declare",
        Form::Map(Text::Item, &Form::Text(Text::Declared), &[]),
        "Imports that the result has by themselves: an interface, or a type in WIT.",
    ),
];

/// What stands in `[exports]` beside the exports.
pub(super) const EXPORTS: &[Key] = &[
    key("root", Form::Flag, "Whether the root's own exports are exported."),
    key("*", OWN_NAMES, "What is exported under the name that it has."),
];

/// `[contracts]`.
pub(super) const CONTRACTS: &[Key] = &[
    key("mode", Form::Text(Text::Mode), "Who must not be broken; without it, the versions decide."),
    key("public", Form::List(Text::ItemsOfContracts), "The interfaces that others use; without it, all."),
    key("implemented", Form::List(Text::ItemsOfContracts), "The interfaces that others implement."),
    key("remote", Form::List(Text::ItemsOfContracts), "The interfaces that may be reached over a network, for lint."),
    key("capabilities", Form::List(Text::ItemsOfContracts), "The capabilities that components may have, for lint."),
    key("lock", PATH, "The recorded consumers that the result must not break."),
    key("environment", Form::Text(Text::Words), "The environment whose recordings count; without it, all do."),
    key("unstable", Form::Text(Text::Unstable), "Whether unstable items are free to change."),
    key("deprecation", Form::Table(DEPRECATION), "How long something is deprecated before it may be removed."),
    key("severity", Form::Map(Text::Rule, &Form::Text(Text::Grade), &[]), "How bad findings of a rule are."),
    key("ignore", IGNORES, "Exceptions, each with a reason and a last day."),
];

/// `deprecation` of `[contracts]`.
pub(super) const DEPRECATION: &[Key] = &[needed("versions", Form::Count, "For so many released versions.")];

const IGNORES: Form = Form::OneOf(&[Form::Table(IGNORE), Form::ListOf(&Form::Table(IGNORE))]);

/// An exception.
pub(super) const IGNORE: &[Key] = &[
    needed("rule", Form::Text(Text::Rule), "The rule."),
    needed("item", Form::Text(Text::ItemsOfContracts), "The item, with all inside; `*` is any run of letters."),
    needed("reason", Form::Text(Text::Words), "Why."),
    needed("expires", Form::Text(Text::Day), "The last day, as `2026-12-31`."),
    key("fingerprint", Form::Text(Text::Fingerprint), "The one finding that is meant, if not all."),
];

/// The names of keys.
pub(super) fn names(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}
