//! Which change of a contract a difference looks like, if it is plainly one: so that the advice is that of the change.
//!
//! The change leads from the older side to the newer; without versions that tell, the consumer's is taken for the older.

use crate::contract::rule::Rule;
use crate::contract::rules;
use crate::types::fit::{Difference, Mismatch, Step};
use crate::types::shape::TypeDef;

/// The rule of the change. `def` is the type that the difference is in; `newer_consumer` turns the direction.
pub(super) fn rule(mismatch: &Mismatch, def: Option<&TypeDef>, newer_consumer: bool) -> Option<&'static Rule> {
    id(mismatch, def, newer_consumer).and_then(|id| rules::find(&id))
}

fn id(mismatch: &Mismatch, def: Option<&TypeDef>, newer_consumer: bool) -> Option<String> {
    let (added, removed) = if newer_consumer { ("removed", "added") } else { ("added", "removed") };
    let toward = |more_in_plug: bool| if more_in_plug { added } else { removed };
    let kind = |fields: &'static str| match (fields, def) {
        ("fields", _) => Some("record-field"),
        ("flags", _) => Some("flag"),
        (_, Some(TypeDef::Enum(_))) => Some("enum-case"),
        (_, Some(TypeDef::Variant(_))) => Some("variant-case"),
        _ => None,
    };
    Some(match &*mismatch.difference {
        Difference::Missing => match mismatch.item()? {
            name if name.starts_with("[method]") => format!("resource-method-{removed}"),
            name if name.starts_with("[static]") => format!("resource-static-{removed}"),
            name if name.starts_with("[constructor]") => format!("resource-constructor-{removed}"),
            _ if mismatch.socket.contains(": func") || mismatch.socket.contains(": async func") => {
                format!("func-{removed}")
            }
            _ if mismatch.socket.starts_with("resource ") => format!("resource-{removed}"),
            _ if mismatch.socket.starts_with("type ") && newer_consumer => "alias-introduced".into(),
            _ if mismatch.socket.starts_with("type ") => "alias-inlined".into(),
            _ => return None,
        },
        Difference::Async { plug } => format!("func-async-{}", toward(*plug)),
        Difference::ParamCount(plug, socket) => format!("param-{}", toward(plug > socket)),
        Difference::ParamName(..) => "param-renamed".into(),
        Difference::ResultPresence(plug, _) => format!("result-{}", toward(plug.is_some())),
        Difference::Names { what, additional, missing } => {
            let kind = kind(what)?;
            match (additional.as_slice(), missing.as_slice()) {
                (_, []) => format!("{kind}-{}", toward(true)),
                ([], _) => format!("{kind}-{}", toward(false)),
                ([_], [_]) => format!("{kind}-renamed"),
                _ => return None,
            }
        }
        Difference::Order { what, .. } => format!("{}-reordered", kind(what)?),
        Difference::Payload(plug, _) if matches!(mismatch.path.last(), Some(Step::Case(_))) => {
            format!("variant-case-payload-{}", toward(plug.is_some()))
        }
        Difference::Type(..) => match mismatch.path.last()? {
            Step::Param(..) => "param-type-changed".into(),
            Step::Result => "result-type-changed".into(),
            Step::Field(_) => "record-field-type-changed".into(),
            Step::Case(_) => "variant-case-payload-changed".into(),
            Step::Item(_) => "alias-target-changed".into(),
            _ => return None,
        },
        Difference::Handle(..) if mismatch.path.iter().any(|step| matches!(step, Step::Param(..))) => {
            "param-ownership-changed".into()
        }
        Difference::TupleLength(..) => "tuple-arity-changed".into(),
        _ => return None,
    })
}
