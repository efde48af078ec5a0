//! The answer of `compose why`: as data, as text, as JSON.
//!
//! A name may be many things at once, and each is answered: an import of an instance (what fills it, why, and what was
//! not taken), an instance (the way from the root to it, and who uses it), an import of the result (for whom), an export
//! of the result (from where), an export that nobody takes, an input that nothing is made of. With a candidate
//! (`--not kv`) the question is why that one does not fill the imports.

mod answer;
mod candidate;
mod near;
mod offered;
mod result;
mod text;
mod wires;

pub(super) use answer::Answer;
pub(super) use near::unknown;

use crate::model::name::ExternName;
use crate::model::plan::{InstanceId, Socket};
use crate::model::request::Request;
use crate::pipeline::Planned;
use crate::types::shape::{Item, Shape};
use answer::FORMAT;

/// What was asked, and all there is to look at.
pub(super) struct Question<'a> {
    /// The name.
    pub(super) what: &'a str,
    /// The candidate: an instance or a component that might have filled the imports.
    pub(super) not: Option<&'a str>,
    /// What the user wants to be composed.
    pub(super) request: &'a Request,
    /// Everything known of it.
    pub(super) planned: &'a Planned,
    /// The world of the result, if the plan has no errors.
    pub(super) world: Option<&'a Shape>,
}

/// What is known about the name; `None` if nothing has it.
pub(super) fn answer(question: &Question<'_>) -> Option<Answer> {
    let whole = about(question, &Name { instance: None, name: question.what });
    if whole.is_some() {
        return whole;
    }
    // `shop:acme:kv/store`, as `--wire` has it.
    let (instance, name) = question.what.split_once(':')?;
    about(question, &Name { instance: Some(instance), name })
}

/// A name that was asked for: everywhere, or of one instance.
struct Name<'a> {
    instance: Option<&'a str>,
    name: &'a str,
}

impl Name<'_> {
    /// An item is meant by its name with or without version, and a labelled one also by its interface.
    fn means(&self, name: &ExternName, item: Option<&Item>) -> bool {
        self.means_with(name, item.and_then(|item| item.attrs.implements.as_deref()))
    }

    fn means_with(&self, name: &ExternName, implements: Option<&str>) -> bool {
        let label = implements.map(|interface| ExternName::parse(interface, None));
        [Some(name), label.as_ref()].into_iter().flatten().any(|name| {
            name.to_string() == self.name
                || name.interface().is_some_and(|interface| interface.unversioned() == self.name)
        })
    }

    fn is_of(&self, question: &Question<'_>, instance: InstanceId) -> bool {
        self.instance.is_none_or(|name| question.planned.plan.instance(instance).name == name)
    }
}

fn about(question: &Question<'_>, name: &Name<'_>) -> Option<Answer> {
    let sockets: Vec<Socket> = wires::sockets_called(question, name);
    if let Some(candidate) = question.not {
        let candidate = candidate::verdicts(question, candidate, &sockets)?;
        return Some(Answer { candidate, ..Answer::new(question) });
    }
    let everywhere = name.instance.is_none();
    let answer = Answer {
        format: FORMAT,
        asked: question.what.to_owned(),
        not: None,
        instances: if everywhere { wires::instances_called(question, name.name) } else { Vec::new() },
        sockets: sockets.iter().map(|socket| wires::socket_answer(question, *socket)).collect(),
        open: if everywhere { result::open_called(question, name) } else { Vec::new() },
        exports: if everywhere { result::exports_called(question, name) } else { Vec::new() },
        offered: offered::offered(question, name, &sockets),
        unused: if everywhere { offered::unused_called(question, name.name) } else { Vec::new() },
        candidate: Vec::new(),
    };
    (!answer.is_empty()).then_some(answer)
}
