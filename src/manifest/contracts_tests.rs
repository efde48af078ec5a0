//! What `[contracts]` means, alone and in a manifest, and what is refused there.

use super::parse_contracts;
use crate::diag::Sink;
use crate::model::contracts::{Contracts, Grade, Mode};
use std::path::Path;

fn read(text: &str, has_others: bool) -> (Option<Contracts>, Vec<String>) {
    let mut sink = Sink::default();
    let contracts = parse_contracts(text, "contracts.toml", has_others, &mut sink);
    let said = sink.diagnostics().iter().map(|diagnostic| {
        let help = diagnostic.help.first().map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{} {}{help}", diagnostic.code, diagnostic.message)
    });
    (contracts, said.collect())
}

#[test]
fn every_key_is_understood() {
    let text = super::tests::examples().into_iter().find(|text| text.contains("[contracts]")).expect("an example");
    let (contracts, said) = read(text, true);
    assert_eq!(said, Vec::<String>::new());
    let contracts = contracts.expect("nothing was said");
    assert_eq!(contracts.mode.map(|(_, mode)| mode), Mode::find("backward"));
    assert!(contracts.public[0].covers("acme:kv/store.get") && contracts.implemented[0].covers("acme:plugin/hook"));
    let (lock, path) = contracts.lock.expect("a lock");
    assert_eq!((lock.text.as_str(), path.as_path()), ("compose.contracts.lock", Path::new("compose.contracts.lock")));
    assert_eq!(contracts.environment.expect("an environment").text, "production");
    assert!(!contracts.unstable_is_checked);
    assert_eq!(contracts.deprecation, Some(2));
    let severities: Vec<_> = contracts.severities.iter().map(|(rule, grade)| (rule.text.as_str(), *grade)).collect();
    assert_eq!(severities, [("func-added", Some(Grade::Warning)), ("version-missing", None)]);
    let ignore = &contracts.ignores[0];
    assert_eq!((ignore.rule.text.as_str(), ignore.expires.1.to_string().as_str()), ("func-removed", "2027-03-31"));
    assert!(ignore.pattern.covers("acme:kv/admin.clear"));
    assert_eq!(ignore.fingerprint.as_ref().map(|word| word.text.as_str()), Some("0123456789ab"));
}

#[test]
fn a_file_of_its_own_has_nothing_else() {
    assert_eq!(read("", false), (Some(Contracts::default()), Vec::new()));
    assert_eq!(read("[components]\napp = 3\n", true), (Some(Contracts::default()), Vec::new()));
    for (text, expected) in [
        ("[components]\napp = \"app.wasm\"\n", "C0102 the manifest has no key `components`"),
        ("mode = \"full\"\n", "C0102 the manifest has no key `mode` | put it into `[contracts]`"),
        ("[contract]\n", "C0102 the manifest has no key `contract` | did you mean `contracts`?"),
        ("contracts = 3\n", "C0104 `contracts` must be a table, not a value of type integer | [contracts]"),
    ] {
        assert_eq!(read(text, false).1, [expected], "{text}");
    }
}

#[test]
fn what_is_wrong_is_told_with_what_would_do() {
    for (line, expected) in [
        ("mode = \"backwards\"", "C0110 `mode` cannot be `backwards` | mode = \"backward\""),
        ("publik = []", "C0102 `[contracts]` has no key `publik` | did you mean `public`?"),
        ("reason = \"x\"", "C0102 `[contracts]` has no key `reason` | put it into `[contracts.ignore]`"),
        ("public = [\"acme:kv@1.0.0\"]", "C0110 `public` cannot be `acme:kv@1.0.0` | public = [\"acme:kv\"]"),
        ("unstable = \"yes\"", "C0110 `unstable` cannot be `yes`"),
        ("lock = \"\"", "C0110 `lock` cannot be ``"),
        ("lock = true", "C0104 `lock` must be a string, not a value of type boolean | lock = \"true\""),
        ("environment = \" \"", "C0110 `environment` cannot be ` `"),
        ("environment = \"a\\tb\"", "C0110 `environment` cannot be `a\tb`"),
        ("deprecation = {}", "C0109 `contracts.deprecation` has no `versions` | deprecation = { versions = 1 }"),
        ("deprecation.versions = -3", "C0104 `versions` must be a number from 0, not a value of type integer"),
        ("severity.func-added = \"warn\"", "C0110 `func-added` cannot be `warn` | func-added = \"warning\""),
        ("severity.ignore-expired = \"off\"", "C0110 `ignore-expired` cannot be `off` | ignore-expired = \"error\""),
        ("severity.func_added = \"off\"", "C0110 `contracts.severity` cannot be `func_added`"),
    ] {
        assert_eq!(read(&format!("[contracts]\n{line}\n"), false).1, [expected], "{line}");
    }
    let ignore = |lines: &str| read(&format!("[[contracts.ignore]]\n{lines}\n"), false).1;
    let whole = "rule = \"func-removed\"\nitem = \"a:b\"\nreason = \"r\"\n";
    assert_eq!(ignore(&format!("{whole}expires = \"2026-12-31\"")), Vec::<String>::new());
    assert_eq!(ignore(whole), ["C0109 `[[contracts.ignore]]` has no `expires` | expires = \"2026-12-31\""]);
    assert_eq!(ignore("").len(), 4);
    assert_eq!(
        ignore(&format!("{whole}expires = 2026-12-31")),
        ["C0104 `expires` must be a string, not a value of type datetime | expires = \"2026-12-31\""]
    );
    assert_eq!(ignore(&format!("{whole}expires = \"2026-02-30\"")), ["C0110 `expires` cannot be `2026-02-30`"]);
    let reason = "rule = \"func-removed\"\nitem = \"a:b\"\nreason = \" \"\nexpires = \"2026-12-31\"";
    assert_eq!(ignore(reason), ["C0110 `reason` cannot be ` `"]);
}
