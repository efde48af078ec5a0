//! What a component is allowed: plain data, nothing by default.
//!
//! The same value comes from the command line, from `[host]` of a manifest and from inside an executable. A capability
//! that is absent here is shut, and a component that imports it does not even start ([`crate::needs`]); one that stands in
//! [`Grants::shut`] starts and finds nothing behind it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a component is allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Grants {
    /// Directories it can open.
    pub dirs: Vec<Directory>,
    /// Its environment variables.
    pub env: BTreeMap<String, String>,
    /// The addresses it can talk to.
    pub net: Vec<Address>,
    /// The servers that it can send HTTP requests to.
    pub http: Vec<Origin>,
    /// What `wasi:config` tells it; `None` if that is shut.
    pub config: Option<BTreeMap<String, String>>,
    /// What its key-value buckets, which live in memory, hold at the start; `None` if they are shut.
    pub keyvalue: Option<BTreeMap<String, String>>,
    /// Capabilities (see [`crate::needs::Capability::word`]) that are there with nothing behind them: no directory, an
    /// address that is always refused.
    pub shut: Vec<String>,
}

/// A directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Directory {
    /// Where it is.
    pub host: String,
    /// What the component calls it.
    pub guest: String,
    /// Whether nothing in it can be changed.
    #[serde(default)]
    pub read_only: bool,
}

/// The transport of an [`Address`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// Connecting by TCP.
    Tcp,
    /// Accepting TCP connections at that address.
    TcpListen,
    /// Sending and receiving UDP.
    Udp,
}

/// An address, its name resolved when the component starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Address {
    /// The transport.
    pub transport: Transport,
    /// A name, an IPv4 address, or an IPv6 address without brackets.
    pub host: String,
    /// The port; `None` is every port.
    pub port: Option<u16>,
}

/// A server that HTTP requests may be sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Origin {
    /// `http` or `https`; `None` is both.
    pub scheme: Option<String>,
    /// Its name, lower case; `*.` in front allows every name below it.
    pub host: String,
    /// The port; `None` is the scheme's own.
    pub port: Option<u16>,
}

impl Origin {
    /// Whether a request to this scheme, host and port is allowed by it.
    pub fn allows(&self, scheme: &str, host: &str, port: Option<u16>) -> bool {
        let own = |scheme: &str| if scheme == "https" { 443 } else { 80 };
        let host = host.to_ascii_lowercase();
        let named = match self.host.strip_prefix("*.") {
            Some(above) => host.strip_suffix(above).is_some_and(|below| below.len() > 1 && below.ends_with('.')),
            None => host == self.host,
        };
        named
            && self.scheme.as_deref().is_none_or(|allowed| allowed == scheme)
            && port.unwrap_or(own(scheme)) == self.port.unwrap_or(own(scheme))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_allows_itself_only() {
        let origin =
            |scheme: Option<&str>, host: &str, port| Origin { scheme: scheme.map(Into::into), host: host.into(), port };
        let one = origin(Some("https"), "api.shop.test", None);
        assert!(one.allows("https", "API.shop.test", Some(443)));
        assert!(!one.allows("http", "api.shop.test", None));
        assert!(!one.allows("https", "api.shop.test", Some(8443)));
        assert!(!one.allows("https", "evil-api.shop.test", None));
        let below = origin(None, "*.shop.test", Some(8080));
        assert!(below.allows("http", "a.b.shop.test", Some(8080)));
        assert!(!below.allows("http", "shop.test", Some(8080)));
        assert!(!below.allows("http", ".shop.test", Some(8080)));
        assert!(!below.allows("http", "evilshop.test", Some(8080)));
    }
}
