//! A composition put together in code, for programs that embed this crate.
//!
//! All stages behind two values: what is asked for ([`Composition`]) and what came of it ([`Composed`]). It is a thin cover of
//! the [`pipeline`], which is for those who need a single stage, a memory between runs or files in the end.
//! Nothing here touches a disk unless the request names a file or a folder.

use crate::diag::render::{Format, Style, render, summary};
use crate::diag::{Diagnostic, Sink, words};
use crate::link::Linked;
use crate::model::component::Components;
use crate::model::plan::{Plan, Reason, Socket};
use crate::model::request::{Chain, ExportRequest, Input, InputFrom, InstanceRequest, Pin, PinTo, Request, Written};
use crate::pipeline::{self, LinkOptions, Planned};
use bytes::Bytes;
use std::fmt;

/// What is to be composed.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use component_compose::Composition;
///
/// let app = wat::parse_str(r#"(component (import "acme:kv/store" (instance (export "size" (func (result u32))))))"#)?;
/// let kv = wat::parse_str(
///     r#"(component
///         (core module $m (func (export "size") (result i32) i32.const 7))
///         (core instance $m (instantiate $m))
///         (func $size (result u32) (canon lift (core func $m "size")))
///         (instance $store (export "size" (func $size)))
///         (export "acme:kv/store" (instance $store)))"#,
/// )?;
///
/// let composed = Composition::new().component("app", app).component("kv", kv).compose();
/// for wire in composed.wires() {
///     println!("{wire}");
/// }
/// let component: Vec<u8> = composed.bytes()?;
/// # assert!(component.starts_with(b"\0asm"));
/// # Ok(()) }
/// ```
#[derive(Debug, Clone)]
pub struct Composition {
    request: Request,
    options: LinkOptions,
}

impl Default for Composition {
    fn default() -> Self {
        Self::new()
    }
}

impl From<Request> for Composition {
    /// A request from elsewhere, such as a manifest ([`manifest::parse`](crate::manifest::parse)).
    fn from(request: Request) -> Self {
        Self { request, options: LinkOptions::default() }
    }
}

impl Composition {
    /// Nothing yet, with the defaults of a manifest that says nothing: `wasi:*` may stay open, and the root's exports
    /// become the result's.
    pub fn new() -> Self {
        Request::new().into()
    }

    /// Adds a component by its bytes, binary or text. The first is the root unless [`root`](Self::root) names another;
    /// the rest are on offer.
    pub fn component(mut self, name: &str, bytes: impl Into<Bytes>) -> Self {
        let from = InputFrom::Memory { origin: name.into(), bytes: bytes.into() };
        self.request.inputs.push(Input { name: Some(Written::new(name)), from });
        self
    }

    /// Names the component whose exports become the result's.
    pub fn root(mut self, name: &str) -> Self {
        self.request.root = Some(Written::new(name));
        self
    }

    /// Names the host that is to take the result; without it the default [`HostProfile`](crate::model::host::HostProfile).
    pub fn target(mut self, host: &str) -> Self {
        self.request.target = Some(Written::new(host));
        self
    }

    /// Fills an import of an instance (`*` for all that have it) from another instance. The import is a name with or
    /// without version, `ns:*` or `ns:pkg/*`.
    pub fn wire(self, instance: &str, import: &str, to: &str) -> Self {
        self.pin(instance, import, PinTo::Instance(Written::new(to)))
    }

    /// Leaves an import of an instance (`*` for all that have it) to the host, though something on offer would fill it.
    pub fn leave_open(self, instance: &str, import: &str) -> Self {
        self.pin(instance, import, PinTo::Open(Written::new("open")))
    }

    fn pin(mut self, instance: &str, import: &str, to: PinTo) -> Self {
        let instance = (instance != "*").then(|| Written::new(instance));
        self.request.pins.push(Pin { instance, import: Written::new(import), inferred: false, to });
        self
    }

    /// Puts middleware around an interface, the outermost first; the last member provides it.
    pub fn chain<'m>(mut self, interface: &str, members: impl IntoIterator<Item = &'m str>) -> Self {
        let members = members.into_iter().map(Written::new).collect();
        self.request.chains.push(Chain { interface: Written::new(interface), members });
        self
    }

    /// A further instance of a component.
    pub fn instance(mut self, name: &str, component: &str) -> Self {
        let (name, component) = (Written::new(name), Some(Written::new(component)));
        self.request.instances.push(InstanceRequest { name, component, keep: false });
        self
    }

    /// Exports something of another instance besides what the root exports.
    pub fn export(mut self, name: &str, instance: &str) -> Self {
        let (name, instance) = (Some(Written::new(name)), Written::new(instance));
        self.request.exports.push(ExportRequest::new(name, instance, None));
        self
    }

    /// Allows imports to stay open: a name, `ns:*`, `ns:pkg/*` or `*`. What is allowed adds up.
    pub fn allow(mut self, pattern: &str) -> Self {
        self.request.allow.push(Written::new(pattern));
        self
    }

    /// Forbids imports to stay open, whatever is allowed.
    pub fn deny(mut self, pattern: &str) -> Self {
        self.request.deny.push(Written::new(pattern));
        self
    }

    /// Says whether components may end unused; it is an error otherwise.
    pub fn allow_unused(mut self, allowed: bool) -> Self {
        self.request.allow_unused = allowed;
        self
    }

    /// Says how much of the result is validated, and whether it carries its plan.
    pub fn options(mut self, options: LinkOptions) -> Self {
        self.options = options;
        self
    }

    /// All that can be asked for, to read it or for what has no method here.
    pub fn request(&mut self) -> &mut Request {
        &mut self.request
    }

    /// Runs all stages. Whatever is wrong, this comes back with everything that is known; [`Composed::bytes`] tells
    /// whether there is a result.
    pub fn compose(&self) -> Composed {
        let mut sink = Sink::default();
        let planned = pipeline::plan(&self.request, &mut sink);
        let checked = pipeline::check(&planned, &mut sink);
        let linked =
            checked.and_then(|checked| pipeline::link(&self.request, &planned, &checked, self.options, &mut sink));
        Composed { planned, linked, sink }
    }
}

/// What came of a composition: the plan with its reasons, what there is to say about it, and the result, if there is one.
#[derive(Debug)]
pub struct Composed {
    planned: Planned,
    linked: Option<Linked>,
    sink: Sink,
}

impl Composed {
    /// The bytes of the result, or why there is none.
    pub fn bytes(&self) -> Result<Vec<u8>, Refused> {
        self.linked().map(Linked::to_bytes)
    }

    /// The result in pieces, of which those of the inputs are not copied.
    pub fn linked(&self) -> Result<&Linked, Refused> {
        self.linked.as_ref().ok_or_else(|| Refused { report: self.report() })
    }

    /// The wiring: whole if there is a result, else as far as it could be made.
    pub fn plan(&self) -> &Plan {
        &self.planned.plan
    }

    /// The components that the plan speaks of.
    pub fn components(&self) -> &Components {
        &self.planned.components
    }

    /// Every import of every instance, in plan order, with what fills it and why.
    pub fn wires(&self) -> impl Iterator<Item = WireOf<'_>> {
        let Planned { plan, components, .. } = &self.planned;
        let sockets = plan
            .ids()
            .flat_map(|instance| (0..plan.wires[instance.0].len()).map(move |import| Socket { instance, import }));
        sockets.map(|socket| {
            let wire = &plan.wires[socket.instance.0][socket.import];
            WireOf {
                instance: &plan.instance(socket.instance).name,
                import: words::import_name(plan, components, socket),
                from: words::source(plan, components, socket),
                reason: &wire.reason,
                because: words::because(wire),
                socket,
            }
        })
    }

    /// Names of the imports that are left to the host.
    pub fn imports(&self) -> impl Iterator<Item = String> {
        self.plan().open.iter().map(|open| open.name.to_string())
    }

    /// Names of the exports.
    pub fn exports(&self) -> impl Iterator<Item = String> {
        self.plan().exports.iter().map(|export| export.name.to_string())
    }

    /// Errors and warnings, in the order in which they were found.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.sink.diagnostics()
    }

    /// Errors and warnings as people read them, without colours; empty if there are none.
    pub fn report(&self) -> String {
        let style = Style::default();
        let mut out = String::new();
        for diagnostic in self.diagnostics() {
            out.push_str(&render(diagnostic, Format::Human, &style));
            out.push('\n');
        }
        out + &summary(&self.sink, Format::Human, &style)
    }
}

/// An import of an instance, what fills it, and why. Prints as one line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WireOf<'c> {
    /// The instance.
    pub instance: &'c str,
    /// The name of its import, with the whole version.
    pub import: String,
    /// What fills it, in words: `` `kv` ``, `the host`.
    pub from: String,
    /// Why that and nothing else.
    pub reason: &'c Reason,
    /// The same in words.
    pub because: String,
    /// Where it stands in [`Composed::plan`], which also knows what was looked at and not taken.
    pub socket: Socket,
}

impl fmt::Display for WireOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { instance, import, from, because, .. } = self;
        write!(f, "`{instance}` imports {import} from {from}, because {because}")
    }
}

/// Why there is no result: the report of all errors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the composition has errors\n\n{report}")]
pub struct Refused {
    report: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::guests::guest;

    const PACKAGES: &str = "package t:t;
        package t:kv { interface store { get: func() -> u32; } }
        world app { import t:kv/store; export run: func(); }
        world kv { export t:kv/store; }
        world log { import t:kv/store; export t:kv/store; }";

    fn part(world: &str) -> Vec<u8> {
        guest(PACKAGES, Some(world))
    }

    #[test]
    fn what_is_asked_for_is_done_and_said() {
        let parts = || Composition::new().component("app", part("app")).component("kv", part("kv"));
        let lines = |composed: &Composed| composed.wires().map(|wire| wire.to_string()).collect::<Vec<_>>();
        let plain = parts().compose();
        assert!(plain.bytes().is_ok_and(|bytes| bytes.starts_with(b"\0asm")));
        assert_eq!(plain.exports().collect::<Vec<_>>(), ["run"]);
        assert_eq!(lines(&plain), ["`app` imports t:kv/store from `kv`, because nothing else on offer fits"]);

        let chained = parts().component("log", part("log")).chain("t:kv/store", ["log", "kv"]).compose();
        assert_eq!(chained.report(), "");
        assert!(lines(&chained)[0].starts_with("`app` imports t:kv/store from `log`"), "{:?}", lines(&chained));

        let open = parts().leave_open("*", "t:kv/store").allow_unused(true).compose();
        assert_eq!(open.imports().collect::<Vec<_>>(), ["t:kv/store"]);
        let wired = parts().instance("more", "kv").wire("app", "t:kv/store", "more").allow_unused(true).compose();
        assert!(lines(&wired)[0].contains("from `more`"), "{:?}", lines(&wired));
        let exported = parts().root("kv").allow_unused(true).compose();
        assert_eq!(exported.exports().collect::<Vec<_>>(), ["t:kv/store"]);
        assert_eq!(parts().export("t:kv/store", "kv").compose().exports().collect::<Vec<_>>(), ["run", "t:kv/store"]);
    }

    #[test]
    fn what_cannot_be_done_is_an_error_with_the_report() {
        let composed = Composition::new().component("app", part("app")).compose();
        let refused = composed.bytes().expect_err("nobody provides the store");
        assert!(refused.to_string().contains("no component provides `t:kv/store`, which `app` imports"), "{refused}");
        assert_eq!(composed.wires().count(), 1, "the plan is there all the same");
        assert!(Composition::new().component("app", part("app")).allow("t:*").compose().bytes().is_ok());
        assert!(
            Composition::new().component("app", part("app")).allow("t:*").deny("t:kv/*").compose().bytes().is_err()
        );
        assert!(Composition::new().compose().bytes().is_err());
        assert!(Composition::new().component("app", "(component)").target("nowhere").compose().bytes().is_err());
    }
}
