//! What a component is given when it runs, in the user's words: from `[host]` of a manifest or from the command line.
//!
//! Words and no meaning, so that a composition can be read without the engine. What they mean is `host`'s affair.

use super::request::Written;

/// What a word is about. On the command line `--dir` and so on, in `[host]` a key of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Given {
    /// A directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change.
    Dir,
    /// A variable of the environment: `NAME=VALUE`, or `NAME` for the value that it has here.
    Env,
    /// An address: `tcp:HOST:PORT`, `udp:HOST:PORT`, `tcp-listen:HOST:PORT`; `*` is every port.
    Net,
    /// A server for HTTP requests: `[https://]HOST[:PORT]`.
    Http,
    /// A value of `wasi:config`: `KEY=VALUE`.
    Config,
    /// A value that is in the key-value store from the start: `KEY=VALUE`; empty for a store with nothing in it.
    Keyvalue,
    /// A capability that is there with nothing behind it: `net`.
    Shut,
    /// A limit: `memory=64MiB`.
    Limit,
}

impl Given {
    /// Each with its name.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Dir, "dir"),
        (Self::Env, "env"),
        (Self::Net, "net"),
        (Self::Http, "http"),
        (Self::Config, "config"),
        (Self::Keyvalue, "keyvalue"),
        (Self::Shut, "shut"),
        (Self::Limit, "limit"),
    ];

    /// Its name.
    pub fn word(self) -> &'static str {
        let found = Self::ALL.iter().find(|(given, _)| *given == self);
        found.map_or("", |(_, word)| word)
    }
}

/// Everything a component is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hosting {
    /// The words, in the order they were written.
    pub words: Vec<(Given, Written)>,
}

impl Hosting {
    /// These words and then those, which go first where only one can hold.
    #[must_use]
    pub fn and(mut self, over: Hosting) -> Self {
        self.words.extend(over.words);
        self
    }
}
