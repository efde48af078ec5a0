//! Markdown for a comment on a pull request: the verdict first, then what is bad, then the rest folded away.
//!
//! Names, reasons and declarations were written by others and must stay text: nothing of theirs becomes a link, a mention,
//! a heading or HTML. A comment has a limit, so of very many findings the first are shown.

use super::human::verdict;
use super::links::{MOST_COLUMNS, outcome};
use super::place::located;
use super::{counted, explained, totals};
use crate::contract::finding::{Finding, Layout, Link, Report};
use crate::contract::rule::Severity;
use crate::diag::visible_line;
use std::collections::BTreeSet;

/// The most bytes; GitHub takes 65536 letters.
const MOST: usize = 60_000;
/// The most rows of a table.
const MOST_ROWS: usize = 100;
/// A piece of foreign text is cut after so many letters.
const LONGEST: usize = 400;

pub(super) fn text(report: &Report) -> String {
    let mut out = format!("### {}\n\n", title(report));
    for found in &report.verdicts {
        out.push_str(&format!("- {}\n", prose(&verdict(found))));
    }
    for side in &report.missing {
        out.push_str(&format!("- {} is not there and is taken for empty\n", code(side)));
    }
    if !report.verdicts.is_empty() || !report.missing.is_empty() {
        out.push('\n');
    }
    for unchecked in report.unchecked.iter().take(20) {
        out.push_str(&format!("> **not checked:** {}\n>\n", prose(unchecked)));
    }
    if report.unchecked.len() > 20 {
        out.push_str(&format!("> and {} more\n", report.unchecked.len() - 20));
    }
    if !report.unchecked.is_empty() {
        out.push('\n');
    }
    out.push_str(&links(report));
    let (mut left, mut known) = (0, BTreeSet::new());
    for severity in [Severity::Error, Severity::Warning] {
        for finding in report.counted().filter(|finding| finding.severity == severity) {
            let text = block(finding, known.insert(finding.rule.id));
            match out.len() + text.len() < MOST {
                true => out.push_str(&text),
                false => left += 1,
            }
        }
    }
    if left > 0 {
        out.push_str(&format!(
            "**{} not shown here; the whole report has them all.**\n\n",
            counted(left, "more finding")
        ));
    }
    let notes = report.counted().filter(|finding| finding.severity == Severity::Note);
    let notes = notes.map(|finding| format!("- {} ({})\n", prose(&finding.message), code(finding.rule.id)));
    folded(&mut out, "what else changed", notes.collect());
    let waived = report.findings.iter().filter_map(|finding| {
        let by = finding.waived.as_ref()?;
        let message = prose(&finding.message);
        Some(format!("- {message} ({}): {}, up to {}\n", code(finding.rule.id), prose(&by.reason), prose(&by.expires)))
    });
    folded(&mut out, "waived", waived.collect());
    format!("{}\n", out.trim_end())
}

fn title(report: &Report) -> String {
    let totals: Vec<String> = totals(report).into_iter().map(|(_, text)| text).collect();
    let subjects: Vec<String> = report.subjects.iter().map(|subject| code(subject)).collect();
    let subjects = match report.subjects.len() {
        // Only versions follow one another.
        _ if report.command == "contract diff" => subjects.join(" → "),
        0..=2 => subjects.join(", "),
        count => format!("{count} inputs"),
    };
    let found = match totals.is_empty() {
        true if report.unchecked.is_empty() => match report.links.iter().filter(|link| link.fits()).count() {
            0 => "nothing found".to_owned(),
            1 => "1 link fits".to_owned(),
            fit => format!("{fit} links fit"),
        },
        true => "not checked".to_owned(),
        false => totals.join(", "),
    };
    format!("{}: {subjects}: {found}", code(report.command))
}

/// What came of the links, as a table.
fn links(report: &Report) -> String {
    let row = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let name = |text: &String| prose_cell(text);
    let head = |cells: &[String]| format!("{}|{}\n", row(cells), "---|".repeat(cells.len()));
    let mut rows = Vec::new();
    let top = match &report.layout {
        _ if report.links.is_empty() => return String::new(),
        Layout::Table { consumers, providers } if providers.len() <= MOST_COLUMNS => {
            for consumer in consumers {
                let cells = providers.iter().map(|provider| cell(report, consumer, provider));
                rows.push(row(&[name(consumer)].into_iter().chain(cells).collect::<Vec<_>>()));
            }
            head(&[String::new()].into_iter().chain(providers.iter().map(name)).collect::<Vec<_>>())
        }
        _ => {
            let mut links: Vec<_> = report.links.iter().collect();
            links.sort_by_key(|link| link.faults == 0);
            for link in links {
                let offered = link.offered.as_ref().filter(|offered| **offered != link.interface);
                let offered = offered.map(|offered| format!(" (has {})", prose_cell(offered))).unwrap_or_default();
                let [consumer, provider] = [&link.between.consumer, &link.between.provider].map(name);
                rows.push(row(&[consumer, provider, prose_cell(&link.interface) + &offered, outcome(link)]));
            }
            head(&["consumer", "provider", "interface", ""].map(str::to_owned))
        }
    };
    let left = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let more = if left > 0 { format!("\nand {left} more\n") } else { String::new() };
    format!("{top}{}{more}\n", rows.concat())
}

/// What came of a pair.
fn cell(report: &Report, consumer: &str, provider: &str) -> String {
    let is_theirs = |link: &&Link| link.between.consumer == consumer && link.between.provider == provider;
    let links: Vec<&Link> = report.links.iter().filter(is_theirs).collect();
    match (links.is_empty(), links.iter().map(|link| link.faults).sum::<usize>()) {
        (true, _) => "-".to_owned(),
        (_, 0) => "ok".to_owned(),
        (_, faults) => format!("**{}**", counted(faults, "fault")),
    }
}

/// A name in a table, where a bar would end it even in code.
fn prose_cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A finding at length; why its rule matters and what to do is said once.
fn block(finding: &Finding, explain: bool) -> String {
    let mut out = format!("**{}** {}: {}", finding.severity.word(), code(finding.rule.id), prose(&finding.message));
    if let Some(place) = finding.place().and_then(located) {
        let line = place.region.map(|[line, ..]| format!(":{line}")).unwrap_or_default();
        out.push_str(&format!(" (in {})", code(&format!("{}{line}", place.path))));
    }
    out.push('\n');
    let declared = [("-", &finding.declared.old), ("+", &finding.declared.new)];
    let lines: Vec<String> = declared
        .into_iter()
        .filter_map(|(sign, declaration)| Some(format!("{sign} {}\n", cut(declaration.as_ref()?))))
        .collect();
    if !lines.is_empty() {
        let fence = fence(&lines.concat());
        out.push_str(&format!("\n{fence}diff\n{}{fence}\n", lines.concat()));
    }
    let told = |text: &&String| explain || ![finding.rule.why, finding.rule.fix].contains(&text.as_str());
    for note in finding.notes.iter().filter(told) {
        out.push_str(&format!("- {}\n", prose(note)));
    }
    for help in finding.help.iter().filter(told) {
        out.push_str(&format!("- **help:** {}\n", prose(help)));
    }
    if explain {
        out.push_str(&format!("- {}\n", prose(&explained(finding.rule))));
    }
    out.push('\n');
    out
}

fn folded(out: &mut String, title: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let mut body = String::new();
    let mut left = 0;
    for line in &lines {
        match out.len() + body.len() + line.len() < MOST {
            true => body.push_str(line),
            false => left += 1,
        }
    }
    if left > 0 {
        body.push_str(&format!("- and {left} more\n"));
    }
    out.push_str(&format!("<details><summary>{title} ({})</summary>\n\n{body}\n</details>\n\n", lines.len()));
}

fn cut(text: &str) -> String {
    let text = visible_line(text);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// A fence that is longer than any in the text.
fn fence(text: &str) -> String {
    "`".repeat(longest_run(text).max(2) + 1)
}

fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

/// A name as code.
fn code(text: &str) -> String {
    let text = cut(text);
    let ticks = "`".repeat(longest_run(&text) + 1);
    // A space keeps a tick at the edge apart from those around, and is taken away again.
    let pad = if text.is_empty() || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// One of our sentences: what stands in backticks is code, everything else text.
pub(super) fn prose(text: &str) -> String {
    let text = cut(text);
    let mut out = String::new();
    let mut pieces = text.split('`').peekable();
    let mut is_code = false;
    while let Some(piece) = pieces.next() {
        match is_code && pieces.peek().is_some() {
            true => out.push_str(&code(piece)),
            false if is_code => out.push_str(&format!("\\`{}", escaped(piece))),
            false => out.push_str(&escaped(piece)),
        }
        is_code = !is_code;
    }
    out
}

/// Text in which nothing means anything.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // The name of a mention, or the number of an issue, has to follow directly.
            '@' | '#' => out.extend([letter, '\u{200b}']),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    // Addresses make links of themselves.
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}
