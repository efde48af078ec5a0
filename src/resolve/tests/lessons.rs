//! What real components taught, and what the other composers get wrong: each a test by name.

use super::*;

#[test]
fn a_mismatching_plug_is_an_error_though_another_plug_fits_and_the_import_might_stay_open() {
    let mut all =
        inputs(&[("app", "import acme:kv/store; import acme:log/log;"), ("log", "export acme:log/log;"), ("kv", "")]);
    all.items[2] = component_wat(
        "kv",
        r#"(component (import "g" (func $g (param "key" u32))) (instance $i (export "get" (func $g)))
             (export "acme:kv/store" (instance $i)))"#,
    );
    let request = Request { allow: vec![Written::new("*")], ..Request::new() };
    resolve(&request, &all).only(Code::PlugDoesNotFit);
}

#[test]
fn a_named_input_that_is_not_used_is_an_error() {
    let all = inputs(&[
        ("shop", "import acme:kv/store; export acme:http/handler;"),
        ("kv", "export acme:kv/store;"),
        ("auth", "import acme:http/handler; export acme:http/handler;"),
    ]);
    let outcome = resolve(&Request::new(), &all);
    let told = outcome.only(Code::UnusedInput);
    assert!(told.help[0].contains("--chain acme:http/handler=auth,shop"), "{told:#?}");
    let mut offered = all.clone();
    offered.items[2].named = false;
    resolve(&Request::new(), &offered).clean();
}

#[test]
fn what_stays_open_behind_a_plug_is_an_error_too() {
    let all = inputs(&[("app", "import acme:kv/store;"), ("kv", "import acme:log/log; export acme:kv/store;")]);
    let outcome = resolve(&Request::new(), &all);
    let told = outcome.only(Code::UnresolvedImport);
    assert!(told.notes.iter().any(|note| note.contains("`app` ← `kv` (by `acme:kv/store`)")), "{told:#?}");
}

#[test]
fn one_instance_serves_all_who_import_it() {
    let all = inputs(&[
        ("app", "import acme:kv/store; import acme:log/log;"),
        ("log", "import acme:kv/store; export acme:log/log;"),
        ("kv", "export acme:kv/store;"),
    ]);
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.instances().len(), 3);
    assert_eq!(outcome.wire("app", "acme:kv/store"), outcome.wire("log", "acme:kv/store"));
}

#[test]
fn the_order_of_the_inputs_does_not_matter() {
    let list = [
        ("mid", "import acme:kv/store@0.2.1; import wasi:io/streams@0.2.6; export acme:kv/store@0.2.1;"),
        ("kv", "import acme:log/log; export acme:kv/store@0.2.3;"),
        ("log", "import wasi:io/streams@0.2.1; export acme:log/log;"),
        ("clock", "export now: func() -> u64;"),
    ];
    let app =
        ("app", "import acme:kv/store@0.2.1; import acme:log/log; import now: func() -> u64; export run: func();");
    let request = Request { root: Some(Written::new("app")), ..Request::new() };
    let mut texts = Vec::new();
    for turn in 0..list.len() {
        for swap in [false, true] {
            let mut order = list.to_vec();
            order.rotate_left(turn);
            if swap {
                order.reverse();
            }
            order.insert(turn, app);
            texts.push(resolve(&request, &inputs(&order)).clean().text());
        }
    }
    assert!(texts[0].contains("app acme:kv/store@0.2.1 <- mid."), "{}", texts[0]);
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:#?}");
}

#[test]
fn a_type_used_at_world_level_comes_from_the_interface_it_was_used_from() {
    let all = inputs(&[
        ("app", "use acme:blob/blobs.{blob}; import weigh: func(of: borrow<blob>) -> u32;"),
        ("store", "export acme:blob/blobs;"),
    ]);
    // The host cannot be asked about a blob that is made inside.
    let request = Request { allow: vec![Written::new("weigh")], ..Request::new() };
    let outcome = resolve(&request, &all);
    assert_eq!(outcome.wire("app", "acme:blob/blobs"), "store.acme:blob/blobs");
    assert_eq!(outcome.wire("app", "blob"), "type 0.blob");
    outcome.only(Code::ResourceNotNameable);
    // With both left to the host there is nothing to object to.
    let open = Request { allow: vec![Written::new("weigh"), Written::new("acme:blob/*")], ..Request::new() };
    let alone = inputs(&[("app", "use acme:blob/blobs.{blob}; import weigh: func(of: borrow<blob>) -> u32;")]);
    assert_eq!(resolve(&open, &alone).clean().open(), ["acme:blob/blobs", "weigh", "blob"]);
}

#[test]
fn the_middle_of_a_chain_over_one_interface_finds_its_place() {
    let all = inputs(&[
        ("app", "import acme:kv/store;"),
        ("leaf", "export acme:kv/store;"),
        ("middle", "import acme:kv/store; export acme:kv/store;"),
    ]);
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.wire("app", "acme:kv/store"), "middle.acme:kv/store");
    assert_eq!(outcome.wire("middle", "acme:kv/store"), "leaf.acme:kv/store");
}

#[test]
fn mixed_wasi_versions_stay_open_as_one_import_of_the_highest() {
    let all = inputs(&[
        ("app", "import acme:log/log; import wasi:io/streams@0.2.1;"),
        ("log", "import wasi:io/streams@0.2.6; export acme:log/log;"),
    ]);
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.open(), ["wasi:io/streams@0.2.6"]);
    assert_eq!(outcome.plan.open[0].merged, ["0.2.1", "0.2.6"]);
    assert_eq!(outcome.plan.open[0].sockets.len(), 2);
    let apart = Request { merge_open: false, ..Request::new() };
    let names = resolve(&apart, &all).clean().open();
    assert_eq!(names, ["wasi:io/streams@0.2.1", "wasi:io/streams@0.2.6"]);
}

#[test]
fn exports_that_no_package_defines_are_pointed_out() {
    let all =
        inputs(&[("app", "export acme:http/handler; export init: func(); export exports: interface { x: func(); }")]);
    let outcome = resolve(&Request::new(), &all);
    let told = outcome.only(Code::IncidentalExport);
    assert!(told.message.contains("`exports`") && told.message.contains("`init`"), "{told:#?}");
    let chosen = Request { export_root: false, ..exporting(&["acme:http/handler=app"]) };
    assert_eq!(resolve(&chosen, &all).clean().exports(), ["acme:http/handler = app.acme:http/handler"]);
}

#[test]
fn a_pin_may_name_an_export_of_another_name_and_the_same_shape() {
    let all = inputs(&[
        ("app", "import lifecycle: interface { get: func(key: string) -> string; }"),
        ("kv", "export acme:kv/store;"),
    ]);
    let outcome = resolve(&Request::new(), &all);
    let told = outcome.only(Code::UnresolvedImport);
    assert!(told.help[0].contains("--wire app:lifecycle=kv.acme:kv/store"), "{told:#?}");
    let outcome = resolve(&pins(&["app:lifecycle=kv.acme:kv/store"]), &all).clean();
    assert_eq!(outcome.wire("app", "lifecycle"), "kv.acme:kv/store");
}

#[test]
fn a_cycle_is_an_error_that_prints_the_loop() {
    let all = inputs(&[
        ("app", "import acme:kv/store;"),
        ("kv", "import acme:log/log; export acme:kv/store;"),
        ("log", "import acme:kv/store; export acme:log/log;"),
    ]);
    let request = Request { allow: vec![Written::new("*")], ..Request::new() };
    let outcome = resolve(&request, &all);
    let told = outcome.only(Code::ImportCycle);
    assert_eq!(told.notes[0], "`kv` imports `acme:log/log` from `log`\n`log` imports `acme:kv/store` from `kv`");
}

#[test]
fn resources_are_told_apart_by_maker_not_by_name() {
    let all = inputs(&[
        ("app", "import acme:blob/blobs; import acme:blob/tools;"),
        ("one", "export acme:blob/blobs;"),
        ("two", "export acme:blob/blobs;"),
        ("tools", "import acme:blob/blobs; export acme:blob/tools;"),
    ]);
    let split = pins(&["app:acme:blob/blobs=one", "tools:acme:blob/blobs=two"]);
    let outcome = resolve(&split, &all);
    let told = outcome.only(Code::ResourceSplit);
    assert!(told.help.iter().any(|line| line.contains("--wire app:acme:blob/blobs=two")), "{told:#?}");
    let shared = Request { allow_unused: true, ..pins(&["app:acme:blob/blobs=one", "tools:acme:blob/blobs=one"]) };
    resolve(&shared, &all).clean();
}

#[test]
fn of_several_wirings_the_one_that_keeps_resources_whole_is_taken() {
    let mut all = inputs(&[
        ("app", "import acme:blob/blobs; import acme:blob/tools;"),
        ("tools", "import acme:blob/blobs; export acme:blob/tools;"),
        ("one", "export acme:blob/blobs;"),
        ("two", "export acme:blob/blobs;"),
    ]);
    all.items[3].named = false;
    // `one` alone, or `one` and `two` in either place: only the first keeps blobs whole.
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.instances(), ["app", "one", "tools"]);
}

#[test]
fn imports_of_one_instance_type_are_wired_apart() {
    let mut all = inputs(&[("app", ""), ("kv", "export acme:kv/store;"), ("other", "export acme:other/store;")]);
    all.items[0] = component_wat(
        "app",
        r#"(component
             (type $t (instance (export "get" (func (param "key" string) (result string)))))
             (import "acme:kv/store" (instance (type $t)))
             (import "acme:other/store" (instance (type $t))))"#,
    );
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.wire("app", "acme:kv/store"), "kv.acme:kv/store");
    assert_eq!(outcome.wire("app", "acme:other/store"), "other.acme:other/store");
}

#[test]
fn a_type_of_the_world_stays_where_a_function_of_the_world_names_it() {
    let used = "use acme:blob/blobs.{blob}; import weigh: func(of: borrow<blob>) -> u32;";
    let all = inputs(&[("app", used)]);
    let request = Request { allow: vec![Written::new("*")], ..Request::new() };
    assert_eq!(resolve(&request, &all).clean().open(), ["acme:blob/blobs", "weigh", "blob"]);
    // Nobody outside hears of the type here.
    let quiet = inputs(&[("app", "use acme:blob/blobs.{blob};")]);
    assert_eq!(resolve(&request, &quiet).clean().open(), ["acme:blob/blobs"]);
    // A function of another component has the name already: both mean the same type.
    let both =
        inputs(&[("app", &format!("{used} import acme:log/log;")), ("log", &format!("{used} export acme:log/log;"))]);
    assert_eq!(resolve(&request, &both).clean().open(), ["acme:blob/blobs", "weigh", "blob"]);
}
