//! Items passed on as they are: what a component imports and exports again, or exports under two names, is the very same
//! type in several places.

use super::*;

const STORE: &str = r#"(import "a:b/i@1.0.0" (instance $a
    (export "r" (type $r (sub resource))) (export "f" (func (param "x" (borrow $r)) (result u32)))))"#;

fn alone(text: &str) -> Shape {
    Draft::new(&[wat(text)]).result()
}

fn resources(shape: &Shape) -> usize {
    shape.resources.len()
}

#[test]
fn an_imported_instance_may_be_exported_as_it_is() {
    let result = alone(&format!(r#"(component {STORE} (export "a:b/i@1.0.0" (instance $a)))"#));
    assert_eq!(resources(&result), 1, "the export speaks of the import's resource");
}

#[test]
fn so_it_may_where_the_import_is_filled() {
    let passing = wat(&format!(r#"(component {STORE} (export "a:b/z@1.0.0" (instance $a)))"#));
    let provider = guest(
        "package a:b@1.0.0; interface i { resource r; f: func(x: borrow<r>) -> u32; } world w { export i; }",
        None,
    );
    let mut draft = Draft::new(&[passing, provider]);
    draft.wire((0, "a:b/i@1.0.0"), (1, "a:b/i@1.0.0"));
    let result = draft.result();
    assert_eq!((imports(&result), resources(&result)), (vec![], 1));
}

#[test]
fn two_imports_of_one_instance_type_keep_their_own_resources() {
    let result = alone(
        r#"(component
            (type $t (instance
                (export "r" (type $r (sub resource))) (export "f" (func (param "x" (borrow $r)) (result u32)))))
            (import "a:b/i@1.0.0" (instance $a (type $t))) (import "a:b/k@1.0.0" (instance $b (type $t)))
            (export "a:b/z@1.0.0" (instance $a)) (export "a:b/y@1.0.0" (instance $b)))"#,
    );
    assert_eq!(resources(&result), 2);
}

#[test]
fn imported_items_may_be_bundled() {
    let bundle = r#"(instance $o (export "r" (type $r)) (export "f" (func $f))) (export "a:b/z@1.0.0" (instance $o))"#;
    let of_instance =
        format!(r#"(component {STORE} (alias export $a "r" (type $r)) (alias export $a "f" (func $f)) {bundle})"#);
    let of_world = format!(
        r#"(component (import "r" (type $r (sub resource))) (import "f" (func $f (param "x" (borrow $r)) (result u32)))
            {bundle})"#
    );
    for text in [of_instance, of_world] {
        assert_eq!(resources(&alone(&text)), 1, "{text}");
    }
}

#[test]
fn one_instance_may_be_exported_under_two_names() {
    let result = alone(
        r#"(component
            (component $mk (type $rt (resource (rep i32))) (export "r" (type $rt)))
            (instance $a (instantiate $mk)) (export "x:y/a" (instance $a)) (export "x:y/a2" (instance $a)))"#,
    );
    assert_eq!((result.exports.len(), resources(&result)), (2, 1));
}

#[test]
fn one_resource_may_be_exported_under_several_names() {
    let result = alone(
        r#"(component
            (type $rt (resource (rep i32))) (export $r "r" (type $rt)) (export "s" (type $r)) (export "q" (type $rt)))"#,
    );
    assert_eq!((result.exports.len(), resources(&result)), (3, 1));
}

/// The world of the result is the predicted one, whatever the names are and whichever comes first.
#[test]
fn passing_on_is_predicted_whatever_the_names() {
    let maker = guest(
        "package a:b@1.0.0; interface i { resource r; f: func(x: borrow<r>) -> u32; } world w { export i; }",
        None,
    );
    let made =
        r#"(component $mk (type $r (resource (rep i32))) (export "r" (type $r))) (instance $a (instantiate $mk))"#;
    let exports = |first: &str, second: &str, of: &str| {
        format!(r#"(export $z "{first}" (instance $a)) (export "{second}" (instance {of}))"#)
    };
    let profile = HostProfile::named("tools-0.263").expect("a known profile");
    for (first, second) in [("a:b/h", "a:b/z"), ("a:b/z", "a:b/h"), ("a:b/i@1.0.0", "a:b/z"), ("a:b/z", "a:b/i@1.0.0")]
    {
        for of in ["$a", "$z"] {
            let own = exports(first, second, of);
            let imported = Draft::new(&[wat(&format!("(component {STORE} {own})"))]);
            let mut filled = Draft::new(&[wat(&format!("(component {STORE} {own})")), maker.clone()]);
            filled.wire((0, "a:b/i@1.0.0"), (1, "a:b/i@1.0.0"));
            let own = Draft::new(&[wat(&format!("(component {made} {own})"))]);
            for (what, draft) in [("open", imported), ("filled", filled), ("made", own)] {
                for reversed in [false, true] {
                    let mut draft = Draft { components: draft.components.clone(), plan: draft.plan.clone() };
                    if reversed {
                        draft.plan.exports.reverse();
                    }
                    let linked = draft.link();
                    let judged = draft.verify_for(&linked, &profile);
                    let told = format!("{what}: {first}, then {second} as {of}, reversed: {reversed}");
                    assert_eq!(judged, Ok(()), "{told}");
                }
            }
        }
    }
}

#[test]
fn another_name_of_a_type_inside_of_what_is_passed_on_stays_inside() {
    let draft = Draft::new(&[wat(r#"(component
            (import "a:b/i@1.0.0" (instance $a
                (export "r" (type $r (sub resource)))
                (type $own (own $r)) (type $case (variant (case "a" $own) (case "b")))
                (export "choice" (type $choice (eq $case))) (export "other" (type $other (eq $choice)))
                (type $maybe (option $other)) (export "f" (func (param "x" $maybe)))))
            (export "a:b/z@1.0.0" (instance $a)))"#)]);
    assert_eq!(draft.verify(&draft.link()), Ok(()));
}

#[test]
fn a_resource_of_another_maker_is_named_by_whichever_export_names_it() {
    let package = "package a:b@1.0.0; interface i { resource r; } interface k { use i.{r as s}; f: func() -> s; }";
    let user = guest(&format!("{package} world w {{ import k; export k; export g: func(); }}"), None);
    let speaker =
        guest(&format!("{package} world w {{ import k; use k.{{s}}; export h: func(x: borrow<s>) -> s; }}"), None);
    let maker = guest(&format!("{package} world w {{ export i; export k; }}"), None);
    // The result has no `i`: what `h` of one instance speaks of has a name in `k` of another only.
    let mut draft = Draft::new(&[speaker, user, maker]);
    for socket in [(0, "a:b/i@1.0.0"), (1, "a:b/i@1.0.0")] {
        draft.wire(socket, (2, "a:b/i@1.0.0"));
    }
    for socket in [(0, "a:b/k@1.0.0"), (1, "a:b/k@1.0.0")] {
        draft.wire(socket, (2, "a:b/k@1.0.0"));
    }
    let socket = Socket { instance: InstanceId(0), import: draft.import(0, "s") };
    draft.fill(socket, Source::TypeOf { import: draft.import(0, "a:b/k@1.0.0"), path: vec!["s".into()] });
    let plug = Plug { instance: InstanceId(1), export: draft.export(1, "a:b/k@1.0.0") };
    let (name, item) = draft.shape(1).export(plug.export).expect("it is there");
    let (name, attrs) = (item_name(name, item), item.attrs.clone());
    draft.plan.exports.push(PlanExport { name, attrs, plug });
    assert_eq!(resources(&draft.result()), 1);
}

#[test]
fn under_a_further_name_values_are_defined_once_more_whatever_else_could_be_taken() {
    let package = "package a:b@1.0.0; interface i { resource r; record v { x: u8 } f: func(v: v) -> r; }
        interface k { use i.{v}; g: func(v: v); }";
    let mut draft = Draft::new(&[guest(&format!("{package} world w {{ export i; export k; }}"), None)]);
    let plug = Plug { instance: InstanceId(0), export: draft.export(0, "a:b/i@1.0.0") };
    let (name, attrs) = (ExternName::parse("a", None), Attrs::default());
    draft.plan.exports.push(PlanExport { name, attrs, plug });
    // As a pin to a whole instance does, which then may end without use.
    draft.components.items[0].shape.reach_whole();
    assert_eq!(draft.verify(&draft.link()), Ok(()));
}
