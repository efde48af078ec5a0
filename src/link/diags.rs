//! What the linker has to say: only that `compose` contradicts itself, since everything else was judged before the gate.

use super::encode::Broken;
use crate::diag::{Code, Diagnostic};

impl From<Broken> for Diagnostic {
    fn from(Broken(what): Broken) -> Self {
        Self::new(Code::Internal, "the linked component is not what the plan says")
            .note(what)
            .note("nothing was written")
            .help("report this together with the inputs and the command line")
    }
}
