//! What goes wrong, and that one cause is told once.

use super::*;
use crate::model::component::WitPackage;

#[test]
fn all_broken_wires_are_told_in_one_run() {
    let all = inputs(&[
        ("app", "import acme:kv/store; import acme:log/log; import now: func() -> u64;"),
        ("kv", "import acme:http/handler; export acme:kv/store;"),
    ]);
    assert_eq!(resolve(&Request::new(), &all).codes(), [Code::UnresolvedImport; 3]);
}

#[test]
fn two_providers_are_ambiguous_and_the_lines_that_settle_it_are_printed() {
    let all =
        inputs(&[("app", "import acme:kv/store;"), ("b", "export acme:kv/store;"), ("a", "export acme:kv/store;")]);
    let outcome = resolve(&Request::new(), &all);
    let told = outcome.only(Code::AmbiguousImport);
    assert!(told.message.starts_with("`a`, `b` could provide `acme:kv/store`"), "{told:#?}");
    assert!(told.help[0].contains("--wire app:acme:kv/store=a"), "{told:#?}");
    assert!(told.help[1].contains("--wire app:acme:kv/store=b"), "{told:#?}");
    let settled = Request { allow_unused: true, ..pins(&["app:acme:kv/store=b"]) };
    assert_eq!(resolve(&settled, &all).clean().wire("app", "acme:kv/store"), "b.acme:kv/store");
}

#[test]
fn too_many_ways_to_wire_are_given_up_and_said() {
    let middles: Vec<String> = (0..13).map(|number| format!("m{number}")).collect();
    let mut list = vec![("app", "import acme:kv/store;")];
    list.extend(middles.iter().map(|name| (name.as_str(), "import acme:kv/store; export acme:kv/store;")));
    resolve(&Request::new(), &inputs(&list)).only(Code::SearchTooLarge);
}

#[test]
fn two_middles_ask_for_a_chain() {
    let all = inputs(&[
        ("app", "import acme:kv/store;"),
        ("m2", "import acme:kv/store; export acme:kv/store;"),
        ("m1", "import acme:kv/store; export acme:kv/store;"),
        ("leaf", "export acme:kv/store;"),
    ]);
    let outcome = resolve(&Request::new(), &all);
    let told = outcome.only(Code::AmbiguousImport);
    assert!(told.help[0].contains("--chain acme:kv/store=m1,m2,leaf"), "{told:#?}");
    let settled = resolve(&chains(&["acme:kv/store=m2,m1,leaf"]), &all).clean();
    assert_eq!(settled.instances(), ["app", "m2", "m1", "leaf"]);
}

#[test]
fn near_misses_are_named() {
    let near = |app: &str, other: &str| {
        let all = inputs(&[("app", app), ("other", other)]);
        let outcome = resolve(&Request::new(), &all);
        outcome.only(Code::UnresolvedImport).notes[0].clone()
    };
    assert!(near("import acme:kv/store@0.2.1;", "export acme:kv/store@0.3.0;").contains("not compatible"));
    assert!(near("import acme:kv/store;", "export acme:other/store;").contains("another package"));
    assert!(near("import acme:kv/store;", "export hot: acme:kv/store;").contains("label"));
    assert!(near("import get: func();", "export acme:kv/store;").contains("function of that name inside"));
    assert!(near("import nows: func();", "export now: func();").contains("a name much like it"));
}

#[test]
fn a_wit_package_provides_nothing() {
    let mut all = inputs(&[("app", "import acme:kv/store;")]);
    all.wit_packages.push(WitPackage { origin: "kv.wit".into(), interfaces: vec!["acme:kv/store".into()] });
    let outcome = resolve(&Request::new(), &all);
    assert!(outcome.only(Code::UnresolvedImport).notes[0].contains("`kv.wit` is a WIT package"));
    let pinned = resolve(&pins(&["app:acme:kv/store=kv"]), &all);
    assert!(pinned.only(Code::UnknownInstance).notes[0].contains("`kv.wit` is a WIT package"));
}

#[test]
fn names_that_mean_nothing_are_errors_with_a_suggestion() {
    let all = inputs(&[("app", "import acme:kv/store;"), ("kv", "export acme:kv/store;")]);
    let help = |request: Request, code: Code| resolve(&request, &all).only(code).help[0].clone();
    assert_eq!(help(pins(&["app:acme:kv/stroe=kv"]), Code::PinMatchesNothing), "did you mean `acme:kv/store`?");
    assert_eq!(help(pins(&["appp:acme:kv/store=kv"]), Code::UnknownInstance), "did you mean `app`?");
    assert_eq!(help(pins(&["app:acme:kv/store=kb"]), Code::UnknownInstance), "did you mean `kv`?");
    assert_eq!(
        help(pins(&["app:acme:kv/store=kv.acme:kv/stor"]), Code::UnknownExport),
        "did you mean `acme:kv/store`?"
    );
    assert_eq!(help(exporting(&["acme:kv/stores=kv"]), Code::UnknownExport), "did you mean `acme:kv/store`?");
    let root = Request { root: Some(Written::new("ap")), ..Request::new() };
    assert_eq!(help(root, Code::UnknownInstance), "did you mean `app`?");
    let wild = Request { allow: vec![Written::new("acme:k*")], ..Request::new() };
    resolve(&wild, &inputs(&[("app", "import acme:kv/store;")])).only(Code::BadPattern);
    let declared = Request { instances: vec![further("kv", "app")], ..Request::new() };
    resolve(&declared, &all).only(Code::DuplicateInstance);
}

#[test]
fn pins_that_disagree_or_lead_back_are_errors() {
    let all = inputs(&[("app", "import acme:kv/store;"), ("kv", "export acme:kv/store;")]);
    resolve(&pins(&["app:acme:kv/store=kv", "app:acme:kv/store=open"]), &all).only(Code::ConflictingPins);
    resolve(&pins(&["app:acme:kv/store=kv", "app:acme:kv/store=kv"]), &all).clean();
    let cache = inputs(&[("app", "import acme:kv/store;"), ("cache", "import acme:kv/store; export acme:kv/store;")]);
    resolve(&pins(&["cache:acme:kv/store=cache"]), &cache).only(Code::OwnImport);
}

#[test]
fn a_pin_to_an_instance_without_the_interface_is_an_error() {
    let all = inputs(&[("app", "import acme:kv/store@0.2.1;"), ("kv", "export acme:kv/store@0.3.0;")]);
    let outcome = resolve(&pins(&["app:acme:kv/store=kv"]), &all);
    let told = outcome.only(Code::UnknownExport);
    assert!(told.help[0].contains("--wire app:acme:kv/store@0.2.1=kv.acme:kv/store@0.3.0"), "{told:#?}");
    let forced = resolve(&pins(&["app:acme:kv/store=kv.acme:kv/store@0.3.0"]), &all).clean();
    assert_eq!(forced.wire("app", "acme:kv/store@0.2.1"), "kv.acme:kv/store@0.3.0");
}

#[test]
fn chain_members_that_cannot_stand_there_are_errors() {
    let all =
        inputs(&[("app", "import acme:kv/store;"), ("kv", "export acme:kv/store;"), ("log", "export acme:log/log;")]);
    let outcome = resolve(&chains(&["acme:kv/store=kv,log"]), &all);
    assert_eq!(outcome.codes(), [Code::ChainMember, Code::ChainMember], "{:#?}", outcome.diagnostics);
    let idle = inputs(&[
        ("app", ""),
        ("cache", "import acme:kv/store; export acme:kv/store;"),
        ("kv", "export acme:kv/store;"),
    ]);
    resolve(&chains(&["acme:kv/store=cache,kv"]), &idle).only(Code::ChainWithoutUse);
}

#[test]
fn without_a_named_component_there_is_no_root() {
    let mut all = inputs(&[("kv", "export acme:kv/store;")]);
    all.items[0].named = false;
    assert_eq!(resolve(&Request::new(), &all).only(Code::NoRoot).help[0], "name the root: `--root kv`");
}

#[test]
fn what_an_unreadable_input_would_have_provided_is_not_missed() {
    let all = inputs(&[("app", "import acme:kv/store;")]);
    let mut sink = Sink::default();
    sink.report(Diagnostic::new(Code::Internal, "an input could not be read"));
    run(&Request::new(), &all, &mut sink);
    assert_eq!(sink.diagnostics().len(), 1);
}

#[test]
fn a_misspelt_export_is_shown_beside_the_import_it_may_be_meant_for() {
    let all = inputs(&[
        ("app", "import acme:kv/store; import acme:log/log;"),
        ("kv", "export acme:other/store; export acme:log/log;"),
        ("spare", "export acme:kvv/store;"),
    ]);
    let outcome = resolve(&Request { allow: vec![Written::new("acme:kv/*")], ..Request::new() }, &all);
    let told = outcome.only(Code::UnusedInput);
    assert!(format!("{told:?}").contains("acme:kv/store"), "{told:#?}");
}

#[test]
fn an_instance_that_lacks_a_wanted_export_is_not_called_unused_besides() {
    let all = inputs(&[
        ("app", "import acme:log/log;"),
        ("log", "export acme:log/log;"),
        ("kv", "export acme:kv/store;"),
        ("spare", "export acme:http/handler;"),
    ]);
    let outcome = resolve(&exporting(&["acme:other/store=kv.acme:kv/admin"]), &all);
    // `kv` was meant to be used; `spare` was not.
    assert_eq!(outcome.codes(), [Code::UnknownExport, Code::UnusedInput]);
    assert!(outcome.diagnostics[1].message.contains("`spare`"));
}

#[test]
fn an_input_that_could_not_be_read_is_not_unknown_besides() {
    let bytes = bytes::Bytes::new();
    let input = |origin: &str| crate::model::request::Input {
        name: None,
        from: crate::model::request::InputFrom::Memory { origin: origin.into(), bytes: bytes.clone() },
    };
    let all = inputs(&[("app", "import acme:kv/store;")]);
    let request = Request {
        inputs: vec![input("app.wasm"), input("kv.wasm")],
        ..pins(&["acme:kv/store=kv", "acme:kv/store=nobody"])
    };
    let mut sink = Sink::default();
    sink.report(Diagnostic::new(Code::EmptyInput, "`kv.wasm` is empty"));
    run(&request, &all, &mut sink);
    let unknown: Vec<_> =
        sink.diagnostics().iter().filter(|it| it.code == Code::UnknownInstance).map(|it| it.message.clone()).collect();
    assert!(unknown.iter().all(|message| !message.contains("`kv`")), "{unknown:?}");
    // A name that no input has is unknown all the same.
    let mut sink = Sink::default();
    sink.report(Diagnostic::new(Code::EmptyInput, "`kv.wasm` is empty"));
    run(&Request { pins: pins(&["acme:kv/store=app2"]).pins, ..request }, &all, &mut sink);
    assert!(sink.diagnostics().iter().any(|it| it.code == Code::UnknownInstance));
}

#[test]
fn what_is_behind_too_many_candidates_is_not_looked_at() {
    let mut all = inputs(&[("app", "import acme:kv/store;"), ("m", "import acme:kv/store; export acme:kv/store;")]);
    let middle = all.items.pop().expect("the middle");
    for number in 0..300_u16 {
        let mut digest = [0; 32];
        digest[..2].copy_from_slice(&number.to_le_bytes());
        let named = false;
        all.items.push(Component { name: format!("m{number}"), digest: Digest(digest), named, ..middle.clone() });
    }
    let outcome = resolve(&Request::new(), &all);
    let told = outcome.only(Code::SearchTooLarge);
    assert!(told.message.contains(" and 290 more"), "{}", told.message);
    assert!(told.help.len() < 20, "{} lines of help", told.help.len());
    assert_eq!(told.facts.iter().filter(|(role, _)| *role == "candidate").count(), 300);
}

#[test]
fn what_a_member_of_a_chain_lacks_is_told_once_and_a_long_chain_is_cut() {
    let all = inputs(&[("app", "import acme:kv/store;"), ("kv", "export acme:kv/store;")]);
    let chain = format!("acme:kv/store={}", ["kv"; 200].join(","));
    let outcome = resolve(&chains(&[&chain]), &all);
    let told = outcome.only(Code::ChainMember);
    assert!(told.notes[0].len() < 200 && told.notes[0].contains('…'), "{told:#?}");
}

#[test]
fn the_way_to_what_is_wrong_is_cut() {
    let mut parts = vec![("app".to_owned(), "import acme:kv/store;")];
    parts.extend(
        (0..30).map(|at| (format!("m{at}"), "import acme:kv/store; import acme:log/log; export acme:kv/store;")),
    );
    parts.push(("kv".to_owned(), "export acme:kv/store;"));
    let all = inputs(&parts.iter().map(|(name, body)| (name.as_str(), *body)).collect::<Vec<_>>());
    let members: Vec<&str> = parts[1..].iter().map(|(name, _)| name.as_str()).collect();
    let outcome = resolve(&chains(&[&format!("acme:kv/store={}", members.join(","))]), &all);
    let way = outcome.diagnostics.iter().flat_map(|told| &told.notes).find(|note| note.contains("how `m29` came"));
    let way = way.expect("each of them lacks a log");
    assert!(way.contains("after 18 others `m17` ← `m18`"), "{way}");
}
