//! Commands of GitHub's runners: what is wrong with a case becomes an annotation of its file.

use super::Report;
use crate::contract::report::{annotated, annotations};

pub(super) fn text(report: &Report<'_>) -> String {
    let mut out = String::new();
    let told = report.diagnostics();
    let each = told.iter().map(|told| {
        let title = format!("{} ({})", told.code.title(), told.code);
        annotated("error", told.labels.first(), &title, &told.message, told.notes.iter().chain(&told.help))
    });
    annotations(&mut out, "error", each.collect());
    let counts = report.counts();
    out.push_str(&format!("{} cases: {}\n", counts.all(), counts.words()));
    out
}
