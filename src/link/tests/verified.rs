//! That the last check notices a result which is not what the plan says.

use super::super::encode::Broken;
use super::*;

#[test]
fn a_skeleton_that_does_not_fit_its_components_is_refused() {
    let part = guest("package a:app; interface f { get: func(); } world w { import f; }", None);
    let other = guest("package a:app; interface f { get: func() -> u32; } world w { import f; }", None);
    let draft = Draft::new(&[part]);
    let mut linked = draft.link();
    let stranger = Draft::new(&[other]);
    assert!(verify::skeleton(&linked, &stranger.components, WasmFeatures::all()).is_err());
    linked.skeleton.truncate(linked.skeleton.len() - 1);
    assert!(verify::skeleton(&linked, &draft.components, WasmFeatures::all()).is_err());
}

#[test]
fn a_result_of_another_world_than_predicted_is_refused() {
    let part = guest("package a:app; interface f { get: func(); } world w { import f; export run: func(); }", None);
    let mut draft = Draft::new(&[part]);
    let linked = draft.link();
    assert_eq!(draft.verify(&linked), Ok(()));
    draft.plan.exports.clear();
    let refused = draft.verify(&linked);
    assert!(matches!(refused, Err(Broken::Mistake(what)) if what.contains("predicted world")));
}

#[test]
fn what_exceeds_the_limits_of_the_format_is_no_mistake_of_ours() {
    // An instance of types in instances: each level has the one before twice, so there are 4,095 to be made for each part.
    let mut text = "(component (type $t0 (instance (type $u u32) (export \"q\" (type (eq $u)))))".to_owned();
    for level in 1..=11 {
        let below = level - 1;
        text.push_str(&format!(
            "(type $t{level} (instance (alias outer 1 $t{below} (type $x))
                (export \"a\" (instance (type $x))) (export \"b\" (instance (type $x)))))"
        ));
    }
    text.push_str("(import \"i:i/i\" (instance (type $t11))))");
    let part = wat::parse_str(text).expect("a text of WebAssembly");
    let mut draft = Draft::new(&[part.clone(), part]);
    for instance in draft.plan.ids().collect::<Vec<_>>() {
        draft.fill(Socket { instance, import: 0 }, Source::Synthesised);
    }
    let linked = run(&draft.plan, &judge(&draft.plan, &draft.components), &draft.components, &Options::default())
        .expect("it is encoded");
    let refused = draft.verify(&linked);
    let Err(broken @ Broken::Limit(_)) = refused else { panic!("{refused:?}") };
    assert_eq!(crate::diag::Diagnostic::from(broken).code.number(), "C0511");
}

#[test]
fn imports_of_one_instance_type_have_each_their_own_types() {
    let part = |second: &str| {
        let text = format!(
            r#"(component
                 (type $t (instance
                   (export "thing" (type $thing (sub resource)))
                   (type $case (variant (case "a" f64) (case "b")))
                   (export "choice" (type $choice (eq $case)))
                   (type $own (own $thing))
                   (type $maybe (result $choice (error $own)))
                   (type $f (func (param "p" $maybe)))
                   (export "f" (func (type $f)))))
                 (import "a:b/one" (instance (type $t)))
                 {second})"#
        );
        wat::parse_str(text).expect("a component")
    };
    // What both import is merged, and the leading one knows nothing of the second import.
    let draft = Draft::new(&[part(""), part(r#"(import "a:b/two" (instance (type $t)))"#)]);
    assert_eq!(draft.verify(&draft.link()), Ok(()));
}
