//! The command line as clap reads it: words only. What the words mean together is `request.rs`' affair.

use super::commands::completions::Completions;
use super::commands::contract::Contract;
#[cfg(feature = "host")]
use super::commands::exe::Exe;
use super::commands::graph::Graph;
use super::commands::init::Init;
use super::commands::inspect::Inspect;
use super::commands::man::Man;
#[cfg(feature = "host")]
use super::commands::run::Run;
#[cfg(feature = "host")]
use super::commands::serve::Serve;
#[cfg(feature = "host")]
use super::commands::test::Test;
use super::commands::why::Why;
use super::grammar::{DepWord, EmitWord, NamedFile};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

/// Compose WebAssembly components: resolve, check and link many components into one.
#[derive(Debug, Parser)]
#[command(name = "compose", version, max_term_width = 100, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 all is well, 1 the composition has errors, 2 the command line makes no sense,\n\
    3 the work could not be done (output cannot be written, the host cannot run)."
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// `compose run` as if it were all there is: to describe the other verbs takes longer than to run a small component. What it
/// does not understand is for [`Cli`] to refuse.
#[cfg(feature = "host")]
#[derive(Debug, Parser)]
pub(super) struct OnlyRun {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(flatten)]
    pub(super) run: Run,
}

/// Options of every verb.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Global {
    /// Work as if started in that folder
    #[arg(short = 'C', value_name = "DIR", value_hint = ValueHint::DirPath, global = true)]
    pub(super) directory: Option<PathBuf>,
    /// The form of errors and warnings
    #[arg(long, value_enum, value_name = "FORM", default_value_t, global = true)]
    pub(super) message_format: MessageFormat,
    /// Make errors of all `warnings`, or only of `new-imports` (what `--against` finds)
    #[arg(long, value_enum, value_name = "WHAT", global = true, hide_possible_values = true, value_delimiter = ',')]
    pub(super) deny: Vec<Deny>,
    /// Colours: only on a terminal (and without NO_COLOR), or as told
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, global = true)]
    pub(super) color: Color,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say more: reasons, what was rejected, and how long each stage took
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(super) verbose: u8,
}

/// The form of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum MessageFormat {
    // With the places drawn, notes and help.
    #[default]
    Human,
    // One line each.
    Short,
    // One JSON object per line.
    Json,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Color {
    // On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    // Always.
    Always,
    // Never.
    Never,
}

/// What is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    // Every warning is an error.
    Warnings,
    // What the result asks of its host and an older artifact did not.
    NewImports,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Compose the inputs into one component
    Build(Build),
    /// Do everything that `build` does up to writing, and print the plan
    Check(Check),
    /// Say why something is wired, open, exported, there or unused, and why not otherwise
    Why(Why),
    /// Draw the wiring: as text, DOT, Mermaid or JSON
    Graph(Graph),
    /// Show what is inside of any component: parts, sizes, wires, versions
    Inspect(Inspect),
    /// Run a component: its command, or one of its functions
    #[cfg(feature = "host")]
    Run(Run),
    /// Run the cases that tell what a composition should do
    #[cfg(feature = "host")]
    Test(Test),
    /// Answer HTTP requests with a component
    #[cfg(feature = "host")]
    Serve(Serve),
    /// Make one executable of a component that needs nothing installed; look into such executables
    #[cfg(feature = "host")]
    Exe(Box<Exe>),
    /// Write a manifest of what `build` would be given
    Init(Init),
    /// Check contracts between teams: what changed, and what compiled components really ask of each other
    Contract(Contract),
    /// Print the page of an error or warning, or of a rule of contracts
    Explain(Explain),
    /// Print what a shell needs to complete this command line
    Completions(Completions),
    /// Print the manual page, or write all of them
    Man(Man),
}

impl Verb {
    /// Whether it runs a component and makes nothing, unless it finds more to do.
    pub(super) fn only_runs(&self) -> bool {
        #[cfg(feature = "host")]
        return matches!(self, Verb::Run(_));
        #[cfg(not(feature = "host"))]
        false
    }
}

/// `compose build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Where to write the component; `-` is standard output [default: target/compose/NAME.wasm]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<String>,
    /// What to validate before writing: the types and wiring, or every byte
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    pub(super) verify: Verify,
    /// Leave the plan out of the component
    #[arg(long)]
    pub(super) no_plan: bool,
    /// Also write the plan (JSON), the WIT, the text form, or a depfile; beside the output unless a path is given
    #[arg(long, value_name = "KIND[=FILE]", value_delimiter = ',')]
    pub(super) emit: Vec<EmitWord>,
    #[command(flatten)]
    pub(super) against: Against,
    #[command(flatten)]
    pub(super) composition: Composition,
}

/// What a composition is compared with.
#[derive(Debug, Args)]
pub(super) struct Against {
    /// Say what changes since that component was built: above all, what is asked of the host that was not
    #[arg(long, value_name = "OLD.wasm", value_hint = ValueHint::FilePath)]
    pub(super) against: Option<String>,
}

/// What a build is checked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Verify {
    // The types and the wiring, without the bodies.
    #[default]
    Skeleton,
    // Every byte.
    Full,
}

/// `compose check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) against: Against,
    #[command(flatten)]
    pub(super) composition: Composition,
}

/// `compose explain`.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A code or its name: C0401, unresolved-import; or a rule: func-added
    #[arg(required_unless_present = "list")]
    pub(super) code: Option<String>,
    /// List every code
    #[arg(long, conflicts_with = "code")]
    pub(super) list: bool,
}

/// What is composed, and how.
#[derive(Debug, Args)]
#[command(next_help_heading = "Composition")]
pub(super) struct Composition {
    /// The components, `-` is standard input; the first is the root. Or a `.wac` document, or a
    /// configuration of `wasm-tools compose` (YAML, and beside it the root), that says what to compose.
    /// Without any, `compose.toml` says it
    #[arg(value_name = "[NAME=]FILE", help_heading = "Arguments", value_hint = ValueHint::FilePath,
        conflicts_with = "manifest_path")]
    pub(super) files: Vec<NamedFile>,
    /// The manifest, or a document in its place [default: compose.toml here or in a folder above]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) manifest_path: Option<PathBuf>,
    #[command(flatten)]
    pub(super) packages: Packages,
    /// The component whose exports become the result's
    #[arg(long, value_name = "NAME")]
    pub(super) root: Option<String>,
    /// A folder whose components may be used; those not needed are left out in silence. Without components
    /// or a manifest, `--root` says which of them is the root
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) offer: Vec<String>,
    /// Wire an import: `[INSTANCE:]IMPORT=TARGET`, where TARGET is an instance, `instance.export`, or `open`
    #[arg(long, value_name = "WIRE")]
    pub(super) wire: Vec<String>,
    /// Put middleware around an interface, the outermost first: `IFACE=a,b,c`
    #[arg(long, value_name = "CHAIN")]
    pub(super) chain: Vec<String>,
    /// Let matching imports stay open too: an interface, `ns:pkg/*` or `ns:*`; `wasi:*` may by default
    #[arg(long, value_name = "PATTERN")]
    pub(super) allow_import: Vec<String>,
    /// Let no matching import stay open, whatever is allowed
    #[arg(long, value_name = "PATTERN")]
    pub(super) deny_import: Vec<String>,
    /// Let a component that was named end unused
    #[arg(long)]
    pub(super) allow_unused: bool,
    /// Validate every input again, whatever earlier runs found out
    #[arg(long)]
    pub(super) no_cache: bool,
    /// The host the result is for
    #[arg(long, value_name = "HOST")]
    pub(super) target: Option<String>,
}

/// Where the packages of a document are.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Packages {
    /// A folder where the packages of a `.wac` document are looked up [default: deps]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) deps: Vec<String>,
    /// Where a package of a `.wac` document is, if not there
    #[arg(long, value_name = "NS:PKG[@VERSION]=PATH")]
    pub(super) dep: Vec<DepWord>,
}
