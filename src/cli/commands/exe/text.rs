//! How executables of components are shown, to people and to programs (docs/exe.md).

use super::File;
use crate::cli::plan_text::{one_line, size};
use crate::emit::write::Target;
use crate::host::exe::{Opened, Verdict};
use crate::inspect::plan_section::PlanSection;
use compose_engine::sealed::{SealedComponent, SealedStub, Serves};
use compose_engine::{Directory, Grants, Limits, Transport};
use serde::Serialize;
use serde_json::json;

/// The version of the JSON form.
const FORMAT: u32 = 1;

/// What is shown of an executable.
pub(super) struct Shown<'s> {
    pub(super) file: &'s File,
    pub(super) opened: &'s Opened,
    pub(super) plan: Option<&'s PlanSection>,
}

fn called(target: &Target) -> String {
    match target {
        Target::Stdout => "standard output".into(),
        Target::File { written, .. } => one_line(&written.text),
    }
}

/// What was made, in a line, and another if `compose` itself had to be the stub.
pub(super) fn made(target: &Target, pieces: &[Vec<u8>], own_stub: Option<usize>) -> String {
    let whole = pieces.iter().map(Vec::len).sum();
    let fat = own_stub.map(|bytes| {
        format!("its stub is `compose` itself, of {}; a `compose-stub` beside it would be smaller\n", size(bytes))
    });
    format!("wrote {} ({})\n{}", called(target), size(whole), fat.unwrap_or_default())
}

pub(super) fn extracted(target: &Target, opened: &Opened) -> String {
    format!("wrote {} ({})\n", called(target), size(opened.component.len()))
}

pub(super) fn intact(origin: &str) -> String {
    format!("{} is as it was made\n", one_line(origin))
}

pub(super) fn verdict_json(origin: &str, verdict: Verdict) -> String {
    let word = match verdict {
        Verdict::Intact => "intact",
        Verdict::StubChanged => "stub-changed",
        Verdict::Damaged(_) => "damaged",
    };
    crate::diag::json_line(&json!({ "format": FORMAT, "file": origin, "verdict": word }))
}

fn runs(serves: Option<&Serves>) -> String {
    serves.map_or_else(|| "a command".into(), |serves| format!("an HTTP server at {}", serves.address))
}

/// For people.
pub(super) fn inspected(shown: &Shown<'_>) -> String {
    let Shown { file, opened, plan } = shown;
    let sealed = &opened.sealed;
    let mut lines = vec![
        ("name", format!("{}, {}", sealed.name, runs(sealed.serves.as_ref()))),
        (
            "component",
            format!(
                "{} ({} in here), sha256 {}",
                size(opened.component.len()),
                size(opened.packed),
                sealed.component.sha256
            ),
        ),
    ];
    if let Some(plan) = plan {
        let made = plan.instances.iter().map(|instance| match instance.component == instance.name {
            true => instance.name.clone(),
            false => format!("{} of {}", instance.name, instance.component),
        });
        lines.push(("instances", made.collect::<Vec<_>>().join(", ")));
    }
    let target = sealed.profile.target.as_deref().unwrap_or("this machine");
    lines.push(("image", format!("{} for {target}", size(opened.image))));
    lines.push(("engine", sealed.stamp.clone()));
    let stub = &sealed.stub;
    lines.push((
        "stub",
        format!(
            "compose {} for {}, {} of {}",
            stub.says.version,
            stub.says.triple,
            size(usize::try_from(stub.bytes).unwrap_or(usize::MAX)),
            size(file.bytes.len())
        ),
    ));
    if !sealed.args.is_empty() {
        lines.push(("arguments", sealed.args.join(" ")));
    }
    let granted = granted(&sealed.grants);
    lines.push(("granted", if granted.is_empty() { "nothing".into() } else { granted.join(", ") }));
    lines.push(("limits", limits(&sealed.limits)));
    let text = lines.iter().map(|(name, value)| format!("  {name:<10} {}\n", one_line(value)));
    format!("{}\n{}", one_line(&file.origin), text.collect::<String>())
}

/// The grants as they are written on a command line. Values may be secrets, and are not shown.
fn granted(grants: &Grants) -> Vec<String> {
    let Grants { dirs, env, net, http, config, keyvalue, shut } = grants;
    let dir = |dir: &Directory| {
        let how = if dir.read_only { ":ro" } else { "" };
        format!("dir {}::{}{how}", dir.host, dir.guest)
    };
    let mut words: Vec<String> = dirs.iter().map(dir).collect();
    words.extend(env.keys().map(|name| format!("env {name}")));
    words.extend(net.iter().map(|address| {
        let transport = match address.transport {
            Transport::Tcp => "tcp",
            Transport::TcpListen => "tcp-listen",
            Transport::Udp => "udp",
        };
        let port = address.port.map_or_else(|| "*".into(), |port| port.to_string());
        format!("net {transport}:{}:{port}", address.host)
    }));
    words.extend(http.iter().map(|origin| {
        let scheme = origin.scheme.as_ref().map(|scheme| format!("{scheme}://")).unwrap_or_default();
        let port = origin.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("http {scheme}{}{port}", origin.host)
    }));
    let kept = |what: &str, of: &Option<std::collections::BTreeMap<String, String>>| {
        of.iter().map(|of| of.keys().fold(what.to_owned(), |words, key| format!("{words} {key}"))).collect::<Vec<_>>()
    };
    words.extend(kept("config", config));
    words.extend(kept("keyvalue", keyvalue));
    words.extend(shut.iter().map(|what| format!("shut {what}")));
    words
}

fn limits(limits: &Limits) -> String {
    let Limits { memory, fuel, time, table, handles, output } = limits;
    let told = [
        ("memory", memory),
        ("fuel", fuel),
        ("time", time),
        ("table", table),
        ("handles", handles),
        ("output", output),
    ];
    let words: Vec<String> = told
        .into_iter()
        .filter_map(|(name, limit)| {
            let unit = if name == "time" { "ms" } else { "" };
            limit.map(|limit| format!("{name}={limit}{unit}"))
        })
        .collect();
    if words.is_empty() { "none".into() } else { words.join(", ") }
}

#[derive(Serialize)]
struct Document<'s> {
    format: u32,
    file: &'s str,
    name: &'s str,
    serves: Option<&'s Serves>,
    args: &'s [String],
    grants: &'s Grants,
    limits: &'s Limits,
    engine: &'s str,
    target: Option<&'s str>,
    metered: bool,
    component: &'s SealedComponent,
    stub: &'s SealedStub,
    sizes: Sizes,
    instances: Option<Vec<Instance<'s>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Sizes {
    file: usize,
    sealed: usize,
    component_packed: usize,
    image: usize,
}

#[derive(Serialize)]
struct Instance<'s> {
    name: &'s str,
    component: &'s str,
}

/// For programs: one object on one line.
pub(super) fn json(shown: &Shown<'_>) -> String {
    let Shown { file, opened, plan } = shown;
    let sealed = &opened.sealed;
    let instances = plan.map(|plan| {
        plan.instances
            .iter()
            .map(|instance| Instance { name: &instance.name, component: &instance.component })
            .collect()
    });
    let document = Document {
        format: FORMAT,
        file: &file.origin,
        name: &sealed.name,
        serves: sealed.serves.as_ref(),
        args: &sealed.args,
        grants: &sealed.grants,
        limits: &sealed.limits,
        engine: &sealed.stamp,
        target: sealed.profile.target.as_deref(),
        metered: sealed.profile.metered,
        component: &sealed.component,
        stub: &sealed.stub,
        sizes: Sizes {
            file: file.bytes.len(),
            sealed: opened.length,
            component_packed: opened.packed,
            image: opened.image,
        },
        instances,
    };
    crate::diag::json_line(&document)
}
