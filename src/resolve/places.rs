//! Where the user wrote what a plan comes from: the reasons of wires, back to the words they were made of.

use super::{chains, pins};
use crate::model::component::Components;
use crate::model::name::ExternName;
use crate::model::places::{Places, of_input};
use crate::model::plan::{Plan, Reason, Socket};
use crate::model::request::{Request, Written};
use std::collections::BTreeMap;

/// The words of pins and chains, by how reasons tell them.
pub(super) struct Words<'a> {
    pins: BTreeMap<String, &'a Written>,
    chains: BTreeMap<String, &'a Written>,
}

impl<'a> Words<'a> {
    pub(super) fn new(request: &'a Request) -> Self {
        let pins = request.pins.iter().map(|pin| (pins::written(pin), &pin.import));
        let chains = request.chains.iter().map(|chain| (chains::written(chain), &chain.interface));
        Self { pins: pins.collect(), chains: chains.collect() }
    }

    /// The word that a wire goes back to.
    pub(super) fn of(&self, reason: &Reason) -> Option<&'a Written> {
        let word = match reason {
            Reason::Pin(text) | Reason::PinnedOpen(text) => self.pins.get(text),
            Reason::Chain(text) => self.chains.get(text),
            _ => None,
        };
        word.copied().filter(|word| word.at.is_some())
    }
}

/// All places of a finished plan; `asked` are the exports that were asked for.
pub(super) fn of(
    request: &Request,
    components: &Components,
    words: &Words<'_>,
    asked: &[(Written, ExternName)],
    plan: &Plan,
) -> Places {
    let mut places = Places { target: request.target.clone(), ..Places::default() };
    for instance in plan.ids() {
        for (import, wire) in plan.wires[instance.0].iter().enumerate() {
            let word = words.of(&wire.reason).cloned();
            places.sockets.extend(word.map(|word| (Socket { instance, import }, word)));
        }
        let component = plan.instance(instance).component;
        let word = of_input(request, components.get(component)).cloned();
        places.inputs.extend(word.map(|word| (component, word)));
    }
    places.exports = asked.iter().map(|(word, name)| (name.to_string(), word.clone())).collect();
    places
}
