//! Links that were judged, for people: a line for each, by consumer, or as a table of consumers and providers.

use super::counted;
use crate::contract::finding::{Layout, Link, Report};
use crate::contract::lock::{ELSEWHERE, HOST};
use crate::diag::visible_line;
use std::collections::BTreeMap;

/// More providers make no table that anybody could read.
pub(super) const MOST_COLUMNS: usize = 16;
/// More links than these are counted.
const MOST: usize = 100;

/// The links of a report; empty if none were judged.
pub(super) fn text(report: &Report) -> String {
    match &report.layout {
        _ if report.links.is_empty() => String::new(),
        Layout::Links => links(report),
        Layout::ByConsumer => by_consumer(report),
        Layout::Table { consumers, providers } => table(report, consumers, providers),
    }
}

fn links(report: &Report) -> String {
    let (faulty, good): (Vec<&Link>, Vec<&Link>) = report.links.iter().partition(|link| link.faults > 0);
    let mut out = String::new();
    for link in faulty.iter().chain(&good).take(MOST) {
        out.push_str(&format!("{}\n", visible_line(&whole(link))));
    }
    if report.links.len() > MOST {
        out.push_str(&format!("{}: {} fit\n", counted(report.links.len(), "link"), good.len()));
    }
    out
}

fn whole(link: &Link) -> String {
    format!("{} → {}: {}", link.between.consumer, link.between.provider, verdict(link))
}

/// The interface of a link, and what came of it.
fn verdict(link: &Link) -> String {
    let offered = link.offered.as_ref().filter(|offered| **offered != link.interface);
    let offered = offered.map_or_else(String::new, |offered| format!(" (has {offered})"));
    format!("{}{offered}: {}", link.interface, outcome(link))
}

/// What came of a link.
pub(super) fn outcome(link: &Link) -> String {
    match (link.faults, link.excused, &link.offered) {
        (0, 0, None) if link.between.provider == HOST => "left to the host".to_owned(),
        (0, 0, None) => "not asked".to_owned(),
        (0, 0, Some(_)) => "fits".to_owned(),
        (0, excused, _) => format!("{}, excused", counted(excused, "fault")),
        (faults, 0, _) => counted(faults, "fault"),
        (faults, excused, _) => format!("{}, {excused} excused", counted(faults, "fault")),
    }
}

fn by_consumer(report: &Report) -> String {
    let mut by_consumer: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in &report.links {
        by_consumer.entry(&link.between.consumer).or_default().push(link);
    }
    let mut out = String::new();
    for (consumer, links) in by_consumer {
        let count = |which: &dyn Fn(&Link) -> bool| links.iter().filter(|link| which(link)).count();
        let broken = count(&|link| link.faults > 0);
        let fits = count(&Link::fits);
        let excused = count(&|link| link.faults == 0 && link.excused > 0);
        let parts = [
            (broken, "broken"),
            (fits, "fit"),
            (excused, "excused"),
            (count(&|link| link.between.provider == HOST), "left to the host"),
            (count(&|link| link.between.provider == ELSEWHERE), "of other providers"),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
        let word = match (broken, fits + excused) {
            (0, 0) => "not concerned",
            (0, _) => "ok",
            _ => "BROKEN",
        };
        let parts: Vec<String> = parts.collect();
        out.push_str(&format!("{}: {word} ({})\n", visible_line(consumer), parts.join(", ")));
        for link in links.iter().filter(|link| link.faults > 0) {
            out.push_str(&format!("  {}: {}\n", visible_line(&link.between.provider), visible_line(&verdict(link))));
        }
    }
    out
}

fn table(report: &Report, consumers: &[String], providers: &[String]) -> String {
    let mut cells: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for Link { between, faults, .. } in &report.links {
        *cells.entry((between.consumer.as_str(), between.provider.as_str())).or_default() += faults;
    }
    let mut out = String::new();
    if providers.len() > MOST_COLUMNS {
        let broken: Vec<_> = cells.iter().filter(|(_, faults)| **faults > 0).collect();
        for ((consumer, provider), faults) in broken.iter().take(MOST) {
            out.push_str(&format!(
                "{}: {}\n",
                visible_line(&format!("{consumer} → {provider}")),
                counted(**faults, "fault")
            ));
        }
        let good = cells.len() - broken.len();
        out.push_str(&format!("{good} of {} pairs that share an interface fit\n", cells.len()));
        return out;
    }
    let shown = |names: &[String]| names.iter().map(|name| visible_line(name)).collect::<Vec<String>>();
    let (rows, columns) = (shown(consumers), shown(providers));
    let wide = rows.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let line = |head: &str, cells: &[String]| {
        let cells = cells.iter().zip(&columns).map(|(cell, name)| format!("  {cell:0$}", name.chars().count().max(3)));
        format!("{}\n", format!("{head:wide$}{}", cells.collect::<String>()).trim_end())
    };
    out.push_str(&line("", &columns));
    for (row, consumer) in rows.iter().zip(consumers) {
        let of = |provider: &String| match cells.get(&(consumer.as_str(), provider.as_str())) {
            None => "-".to_owned(),
            Some(0) => "ok".to_owned(),
            Some(faults) => faults.to_string(),
        };
        out.push_str(&line(row, &providers.iter().map(of).collect::<Vec<_>>()));
    }
    out
}
