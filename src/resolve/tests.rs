//! Tests of the resolver over real components: small worlds in WIT, made into components whose functions trap.

mod exports;
mod failures;
mod lessons;
mod open;
mod rule;

use super::run;
use crate::check;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::component::{Component, Components, Digest, item_name};
use crate::model::host::HostProfile;
use crate::model::plan::{Plan, Plug, Socket, Source};
use crate::model::request::{Chain, ExportRequest, InstanceRequest, Pin, PinTo, Request, Written};
use crate::model::sizes::Sizes;
use crate::types::samples;
use crate::types::shape::Shape;
use sha2::{Digest as _, Sha256};

/// The contracts that the test worlds speak of.
const CONTRACTS: &str = "
package acme:kv { interface store { get: func(key: string) -> string; } }
package acme:kv@0.2.1 { interface store { get: func(key: string) -> string; } }
package acme:kv@0.2.3 { interface store { get: func(key: string) -> string; put: func(key: string); } }
package acme:kv@0.3.0 { interface store { get: func(key: string) -> string; } }
package acme:kvv { interface store { get: func(key: string) -> string; } }
package acme:other { interface store { get: func(key: string) -> string; } }
package acme:log { interface log { write: func(line: string); } }
package acme:http { interface handler { handle: func(request: string) -> string; } }
package acme:types { interface types { record point { x: u32, y: u32 } } }
package acme:draw {
  interface canvas { use acme:types/types.{point}; dot: func(at: point); }
  interface shapes { use acme:types/types.{point}; centre: func() -> point; }
}
package acme:blob {
  interface blobs { resource blob { read: func() -> string; } }
  interface tools { use blobs.{blob}; open: func(name: string) -> blob; size: func(of: borrow<blob>) -> u32; }
}
package wasi:io@0.2.1 { interface streams { resource input; read: func(of: borrow<input>) -> u32; } }
package wasi:io@0.2.6 {
  interface streams { resource input; read: func(of: borrow<input>) -> u32; write: func(into: borrow<input>); }
}
";

/// A component of a world's body: `import acme:kv/store; export run: func();`.
pub(crate) fn component(name: &str, body: &str) -> Component {
    let text = format!("package test:{name};\n{CONTRACTS}\nworld w {{ {body} }}");
    of_shape(name, samples::wit(&text), &text)
}

/// A component in text form.
fn component_wat(name: &str, text: &str) -> Component {
    of_shape(name, samples::wat(text), text)
}

fn of_shape(name: &str, shape: Shape, text: &str) -> Component {
    Component {
        name: name.into(),
        origin: format!("{name}.wasm"),
        named: true,
        digest: Digest(Sha256::digest(text).into()),
        bytes: text.as_bytes().to_vec().into(),
        shape,
        declares: false,
        sizes: Sizes { inner: 3, ..Sizes::default() },
    }
}

/// Components of names and bodies.
pub(crate) fn inputs(list: &[(&str, &str)]) -> Components {
    let items = list.iter().map(|(name, body)| component(name, body)).collect();
    Components { items, ..Components::default() }
}

/// What came of a request.
pub(crate) struct Outcome {
    pub(crate) plan: Plan,
    pub(crate) diagnostics: Vec<Diagnostic>,
    components: Components,
}

/// Resolves and checks.
pub(crate) fn resolve(request: &Request, components: &Components) -> Outcome {
    let mut sink = Sink::default();
    let plan = run(request, components, &mut sink);
    check::run(&plan, components, &HostProfile::named("tools-0.263").unwrap(), &mut sink);
    Outcome { plan, diagnostics: sink.diagnostics().to_vec(), components: components.clone() }
}

impl Outcome {
    /// The codes, in order.
    pub(crate) fn codes(&self) -> Vec<Code> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    /// What fills an import: `kv.acme:kv/store`, `open acme:kv/store@0.2.3`, `types acme:types/types`, `made up`,
    /// `type 0.point`, or `nothing`.
    pub(crate) fn wire(&self, instance: &str, import: &str) -> String {
        let id = self.plan.ids().find(|id| self.plan.instance(*id).name == instance);
        let id = id.unwrap_or_else(|| panic!("`{instance}` is in the plan:\n{}", self.text()));
        let shape = self.shape(instance);
        let at = shape.imports.iter().position(|(name, item)| item_name(name, item).to_string() == import);
        let import = at.unwrap_or_else(|| panic!("an import of {instance}: {:?}", shape.imports.keys()));
        self.words(self.plan.source(Socket { instance: id, import }))
    }

    fn words(&self, source: Option<&Source>) -> String {
        match source {
            None => "nothing".into(),
            Some(Source::Plug(plug)) => self.plug(*plug),
            Some(Source::Open(open)) => {
                let open = &self.plan.open[open.0];
                format!("{} {}", if open.types_only.is_some() { "types" } else { "open" }, open.name)
            }
            Some(Source::Synthesised) => "made up".into(),
            Some(Source::TypeOf { import, path }) => format!("type {import}.{}", path.join(".")),
        }
    }

    fn plug(&self, plug: Plug) -> String {
        let instance = self.plan.instance(plug.instance);
        let (name, item) = self.components.get(instance.component).shape.exports.get_index(plug.export).unwrap();
        format!("{}.{}", instance.name, item_name(name, item))
    }

    fn shape(&self, instance: &str) -> &Shape {
        let of = self.plan.instances.iter().find(|other| other.name == instance).unwrap();
        &self.components.get(of.component).shape
    }

    /// The names of the instances, in order.
    pub(crate) fn instances(&self) -> Vec<&str> {
        self.plan.instances.iter().map(|instance| instance.name.as_str()).collect()
    }

    /// The exports as `name = plug`.
    pub(crate) fn exports(&self) -> Vec<String> {
        self.plan.exports.iter().map(|export| format!("{} = {}", export.name, self.plug(export.plug))).collect()
    }

    /// The open imports' names, types-only ones in brackets.
    pub(crate) fn open(&self) -> Vec<String> {
        let name = |open: &crate::model::plan::OpenImport| match open.types_only {
            Some(_) => format!("({})", open.name),
            None => open.name.to_string(),
        };
        self.plan.open.iter().map(name).collect()
    }

    /// The whole plan by names only, so that plans of differently ordered inputs can be compared.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        for id in self.plan.ids() {
            let instance = self.plan.instance(id);
            let shape = &self.components.get(instance.component).shape;
            for (import, (name, item)) in shape.imports.iter().enumerate() {
                let wire = &self.plan.wires[id.0][import];
                let mut rejected: Vec<String> = wire
                    .rejected
                    .iter()
                    .map(|r| format!("{}.{} {:?}", self.components.get(r.component).name, r.export, r.why))
                    .collect();
                rejected.sort();
                out += &format!(
                    "{} {} <- {} {:?} {rejected:?}\n",
                    instance.name,
                    item_name(name, item),
                    self.words(wire.source.as_ref()),
                    wire.reason
                );
            }
        }
        for open in &self.plan.open {
            let sockets: Vec<String> = open
                .sockets
                .iter()
                .map(|socket| format!("{}:{}", self.plan.instance(socket.instance).name, socket.import))
                .collect();
            out +=
                &format!("open {} {:?} {sockets:?} {:?} {:?}\n", open.name, open.attrs, open.types_only, open.merged);
        }
        out + &self.exports().join("\n")
    }

    /// Demands that nothing was reported.
    pub(crate) fn clean(self) -> Self {
        assert!(self.diagnostics.is_empty(), "{:#?}\n{}", self.diagnostics, self.text());
        self
    }

    /// The only diagnostic, which has to be of that code.
    pub(crate) fn only(&self, code: Code) -> &Diagnostic {
        assert_eq!(self.codes(), [code], "{:#?}\n{}", self.diagnostics, self.text());
        &self.diagnostics[0]
    }
}

/// `instance:import=to`, in the forms of the command line.
fn pin(text: &str) -> Pin {
    let (left, to) = text.split_once('=').unwrap();
    let (instance, import) = match left.split_once(':') {
        Some((first, rest)) if rest.contains(':') || !rest.contains('/') && !rest.contains('*') => (Some(first), rest),
        _ => (None, left),
    };
    let to = match to.split_once('.') {
        _ if to == "open" => PinTo::Open(Written::new("open")),
        Some((instance, export)) => {
            PinTo::Export { instance: Written::new(instance), export: Written::new(export), inner: Vec::new() }
        }
        None => PinTo::Instance(Written::new(to)),
    };
    Pin { instance: instance.map(Written::new), import: Written::new(import), inferred: false, to }
}

/// A further instance.
fn further(name: &str, component: &str) -> InstanceRequest {
    InstanceRequest { name: Written::new(name), component: Some(Written::new(component)), keep: false }
}

/// A request with pins.
fn pins(list: &[&str]) -> Request {
    Request { pins: list.iter().map(|text| pin(text)).collect(), ..Request::new() }
}

/// A request with chains, each `interface=a,b`.
fn chains(list: &[&str]) -> Request {
    let chain = |text: &&str| {
        let (interface, members) = text.split_once('=').unwrap();
        Chain { interface: Written::new(interface), members: members.split(',').map(Written::new).collect() }
    };
    Request { chains: list.iter().map(chain).collect(), ..Request::new() }
}

/// A request with exports, each `name=instance` or `name=instance.export`.
fn exporting(list: &[&str]) -> Request {
    let export = |text: &&str| {
        let (name, of) = text.split_once('=').unwrap();
        let (instance, export) = match of.split_once('.') {
            Some((instance, export)) => (instance, Some(Written::new(export))),
            None => (of, None),
        };
        ExportRequest::new(Some(Written::new(name)), Written::new(instance), export)
    };
    Request { exports: list.iter().map(export).collect(), ..Request::new() }
}
