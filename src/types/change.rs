//! Which change of a contract a difference plainly is, by its name among the rules of contracts, so that whoever meets the
//! difference says the same of it.
//!
//! The rules themselves are no matter of this layer: what comes out is a word, and [`WORDS`] are all of them. The change
//! leads from the older side to the newer; without versions that tell, the socket's is taken for the older.

use super::fit::{Difference, Members, Mismatch, Step};
use semver::Version;

/// Every word that [`change`] has.
pub const WORDS: [&str; 44] = [
    "alias-inlined",
    "alias-introduced",
    "alias-target-changed",
    "enum-case-added",
    "enum-case-removed",
    "enum-case-renamed",
    "enum-case-reordered",
    "flag-added",
    "flag-removed",
    "flag-renamed",
    "flag-reordered",
    "func-added",
    "func-async-added",
    "func-async-removed",
    "func-removed",
    "param-added",
    "param-ownership-changed",
    "param-removed",
    "param-renamed",
    "param-type-changed",
    "record-field-added",
    "record-field-removed",
    "record-field-renamed",
    "record-field-reordered",
    "record-field-type-changed",
    "resource-added",
    "resource-constructor-added",
    "resource-constructor-removed",
    "resource-method-added",
    "resource-method-removed",
    "resource-removed",
    "resource-static-added",
    "resource-static-removed",
    "result-added",
    "result-removed",
    "result-type-changed",
    "tuple-arity-changed",
    "variant-case-added",
    "variant-case-payload-added",
    "variant-case-payload-changed",
    "variant-case-payload-removed",
    "variant-case-removed",
    "variant-case-renamed",
    "variant-case-reordered",
];

/// The change, if the difference is plainly one. `newer_socket` says that the socket is the newer side.
pub fn change(mismatch: &Mismatch, newer_socket: bool) -> Option<&'static str> {
    let word = word(mismatch, newer_socket)?;
    WORDS.into_iter().find(|known| *known == word)
}

/// The same as a phrase.
pub fn phrase(change: &str) -> String {
    format!("as a change of the contract this is `{change}`")
}

/// A difference that is told beside others: in one line, with the name of the change.
pub fn line(mismatch: &Mismatch, newer_socket: bool) -> String {
    match change(mismatch, newer_socket) {
        Some(change) => format!("{mismatch} (`{change}`)"),
        None => mismatch.to_string(),
    }
}

/// Where to read whom it breaks and what to do instead.
pub fn explain(change: &str) -> String {
    format!("whom that breaks and what would not: `compose explain {change}`")
}

/// What is to be said where both sides claim to be one version.
pub fn same_version(version: &Version) -> String {
    format!("both say version {version}: it was changed without a new version")
}

fn word(mismatch: &Mismatch, newer_socket: bool) -> Option<String> {
    let (added, removed) = if newer_socket { ("removed", "added") } else { ("added", "removed") };
    let toward = |more_in_plug: bool| if more_in_plug { added } else { removed };
    let kind = |members: &Members| match members {
        Members::Fields => "record-field",
        Members::Flags => "flag",
        Members::EnumCases => "enum-case",
        Members::Cases => "variant-case",
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
            _ if mismatch.socket.starts_with("type ") && newer_socket => "alias-introduced".into(),
            _ if mismatch.socket.starts_with("type ") => "alias-inlined".into(),
            _ => return None,
        },
        Difference::Async { plug } => format!("func-async-{}", toward(*plug)),
        Difference::ParamCount(plug, socket) => format!("param-{}", toward(plug > socket)),
        Difference::ParamName(..) => "param-renamed".into(),
        Difference::ResultPresence(plug, _) => format!("result-{}", toward(plug.is_some())),
        Difference::Names { what, additional, missing } => {
            let kind = kind(what);
            match (additional.as_slice(), missing.as_slice()) {
                (_, []) => format!("{kind}-{}", toward(true)),
                ([], _) => format!("{kind}-{}", toward(false)),
                ([_], [_]) => format!("{kind}-renamed"),
                _ => return None,
            }
        }
        Difference::Order { what, .. } => format!("{}-reordered", kind(what)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_word_can_be_met_and_no_other() {
        let names = |what, additional: &[&str], missing: &[&str]| Difference::Names {
            what,
            additional: additional.iter().map(ToString::to_string).collect(),
            missing: missing.iter().map(ToString::to_string).collect(),
        };
        let both = || ("u32".to_owned(), "u64".to_owned());
        let (plug, socket) = (|| Some("u32".to_owned()), || None);
        let mut differences = vec![
            Difference::Async { plug: true },
            Difference::Async { plug: false },
            Difference::ParamCount(1, 2),
            Difference::ParamCount(2, 1),
            Difference::ParamName("a".into(), "b".into()),
            Difference::ResultPresence(plug(), socket()),
            Difference::ResultPresence(socket(), plug()),
            Difference::Payload(plug(), socket()),
            Difference::Payload(socket(), plug()),
            Difference::Type(both().0, both().1),
            Difference::Handle(both().0, both().1),
            Difference::TupleLength(1, 2),
            Difference::ListLength(None, Some(3)),
            Difference::Kind("function", "type"),
        ];
        for what in [Members::Fields, Members::Cases, Members::EnumCases, Members::Flags] {
            differences.push(names(what, &["a"], &[]));
            differences.push(names(what, &[], &["a"]));
            differences.push(names(what, &["a"], &["b"]));
            differences.push(names(what, &["a", "c"], &["b"]));
            differences.push(Difference::Order { what, plug: Vec::new(), socket: Vec::new() });
        }
        let mut mismatches = Vec::new();
        let item = |name: &str| vec![Step::Item(name.into())];
        let mut mismatch = |path: Vec<Step>, difference: &Difference, socket: &str| {
            let difference = Box::new(difference.clone());
            mismatches.push(Mismatch { path, difference, plug: None, socket: socket.into() });
        };
        for last in [
            Step::Item("i".into()),
            Step::Param(1, "p".into()),
            Step::Result,
            Step::Field("f".into()),
            Step::Case("c".into()),
            Step::Element,
        ] {
            for difference in &differences {
                mismatch(vec![last.clone()], difference, "f: func();");
            }
        }
        for (name, socket) in [
            ("[method]a.b", "b: func();"),
            ("[static]a.b", "b: static func();"),
            ("[constructor]a", "constructor();"),
            ("f", "f: func();"),
            ("a", "resource a;"),
            ("t", "type t = u32;"),
            ("r", "record r { }"),
        ] {
            mismatch(item(name), &Difference::Missing, socket);
        }
        let met = mismatches.iter().flat_map(|one| [word(one, false), word(one, true)]).flatten();
        let met: BTreeSet<String> = met.collect();
        assert_eq!(met.iter().map(String::as_str).collect::<Vec<_>>(), WORDS);
    }
}
