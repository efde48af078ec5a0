//! What can be wrong with serving a component, in words.

use crate::diag::{Code, Diagnostic};
use crate::host::diags::{Failed, Wanting};
use crate::model::listed::quoted;
use crate::sources::diags::system_words;
use compose_engine::{Error, Failure};
use std::io::{self, ErrorKind};
use std::net::SocketAddr;

/// C0813, C0814: an address that cannot be listened at.
#[derive(Debug)]
pub struct NoDoor {
    /// The address.
    pub address: SocketAddr,
    /// What the system says.
    pub error: io::Error,
}

impl From<&NoDoor> for Diagnostic {
    fn from(NoDoor { address, error }: &NoDoor) -> Self {
        let free = SocketAddr::new(address.ip(), 0);
        if error.kind() == ErrorKind::AddrInUse {
            return Self::new(Code::AddressTaken, format!("another process listens at `{address}`"))
                .fact("address", address)
                .note("port 0 is any free one; which it is will be printed")
                .help(format!("--addr {free}"));
        }
        let diagnostic = Self::new(Code::AddressImpossible, format!("`{address}` cannot be listened at"));
        let diagnostic = diagnostic.fact("address", address);
        match error.kind() {
            ErrorKind::AddrNotAvailable => diagnostic
                .note(format!("`{}` is no address of this machine", address.ip()))
                .help("--addr 127.0.0.1:8080"),
            ErrorKind::PermissionDenied => diagnostic
                .note(format!("port {} is for privileged processes", address.port()))
                .help(format!("--addr {free}")),
            _ => diagnostic.note(system_words(error)),
        }
    }
}

/// C0815: a component that answers no requests.
#[derive(Debug)]
pub struct NoServer<'a> {
    /// What it is called in messages.
    pub name: &'a str,
    /// What it exports.
    pub exports: &'a [String],
    /// Whether it is a command.
    pub runs: bool,
    /// How the command line names it; nothing for a manifest that is found by itself.
    pub word: Option<&'a str>,
}

impl From<NoServer<'_>> for Diagnostic {
    fn from(NoServer { name, exports, runs, word }: NoServer<'_>) -> Self {
        let message = format!("`{name}` answers no HTTP requests");
        let mut diagnostic = Self::new(Code::NoServer, message)
            .note("a server exports `wasi:http/incoming-handler` (0.2) or `wasi:http/handler` (0.3)");
        diagnostic = match exports {
            [] => diagnostic.note("it exports nothing"),
            exports => diagnostic.note(format!("it exports {}", quoted(exports))),
        };
        match (runs, word) {
            (false, _) => diagnostic,
            (true, None) => diagnostic.help("compose run"),
            (true, Some(word)) => diagnostic.help(format!("compose run {}", crate::diag::shell_word(word))),
        }
    }
}

/// C0816 and what stops any component: an instance that failed while it answered requests.
#[derive(Debug)]
pub struct InstanceFailed<'a> {
    /// What the component is called in messages.
    pub name: &'a str,
    /// What happened.
    pub failure: &'a Failure,
    /// What is known of its inside.
    pub inside: &'a dyn Wanting,
}

impl From<InstanceFailed<'_>> for Diagnostic {
    fn from(InstanceFailed { name, failure, inside }: InstanceFailed<'_>) -> Self {
        let diagnostic = match &failure.error {
            Error::Http(why) => Self::new(Code::NoAnswer, format!("`{name}` gave no answer")).note(why.clone()),
            error => Self::from(Failed { name, error, wanting: inside }),
        };
        let requests: Vec<String> = failure.requests.iter().map(ToString::to_string).collect();
        let requests = match requests.as_slice() {
            [] => String::new(),
            [one] => format!("request {one}"),
            several => format!("requests {}", several.join(", ")),
        };
        match (failure.instance, requests.is_empty()) {
            (Some(instance), false) => {
                diagnostic.note(format!("in instance {instance}, which was to answer {requests}"))
            }
            (Some(instance), true) => {
                diagnostic.note(format!("in instance {instance}, which had no request left to answer"))
            }
            (None, false) => diagnostic.note(format!("an instance for {requests} could not be made")),
            (None, true) => diagnostic,
        }
    }
}
