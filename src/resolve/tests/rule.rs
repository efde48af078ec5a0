//! The written rule, point by point.

use super::*;

#[test]
fn the_only_candidate_is_wired() {
    let all = inputs(&[("app", "import acme:kv/store; export run: func();"), ("kv", "export acme:kv/store;")]);
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.wire("app", "acme:kv/store"), "kv.acme:kv/store");
    assert_eq!(outcome.instances(), ["app", "kv"]);
    assert_eq!(outcome.exports(), ["run = app.run"]);
}

#[test]
fn plugs_feed_plugs() {
    let all = inputs(&[
        ("app", "import acme:kv/store;"),
        ("kv", "import acme:log/log; export acme:kv/store;"),
        ("log", "export acme:log/log;"),
    ]);
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.wire("kv", "acme:log/log"), "log.acme:log/log");
}

#[test]
fn versions_of_a_track_stand_in_for_one_another_where_the_shapes_agree() {
    // 0.2.3 has all of 0.2.1.
    let newer = inputs(&[("app", "import acme:kv/store@0.2.1;"), ("kv", "export acme:kv/store@0.2.3;")]);
    assert_eq!(resolve(&Request::new(), &newer).clean().wire("app", "acme:kv/store@0.2.1"), "kv.acme:kv/store@0.2.3");
    // 0.2.1 lacks `put`, which 0.2.3 asks for.
    let older = inputs(&[("app", "import acme:kv/store@0.2.3;"), ("kv", "export acme:kv/store@0.2.1;")]);
    let outcome = resolve(&Request::new(), &older);
    let told = outcome.only(Code::PlugDoesNotFit);
    assert!(told.notes.iter().any(|note| note.contains("`put`: missing")), "{told:#?}");
}

#[test]
fn an_older_version_serves_a_newer_import_that_uses_only_what_it_has() {
    let mut all = inputs(&[("app", ""), ("kv", "export acme:kv/store@0.2.1;")]);
    all.items[0] = component_wat(
        "app",
        r#"(component (import "acme:kv/store@0.2.3" (instance
             (export "get" (func (param "key" string) (result string))))))"#,
    );
    assert_eq!(resolve(&Request::new(), &all).clean().wire("app", "acme:kv/store@0.2.3"), "kv.acme:kv/store@0.2.1");
}

#[test]
fn canonical_names_match_their_track() {
    let mut all = inputs(&[("app", "import acme:kv/store@0.2.1;"), ("kv", "")]);
    all.items[1] = component_wat(
        "kv",
        r#"(component
             (import "get" (func $get (param "key" string) (result string)))
             (instance $i (export "get" (func $get)))
             (export "acme:kv/store@0.2" (version-suffix ".3") (instance $i)))"#,
    );
    let request = Request { allow: vec![Written::new("get")], ..Request::new() };
    assert_eq!(resolve(&request, &all).clean().wire("app", "acme:kv/store@0.2.1"), "kv.acme:kv/store@0.2.3");
}

#[test]
fn an_unversioned_interface_matches_only_unversioned() {
    let all = inputs(&[("app", "import acme:kv/store;"), ("kv", "export acme:kv/store@0.2.1;")]);
    let outcome = resolve(&Request::new(), &all);
    let told = outcome.only(Code::UnresolvedImport);
    assert!(told.notes[0].contains("with and without a version"), "{told:#?}");
}

#[test]
fn the_roots_exports_are_wired_only_by_pin() {
    let all = inputs(&[
        ("app", "import acme:log/log; export acme:kv/store;"),
        ("log", "import acme:kv/store; export acme:log/log;"),
    ]);
    let told = resolve(&Request::new(), &all);
    assert!(told.only(Code::UnresolvedImport).help[0].contains("--wire log:acme:kv/store=app"));
    // By pin it is wired, and here that is a loop.
    assert_eq!(resolve(&pins(&["log:acme:kv/store=app"]), &all).codes(), [Code::ImportCycle]);
}

#[test]
fn the_exact_pin_goes_before_wildcards_and_the_specific_before_the_general() {
    let all = inputs(&[
        ("app", "import acme:kv/store; import acme:log/log;"),
        ("a", "export acme:kv/store; export acme:log/log;"),
        ("b", "export acme:kv/store;"),
        ("c", "export acme:kv/store;"),
    ]);
    let unused = Request { allow_unused: true, ..Request::new() };
    let pinned = |list: &[&str]| {
        let request = Request { pins: pins(list).pins, ..unused.clone() };
        resolve(&request, &all).clean().wire("app", "acme:kv/store")
    };
    assert_eq!(pinned(&["app:acme:kv/*=a", "acme:kv/store=b"]), "b.acme:kv/store");
    assert_eq!(pinned(&["app:acme:kv/store=c", "acme:kv/store=b"]), "c.acme:kv/store");
    assert_eq!(pinned(&["acme:*=a", "acme:kv/*=b"]), "b.acme:kv/store");
}

#[test]
fn a_wildcard_passes_over_what_its_target_does_not_export() {
    let all = inputs(&[
        ("app", "import acme:kv/store; import acme:log/log;"),
        ("kv", "export acme:kv/store;"),
        ("log", "export acme:log/log;"),
    ]);
    let outcome = resolve(&pins(&["app:acme:*=kv"]), &all).clean();
    assert_eq!(outcome.wire("app", "acme:log/log"), "log.acme:log/log");
}

#[test]
fn a_chain_puts_its_members_in_order_and_repeats_a_component_as_two_instances() {
    let all = inputs(&[
        ("app", "import acme:kv/store;"),
        ("cache", "import acme:kv/store; export acme:kv/store;"),
        ("kv", "export acme:kv/store;"),
    ]);
    let outcome = resolve(&chains(&["acme:kv/store=cache,cache,kv"]), &all).clean();
    assert_eq!(outcome.instances(), ["app", "cache", "cache-2", "kv"]);
    assert_eq!(outcome.wire("app", "acme:kv/store"), "cache.acme:kv/store");
    assert_eq!(outcome.wire("cache", "acme:kv/store"), "cache-2.acme:kv/store");
    assert_eq!(outcome.wire("cache-2", "acme:kv/store"), "kv.acme:kv/store");
}

#[test]
fn a_chain_may_end_at_the_host() {
    let all = inputs(&[("app", "import acme:kv/store;"), ("cache", "import acme:kv/store; export acme:kv/store;")]);
    let request = Request { allow: vec![Written::new("acme:kv/store")], ..chains(&["acme:kv/store=cache"]) };
    let outcome = resolve(&request, &all).clean();
    assert_eq!(outcome.wire("app", "acme:kv/store"), "cache.acme:kv/store");
    assert_eq!(outcome.wire("cache", "acme:kv/store"), "open acme:kv/store");
}

#[test]
fn labels_match_by_label_then_by_instance_name_and_never_share_in_silence() {
    let app = ("app", "import hot: acme:kv/store; import cold: acme:kv/store;");
    let labelled = inputs(&[app, ("a", "export hot: acme:kv/store;"), ("cold", "export acme:kv/store;")]);
    let outcome = resolve(&Request::new(), &labelled).clean();
    assert_eq!(outcome.wire("app", "hot"), "a.hot");
    assert_eq!(outcome.wire("app", "cold"), "cold.acme:kv/store");

    let shared = inputs(&[app, ("kv", "export acme:kv/store;")]);
    assert_eq!(resolve(&Request::new(), &shared).codes(), [Code::LabelWithoutPlug; 2]);
    let outcome = resolve(&pins(&["app:hot=kv", "app:cold=kv"]), &shared).clean();
    assert_eq!(outcome.instances(), ["app", "kv"]);

    let once = inputs(&[("app", "import hot: acme:kv/store;"), ("kv", "export acme:kv/store;")]);
    assert_eq!(resolve(&Request::new(), &once).clean().wire("app", "hot"), "kv.acme:kv/store");
}

#[test]
fn functions_at_world_level_match_by_name_and_type() {
    let all = inputs(&[("app", "import now: func() -> u64;"), ("clock", "export now: func() -> u64;")]);
    assert_eq!(resolve(&Request::new(), &all).clean().wire("app", "now"), "clock.now");
    let wrong = inputs(&[("app", "import now: func() -> u64;"), ("clock", "export now: func() -> u32;")]);
    resolve(&Request::new(), &wrong).only(Code::PlugDoesNotFit);
}

#[test]
fn declared_instances_are_used_by_pins_only() {
    let all = inputs(&[
        ("app", "import acme:kv/store; import acme:log/log;"),
        ("log", "import acme:kv/store; export acme:log/log;"),
        ("kv", "export acme:kv/store;"),
    ]);
    let declared = vec![further("kv-logs", "kv")];
    let request = Request { instances: declared.clone(), ..pins(&["log:acme:kv/store=kv-logs"]) };
    let outcome = resolve(&request, &all).clean();
    assert_eq!(outcome.wire("app", "acme:kv/store"), "kv.acme:kv/store");
    assert_eq!(outcome.wire("log", "acme:kv/store"), "kv-logs.acme:kv/store");
    resolve(&Request { instances: declared, ..Request::new() }, &all).only(Code::UnusedInput);
}

#[test]
fn of_two_versions_of_one_instance_the_one_asked_for_is_wired() {
    let all = inputs(&[
        ("app", "import acme:kv/store@0.2.1;"),
        ("kv", "export acme:kv/store@0.2.3; export acme:kv/store@0.2.1;"),
    ]);
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.wire("app", "acme:kv/store@0.2.1"), "kv.acme:kv/store@0.2.1");
    let rejected: Vec<_> = outcome.plan.wires[0][0].rejected.iter().map(|it| it.export.as_str()).collect();
    assert_eq!(rejected, ["acme:kv/store@0.2.3"]);
}

#[test]
fn a_pinned_plug_is_not_among_the_rejected() {
    let all =
        inputs(&[("app", "import acme:kv/store;"), ("one", "export acme:kv/store;"), ("two", "export acme:kv/store;")]);
    let request = Request { allow_unused: true, ..pins(&["app:acme:kv/store=one"]) };
    let outcome = resolve(&request, &all).clean();
    let rejected: Vec<_> = outcome.plan.wires[0][0].rejected.iter().map(|it| it.component.0).collect();
    assert_eq!(rejected, [2]);
}

#[test]
fn the_end_of_a_chain_takes_what_is_outside_of_it() {
    // `leaf` ends the chain and imports the interface itself: from `base`, never from `middle`.
    let all = inputs(&[
        ("app", "import acme:kv/store;"),
        ("middle", "import acme:kv/store; export acme:kv/store;"),
        ("leaf", "import acme:kv/store; export acme:kv/store;"),
        ("base", "export acme:kv/store;"),
    ]);
    let outcome = resolve(&chains(&["acme:kv/store=middle,leaf"]), &all).clean();
    assert_eq!(outcome.wire("app", "acme:kv/store"), "middle.acme:kv/store");
    assert_eq!(outcome.wire("middle", "acme:kv/store"), "leaf.acme:kv/store");
    assert_eq!(outcome.wire("leaf", "acme:kv/store"), "base.acme:kv/store");
}

#[test]
fn the_root_at_the_head_of_a_chain_need_not_export_and_others_must() {
    let all = inputs(&[
        ("app", "import acme:kv/store;"),
        ("log", "import acme:kv/store; export acme:kv/store;"),
        ("kv", "export acme:kv/store;"),
    ]);
    let outcome = resolve(&chains(&["acme:kv/store=app,log,kv"]), &all).clean();
    assert_eq!(outcome.wire("app", "acme:kv/store"), "log.acme:kv/store");
    let silent = inputs(&[
        ("app", "import acme:kv/store; export run: func();"),
        ("mute", "import acme:kv/store; export now: func();"),
        ("kv", "export acme:kv/store;"),
    ]);
    resolve(&chains(&["acme:kv/store=mute,kv"]), &silent).only(Code::ChainMember);
}

#[test]
fn what_the_root_at_the_head_does_not_export_wraps_nothing_for_others() {
    let all = inputs(&[
        ("app", "import acme:kv/store; import acme:log/log;"),
        ("side", "import acme:kv/store; export acme:log/log;"),
        ("log", "import acme:kv/store; export acme:kv/store;"),
        ("kv", "export acme:kv/store;"),
    ]);
    let request = Request { chains: chains(&["acme:kv/store=app,log,kv"]).chains, ..pins(&["side:acme:kv/store=kv"]) };
    let outcome = resolve(&request, &all).clean();
    assert_eq!(outcome.wire("side", "acme:kv/store"), "kv.acme:kv/store");
    // Not pinned, it has two to choose from, as if there were no chain.
    resolve(&chains(&["acme:kv/store=app,log,kv"]), &all).only(Code::AmbiguousImport);
    // Alone it is the head of nothing.
    let without = inputs(&[
        ("app", "import acme:kv/store; import acme:log/log;"),
        ("side", "import acme:kv/store; export acme:log/log;"),
        ("kv", "export acme:kv/store;"),
    ]);
    resolve(&chains(&["acme:kv/store=app"]), &without).only(Code::ChainMember);
}
