//! What may have been meant by a name that nothing has.

use super::Question;
use super::wires::sockets;
use crate::diag::visible_line;
use crate::diag::words;
use crate::model::name::ExternName;
use crate::model::near::nearest;
use crate::model::plan::Socket;
use crate::types::shape::Side;
use std::collections::BTreeSet;

/// The sentence for a name that nothing has, or for a candidate that is not there.
pub(in crate::cli) fn unknown(question: &Question<'_>) -> String {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let Some(candidate) = question.not else {
        let names = names(question);
        return format!(
            "nothing in the composition is called `{0}`\n\n  tip: {1}",
            visible_line(question.what),
            tip(&names, question.what)
        );
    };
    let instances = plan.instances.iter().map(|instance| instance.name.clone());
    let known: BTreeSet<String> = instances.chain(components.items.iter().map(|it| it.name.clone())).collect();
    match known.contains(candidate) {
        true => {
            let imports = plan.ids().flat_map(|id| sockets(plan, id));
            let imports = imports.map(|socket| words::import_name(plan, components, socket)).collect();
            let tip = tip(&imports, question.what);
            format!(
                "no instance imports `{}`, so nothing can be said of `{candidate}`\n\n  tip: {tip}",
                visible_line(question.what)
            )
        }
        false => {
            let tip = tip(&known, candidate);
            format!("neither an instance nor a component is called `{}`\n\n  tip: {tip}", visible_line(candidate))
        }
    }
}

fn tip(names: &BTreeSet<String>, what: &str) -> String {
    let likely = nearest(what, names.iter().map(String::as_str)).map(str::to_owned);
    // `store` for `acme:kv/store`: the last part alone is what people remember.
    let by_part = || {
        let part = |name: &&String| {
            let path = name.split('@').next().unwrap_or_default();
            path.rsplit('/').next() == Some(what) || path.split('/').next() == Some(what)
        };
        names.iter().find(part).cloned()
    };
    match likely.or_else(by_part) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`compose check -v` shows every instance and every import".into(),
    }
}

/// Everything that can be asked for, with and without versions.
fn names(question: &Question<'_>) -> BTreeSet<String> {
    let (plan, components) = (&question.planned.plan, &question.planned.components);
    let mut names = BTreeSet::new();
    let mut add = |name: String| {
        if let Some(interface) = ExternName::parse(&name, None).interface() {
            names.insert(interface.unversioned());
        }
        names.insert(name);
    };
    plan.instances.iter().for_each(|instance| add(instance.name.clone()));
    plan.ids().flat_map(|id| sockets(plan, id)).for_each(|socket| add(words::import_name(plan, components, socket)));
    if question.what.contains(':') {
        let of_instance = |socket: Socket| {
            let instance = &plan.instance(socket.instance).name;
            format!("{instance}:{}", words::import_name(plan, components, socket))
        };
        for whole in plan.ids().flat_map(|id| sockets(plan, id)).map(of_instance) {
            if let Some((unversioned, _)) = whole.split_once('@') {
                add(unversioned.to_owned());
            }
            add(whole);
        }
    }
    plan.open.iter().for_each(|open| add(open.name.to_string()));
    plan.exports.iter().for_each(|export| add(export.name.to_string()));
    for component in &components.items {
        add(component.name.clone());
        (0..component.shape.exports.len()).for_each(|at| add(component.extern_at(Side::Export, at).0.to_string()));
    }
    names
}
