//! What may stand in `[wires]` and `[exports]`.

use super::tests::read;
use super::write::Text;
use crate::model::request::PinTo;

/// Every form that the right side of a wire or an export may have.
const FORMS: &str = r#"
composition.wiring = "pins"
components.kv = "kv.wasm"

[instances.kv]
keep = true

[wires.kv]
log = { import = "my-log" }
store = { instance = "kv", export = "acme:kv/store", inferred = true }
now = { instance = "clock", export = ["acme:clock/clock", "now"] }
tools = { instance = "kv", by = "whole" }
tick = { import = ["ticks", "tick"] }
"*" = ["clock", { open = true }]

[wires."*"]
"acme:trace/trace" = { instance = "clock", by = "type" }

[imports]
allow = []

[imports.declare]
my-log = "acme:log/log"
now = "func() -> u64"
ticks = "interface { tick: func(); }"

[exports]
root = false
"*" = ["shop", { instance = "kv", export = "acme:kv/store" }, { instance = "clock", export = "tools", all = true }]
"acme:kv/extra" = { instance = "kv", export = "acme:kv/admin" }
kv = { instance = "kv", by = "whole", implements = false }
clock = { import = "now" }
"#;

#[test]
fn every_form_of_wires_and_exports_reaches_the_request() {
    let (request, said) = read(FORMS);
    assert_eq!(said, Vec::<String>::new());
    let request = request.expect("nothing was said");
    let written = Text::of(&request).finish();
    let (again, _) = read(&written);
    assert_eq!(Text::of(&again.unwrap_or_else(|| panic!("{written}"))).finish(), written);
    let pins: Vec<String> = request
        .pins
        .iter()
        .map(|pin| {
            let instance = pin.instance.as_ref().map_or("(all)", |name| name.text.as_str());
            let to = match &pin.to {
                PinTo::Instance(name) => format!("all of {}", name.text),
                PinTo::Export { instance, export, inner } => {
                    let inner: Vec<&str> = inner.iter().map(|name| name.text.as_str()).collect();
                    format!("{} {} {inner:?}", instance.text, export.text)
                }
                PinTo::Whole(name) => format!("{} as a whole", name.text),
                PinTo::Fitting(name) => format!("what fits of {}", name.text),
                PinTo::Open(_) => "the host".into(),
            };
            let inferred = if pin.inferred { ", inferred" } else { "" };
            format!("{instance}: {} = {to}{inferred}", pin.import.text)
        })
        .collect();
    assert_eq!(
        pins,
        [
            "kv: log = (imports) my-log []",
            "kv: store = kv acme:kv/store [], inferred",
            "kv: now = clock acme:clock/clock [\"now\"]",
            "kv: tools = kv as a whole",
            "kv: tick = (imports) ticks [\"tick\"]",
            "kv: * = all of clock",
            "kv: * = the host",
            "(all): acme:trace/trace = what fits of clock",
        ]
    );
    assert!(!request.auto_wire && !request.export_root && request.allow.is_empty());
    assert!(request.instances[0].keep && request.instances[0].component.is_none());
    let declared: Vec<_> = request.declared.iter().map(|import| (&*import.name.text, &*import.what.text)).collect();
    assert_eq!(declared[..2], [("my-log", "acme:log/log"), ("now", "func() -> u64")]);
    let exports: Vec<String> = request
        .exports
        .iter()
        .map(|export| {
            let name = export.name.as_ref().map_or("*", |name| name.text.as_str());
            let of = export.export.as_ref().map_or("-", |export| export.text.as_str());
            let flags = [(export.whole, "whole"), (export.all, "all"), (!export.implements, "bare")];
            let flags: Vec<&str> = flags.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
            format!("{name} = {} {of} {}", export.instance.text, flags.join(" "))
        })
        .collect();
    assert_eq!(
        exports,
        [
            "acme:kv/extra = kv acme:kv/admin ",
            "kv = kv - whole bare",
            "clock = (imports) now ",
            "* = shop - all",
            "* = kv acme:kv/store ",
            "* = clock tools all",
        ]
    );
}
