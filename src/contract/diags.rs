//! What contract checks say, in words.

use crate::diag::{Code, Diagnostic};
use crate::model::request::Written;

/// C0904: a component cannot be written as WIT, so it cannot be compared by its WIT.
#[derive(Debug)]
pub struct ContractUndecodable<'a> {
    /// The component.
    pub written: &'a Written,
    /// Why not, in the words of the decoder.
    pub message: &'a str,
}

impl From<ContractUndecodable<'_>> for Diagnostic {
    fn from(facts: ContractUndecodable<'_>) -> Self {
        let origin = &facts.written.text;
        Diagnostic::new(Code::ContractUndecodable, format!("the types of `{origin}` cannot be written as WIT"))
            .at(facts.written, "no form in WIT")
            .note(format!("the decoder of WIT says: {}", facts.message))
            .help("compare the WIT that it was made from; `compose contract check` compares components by their types alone")
            .fact("contract", origin)
    }
}
