//! Any two texts as two versions of a contract, and any text as a lock or a configuration of contracts: never a panic, a contract
//! has no changes to itself, and no form of report breaks on what is found.

use component_compose::contract::compare::{self, Comparing};
use component_compose::contract::judge::judge;
use component_compose::contract::lint::{self, LintOptions};
use component_compose::contract::lock::read;
use component_compose::contract::policy::Policy;
use component_compose::contract::report::{Form, render};
use component_compose::contract::side::Side;
use component_compose::diag::caught::caught;
use component_compose::diag::render::Style;
use component_compose::diag::{Sink, Source};
use component_compose::manifest::parse_contracts;
use std::sync::Arc;

/// The target: the texts stand on either side of a byte that no text has.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    read(&Arc::new(Source::new("compose.contracts.lock", text.as_ref())), &[], &mut Sink::default());
    parse_contracts(&text, "contracts.toml", false, &mut Sink::default());
    let (old, new) = text.split_once('\0').unwrap_or((&text, ""));
    let side = |name: &str, text: &str| caught(|| Side::of_text(name, text)).and_then(|side| side).ok();
    let (old, new) = (side("old.wit", old), side("new.wit", new));
    for side in old.iter().chain(&new) {
        let same = compare::run(side, side, Comparing { window: 1, witness: false }).baseline;
        assert!(same.changes.is_empty(), "{:?}", same.changes);
        drop(lint::run(side, None, &LintOptions::default()));
    }
    let (Some(old), Some(new)) = (old, new) else { return };
    let compared = compare::run(&old, &new, Comparing { window: 1, witness: true });
    let report = judge(vec![compared.baseline], &new, &Policy::default());
    for form in Form::ALL {
        assert!(render(&report, form, &Style::default()).ends_with('\n'), "a report ends with its line");
    }
}
