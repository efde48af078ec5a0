//! Who stands in for the imports of a case, and what they saw.

use super::case::Case;
use super::fault::Fault;
use compose_engine::Program;

/// A program with stand-ins for its imports.
#[derive(Debug)]
pub(super) struct Mocking {
    /// The program.
    pub(super) program: Program,
}

impl Mocking {
    pub(super) fn of(_case: &Case, program: &Program) -> Result<Self, Fault> {
        Ok(Self { program: program.clone() })
    }

    pub(super) fn judge(&self, _case: &Case, _faults: &mut Vec<Fault>) {}
}
