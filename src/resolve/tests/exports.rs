//! What the result exports.

use super::*;

#[test]
fn a_chain_around_the_root_exports_its_first_member() {
    let all = inputs(&[
        ("shop", "import acme:kv/store; export acme:http/handler;"),
        ("kv", "export acme:kv/store;"),
        ("log", "import acme:http/handler; export acme:http/handler;"),
        ("auth", "import acme:http/handler; export acme:http/handler;"),
    ]);
    let outcome = resolve(&chains(&["acme:http/handler=auth,log,shop"]), &all).clean();
    assert_eq!(outcome.exports(), ["acme:http/handler = auth.acme:http/handler"]);
    assert_eq!(outcome.wire("auth", "acme:http/handler"), "log.acme:http/handler");
    assert_eq!(outcome.wire("log", "acme:http/handler"), "shop.acme:http/handler");
    assert_eq!(outcome.instances()[0], "shop");
}

#[test]
fn exports_are_added_to_the_roots_or_stand_instead() {
    let all = inputs(&[
        ("app", "import acme:kv/store@0.2.3; export acme:http/handler;"),
        ("kv", "export acme:kv/store@0.2.3;"),
    ]);
    let added = resolve(&exporting(&["acme:kv/store=kv"]), &all).clean();
    assert_eq!(
        added.exports(),
        ["acme:http/handler = app.acme:http/handler", "acme:kv/store@0.2.3 = kv.acme:kv/store@0.2.3"]
    );
    let by_track = resolve(&exporting(&["acme:kv/store@0.2=kv"]), &all).clean();
    assert_eq!(by_track.exports(), added.exports());
    resolve(&exporting(&["acme:other/store@0.2=kv.acme:kv/store"]), &all).only(Code::BadPattern);
    let instead = Request { export_root: false, ..exporting(&["acme:kv/store=kv"]) };
    assert_eq!(resolve(&instead, &all).clean().exports(), ["acme:kv/store@0.2.3 = kv.acme:kv/store@0.2.3"]);
}

#[test]
fn a_label_for_an_interface_says_what_it_implements() {
    let all = inputs(&[("app", "import acme:kv/store@0.2.3;"), ("kv", "export acme:kv/store@0.2.3;")]);
    let outcome = resolve(&exporting(&["sessions=kv.acme:kv/store", "store=kv"]), &all).clean();
    assert_eq!(outcome.exports(), ["sessions = kv.acme:kv/store@0.2.3", "store = kv.acme:kv/store@0.2.3"]);
    for export in &outcome.plan.exports {
        assert_eq!(export.attrs.implements.as_deref(), Some("acme:kv/store@0.2.3"));
    }
}

#[test]
fn a_request_replaces_the_roots_export_and_two_requests_collide() {
    let all = inputs(&[("app", "import acme:kv/store; export acme:kv/store;"), ("kv", "export acme:kv/store;")]);
    let outcome = resolve(&exporting(&["acme:kv/store=kv"]), &all).clean();
    assert_eq!(outcome.exports(), ["acme:kv/store = kv.acme:kv/store"]);
    resolve(&exporting(&["acme:kv/store=kv", "acme:kv/store=app"]), &all).only(Code::DuplicateExport);
    resolve(&exporting(&["Kv_Label=kv.acme:kv/store"]), &all).only(Code::BadPattern);
}

#[test]
fn an_export_that_speaks_of_a_resource_made_inside_needs_its_interface() {
    let all =
        inputs(&[("app", "import acme:blob/blobs; export acme:blob/tools;"), ("store", "export acme:blob/blobs;")]);
    let outcome = resolve(&exporting(&["acme:blob/blobs=store"]), &all).clean();
    assert_eq!(outcome.exports().len(), 2);
}

#[test]
fn an_export_may_have_another_interface_name_than_its_plug() {
    let all = inputs(&[("app", "import acme:log/log;"), ("log", "export acme:log/log; export acme:kv/store@0.2.3;")]);
    let named = exporting(&["acme:other/store=log.acme:kv/store"]);
    assert_eq!(resolve(&named, &all).clean().exports(), ["acme:other/store = log.acme:kv/store@0.2.3"]);
    // Labelled plugs are exported under the name that was asked for, too.
    let labelled = component_wat(
        "two",
        r#"(component (import "x:y/z" (instance $i)) (export "hot" (implements "acme:kv/store") (instance $i)))"#,
    );
    let mut all = inputs(&[("app", "import acme:log/log;"), ("log", "export acme:log/log;")]);
    all.items.push(labelled);
    let request = Request { allow: vec![Written::new("x:y/z")], ..exporting(&["acme:kv/store=two.hot"]) };
    assert_eq!(resolve(&request, &all).clean().exports(), ["acme:kv/store = two.hot"]);
}
