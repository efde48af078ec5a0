//! What else there is to know of a file: custom sections, tools, versions of WASI, numbers that hosts limit.

use super::line;
use crate::cli::plan_text::size;
use crate::inspect::anatomy::Anatomy;
use crate::inspect::wasi::Wasi;
use crate::model::host::PROFILES;
use crate::model::sizes::Limited;
use std::collections::{BTreeMap, BTreeSet};

/// Custom sections, by name, those of debuggers as one.
pub(super) fn sections(anatomy: &Anatomy) -> String {
    let mut sections: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for part in &anatomy.parts {
        for custom in &part.custom {
            let name = match custom.name.starts_with(".debug") {
                true => ".debug*".to_owned(),
                false => custom.name.clone(),
            };
            let (bytes, count) = sections.entry(name).or_default();
            *bytes += custom.bytes * part.times;
            *count += part.times;
        }
    }
    if sections.is_empty() {
        return String::new();
    }
    let mut sections: Vec<_> = sections.into_iter().collect();
    sections.sort_by_key(|(_, (bytes, _))| std::cmp::Reverse(*bytes));
    let mut out = String::from("\ncustom sections\n");
    for (name, (bytes, count)) in sections {
        let times = if count > 1 { format!(" in {count}") } else { String::new() };
        line(&mut out, &format!("  {} {}{times}", name, size(bytes)));
    }
    out
}

pub(super) fn made_with(anatomy: &Anatomy) -> String {
    let mut tools: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for producer in anatomy.parts.iter().flat_map(|part| &part.producers) {
        let version = producer.version.split(" (").next().unwrap_or_default();
        tools.entry((&producer.field, &producer.name)).or_default().insert(version);
    }
    if tools.is_empty() {
        return String::new();
    }
    let mut fields: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for ((field, name), versions) in tools {
        let versions: Vec<&str> = versions.into_iter().filter(|version| !version.is_empty()).collect();
        let text = format!("{name} {}", versions.join(" and ")).trim_end().to_owned();
        fields.entry(field).or_default().push(text);
    }
    let mut out = String::from("\nmade with\n");
    for (field, tools) in fields {
        line(&mut out, &format!("  {field}: {}", tools.join(", ")));
    }
    out
}

pub(super) fn wasi_versions(wasi: &Wasi) -> String {
    if wasi.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nWASI\n");
    let list = |packages: &BTreeSet<String>| packages.iter().cloned().collect::<Vec<_>>().join(", ");
    for (version, packages) in &wasi.outside {
        line(&mut out, &format!("  {version}: {}", list(packages)));
    }
    for (version, packages) in &wasi.inside {
        line(&mut out, &format!("  {version}, only between the parts: {}", list(packages)));
    }
    if wasi.preview_1 {
        out.push_str("  preview 1, by core modules\n");
    }
    out
}

/// What comes to life, beside what hosts take.
pub(super) fn needs(anatomy: &Anatomy) -> String {
    let counts = &anatomy.counts;
    if anatomy.file().component().is_none() {
        return String::new();
    }
    let number = |count: u64, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    let mut out = format!(
        "\nwhen it runs\n  {}, {} of core modules; {}, {}\n",
        number(counts.instances, "instance of a component", "instances of components"),
        counts.core_instances,
        number(counts.memories, "memory", "memories"),
        number(counts.tables, "table", "tables"),
    );
    for limited in Limited::ALL {
        let needed = anatomy.sizes.of(limited);
        let limits =
            PROFILES.iter().map(|profile| profile()).filter_map(|host| Some((host.name, host.limit(limited)?)));
        let limits: Vec<_> = limits.collect();
        // What every file has some of is always told, the rest if it is too much for somebody.
        let always = matches!(limited, Limited::Instances | Limited::ModulesAndComponents);
        if !always && limits.iter().all(|(_, limit)| needed <= *limit) {
            continue;
        }
        let words = limits.iter().map(|(host, limit)| match needed > *limit {
            true => format!("more than the {limit} that `{host}` takes"),
            false => format!("`{host}` takes {limit}"),
        });
        let words = words.collect::<Vec<_>>().join(", ");
        let what = if needed == 1 { limited.word() } else { limited.words() };
        out.push_str(&format!("  {needed} {what}{}: {words}\n", limited.place()));
    }
    out
}
