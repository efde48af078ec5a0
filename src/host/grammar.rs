//! What the words of grants and limits mean.

use crate::diag::Sink;
use crate::host::diags::{BadGrant, Expected};
use crate::model::hosting::{Given, Hosting};
use compose_engine::{Address, Capability, Directory, Grants, Limits, Origin, Transport};

/// Reads every word; `None` if one of them cannot be read, which is in the sink. `here` tells the values of this process's
/// own environment, for variables that are passed on.
pub fn read(hosting: &Hosting, here: impl Fn(&str) -> Option<String>, sink: &mut Sink) -> Option<(Grants, Limits)> {
    let (mut grants, mut limits) = (Grants::default(), Limits::default());
    let mut clean = true;
    for (given, written) in &hosting.words {
        if let Err(expected) = word(*given, &written.text, &here, &mut grants, &mut limits) {
            sink.report(BadGrant { given: *given, written, expected });
            clean = false;
        }
    }
    clean.then_some((grants, limits))
}

fn word(
    given: Given,
    text: &str,
    here: &impl Fn(&str) -> Option<String>,
    grants: &mut Grants,
    limits: &mut Limits,
) -> Result<(), Expected> {
    match given {
        Given::Dir => grants.dirs.push(directory(text)?),
        Given::Env => {
            let (name, value) = match text.split_once('=') {
                Some((name, value)) => (name, value.to_owned()),
                None => (text, here(text).ok_or(Expected::VariableHere)?),
            };
            if name.is_empty() {
                return Err(Expected::Variable);
            }
            grants.env.insert(name.into(), value);
        }
        Given::Net => grants.net.push(address(text)?),
        Given::Http => grants.http.push(origin(text)?),
        Given::Config => {
            let (key, value) = text.split_once('=').ok_or(Expected::KeyAndValue)?;
            grants.config.get_or_insert_default().insert(key.into(), value.into());
        }
        Given::Keyvalue => {
            let store = grants.keyvalue.get_or_insert_default();
            if !text.is_empty() {
                let (key, value) = text.split_once('=').ok_or(Expected::KeyAndValue)?;
                store.insert(key.into(), value.into());
            }
        }
        Given::Shut => {
            let known = Capability::ALL.iter().any(|capability| capability.word() == text);
            known.then_some(()).ok_or(Expected::Capability)?;
            grants.shut.push(text.into());
        }
        Given::Limit => limit(text, limits)?,
    }
    Ok(())
}

/// `HOST::GUEST[:ro]`, or `PATH[:ro]` where both are the same.
fn directory(text: &str) -> Result<Directory, Expected> {
    let (paths, read_only) = match text.strip_suffix(":ro") {
        Some(paths) => (paths, true),
        None => (text.strip_suffix(":rw").unwrap_or(text), false),
    };
    let (host, guest) = paths.split_once("::").unwrap_or((paths, paths));
    if host.is_empty() || guest.is_empty() {
        return Err(Expected::Directory);
    }
    Ok(Directory { host: host.into(), guest: guest.into(), read_only })
}

/// `TRANSPORT:HOST:PORT`.
fn address(text: &str) -> Result<Address, Expected> {
    let (transport, rest) = text.split_once(':').ok_or(Expected::Address)?;
    let transport = match transport {
        "tcp" => Transport::Tcp,
        "tcp-listen" => Transport::TcpListen,
        "udp" => Transport::Udp,
        _ => return Err(Expected::Address),
    };
    let (host, port) = rest.rsplit_once(':').ok_or(Expected::Address)?;
    let port = match port {
        "*" => None,
        port => Some(port.parse().map_err(|_| Expected::Address)?),
    };
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    if host.is_empty() {
        return Err(Expected::Address);
    }
    Ok(Address { transport, host: host.into(), port })
}

/// `[SCHEME://]HOST[:PORT]`.
fn origin(text: &str) -> Result<Origin, Expected> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme @ ("http" | "https"), rest)) => (Some(scheme.to_owned()), rest),
        Some(_) => return Err(Expected::Origin),
        None => (None, text),
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !host.ends_with(':') && !port.contains(']') => {
            (host, Some(port.parse().map_err(|_| Expected::Origin)?))
        }
        _ => (rest, None),
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._*[]:".contains(letter);
    if host.is_empty() || !host.chars().all(plain) || host.strip_prefix("*.").unwrap_or(host).contains('*') {
        return Err(Expected::Origin);
    }
    Ok(Origin { scheme, host: host.to_ascii_lowercase(), port })
}

/// `KIND=VALUE`.
fn limit(text: &str, limits: &mut Limits) -> Result<(), Expected> {
    let (kind, value) = text.split_once('=').ok_or(Expected::Limit)?;
    let value = value.trim();
    let place = match kind.trim() {
        "memory" => &mut limits.memory,
        "fuel" => &mut limits.fuel,
        "time" => &mut limits.time,
        "table" => &mut limits.table,
        "handles" => &mut limits.handles,
        "output" => &mut limits.output,
        _ => return Err(Expected::Limit),
    };
    *place = match (kind.trim(), value) {
        (_, "none") => None,
        ("time", value) => Some(milliseconds(value).ok_or(Expected::Time)?),
        ("memory" | "output", value) => Some(bytes(value).ok_or(Expected::Bytes)?),
        (_, value) => Some(value.replace('_', "").parse().map_err(|_| Expected::Count)?),
    };
    Ok(())
}

/// A number with one of the units behind it.
fn measured(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '_').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let factor = units.iter().find(|(known, _)| *known == unit.trim())?.1;
    number.replace('_', "").parse::<u64>().ok()?.checked_mul(factor)
}

/// A number of bytes: `65536`, `64KiB`.
pub(crate) fn bytes(text: &str) -> Option<u64> {
    measured(
        text,
        &[
            ("", 1),
            ("B", 1),
            ("KiB", 1 << 10),
            ("MiB", 1 << 20),
            ("GiB", 1 << 30),
            ("kB", 1000),
            ("MB", 1_000_000),
            ("GB", 1_000_000_000),
        ],
    )
}

/// A time in milliseconds: `500ms`, `5s`, `1min`.
pub(crate) fn milliseconds(text: &str) -> Option<u64> {
    measured(text, &[("ms", 1), ("s", 1000), ("min", 60_000), ("h", 3_600_000)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::request::Written;

    fn read_one(given: Given, text: &str) -> Option<(Grants, Limits)> {
        let hosting = Hosting { words: vec![(given, Written::new(text))] };
        read(&hosting, |name| (name == "HOME").then(|| "/home".into()), &mut Sink::default())
    }

    #[test]
    fn words_of_grants_mean_what_they_say() {
        let dir = |text| read_one(Given::Dir, text).map(|(grants, _)| grants.dirs[0].clone());
        let directory =
            |host: &str, guest: &str, read_only| Some(Directory { host: host.into(), guest: guest.into(), read_only });
        assert_eq!(dir("data::/in:ro"), directory("data", "/in", true));
        assert_eq!(dir("data::/in:rw"), directory("data", "/in", false));
        assert_eq!(dir("data"), directory("data", "data", false));
        assert_eq!(dir("::/in"), None);
        let net = |text| read_one(Given::Net, text).map(|(grants, _)| grants.net[0].clone());
        let to = |transport, host: &str, port| Some(Address { transport, host: host.into(), port });
        assert_eq!(net("tcp:db.test:5432"), to(Transport::Tcp, "db.test", Some(5432)));
        assert_eq!(net("udp:[::1]:*"), to(Transport::Udp, "::1", None));
        assert_eq!(net("db.test:5432"), None);
        assert_eq!(net("tcp:db.test:65536"), None);
        let http = |text| read_one(Given::Http, text).map(|(grants, _)| grants.http[0].clone());
        let of = |scheme: Option<&str>, host: &str, port| {
            Some(Origin { scheme: scheme.map(Into::into), host: host.into(), port })
        };
        assert_eq!(http("https://API.test/"), of(Some("https"), "api.test", None));
        assert_eq!(http("localhost:80"), of(None, "localhost", Some(80)));
        assert_eq!(http("[::1]:80"), of(None, "[::1]", Some(80)));
        assert_eq!(http("[::1]"), of(None, "[::1]", None));
        assert_eq!(http("*.shop.test"), of(None, "*.shop.test", None));
        assert_eq!(http("sh*p.test"), None);
        assert_eq!(http("ftp://x"), None);
        assert_eq!(http("https://x/path"), None);
    }

    #[test]
    fn variables_are_passed_on_or_set() {
        let env = |text| read_one(Given::Env, text).map(|(grants, _)| grants.env.into_iter().next());
        assert_eq!(env("A=b=c"), Some(Some(("A".into(), "b=c".into()))));
        assert_eq!(env("HOME"), Some(Some(("HOME".into(), "/home".into()))));
        assert_eq!(env("NOT_THERE"), None);
        assert_eq!(env("=x"), None);
    }

    #[test]
    fn limits_have_units() {
        let limit = |text| read_one(Given::Limit, text).map(|(_, limits)| limits);
        assert_eq!(limit("memory=64 MiB").map(|limits| limits.memory), Some(Some(64 << 20)));
        assert_eq!(limit("memory=none").map(|limits| limits.memory), Some(None));
        assert_eq!(limit("time=1_500ms").map(|limits| limits.time), Some(Some(1500)));
        assert_eq!(limit("fuel=1_000").map(|limits| limits.fuel), Some(Some(1000)));
        assert_eq!(limit("time=5"), None);
        assert_eq!(limit("memory=99999999999GiB"), None);
        assert_eq!(limit("colour=5"), None);
    }
}
