//! What an executable says when it cannot go on: the codes of `compose`, in a few plain words.

use super::{Blame, Culprit, Sealed};
use crate::{Capability, Error, Frame, Trap};
use std::io::Write as _;

/// Says it on standard error. Nothing can be done if it cannot be said.
pub(super) fn tell(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// A message as `compose` gives it, with what there is to say besides.
pub(super) fn said(code: &str, message: &str, notes: &[String]) -> String {
    let notes: String = notes.iter().map(|note| format!("  {}\n", visible(note))).collect();
    format!("error[{code}]: {}\n{notes}", visible(message))
}

/// Names come out of files, and must not steer a terminal.
fn visible(text: &str) -> String {
    let shown = |letter: char| match letter.is_control() {
        true => letter.escape_default().to_string(),
        false => letter.to_string(),
    };
    text.chars().map(shown).collect()
}

/// What went wrong in the engine.
pub(super) fn failed(sealed: &Sealed, error: &Error) -> String {
    let name = &sealed.name;
    match error {
        Error::Needs(needs) => {
            let way = |capability: Option<Capability>| match capability {
                Some(capability) => format!("`compose exe --{}` grants it", capability.word()),
                None => "no host has it".into(),
            };
            let notes: Vec<String> =
                needs.iter().map(|need| format!("{}: {}", need.import, way(need.capability))).collect();
            said("C0803", &format!("`{name}` imports what it was not granted"), &notes)
        }
        Error::Grant { grant, why } => said("C0802", &format!("`{grant}` cannot be granted: {why}"), &[]),
        Error::Trap(trap) => said("C0806", &format!("`{name}` trapped: {}", trap.message), &running(sealed, trap)),
        Error::Limit(limit) => said("C0807", &format!("`{name}` reached its limit of {}", limit.word()), &[]),
        Error::Export { wanted, .. } => said("C0804", &format!("`{name}` exports no `{wanted}`"), &[]),
        Error::Component(why) | Error::Link(why) | Error::Image(why) | Error::Engine(why) => {
            said("C0805", &format!("the engine does not take `{name}`"), std::slice::from_ref(why))
        }
        other => said("C0808", &other.to_string(), &[]),
    }
}

/// The limit behind a trap, and what was running: whose it was by the table of the component.
fn running(sealed: &Sealed, trap: &Trap) -> Vec<String> {
    let blame: Blame = serde_json::from_str(&sealed.blame).unwrap_or_default();
    let module = |frame: &Frame| {
        let offset = frame.offset?;
        blame.modules.iter().find(|module| (module.start..module.end).contains(&offset))
    };
    let limit = trap.limit.map(|limit| format!("it had reached its limit of {}", limit.word()));
    let frames = trap.frames.iter().map(|frame| {
        let module = module(frame);
        let exported = module.and_then(|module| module.functions.get(&frame.index));
        let function = frame.function.as_ref().or(exported).map_or("a function without a name", String::as_str);
        match module.and_then(|module| module.culprit.as_ref()) {
            None => format!("in {function}"),
            Some(Culprit { component, instances }) => match instances.as_slice() {
                [only] => format!("in {function} of {only}"),
                several => format!("in {function} of {component} (one of {})", several.join(", ")),
            },
        }
    });
    limit.into_iter().chain(frames).collect()
}
