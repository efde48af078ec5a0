//! Where the user wrote what a plan comes from, so that what is wrong with the plan can point there.
//!
//! Beside the plan and no part of it: nothing is decided by a place, and nothing that goes out holds one.

use super::component::{Component, ComponentId};
use super::plan::Socket;
use super::request::{InputFrom, Request, Written};
use std::collections::BTreeMap;

/// The places, as far as there is a text.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The word of the pin or the chain that decided on a socket.
    pub sockets: BTreeMap<Socket, Written>,
    /// The word that asked for an export of the result, by the name of that.
    pub exports: BTreeMap<String, Written>,
    /// The word that names the file of a component.
    pub inputs: BTreeMap<ComponentId, Written>,
    /// The host that was asked for.
    pub target: Option<Written>,
}

/// The word that names the file of a component, if the user named it.
pub fn of_input<'r>(request: &'r Request, component: &Component) -> Option<&'r Written> {
    let is_it = |name: Option<&Written>| name.is_none_or(|name| name.text == component.name);
    let mut inputs = request.inputs.iter();
    let mut next = || inputs.find(|input| input.origin() == component.origin && is_it(input.name.as_ref()));
    // Of a file that is given twice without a name, which word it was cannot be told.
    let (input, None) = (next()?, next()) else { return None };
    match &input.from {
        InputFrom::Path { written, .. } | InputFrom::Stdin(written) => Some(written),
        InputFrom::Package(request) => Some(&request.package),
        InputFrom::Memory { .. } => None,
    }
    .filter(|word| word.at.is_some())
}
