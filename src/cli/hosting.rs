//! What a component is given, on the command line: the options that every verb has that runs one.

use super::request;
use crate::diag::Sink;
use crate::host::grammar;
use crate::model::hosting::{Given, Hosting};
use clap::Args;
use compose_engine::{Grants, Limits};

/// Grants and limits. Nothing is granted by default.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "What it is given")]
pub(super) struct HostArgs {
    /// Let it open a directory: `HOST::GUEST`, with `:ro` behind it if nothing in it may change (`:rw` says that it may, as
    /// without)
    #[arg(long, value_name = "HOST::GUEST[:ro]")]
    dir: Vec<String>,
    /// Give it a variable: `NAME=VALUE`, or `NAME` for the value that it has here
    #[arg(long, value_name = "NAME[=VALUE]")]
    env: Vec<String>,
    /// Let it talk to an address: `tcp:HOST:PORT`; also `udp` and `tcp-listen`, and `*` for every port
    #[arg(long, value_name = "KIND:HOST:PORT")]
    net: Vec<String>,
    /// Let it send HTTP requests to a server
    #[arg(long, value_name = "[SCHEME://]HOST[:PORT]")]
    http: Vec<String>,
    /// Tell it a value by `wasi:config`
    #[arg(long, value_name = "KEY=VALUE")]
    config: Vec<String>,
    /// Give it key-value buckets in memory, with values in them or (`--keyvalue ''`) empty
    #[arg(long, value_name = "KEY=VALUE")]
    keyvalue: Vec<String>,
    /// Let it find nothing behind `dir`, `net`, `http`, `config` or `keyvalue`, instead of not starting
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    shut: Vec<String>,
    /// How much it may take: `memory=64MiB`, `time=5s`, `fuel=1_000_000`, `table=1000`, `handles=100`, `output=1MiB`; each can
    /// be `none`, as `memory=none`
    #[arg(long, value_name = "WHAT=AMOUNT", value_delimiter = ',')]
    limit: Vec<String>,
}

impl HostArgs {
    /// The words, with their places.
    pub(super) fn hosting(&self, verb: &str) -> Hosting {
        let lists = [
            (Given::Dir, &self.dir),
            (Given::Env, &self.env),
            (Given::Net, &self.net),
            (Given::Http, &self.http),
            (Given::Config, &self.config),
            (Given::Keyvalue, &self.keyvalue),
            (Given::Shut, &self.shut),
            (Given::Limit, &self.limit),
        ];
        let mut given = Vec::new();
        let mut words: Vec<String> = Vec::new();
        for (kind, list) in lists {
            for word in list {
                given.push(kind);
                words.extend([format!("--{}", kind.word()), word.clone()]);
            }
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let written = request::words(verb, &words).into_iter().skip(1).step_by(2);
        Hosting { words: given.into_iter().zip(written).collect() }
    }

    /// What these words mean, over those of a manifest; `None` if one cannot be read, which is in the sink.
    pub(super) fn read(&self, verb: &str, manifest: Hosting, sink: &mut Sink) -> Option<(Grants, Limits)> {
        let hosting = manifest.and(self.hosting(verb));
        grammar::read(&hosting, |name| std::env::var(name).ok(), sink)
    }
}
