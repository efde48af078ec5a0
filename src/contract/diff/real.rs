//! The kinds of change that published interfaces have really made, most of them under a version that said otherwise.

use super::run;
use crate::contract::change::Change;
use crate::contract::rule::Bump;
use crate::contract::side::Side;

fn changes(old: &str, new: &str) -> Vec<Change> {
    let side = |name: &str, text: &str| Side::of_text(name, text).unwrap_or_else(|error| panic!("{error}"));
    run(&side("old.wit", old), &side("new.wit", new))
}

/// Each change as `rule item bump`.
fn told(old: &str, new: &str) -> Vec<String> {
    let told = |change: &Change| format!("{} {} {}", change.rule, change.item, change.bump.word());
    changes(old, new).iter().map(told).collect()
}

#[test]
fn an_alias_introduced_in_a_patch() {
    let old = "package wasi:http@0.2.1;\ninterface types { type field-key = string; \
               resource fields { get: func(name: field-key) -> string; } }";
    let new = "package wasi:http@0.2.2;\ninterface types { type field-key = string; type field-name = field-key; \
               resource fields { get: func(name: field-name) -> string; } }";
    assert_eq!(told(old, new), ["alias-introduced wasi:http/types.field-name minor"]);
    let effects = changes(old, new)[0].effects;
    assert_eq!((effects.old_consumer.word(), effects.new_consumer.word()), ("ok", "breaks"));
}

#[test]
fn an_enum_case_added_under_the_same_version() {
    let with = |cases: &str| {
        format!(
            "package zero:claw@0.1.0;\ninterface log {{ enum action {{ {cases} }} write: func(what: action); }}\n\
             interface audit {{ use log.{{action}}; last: func() -> list<action>; }}"
        )
    };
    let (old, new) = (with("start, stop"), with("start, stop, pause"));
    assert_eq!(told(&old, &new), ["enum-case-added zero:claw/log.action.pause major"]);
    assert_eq!(changes(&old, &new)[0].reaches, ["zero:claw/audit"]);
}

#[test]
fn a_parameter_added_in_a_patch() {
    let old = "package wasmcloud:host@0.1.2;\ninterface target { open: func(name: string) -> u32; }";
    let new = "package wasmcloud:host@0.1.3;\ninterface target { open: func(name: string, mode: option<u32>) -> u32; }";
    assert_eq!(told(old, new), ["param-added-option wasmcloud:host/target.open.mode major"]);
}

#[test]
fn from_prerelease_to_prerelease() {
    let with = |version: &str, param: &str, result: &str| {
        format!(
            "package wasi:random@0.3.0-{version};\n\
             interface random {{ get-random-bytes: func({param}: u64) -> list<u8>; send: func() -> {result}; }}"
        )
    };
    let (old, new) = (with("rc.1", "len", "u32"), with("rc.2", "max-len", "future<u32>"));
    assert_eq!(
        told(&old, &new),
        [
            "param-renamed wasi:random/random.get-random-bytes.len major",
            "result-made-future-or-stream wasi:random/random.send major"
        ]
    );
    let host = changes(&old, &new)[0].effects.host.word();
    assert_eq!(host, "ok", "hosts do not compare names of parameters");
}

#[test]
fn a_dependency_from_prerelease_to_prerelease() {
    let with = |version: &str| {
        format!(
            "package a:b@1.0.0;\npackage wasi:io@0.3.0-{version} {{ interface types {{ resource r; }} }}\n\
             interface i {{ use wasi:io/types@0.3.0-{version}.{{r}}; f: func() -> r; }}"
        )
    };
    let side = |name: &str, text: &str| {
        let mut side = Side::of_text(name, text).expect("WIT");
        side.packages.truncate(1);
        side
    };
    let changes = run(&side("old.wit", &with("rc.1")), &side("new.wit", &with("rc.2")));
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].rule.id, changes[0].bump), ("use-dep-track-changed", Bump::Major));
    assert_eq!(changes[0].reaches, ["a:b/i"]);
}

#[test]
fn from_sync_to_async() {
    let old = "package wasi:cli@0.3.0;\ninterface run { run: func() -> result; }\nworld command { export run; }";
    let new = "package wasi:cli@0.3.0;\ninterface run { run: async func() -> result; }\nworld command { export run; }";
    assert_eq!(told(old, new), ["func-async-added wasi:cli/run.run major"]);
}

#[test]
fn a_type_moved_to_another_interface() {
    let old = "package a:b@1.0.0;\ninterface store { record entry { key: string } get: func() -> entry; }\n\
               world w { import store; }";
    let new = "package a:b@1.1.0;\ninterface types { record entry { key: string } }\n\
               interface store { use types.{entry}; get: func() -> entry; }\nworld w { import store; }";
    assert_eq!(told(old, new), ["use-source-moved-value a:b/store.entry minor", "interface-added a:b/types minor"]);
    let old = "package a:b@1.0.0;\ninterface store { resource entry { size: func() -> u32; } get: func() -> entry; }";
    let new = "package a:b@2.0.0;\ninterface types { resource entry { size: func() -> u32; } }\n\
               interface store { use types.{entry}; get: func() -> entry; }";
    assert_eq!(
        told(old, new),
        [
            "resource-origin-moved a:b/store.entry major",
            "resource-method-removed a:b/store.entry.size major",
            "interface-added a:b/types minor"
        ]
    );
}

#[test]
fn a_timeout_made_optional_and_what_else_changed_with_it() {
    let old = "package wasmcloud:messaging@0.2.0;\ninterface consumer {\n\
               record message { subject: string, body: list<u8>, reply-to: option<string> }\n\
               request: func(subject: string, body: list<u8>, timeout-ms: u32) -> result<message, string>;\n}";
    let new = "package wasmcloud:messaging@0.3.0;\ninterface consumer {\n\
               record message { subject: string, body: stream<u8>, reply-to: option<string> }\n\
               variant error { timeout, other(string) }\n\
               request: func(subject: string, body: list<u8>, timeout-ms: option<u32>) -> result<message, error>;\n}";
    assert_eq!(
        told(old, new),
        [
            "type-added wasmcloud:messaging/consumer.error minor",
            "list-to-stream wasmcloud:messaging/consumer.message.body major",
            "result-error-type-changed wasmcloud:messaging/consumer.request major",
            "param-made-option wasmcloud:messaging/consumer.request.timeout-ms major"
        ]
    );
}
