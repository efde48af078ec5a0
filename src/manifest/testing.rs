//! `[test]`: which files say what the result should do.
//!
//! Patterns of files are only written down here; what they mean is found out by whoever runs the cases.

use super::composition::not_empty;
use super::keys::{TEST, names};
use super::table::{Reader, in_order};
use crate::model::request::Written;
use toml::de::DeTable;

/// The files of cases, if they are said.
pub(super) fn cases(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Option<Vec<Written>> {
    reader.refuse_unknown(table, "test", &names(TEST), &[]);
    let mut cases = None;
    for (key, value) in in_order(table) {
        if key.get_ref() == "cases"
            && let Some(mut written) = reader.strings("cases", value)
        {
            written.retain(|pattern| not_empty(reader, "cases", pattern, "a list of files, or of patterns of them"));
            cases = Some(written);
        }
    }
    cases
}
