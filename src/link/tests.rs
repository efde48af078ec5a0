//! Plans made by hand, linked and judged by the validator: what is known to break composers.

mod passed_on;
mod verified;

use super::{Broken, Linked, Options, run, verify};
use crate::decode::validate::validate;
use crate::model::component::{Component, ComponentId, Components, Digest, item_name};
use crate::model::host::HostProfile;
use crate::model::name::ExternName;
use crate::model::plan::*;
use crate::types::guests::guest;
use crate::types::identity::judge;
use crate::types::shape::{Attrs, Entity, Shape, TypeDef, ValType};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::WasmFeatures;

struct Draft {
    components: Components,
    plan: Plan,
}

impl Draft {
    /// One instance of each component, every import open under its own name, merged by equal names; the first
    /// component's exports exported.
    fn new(parts: &[Vec<u8>]) -> Self {
        let mut draft = Self { components: Components::default(), plan: Plan::default() };
        for bytes in parts {
            draft.add(bytes);
        }
        for (export, (name, item)) in draft.components.items[0].shape.exports.iter().enumerate() {
            let plug = Plug { instance: InstanceId(0), export };
            draft.plan.exports.push(PlanExport { name: item_name(name, item), attrs: item.attrs.clone(), plug });
        }
        draft
    }

    fn add(&mut self, bytes: &[u8]) {
        let number = self.components.items.len();
        let validated = validate(bytes, WasmFeatures::all()).expect("a valid component");
        // Equal bytes have equal digests; which ones does not matter here.
        let digest = self.components.items.iter().find(|known| *known.bytes == *bytes);
        let digest = digest.map_or(Digest([number as u8; 32]), |known| known.digest);
        let name = format!("part{number}");
        let instance = InstanceId(self.plan.instances.len());
        let mut wires = Vec::new();
        for (import, (extern_name, item)) in validated.shape.imports.iter().enumerate() {
            let socket = Socket { instance, import };
            let extern_name = item_name(extern_name, item);
            let open = match self.plan.open.iter().position(|open| open.name == extern_name) {
                Some(open) => {
                    self.plan.open[open].sockets.push(socket);
                    open
                }
                None => {
                    self.plan.open.push(OpenImport {
                        name: extern_name,
                        attrs: item.attrs.clone(),
                        sockets: vec![socket],
                        types_only: None,
                        kept: BTreeMap::new(),
                        merged: Vec::new(),
                    });
                    self.plan.open.len() - 1
                }
            };
            wires.push(wire(Source::Open(OpenId(open))));
        }
        self.plan.instances.push(Instance { name: name.clone(), component: ComponentId(number) });
        self.plan.wires.push(wires);
        self.components.items.push(Component {
            origin: format!("{name}.wasm"),
            name,
            named: true,
            digest,
            bytes: bytes.to_vec().into(),
            shape: validated.shape,
            declares: false,
            sizes: validated.sizes,
        });
    }

    /// Whether what was linked is taken by the default host.
    fn verify(&self, linked: &Linked) -> Result<(), Broken> {
        self.verify_for(linked, &HostProfile::default())
    }

    fn verify_for(&self, linked: &Linked, profile: &HostProfile) -> Result<(), Broken> {
        verify::run(linked, &self.plan, &judge(&self.plan, &self.components), &self.components, profile)
    }

    fn shape(&self, instance: usize) -> &Shape {
        &self.components.items[instance].shape
    }

    fn import(&self, instance: usize, name: &str) -> usize {
        self.shape(instance).imports.get_index_of(name).unwrap_or_else(|| panic!("no import {name}"))
    }

    fn export(&self, instance: usize, name: &str) -> usize {
        self.shape(instance).exports.get_index_of(name).unwrap_or_else(|| panic!("no export {name}"))
    }

    /// Fills an import of an instance by an export of another.
    fn wire(&mut self, socket: (usize, &str), plug: (usize, &str)) {
        let socket = Socket { instance: InstanceId(socket.0), import: self.import(socket.0, socket.1) };
        let plug = Plug { instance: InstanceId(plug.0), export: self.export(plug.0, plug.1) };
        self.fill(socket, Source::Plug(plug));
    }

    /// Fills a socket and takes it away from the open imports, dropping those that fill nothing any more.
    fn fill(&mut self, socket: Socket, source: Source) {
        self.plan.wires[socket.instance.0][socket.import] = wire(source);
        for open in &mut self.plan.open {
            open.sockets.retain(|other| *other != socket);
        }
        let kept: Vec<usize> = (0..self.plan.open.len()).filter(|at| !self.plan.open[*at].sockets.is_empty()).collect();
        for wires in &mut self.plan.wires {
            for wire in wires {
                if let Some(Source::Open(open)) = &mut wire.source {
                    open.0 = kept.iter().position(|old| *old == open.0).expect("it fills this socket");
                }
            }
        }
        self.plan.open.retain(|open| !open.sockets.is_empty());
    }

    fn link(&self) -> Linked {
        self.link_with(true)
    }

    /// Links, and demands that the skeleton and all bytes are valid.
    fn link_with(&self, canonical_names: bool) -> Linked {
        let linked = run(
            &self.plan,
            &judge(&self.plan, &self.components),
            &self.components,
            &Options { canonical_names, ..Options::default() },
        )
        .unwrap_or_else(|broken| panic!("{broken:?}"));
        verify::skeleton(&linked, &self.components, WasmFeatures::all()).unwrap_or_else(|broken| panic!("{broken:?}"));
        linked
    }

    fn result(&self) -> Shape {
        verify::full(&self.link(), WasmFeatures::all()).unwrap_or_else(|broken| panic!("{broken:?}"))
    }
}

fn wire(source: Source) -> Wire {
    Wire { source: Some(source), reason: Reason::OnlyCandidate, rejected: Vec::new() }
}

fn imports(shape: &Shape) -> Vec<&str> {
    shape.imports.keys().map(String::as_str).collect()
}

fn wat(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Printed text of all bytes, to look for the wiring in.
fn text(linked: &Linked) -> String {
    wasmprinter::print_bytes(linked.to_bytes()).expect("valid bytes can be printed")
}

#[test]
fn imports_that_share_one_instance_type_stay_apart() {
    let draft = Draft::new(&[wat(r#"(component
        (type $i (instance (export "f" (func))))
        (import "a:b/left" (instance $l (type $i)))
        (import "a:b/right" (instance $r (type $i)))
        (export "a:b/out-left" (instance $l))
        (export "a:b/out-right" (instance $r)))"#)]);
    let linked = draft.link();
    assert_eq!(imports(&draft.result()), ["a:b/left", "a:b/right"]);
    let text = text(&linked);
    assert!(text.contains(r#"(with "a:b/left" (instance 0))"#), "{text}");
    assert!(text.contains(r#"(with "a:b/right" (instance 1))"#), "{text}");
}

#[test]
fn a_plug_fills_the_socket_it_is_wired_to_and_no_other() {
    let socket = guest(
        "package a:app; interface f { get: func() -> u32; } interface g { get: func() -> u32; }
        world w { import f; import g; }",
        None,
    );
    let plug = guest(
        "package a:app; interface f { get: func() -> u32; } interface g { get: func() -> u32; }
        world w { export f; export g; }",
        None,
    );
    let mut draft = Draft::new(&[socket, plug]);
    draft.wire((0, "a:app/f"), (1, "a:app/g"));
    draft.wire((0, "a:app/g"), (1, "a:app/f"));
    let linked = draft.link();
    assert_eq!(imports(&draft.result()), [""; 0]);
    let text = text(&linked);
    let alias = |name: &str| {
        let at = text.find(&format!("(alias export $part1 \"{name}\"")).unwrap_or_else(|| panic!("{text}"));
        let after = &text[at..];
        let index = after.find("(;").expect("the alias has an index") + 2;
        after[index..].split(';').next().expect("an index").to_owned()
    };
    assert!(text.contains(&format!(r#"(with "a:app/f" (instance {}))"#, alias("a:app/g"))), "{text}");
    assert!(text.contains(&format!(r#"(with "a:app/g" (instance {}))"#, alias("a:app/f"))), "{text}");
}

#[test]
fn borrows_of_used_resources_in_functions_of_the_world_stay_open() {
    let draft = Draft::new(&[guest(
        "package a:app;
        interface e { resource error { text: func() -> string; } }
        world w {
          use e.{error};
          import f: func(x: borrow<error>) -> error;
          resource r { constructor(); m: func(by: borrow<error>); }
          import g: func(x: list<borrow<r>>);
        }",
        None,
    )]);
    let result = draft.result();
    assert_eq!(imports(&result), imports(draft.shape(0)));
    let Entity::Func(func) = &result.imports["f"].entity else { panic!("f is a function") };
    assert_eq!(func.params.len(), 1);
}

#[test]
fn attributes_survive() {
    let bytes = wat(r#"(component
        (import "left" (implements "a:b/c@1.0.0") (external-id "one") (instance (export "f" (external-id "two") (func))))
        (import "plain" (external-id "three") (func))
        (import "a:b/d@0.2" (version-suffix ".3") (instance)))"#);
    let draft = Draft::new(&[bytes]);
    let (given, result) = (draft.shape(0).clone(), draft.result());
    for (name, item) in &given.imports {
        assert_eq!(result.imports[name].attrs, item.attrs, "{name}");
    }
    let inner = |shape: &Shape| match &shape.imports["left"].entity {
        Entity::Instance(items) => items["f"].attrs.clone(),
        _ => panic!("left is an instance"),
    };
    assert_eq!(inner(&result), inner(&given));
    assert_eq!(inner(&result).external_id.as_deref(), Some("two"));
}

#[test]
fn attributes_of_exports_survive() {
    let bytes = wat(r#"(component
        (import "f" (func $f))
        (instance $i (export "f" (external-id "two") (func $f)))
        (export "left" (implements "a:b/c@1") (version-suffix ".0.2") (external-id "one") (instance $i)))"#);
    let draft = Draft::new(&[bytes]);
    let result = draft.result();
    assert_eq!(result.exports["left"].attrs, draft.shape(0).exports["left"].attrs);
    let Entity::Instance(items) = &result.exports["left"].entity else { panic!("left is an instance") };
    assert_eq!(items["f"].attrs.external_id.as_deref(), Some("two"));
}

#[test]
fn canonical_names_are_written_out_for_hosts_that_do_not_know_them() {
    let draft = Draft::new(&[wat(r#"(component (import "a:b/d@0.2" (version-suffix ".3") (instance)))"#)]);
    let linked = draft.link_with(false);
    let result = verify::full(&linked, WasmFeatures::all()).expect("valid");
    assert_eq!(imports(&result), ["a:b/d@0.2.3"]);
    assert_eq!(result.imports[0].attrs, Attrs::default());
}

#[test]
fn equal_bytes_are_embedded_once() {
    let part = guest("package a:app; interface f { get: func() -> u32; } world w { import f; }", None);
    let draft = Draft::new(&[part.clone(), part.clone()]);
    let linked = draft.link();
    assert_eq!(linked.embedded.len(), 1);
    assert!(linked.size() < part.len() + 600, "{} of {}", linked.size(), part.len());
    assert_eq!(linked.size(), linked.to_bytes().len());
    let text = text(&linked);
    assert_eq!(text.matches("(instantiate $part0").count(), 2, "{text}");
    assert!(text.contains("(instance $part1"), "{text}");
}

#[test]
fn merged_imports_have_what_any_socket_asks_for() {
    let old =
        guest("package a:b@0.2.1; interface c { record r { x: u32 } get: func() -> r; } world w { import c; }", None);
    let new = guest(
        "package a:b@0.2.3; interface c { record r { x: u32 } put: func(r: r); resource s; take: func(s: s); }
         world w { import c; }",
        None,
    );
    let mut draft = Draft::new(&[old, new]);
    // The newer one leads; both sockets are filled by it.
    let socket = draft.plan.open[0].sockets[0];
    draft.plan.open.remove(0);
    draft.plan.open[0].sockets.push(socket);
    draft.plan.wires[0][0] = wire(Source::Open(OpenId(0)));
    draft.plan.wires[1][0] = wire(Source::Open(OpenId(0)));
    let result = draft.result();
    assert_eq!(imports(&result), ["a:b/c@0.2.3"]);
    let Entity::Instance(items) = &result.imports[0].entity else { panic!("c is an instance") };
    assert_eq!(items.keys().collect::<Vec<_>>(), ["r", "s", "put", "take", "get"]);
}

#[test]
fn a_resource_is_used_from_another_import_if_any_socket_knows_it() {
    // The first component sees `b` alone and takes its resource for b's own; the second knows that it is a's.
    let alone = wat(r#"(component (import "p:q/b" (instance
        (export "r" (type (sub resource))) (export "f" (func (param "r" (borrow 0)))))))"#);
    let both = guest(
        "package p:q; interface a { resource r; } interface b { use a.{r}; f: func(r: borrow<r>); } world w { import b; }",
        None,
    );
    for parts in [vec![alone.clone(), both.clone()], vec![both, alone]] {
        let result = Draft::new(&parts).result();
        assert_eq!(result.resources.len(), 1, "one resource for both imports");
        assert_eq!(imports(&result), ["p:q/a", "p:q/b"]);
    }
}

#[test]
fn types_of_a_filled_import_stay_nameable() {
    let wit = "package p:q;
        interface a { record inner { x: u32 } record outer { i: inner } other: func(); }
        interface b { use a.{outer}; f: func(o: outer); }
        world app { import a; import b; }
        world lib { export a; }";
    let mut draft = Draft::new(&[guest(wit, Some("app")), guest(wit, Some("lib"))]);
    let socket = Socket { instance: InstanceId(0), import: draft.import(0, "p:q/a") };
    draft.wire((0, "p:q/a"), (1, "p:q/a"));
    let kept: BTreeSet<Vec<String>> = [vec!["inner".to_owned()], vec!["outer".to_owned()]].into();
    draft.plan.open.push(OpenImport {
        name: ExternName::parse("p:q/a", None),
        attrs: Attrs::default(),
        sockets: vec![socket],
        types_only: Some(kept.clone()),
        kept: [(socket, kept)].into(),
        merged: Vec::new(),
    });
    let result = draft.result();
    assert_eq!(imports(&result), ["p:q/a", "p:q/b"]);
    let Entity::Instance(items) = &result.imports["p:q/a"].entity else { panic!("a is an instance") };
    assert_eq!(items.keys().collect::<Vec<_>>(), ["inner", "outer"]);
}

#[test]
fn interfaces_of_types_are_made_up_where_nobody_names_them() {
    let wit =
        "package p:q; interface t { record r { x: u32 } type l = list<r>; } interface f { use t.{r}; g: func() -> r; }
        world app { import f; } world lib { export f; }";
    let mut draft = Draft::new(&[guest(wit, Some("app")), guest(wit, Some("lib"))]);
    draft.wire((0, "p:q/f"), (1, "p:q/f"));
    for instance in 0..2 {
        let import = draft.import(instance, "p:q/t");
        draft.fill(Socket { instance: InstanceId(instance), import }, Source::Synthesised);
    }
    assert_eq!(imports(&draft.result()), [""; 0]);
}

#[test]
fn a_type_of_the_world_comes_from_the_interface_it_was_used_from() {
    let wit = "package p:q; interface a { resource r { id: func() -> u32; } make: func() -> r; }
        world app { use a.{r}; import show: func(r: borrow<r>); export run: func(); }
        world lib { export a; }
        world show { use a.{r}; export show: func(r: borrow<r>); }";
    let mut draft = Draft::new(&[guest(wit, Some("app")), guest(wit, Some("lib")), guest(wit, Some("show"))]);
    for instance in [0, 2] {
        draft.wire((instance, "p:q/a"), (1, "p:q/a"));
        let socket = Socket { instance: InstanceId(instance), import: draft.import(instance, "r") };
        let import = draft.import(instance, "p:q/a");
        draft.fill(socket, Source::TypeOf { import, path: vec!["r".into()] });
    }
    draft.wire((0, "show"), (2, "show"));
    assert_eq!(imports(&draft.result()), [""; 0]);
}

#[test]
fn exports_come_after_the_exports_whose_types_they_name() {
    let wit = "package p:q; interface a { resource r; make: func() -> r; } interface b { use a.{r}; f: func(r: r); }
        world lib { export a; export b; }";
    let mut draft = Draft::new(&[guest(wit, None)]);
    draft.plan.exports.reverse();
    let result = draft.result();
    assert_eq!(result.exports.keys().collect::<Vec<_>>(), ["p:q/a", "p:q/b"]);
    assert_eq!(result.resources.len(), 1, "b speaks of a's resource");
}

#[test]
fn two_instances_of_one_component_export_types_of_their_own() {
    let wit =
        "package p:q; interface a { resource r; record s { x: u32 } make: func(s: s) -> r; } world lib { export a; }";
    let part = guest(wit, None);
    let mut draft = Draft::new(&[part.clone(), part]);
    draft.plan.exports = ["left", "right"]
        .into_iter()
        .enumerate()
        .map(|(instance, label)| PlanExport {
            name: ExternName::parse(label, None),
            attrs: Attrs { implements: Some("p:q/a".into()), ..Attrs::default() },
            plug: Plug { instance: InstanceId(instance), export: 0 },
        })
        .collect();
    let result = draft.result();
    assert_eq!(result.resources.len(), 2);
    assert_eq!(result.exports["left"].attrs.implements.as_deref(), Some("p:q/a"));
    // A decoder of WIT takes it: it demands that no two exports are of the very same types.
    wit_component::decode(&draft.link().to_bytes()).expect("decodes as WIT");
}

#[test]
fn hundreds_of_instances_fit_into_one_result() {
    let part = guest("package a:app; interface f { get: func(); } world w { import f; export f; }", None);
    let parts = vec![part; 300];
    let mut draft = Draft::new(&parts);
    for instance in 0..299 {
        draft.wire((instance, "a:app/f"), (instance + 1, "a:app/f"));
    }
    let result = draft.result();
    assert_eq!(imports(&result), ["a:app/f"]);
}

#[test]
fn names_for_debuggers_and_custom_sections_are_appended() {
    let draft = Draft::new(&[guest("package a:app; world w {}", None)]);
    let options =
        Options { name: Some("acme:shop"), sections: vec![("compose:plan", b"{}".to_vec())], ..Options::default() };
    let linked = run(&draft.plan, &judge(&draft.plan, &draft.components), &draft.components, &options).expect("links");
    let text = text(&linked);
    assert!(text.starts_with("(component $acme:shop"), "{text}");
    assert!(text.contains("(component $part0"), "{text}");
    assert!(text.contains("(@custom \"compose:plan\""), "{text}");
}

#[test]
fn types_of_instances_inside_instances_can_be_named() {
    let draft = Draft::new(&[wat(r#"(component
        (import "a" (instance $a
            (export "first" (instance (export "s" (type (sub resource)))))
            (export "inner" (instance (export "r" (type (sub resource)))))))
        (alias export $a "inner" (instance $inner))
        (alias export $inner "r" (type $r))
        (import "f" (func (param "r" (borrow $r)))))"#)]);
    let result = draft.result();
    let Entity::Func(func) = &result.imports["f"].entity else { panic!("f is a function") };
    let ValType::Type(borrowed) = func.params[0].1 else { panic!("f borrows") };
    let TypeDef::Borrow(resource) = result.def(borrowed) else { panic!("f borrows") };
    let place = &result.resources[result.resource(*resource).expect("a resource").0 as usize];
    assert_eq!(place.path, ["inner", "r"]);
}
