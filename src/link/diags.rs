//! What the linker has to say: that `compose` contradicts itself, since everything else was judged before the gate, except
//! the limits of the format itself, which only the whole shows.

use super::encode::Broken;
use crate::diag::{Code, Diagnostic};

impl From<Broken> for Diagnostic {
    fn from(broken: Broken) -> Self {
        let what = match broken {
            Broken::Mistake(what) => what,
            Broken::Limit(what) => {
                return Self::new(
                    Code::ResultTooLarge,
                    "the result, or the type of an input, is larger than WebAssembly can be",
                )
                .note(what)
                .note("nothing was written")
                .help("make one of a part of the components first and give the result as an input");
            }
        };
        Self::new(Code::Internal, "the linked component is not what the plan says")
            .note(what)
            .note("nothing was written")
            .help("report this together with the inputs and the command line")
    }
}
