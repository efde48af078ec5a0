//! The catalogue is whole: every code has a page of the agreed form, every page a code, and every code is seen to be
//! given, by a UI case, by its page's example (which `tests/ui.rs` runs), or, with a reason, by a unit test.

use crate::support::case::Case;
use crate::support::page::{self, HEADINGS, Page, WHY_WARNING};
use crate::support::{files_below, read, root};
use component_compose::diag::{Code, Severity};
use std::collections::BTreeSet;

/// Codes that no command can be made to give in a test: the code, the unit test that covers it, and why.
const TESTED_BY_UNIT: &[(&str, &str, &str)] = &[
    ("C0831", "a_case_that_passes_and_fails_is_told", "a component would have to behave otherwise from run to run"),
    (
        "C0202",
        "what_cannot_be_read_is_said_in_the_systems_words",
        "permissions are the system's, and root has them all",
    ),
    ("C0207", "a_file_changed_since_it_was_read_is_noticed", "a file has to change while the command runs"),
    ("C0208", "given_names_must_differ_and_be_legal", "the command line and the manifest refuse such names before"),
    ("C0214", "every_bad_file_is_reported_in_one_run", "it takes a file of gigabytes"),
    ("C0505", "canonical_names_need_a_host_that_knows_them", "no known host reads the names and refuses the result"),
    (
        "C0511",
        "what_exceeds_the_limits_of_the_format_is_no_mistake_of_ours",
        "it takes the check of instances to be left out",
    ),
    ("C0704", "a_full_device_is_said_and_stays_a_device", "permissions and full disks are the system's to have"),
    ("C0705", "a_terminal_is_spared_and_a_pipe_is_not", "the output of a test is never a terminal"),
    ("C0813", "two_servers_do_not_share_an_address", "it takes a process that listens"),
    ("C0816", "no_answer_is_a_500", "it takes a client"),
    ("C0821", "damage_is_told_from_change", "an executable has to be changed"),
    ("C0822", "damage_is_told_from_change", "an executable has to be changed"),
    ("C0902", "an_unknown_revision_is_told_and_a_shallow_clone_is_named", "it takes a repository"),
    ("C0903", "a_path_that_the_revision_lacks_is_told", "it takes a repository"),
    ("C9901", "the_worst_decides", "it stands for mistakes of ours, and a known one would have been mended"),
];

/// Every page, by the name of its file; those that cannot be taken apart are told by `pages_have_the_agreed_form`.
fn pages() -> Vec<(String, Result<Page, String>)> {
    page::all().into_iter().map(|(name, text)| (name, Page::parse(text))).collect()
}

#[track_caller]
fn none(rule: &str, offenders: Vec<String>) {
    assert!(offenders.is_empty(), "{rule}:\n  {}", offenders.join("\n  "));
}

#[test]
fn codes_are_in_order_and_single() {
    let numbers: Vec<&str> = Code::ALL.iter().map(|code| code.number()).collect();
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    let names: BTreeSet<String> = Code::ALL.iter().map(|code| code.kebab_name()).collect();
    assert_eq!(names.len(), Code::ALL.len(), "two codes have one name");
}

#[test]
fn titles_are_phrases() {
    // Names that begin with more than one capital or go on in capitals (WIT, WebAssembly) stay as they are.
    let named = |word: &str| word.chars().filter(|letter| letter.is_uppercase()).count() > 1;
    let first = |title: &str| title.split(' ').next().unwrap_or_default().to_owned();
    let lower = |title: &str| !title.starts_with(char::is_uppercase) || named(&first(title));
    let fine = |title: &str| !title.is_empty() && !title.ends_with('.') && lower(title);
    let codes = Code::ALL.iter().filter(|code| !fine(code.title()));
    none("not a lowercase phrase", codes.map(|code| format!("{code}: {}", code.title())).collect());
}

#[test]
fn every_page_has_a_code() {
    let strays = page::all().into_iter().map(|(name, _)| name);
    none("pages without a code", strays.filter(|name| Code::ALL.iter().all(|code| code.number() != name)).collect());
}

#[test]
fn pages_have_the_agreed_form() {
    let mut offenders = Vec::new();
    for (name, page) in pages() {
        let Some(code) = Code::ALL.iter().find(|code| code.number() == name) else { continue };
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                offenders.push(format!("{name}: {error}"));
                continue;
            }
        };
        let title = format!("{name}: {}", code.title());
        if page.title != title {
            offenders.push(format!("{name}: the title is not `{title}`"));
        }
        let mut expected = HEADINGS;
        if code.severity() == Severity::Warning {
            expected[2] = WHY_WARNING;
        }
        let headings: Vec<&str> = page.sections.iter().map(|section| section.heading.as_str()).collect();
        if headings != expected {
            offenders.push(format!("{name}: the headings are {headings:?}"));
        }
        for heading in [expected[1], expected[3]] {
            offenders.extend(page.console(heading).err().map(|error| format!("{name}: {error}")));
        }
        // What a console shows is as long as it is.
        let consoles =
            page.sections.iter().flat_map(|section| &section.blocks).filter(|block| block.language == "console");
        let shown: Vec<_> = consoles.map(|block| block.text.clone()).collect();
        let mut start = 0;
        for (index, line) in page.text.split_inclusive('\n').enumerate() {
            if line.trim_end().chars().count() > 120 && !shown.iter().any(|block| block.contains(&start)) {
                offenders.push(format!("{name}: line {} is longer than 120", index + 1));
            }
            start += line.len();
        }
    }
    none("pages that do not have the form of docs/testing.md", offenders);
}

#[test]
fn pages_mention_codes_that_exist() {
    let mut offenders = Vec::new();
    for (name, text) in page::all() {
        for (at, _) in text.match_indices('C') {
            let digits: String = text[at + 1..].chars().take_while(char::is_ascii_digit).collect();
            let alone = !text[..at].ends_with(|before: char| before.is_alphanumeric());
            if alone && digits.len() == 4 && Code::find(&format!("C{digits}")).is_none() {
                offenders.push(format!("{name} mentions C{digits}"));
            }
        }
    }
    none("pages that mention codes that do not exist", offenders);
}

/// Codes that an example of a page or a UI case shows.
fn shown() -> BTreeSet<String> {
    let has_example = |page: &Page| matches!(page.console(HEADINGS[1]), Ok(Some(_)));
    let pages = pages().into_iter().filter(|(_, page)| page.as_ref().is_ok_and(has_example)).map(|(name, _)| name);
    let folder = root().join("tests/ui");
    let cases = files_below(&folder).into_iter().filter_map(|file| file.strip_suffix("/case.toml").map(str::to_owned));
    let cases = cases.map(|case| Case::read(&folder.join(&case)).unwrap_or_else(|error| panic!("{case}: {error}")));
    pages.chain(cases.flat_map(|case| case.steps).flat_map(|step| step.codes)).collect()
}

#[test]
fn every_code_is_shown_or_says_why_not() {
    let shown = shown();
    let mut offenders = Vec::new();
    for code in Code::ALL {
        let unit = TESTED_BY_UNIT.iter().any(|(number, ..)| *number == code.number());
        match (shown.contains(code.number()), unit) {
            (false, false) => {
                offenders.push(format!("{code} ({}) is shown by no page and no UI case", code.kebab_name()))
            }
            (true, true) => offenders.push(format!("{code} is shown, so it has no place in the table of unit tests")),
            _ => {}
        }
    }
    none("codes that nobody sees", offenders);
}

#[test]
fn unit_tests_in_the_table_exist() {
    let folders = ["src", "tests"].map(|folder| root().join(folder));
    let texts: Vec<String> = folders
        .iter()
        .flat_map(|folder| files_below(folder).into_iter().map(move |file| folder.join(file)))
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .map(read)
        .collect();
    let mut offenders = Vec::new();
    for (number, test, reason) in TESTED_BY_UNIT {
        let exists = texts.iter().any(|text| {
            text.contains(&format!("#[test]\n    fn {test}()")) || text.contains(&format!("#[test]\nfn {test}()"))
        });
        if Code::find(number).is_none() || !exists || reason.is_empty() {
            offenders.push(format!("{number}: no test is called `{test}`"));
        }
    }
    none("the table of unit tests is wrong", offenders);
}
