//! A component as text: its WIT, and its text form.
//!
//! Both are read back from the bytes that are written, so they show what others will see and not what we meant. The text
//! form has everything; WIT has not: components written by hand may be valid and have no form in it, and the decoder of
//! WIT takes some of them for impossible.

use super::diags::{NoWitForm, NotPrintable};
use super::docs;
use crate::diag::Sink;
use crate::diag::caught::caught;
use std::sync::Arc;
use wit_component::{DecodedWasm, WitPrinter};
use wit_parser::Resolve;

/// The component's world in WIT, with every package it speaks of, documented as the given packages document it.
pub fn wit(bytes: &[u8], documented: &[Arc<Resolve>], sink: &mut Sink) -> Option<String> {
    let printed = caught(|| decoded(bytes, documented))
        .and_then(|decoded| decoded)
        .map_err(|error| sink.report(NoWitForm { error: &error }));
    printed.ok()
}

/// The same for any component; the error is in the decoder's words.
pub fn decoded_wit(bytes: &[u8]) -> Result<String, String> {
    caught(|| decoded(bytes, &[])).and_then(|decoded| decoded)
}

fn decoded(bytes: &[u8], documented: &[Arc<Resolve>]) -> Result<String, String> {
    let words = |error: &dyn std::fmt::Display| format!("{error:#}");
    let (mut resolve, package) = match wit_component::decode(bytes).map_err(|error| words(&error))? {
        DecodedWasm::Component(resolve, world) => {
            let package = resolve.worlds[world].package;
            (resolve, package)
        }
        DecodedWasm::WitPackage(resolve, package) => (resolve, Some(package)),
    };
    docs::add(&mut resolve, documented);
    let package = package.ok_or("the world has no package")?;
    let others: Vec<_> = resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != package).collect();
    let mut printer = WitPrinter::default();
    printer.print(&resolve, package, &others).map_err(|error| words(&error))?;
    Ok(printer.output.to_string())
}

/// The component in text form.
pub fn wat(bytes: &[u8], sink: &mut Sink) -> Option<String> {
    let printed = caught(|| wasmprinter::print_bytes(bytes).map_err(|error| format!("{error:#}")));
    let printed = printed.and_then(|printed| printed);
    printed.map_err(|error| sink.report(NotPrintable { error: &error })).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn what_is_no_component_has_no_text() {
        let mut sink = Sink::default();
        assert_eq!(wit(b"\0asm", &[], &mut sink), None);
        assert_eq!(wat(b"\0asn", &mut sink), None);
        assert_eq!(
            sink.diagnostics().iter().map(|told| told.code).collect::<Vec<_>>(),
            [Code::NoWitForm, Code::Internal]
        );
    }

    #[test]
    fn a_component_has_both_forms() {
        let bytes = wat::parse_str(r#"(component (import "f" (func)))"#).expect("it assembles");
        let mut sink = Sink::default();
        assert!(wit(&bytes, &[], &mut sink).is_some_and(|text| text.contains("import f: func();")));
        assert!(super::wat(&bytes, &mut sink).is_some_and(|text| text.starts_with("(component")));
        assert!(sink.diagnostics().is_empty());
    }
}
