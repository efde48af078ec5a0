//! Each form, over one report that has everything, and over names that nobody should trust.

use super::{Form, render};
use crate::contract::change::ItemPath;
use crate::contract::finding::{Between, Finding, Layout, Link, Report, Verdict, Waived};
use crate::contract::rule::{Bump, Severity};
use crate::contract::rules::function::{FUNC_ADDED, FUNC_REMOVED};
use crate::diag::render::Style;
use crate::diag::{Label, Source};
use std::sync::Arc;

fn label(name: &str, text: &str, word: &str, says: &str) -> Option<Label> {
    let source = Arc::new(Source::new(name, text));
    let start = text.find(word).expect("a word of the text");
    Some(Label { source, span: start..start + word.len(), text: says.into() })
}

/// A report with something of everything, about an item and in files of these names.
fn report(item: &str, file: &str) -> Report {
    let path = ItemPath::package("acme:kv").below("store").below(item);
    let mut removed = Finding::new(&FUNC_REMOVED, Severity::Error, path.clone(), format!("`{path}`: function removed"));
    removed.old = label("git:main:wit/kv.wit", "interface store {\n  size: func() -> u32;\n}\n", "size", "removed");
    removed.new = label(file, "interface store {\n}\n", "store", "no longer in here");
    removed.declared.old = Some("size: func() -> u32".into());
    removed.effects = FUNC_REMOVED.change().map(|(effects, _)| effects);
    removed.bump = Bump::Major;
    removed.notes = vec!["breaks compiled consumers that use it".into(), FUNC_REMOVED.why.into()];
    removed.help = vec![FUNC_REMOVED.fix.into()];
    removed.fingerprint = "0123456789ab".into();
    let mut again = removed.clone();
    (again.item, again.severity) = (path.below("again"), Severity::Warning);
    let mut added = Finding::new(&FUNC_ADDED, Severity::Note, path.below("more"), format!("`{path}`: function added"));
    added.new = label("auth.wasm (decoded)", "interface i {\n  more: func();\n}\n", "more", "added");
    added.fingerprint = "ba9876543210".into();
    let mut waived = removed.clone();
    waived.waived = Some(Waived { reason: format!("{item} is <b>fine</b> @all"), expires: "2026-12-31".into() });
    waived.between = Some(Between { consumer: "shop".into(), provider: "kv".into() });
    Report {
        command: "contract diff",
        subjects: vec!["git:main:wit".into(), "wit".into()],
        findings: vec![removed, again, added, waived],
        verdicts: vec![Verdict {
            package: "acme:kv".into(),
            old: Some("1.0.0".into()),
            new: Some("1.1.0".into()),
            required: Bump::Major,
            made: Some(Bump::Minor),
            next: Some("2.0.0".into()),
        }],
        mode: Some("backward"),
        links: vec![Link {
            between: Between { consumer: "shop".into(), provider: "kv".into() },
            interface: "acme:kv/store@1.0.0".into(),
            offered: None,
            faults: 1,
            excused: 0,
        }],
        missing: Vec::new(),
        unchecked: vec![format!("`{file}` cannot be read")],
        proved: Some(12),
        layout: Layout::Links,
        off: [("docs-changed", 3)].into(),
    }
}

fn plain(report: &Report, form: Form) -> String {
    render(report, form, &Style::default())
}

#[test]
fn people_see_both_sides_and_each_reason_once() {
    let text = plain(&report("size", "wit/kv.wit"), Form::Human);
    let expected = "\
error[func-removed]: `acme:kv/store.size`: function removed
   ╭─[git:main:wit/kv.wit:2:3]
 1 │ interface store {
 2 │   size: func() -> u32;
   ·   ──┬─
   ·     ╰── removed
 3 │ }
   ╰────
   ╭─[wit/kv.wit:1:11]
 1 │ interface store {
   ·           ──┬──
   ·             ╰── no longer in here
 2 │ }
   ╰────
  note: breaks compiled consumers that use it
  note: A compiled consumer that calls it finds no function of this name. Those that never call it
        still link.
  help: Keep the function, mark it `@deprecated`, and remove it with the next major version.

warning[func-removed]: `acme:kv/store.size`: function removed
";
    assert!(text.starts_with(expected), "{text}");
    assert_eq!(text.matches("A compiled consumer that calls it").count(), 1);
    let end = "\
also
  auth.wasm (decoded):2:3: note[func-added]: `acme:kv/store.size`: function added

waived
  func-removed: `acme:kv/store.size`: function removed
    up to 2026-12-31: size is <b>fine</b> @all

not checked: `wit/kv.wit` cannot be read

shop → kv: acme:kv/store@1.0.0: 1 fault
12 links proved by the validator
acme:kv 1.0.0 → 1.1.0: a major version is needed: 2.0.0
switched off: docs-changed (3)
1 error, 1 warning, 1 note, 1 waived
";
    assert!(text.ends_with(end), "{text}");
}

#[test]
fn of_very_many_the_first_are_drawn_and_the_rest_counted() {
    let one = report("size", "wit/kv.wit").findings.remove(0);
    let other = Finding { rule: &FUNC_ADDED, ..one.clone() };
    let findings = [vec![one; 120], vec![other; 7]].concat();
    let many = Report { command: "contract diff", findings, ..Report::default() };
    let text = plain(&many, Form::Human);
    assert_eq!(text.matches("error[func-removed]").count(), super::human::MOST);
    let rest =
        "77 more errors are not shown:\n      70  func-removed\n       7  func-added\n  `--report json` has all\n";
    assert!(text.contains(rest), "{text}");
    assert!(text.ends_with("\n127 errors\n"));
    assert_eq!(plain(&many, Form::Short).lines().count(), 127);
    for (form, word) in [(Form::Json, "\"rule\":"), (Form::Sarif, "\"ruleId\":"), (Form::Junit, "<testcase ")] {
        assert_eq!(plain(&many, form).matches(word).count(), 127, "{}", form.word());
    }
    let github = plain(&many, Form::Github);
    assert_eq!(github.matches("::error ").count(), 10);
    assert!(github.contains("::error title=compose::118 more errors, which the whole report has\n"), "{github}");
    let thousands = Report { findings: vec![many.findings[0].clone(); 5000], ..many };
    let markdown = plain(&thousands, Form::Markdown);
    assert!(markdown.len() < 65_000 && markdown.contains("more findings not shown here"), "{}", markdown.len());
}

#[test]
fn a_side_that_was_not_there_is_told_in_every_form() {
    let mut report = report("acme:kv/store.get", "kv.wit");
    report.missing.push("git:main:wit".into());
    for form in Form::ALL {
        let text = plain(&report, form);
        let told = match form {
            Form::Json => "\"missing\":[\"git:main:wit\"]",
            Form::Markdown => "- `git:main:wit` is not there and is taken for empty",
            _ => "git:main:wit is not there and is taken for empty",
        };
        assert!(text.contains(told), "{}: {text}", form.word());
    }
}

#[test]
fn nothing_found_is_said() {
    let empty = Report { command: "contract diff", subjects: vec!["a".into(), "b".into()], ..Report::default() };
    assert_eq!(plain(&empty, Form::Human), "nothing found\n");
    assert_eq!(plain(&empty, Form::Short), "");
    assert_eq!(plain(&empty, Form::Markdown), "### `contract diff`: `a` → `b`: nothing found\n");
    assert!(plain(&empty, Form::Junit).contains("<testcase name=\"nothing found\" classname=\"contract diff\"/>"));
    let unchecked = Report { unchecked: vec!["x".into()], ..empty };
    assert_eq!(plain(&unchecked, Form::Human), "not checked: x\n");
    assert!(plain(&unchecked, Form::Markdown).starts_with("### `contract diff`: `a` → `b`: not checked\n"));
}

#[test]
fn github_gets_commands_that_no_name_can_end() {
    let text = plain(&report("size", "wit/kv.wit"), Form::Github);
    let first = "::error title=not checked::`wit/kv.wit` cannot be read\n::error \
        file=wit/kv.wit,line=1,endLine=1,col=11,endColumn=16,title=func-removed (acme%3Akv/store.size)::\
        `acme:kv/store.size`: function removed%0Abreaks compiled consumers that use it%0A";
    assert!(text.starts_with(first), "{text}");
    assert!(text.contains("::notice file=auth.wasm,title=func-added"), "{text}");
    let evil = plain(&report("x\n::error::y\r%0A", "a,b:c\n::warning::.wit"), Form::Github);
    assert!(evil.contains("file=a%2Cb%3Ac %3A%3Awarning%3A%3A.wit,"), "{evil}");
    assert!(!evil.lines().any(|line| line.starts_with("::error::y") || line.starts_with("::warning::.wit")), "{evil}");
    assert!(evil.contains("x ::error::y %250A"), "{evil}");
}

#[test]
fn markdown_stays_text_whatever_others_wrote() {
    let item = "a`</details>\n# h\n@team [x](http://y) <img src=x> |";
    let text = plain(&report(item, "wit/k`v.wit"), Form::Markdown);
    assert!(!text.contains("<img") && !text.contains("<b>"), "{text}");
    assert_eq!(text.matches("</details>").count(), 2 + text.matches("`</details>").count(), "{text}");
    assert!(!text.lines().any(|line| line.starts_with("# h")), "{text}");
    assert!(text.contains("\\[x\\](http&#58;//y)") || text.contains("`[x](http://y)"), "{text}");
    assert!(text.contains("(in ``wit/k`v.wit:1``)"), "{text}");
    let plain_text = plain(&report("size", "wit/kv.wit"), Form::Markdown);
    let first = "\
### `contract diff`: `git:main:wit` → `wit`: 1 error, 1 warning, 1 note, 1 waived

- acme:kv 1.0.0 → 1.1.0: a major version is needed: 2.0.0

> **not checked:** `wit/kv.wit` cannot be read
>

| consumer | provider | interface |  |
|---|---|---|---|
| `shop` | `kv` | `acme:kv/store@1.0.0` | 1 fault |

**error** `func-removed`: `acme:kv/store.size`: function removed (in `wit/kv.wit:1`)

```diff
- size: func() -> u32
```
- breaks compiled consumers that use it
";
    assert!(plain_text.starts_with(first), "{plain_text}");
    assert!(plain_text.contains("size is &lt;b&gt;fine&lt;/b&gt; @\u{200b}all, up to 2026-12-31"), "{plain_text}");
}

#[test]
fn no_form_lets_a_name_steer_a_terminal() {
    let report = report("a\u{1b}[2J\u{202e}b\u{9b}", "x\u{1b}.wit");
    for form in Form::ALL {
        let text = plain(&report, form);
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{}: {text}", form.word());
        assert!(text.ends_with('\n'), "{}", form.word());
    }
    assert!(Form::ALL.into_iter().all(|form| Form::find(form.word()) == Some(form)));
}
