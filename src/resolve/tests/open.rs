//! What stays open: permission, merging, and value types.

use super::*;

fn allowing(patterns: &[&str]) -> Request {
    Request { allow: patterns.iter().map(|text| Written::new(*text)).collect(), ..Request::new() }
}

#[test]
fn deny_wins_over_allow_and_over_pins() {
    let all = inputs(&[("app", "import wasi:io/streams@0.2.1;")]);
    resolve(&Request::new(), &all).clean();
    let deny = |request: Request| Request { deny: vec![Written::new("wasi:io/*")], ..request };
    let outcome = resolve(&deny(Request::new()), &all);
    assert!(outcome.only(Code::UnresolvedImport).notes[0].contains("`wasi:io/*` is denied"));
    resolve(&deny(pins(&["app:wasi:io/streams=open"])), &all).only(Code::DeniedImport);
}

#[test]
fn a_pin_leaves_open_what_is_not_allowed_and_what_a_plug_would_fill() {
    let all = inputs(&[("app", "import acme:kv/store;")]);
    let outcome = resolve(&pins(&["app:acme:kv/store=open"]), &all).clean();
    assert_eq!(outcome.open(), ["acme:kv/store"]);
    let with = inputs(&[("app", "import acme:kv/store;"), ("kv", "export acme:kv/store;")]);
    resolve(&pins(&["app:acme:kv/store=open"]), &with).only(Code::UnusedInput);
}

#[test]
fn versions_that_disagree_stay_apart_only_on_request() {
    let streams = |name: &str, version: &str, ty: &str| {
        component_wat(
            name,
            &format!(
                r#"(component (import "wasi:x/y@{version}" (instance (export "f" (func (param "a" {ty})))))
                     (import "use-{name}" (func $f)) (instance $i (export "write" (func $f)))
                     (export "acme:{name}/log" (instance $i)))"#
            ),
        )
    };
    let app = component_wat(
        "app",
        r#"(component (import "acme:one/log" (instance (export "write" (func))))
             (import "acme:two/log" (instance (export "write" (func)))))"#,
    );
    let items = vec![app, streams("one", "0.2.0", "u32"), streams("two", "0.2.1", "u64")];
    let all = Components { items, ..Components::default() };
    let request = allowing(&["wasi:*", "use-one", "use-two"]);
    let outcome = resolve(&request, &all);
    assert!(outcome.only(Code::OpenImportsDisagree).help[0].contains("merge = \"off\""));
    let apart = resolve(&Request { merge_open: false, ..request }, &all).clean();
    assert_eq!(apart.open().len(), 4);
}

#[test]
fn plain_names_that_stay_open_are_one_import_or_an_error() {
    let with = |ty: &str| {
        let log = format!("import now: func() -> {ty}; export acme:log/log;");
        inputs(&[("app", "import now: func() -> u64; import acme:log/log;"), ("log", &log)])
    };
    let outcome = resolve(&allowing(&["now"]), &with("u64")).clean();
    assert_eq!(outcome.open(), ["now"]);
    assert_eq!(outcome.plan.open[0].sockets.len(), 2);
    resolve(&allowing(&["now"]), &with("u32")).only(Code::OpenNameCollision);
}

#[test]
fn an_interface_of_value_types_needs_no_provider() {
    // Named by an open import: kept as an import of types.
    let all = inputs(&[("app", "import acme:draw/canvas;")]);
    let outcome = resolve(&allowing(&["acme:draw/*"]), &all).clean();
    assert_eq!(outcome.open(), ["acme:draw/canvas", "(acme:types/types)"]);
    assert_eq!(outcome.wire("app", "acme:types/types"), "types acme:types/types");
    // Named by nothing outside: made up.
    let all = inputs(&[("app", "import acme:draw/canvas;"), ("draw", "export acme:draw/canvas;")]);
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.wire("app", "acme:types/types"), "made up");
    assert_eq!(outcome.open(), [""; 0]);
    // Named by an export of the result.
    let all =
        inputs(&[("app", "import acme:draw/canvas; export acme:draw/shapes;"), ("draw", "export acme:draw/canvas;")]);
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.open(), ["(acme:types/types)"]);
    assert_eq!(outcome.wire("draw", "acme:types/types"), "made up");
}

#[test]
fn value_types_of_a_plug_that_an_open_import_names_stay_nameable() {
    let all = inputs(&[("app", "import acme:draw/canvas;"), ("types", "export acme:types/types;")]);
    let outcome = resolve(&allowing(&["acme:draw/*"]), &all).clean();
    assert_eq!(outcome.wire("app", "acme:types/types"), "types.acme:types/types");
    assert_eq!(outcome.open(), ["acme:draw/canvas", "(acme:types/types)"]);
    let kept = outcome.plan.open[1].types_only.as_ref().unwrap();
    assert_eq!(kept.iter().map(|path| path.join(".")).collect::<Vec<_>>(), ["point"]);
}

#[test]
fn a_loop_of_value_types_is_cut() {
    // `types` needs `app`'s log by pin, `app` needs only types of `types`.
    let all = inputs(&[
        ("app", "import acme:draw/canvas; import acme:log/log;"),
        ("log", "import acme:draw/shapes; export acme:log/log;"),
        ("draw", "import acme:log/log; export acme:draw/canvas; export acme:draw/shapes; export acme:types/types;"),
    ]);
    let outcome = resolve(&Request::new(), &all);
    // log ← draw by `shapes` and draw ← log: a true loop stays an error …
    assert_eq!(outcome.codes(), [Code::ImportCycle]);
    // … and one closed by the types alone is none.
    let all = inputs(&[
        ("app", "import acme:kv/store; import acme:log/log;"),
        ("log", "import acme:draw/shapes; export acme:log/log;"),
        ("kv", "import acme:log/log; export acme:kv/store; export acme:types/types;"),
        ("draw", "export acme:draw/shapes;"),
    ]);
    let outcome = resolve(&Request::new(), &all).clean();
    assert_eq!(outcome.wire("log", "acme:types/types"), "made up");
}

#[test]
fn an_instance_that_only_a_cut_wire_would_reach_is_not_in_the_plan() {
    let all = inputs(&[
        ("app", "import acme:log/log;"),
        ("log", "import acme:draw/shapes; export acme:log/log;"),
        ("kv", "import acme:log/log; export acme:types/types;"),
        ("draw", "export acme:draw/shapes;"),
    ]);
    let outcome = resolve(&Request { allow_unused: true, ..Request::new() }, &all).clean();
    assert_eq!(outcome.instances(), ["app", "log", "draw"]);
}
