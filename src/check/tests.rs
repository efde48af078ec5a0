//! The gate and the rules that the resolver's own tests do not reach.

use super::*;
use crate::diag::{Code, Diagnostic};
use crate::model::host::{tools_0_263, wasmtime_48};
use crate::model::request::{ExportRequest, Request, Written};
use crate::model::sizes::Limited;
use crate::resolve;
use crate::resolve::tests::inputs;

fn checked(components: &Components, request: &Request, profile: &HostProfile) -> Vec<Code> {
    let mut sink = Sink::default();
    let plan = resolve::run(request, components, &mut sink);
    let passed = run(&plan, components, profile, &mut sink).is_some();
    assert_eq!(passed, !sink.has_errors());
    sink.diagnostics().iter().map(|diagnostic| diagnostic.code).collect()
}

fn small() -> Components {
    inputs(&[("app", "import acme:kv/store; export run: func();"), ("kv", "export acme:kv/store;")])
}

#[test]
fn only_a_clean_sink_opens_the_gate() {
    let all = small();
    let mut sink = Sink::default();
    let plan = resolve::run(&Request::new(), &all, &mut sink);
    assert!(run(&plan, &all, &wasmtime_48(), &mut sink).is_some());
    sink.report(Diagnostic::new(Code::Internal, "from an earlier stage"));
    assert!(run(&plan, &all, &wasmtime_48(), &mut sink).is_none());
}

#[test]
fn limits_are_judged_by_the_chosen_host_and_others_are_warned_of() {
    let all = small();
    let mut sink = Sink::default();
    let plan = resolve::run(&Request::new(), &all, &mut sink);
    // app, kv and the store between them; two components with three modules or components each, and the result.
    let margins = margins::of(&plan, &all);
    assert_eq!((margins.instances, margins.of(Limited::ModulesAndComponents)), (3, 9));
    let narrow = HostProfile { max_instances: 2, ..wasmtime_48() };
    assert_eq!(checked(&all, &Request::new(), &narrow), [Code::TooManyInstances]);
    let narrow = HostProfile { max_modules_and_components: Some(8), ..wasmtime_48() };
    assert_eq!(checked(&all, &Request::new(), &narrow), [Code::TooManyComponents]);
    let mut heavy = all;
    heavy.items[1].sizes.inner = 1_000;
    assert_eq!(checked(&heavy, &Request::new(), &wasmtime_48()), [Code::OtherHostRefuses]);
    assert_eq!(checked(&heavy, &Request::new(), &tools_0_263()), [Code::TooManyComponents]);
}

#[test]
fn labels_need_a_host_that_knows_them() {
    let request = || Request {
        exports: vec![ExportRequest::new(
            Some(Written::new("sessions")),
            Written::new("kv"),
            Some(Written::new("acme:kv/store")),
        )],
        ..Request::new()
    };
    assert_eq!(checked(&small(), &request(), &wasmtime_48()), [Code::LabelNotSupported]);
    assert_eq!(checked(&small(), &request(), &tools_0_263()), []);
    // Inside counts too, and is told once.
    let inside = inputs(&[("app", "import hot: acme:kv/store;"), ("kv", "export acme:kv/store;")]);
    assert_eq!(checked(&inside, &Request::new(), &wasmtime_48()), [Code::LabelNotSupported]);
}

#[test]
fn canonical_names_need_a_host_that_knows_them() {
    let mut all = inputs(&[("app", "")]);
    all.items[0].shape = crate::types::samples::wat(
        r#"(component (import "wasi:x/y@0.2" (version-suffix ".3") (instance (export "f" (func)))))"#,
    );
    assert_eq!(checked(&all, &Request::new(), &wasmtime_48()), [Code::CanonicalNameNotSupported]);
    assert_eq!(checked(&all, &Request::new(), &tools_0_263()), []);
}

#[test]
fn what_wit_cannot_say_stays_inside() {
    let mut all = inputs(&[("app", "")]);
    all.items[0].shape = crate::types::samples::wat(
        r#"(component (import "wasi:x/y" (instance (export "z" (instance (export "f" (func)))))))"#,
    );
    assert_eq!(checked(&all, &Request::new(), &wasmtime_48()), [Code::NotWitShaped]);
    for text in [
        r#"(component (import "wasi:x/y" (func)))"#,
        r#"(component (import "wasi:x/y" (type (sub resource))))"#,
        r#"(component (import "wasi:x/f" (func $f)) (export "a:b/c" (func $f)))"#,
    ] {
        all.items[0].shape = crate::types::samples::wat(text);
        let codes = checked(&all, &Request::new(), &wasmtime_48());
        assert!(!codes.is_empty() && codes.iter().all(|code| *code == Code::NotWitShaped), "{text}: {codes:?}");
    }
}
