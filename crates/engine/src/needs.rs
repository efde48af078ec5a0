//! What a component imports that it was not granted, told before it starts.
//!
//! Judged by the doors of a capability: types, streams and polling lead nowhere by themselves, and are always there. The
//! same holds for clocks, randomness, arguments, standard streams and the environment, which can be given empty.

use crate::grants::Grants;

/// Something in the host's gift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Capability {
    /// `wasi:filesystem`.
    Directories,
    /// `wasi:sockets`.
    Network,
    /// Requests to other servers by `wasi:http`.
    Http,
    /// `wasi:config`.
    Config,
    /// `wasi:keyvalue`.
    Keyvalue,
}

impl Capability {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Directories, Self::Network, Self::Http, Self::Config, Self::Keyvalue];

    /// Its name in [`Grants::shut`], which is also that of its flag and its key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Directories => "dir",
            Self::Network => "net",
            Self::Http => "http",
            Self::Config => "config",
            Self::Keyvalue => "keyvalue",
        }
    }

    /// The capability that an import, with or without version, is a door to.
    pub fn of(import: &str) -> Option<Self> {
        let name = import.split('@').next().unwrap_or(import);
        Some(match name {
            "wasi:filesystem/preopens" => Self::Directories,
            "wasi:sockets/tcp-create-socket" | "wasi:sockets/udp-create-socket" | "wasi:sockets/ip-name-lookup" => {
                Self::Network
            }
            // In 0.3 the functions that make sockets stand among the types.
            "wasi:sockets/types" => Self::Network,
            "wasi:http/outgoing-handler" | "wasi:http/client" => Self::Http,
            _ if name.starts_with("wasi:config/") => Self::Config,
            _ if name.starts_with("wasi:keyvalue/") => Self::Keyvalue,
            _ => return None,
        })
    }

    /// Whether it is given, be it shut.
    pub fn granted(self, grants: &Grants) -> bool {
        let open = match self {
            Self::Directories => !grants.dirs.is_empty(),
            Self::Network => !grants.net.is_empty(),
            Self::Http => !grants.http.is_empty(),
            Self::Config => grants.config.is_some(),
            Self::Keyvalue => grants.keyvalue.is_some(),
        };
        open || grants.shut.iter().any(|word| word == self.word())
    }
}

/// An import that is not granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its name, as the component spells it.
    pub import: String,
    /// What would have to be granted; `None` if no grant gives it, because no host of ours has it.
    pub capability: Option<Capability>,
}

/// The packages that a host of ours has.
const PACKAGES: [&str; 9] = [
    "wasi:cli/",
    "wasi:clocks/",
    "wasi:config/",
    "wasi:filesystem/",
    "wasi:http/",
    "wasi:io/",
    "wasi:keyvalue/",
    "wasi:random/",
    "wasi:sockets/",
];

/// What is missing of these imports, in their order. `given` are those that somebody else provides.
pub(crate) fn missing<'i>(
    imports: impl Iterator<Item = &'i str>,
    grants: &Grants,
    given: impl Fn(&str) -> bool,
) -> Vec<Need> {
    let mut needs = Vec::new();
    for import in imports.filter(|import| !given(import)) {
        let capability = Capability::of(import);
        let there = match capability {
            Some(capability) => capability.granted(grants),
            None => PACKAGES.iter().any(|package| import.starts_with(package)),
        };
        if !there {
            needs.push(Need { import: import.into(), capability });
        }
    }
    needs
}
