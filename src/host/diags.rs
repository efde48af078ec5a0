//! What can be wrong with running a component, in words.

mod calls;

pub use calls::{NotCalled, value};
mod trapped;

use crate::diag::{Code, Diagnostic};
use crate::host::blame::Blame;
use crate::model::hosting::Given;
use crate::model::listed::quoted;
use crate::model::request::Written;
use compose_engine::{Asked, Capability, Error, Flooded, Need};

/// What a word of a grant should have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// `HOST::GUEST[:ro]`.
    Directory,
    /// `NAME=VALUE`.
    Variable,
    /// A variable that is set here.
    VariableHere,
    /// `tcp:HOST:PORT`.
    Address,
    /// `[https://]HOST[:PORT]`.
    Origin,
    /// `KEY=VALUE`.
    KeyAndValue,
    /// The name of a capability.
    Capability,
    /// `KIND=VALUE`.
    Limit,
    /// A number of bytes.
    Bytes,
    /// A time.
    Time,
    /// A number.
    Count,
}

impl Expected {
    /// What is expected, and an example.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Directory => ("a directory here and what the component calls it, `HOST::GUEST`", "data::/data:ro"),
            Self::Variable => ("a variable and its value, `NAME=VALUE`", "LANG=C"),
            Self::VariableHere => ("a value: no variable of that name is set here", "LANG=C"),
            Self::Address => ("`tcp`, `udp` or `tcp-listen`, a host and a port", "tcp:127.0.0.1:5432"),
            Self::Origin => ("a server, with or without scheme and port", "https://localhost:8443"),
            Self::KeyAndValue => ("a key and its value, `KEY=VALUE`", "currency=EUR"),
            Self::Capability => ("one of `dir`, `net`, `http`, `config`, `keyvalue`", "net"),
            Self::Limit => {
                ("one of `memory`, `fuel`, `time`, `table`, `handles`, `output` and how much", "memory=64MiB")
            }
            Self::Bytes => ("a number of bytes, as `65536`, `64KiB` or `1GiB`, or `none`", "memory=64MiB"),
            Self::Time => ("a time, as `500ms`, `5s` or `1min`, or `none`", "time=5s"),
            Self::Count => ("a number, or `none`", "fuel=1_000_000"),
        }
    }
}

/// C0801: a word that says what is granted cannot be understood.
#[derive(Debug)]
pub struct BadGrant<'a> {
    /// What it is about.
    pub given: Given,
    /// What was written.
    pub written: &'a Written,
    /// What it should have been.
    pub expected: Expected,
}

impl From<BadGrant<'_>> for Diagnostic {
    fn from(BadGrant { given, written, expected }: BadGrant<'_>) -> Self {
        let (wanted, example) = expected.words();
        let key = given.word();
        let help = match written.at.is_some() && !written.on_command_line() {
            true => format!("write it as \"{example}\""),
            false => format!("--{key} {example}"),
        };
        Self::new(Code::BadGrant, format!("`{}` is nothing that `{key}` can be", written.text))
            .fact("grant", key)
            .at(written, format!("expected {wanted}"))
            .help(help)
    }
}

/// What went wrong with a component in the engine.
#[derive(Debug)]
pub struct Failed<'a> {
    /// What the component is called in messages.
    pub name: &'a str,
    /// What went wrong.
    pub error: &'a Error,
    /// Who inside of it is concerned, by import.
    pub wanting: &'a dyn Wanting,
}

/// Who inside of a component wants an import of it.
pub trait Wanting: std::fmt::Debug {
    /// The names of the instances, in order; empty if nothing is known.
    fn of(&self, import: &str) -> Vec<String>;

    /// Whose code is where in it; asked when something trapped.
    fn blame(&self) -> Blame {
        Blame::default()
    }
}

/// Nothing is known of the inside.
#[derive(Debug, Clone, Copy)]
pub struct Unknown;

impl Wanting for Unknown {
    fn of(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

impl From<Failed<'_>> for Diagnostic {
    fn from(Failed { name, error, wanting }: Failed<'_>) -> Self {
        match error {
            Error::Needs(needs) => not_granted(name, needs, wanting),
            Error::Grant { grant, why } => {
                Self::new(Code::GrantImpossible, format!("`{grant}` cannot be granted: {why}")).fact("grant", grant)
            }
            Error::Trap(trap) => trapped::trapped(name, trap, &wanting.blame()),
            Error::Limit(limit) => {
                let word = limit.word();
                Self::new(Code::LimitReached, format!("`{name}` reached its limit of {word}"))
                    .fact("limit", word)
                    .help(format!("--limit {word}=none"))
            }
            Error::Flood { most, of } => {
                let most = match of {
                    Flooded::Bytes => format!("{} MiB", most >> 20),
                    Flooded::Elements => format!("{most} elements"),
                };
                let message = format!("`{name}` gave more than the {most} that are kept of streams");
                let diagnostic = Self::new(Code::LimitReached, message).fact("limit", "output");
                if *of == Flooded::Bytes { diagnostic.help("--limit output=1GiB") } else { diagnostic }
            }
            Error::Export { wanted, known } => {
                let other = known.iter().find(|known| known.split('@').next() == Some(wanted) && known.contains('@'));
                let message = match other {
                    Some(_) => format!("`{name}` exports no `{wanted}` of a version that this host runs"),
                    None => format!("`{name}` exports no `{wanted}`"),
                };
                let diagnostic = Self::new(Code::NothingToRun, message);
                let diagnostic = diagnostic.note(format!("it exports {}", quoted(known))).fact("export", wanted);
                match other {
                    Some(_) => diagnostic.note("this host runs 0.2 and 0.3.0; a draft of a version is another version"),
                    None => diagnostic,
                }
            }
            Error::Component(why) | Error::Link(why) | Error::Image(why) | Error::Engine(why) => {
                Self::new(Code::EngineRefuses, format!("the engine does not take `{name}`")).note(why.clone())
            }
            Error::Call(bad) => NotCalled { name, bad, within: None }.into(),
            Error::Ended(by) => calls::ended(name, by),
            _ => Self::new(Code::CallFailed, format!("{error}")),
        }
    }
}

/// What there is to say of a command that ended with an error by its own account, a line each.
pub fn failed_by_itself(asked: Asked) -> String {
    trapped::looked_for(asked).into_iter().map(|looked| format!("note: {looked}\n")).collect()
}

/// C0803: imports that were not granted, each with who wants it and what would grant it.
fn not_granted(name: &str, needs: &[Need], wanting: &dyn Wanting) -> Diagnostic {
    let imports: Vec<&str> = needs.iter().map(|need| need.import.as_str()).collect();
    let mut diagnostic = Diagnostic::new(Code::NotGranted, format!("`{name}` was not granted {}", quoted(&imports)));
    for need in needs {
        let who = wanting.of(&need.import);
        let wants = if who.is_empty() { String::new() } else { format!(", which {} imports", quoted(&who)) };
        let way = match need.capability {
            Some(capability) => {
                let (flag, word) = grant(capability);
                format!("`{flag}` grants `{}`{wants}; `--shut {word}` lets it find nothing there", need.import)
            }
            None => format!("no host has `{}`{wants}: a component has to provide it", need.import),
        };
        diagnostic = diagnostic.note(way).fact("import", &need.import);
    }
    // All of them in a line that can be pasted.
    let mut flags: Vec<&str> = Vec::new();
    for (flag, _) in needs.iter().filter_map(|need| need.capability.map(grant)) {
        if !flags.contains(&flag) {
            flags.push(flag);
        }
    }
    if flags.is_empty() { diagnostic } else { diagnostic.help(flags.join(" ")) }
}

/// A flag that grants a capability, with an example of a value, and the capability's word.
fn grant(capability: Capability) -> (&'static str, &'static str) {
    let flag = match capability {
        Capability::Directories => "--dir .::/",
        Capability::Network => "--net tcp:127.0.0.1:5432",
        Capability::Http => "--http https://localhost",
        Capability::Config => "--config KEY=VALUE",
        Capability::Keyvalue => "--keyvalue KEY=VALUE",
    };
    (flag, capability.word())
}
