//! Why a call was not made: facts for whoever words them. Nothing ran then, and the session goes on.

use crate::value::BadValue;
use std::ops::Range;

/// A call that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCall {
    /// What was written: a line, or the name of a function, or one argument.
    pub text: String,
    /// The bytes of it that are meant.
    pub at: Range<usize>,
    /// Which argument was written there, from 0, if they are given one by one.
    pub argument: Option<usize>,
    /// What is wrong.
    pub why: Why,
}

/// What can be wrong with a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The line is no call.
    Syntax {
        /// What could have stood there, as a phrase.
        expected: String,
    },
    /// No such function is exported.
    NoFunction {
        /// What was asked for; what of it stands behind the interface, if there is one.
        wanted: String,
        /// The interface that it was looked for in, or the resource of the handle; `None` if there is none of that name.
        within: Option<String>,
        /// The functions that are there.
        known: Vec<String>,
    },
    /// Several functions are called so.
    Ambiguous {
        /// What was asked for.
        wanted: String,
        /// All of them, by names that only one has.
        all: Vec<String>,
    },
    /// Too many or too few arguments.
    Count {
        /// The function.
        function: String,
        /// Its type in WIT.
        signature: String,
        /// The names of its parameters; of a method that is called by its handle, those besides that.
        parameters: Vec<String>,
        /// How many were given; `None` if there are more than it takes.
        given: Option<usize>,
    },
    /// An argument is not what its parameter takes.
    Value {
        /// The function.
        function: String,
        /// The parameter's name.
        parameter: String,
        /// What is wrong.
        bad: Box<BadValue>,
    },
    /// The function takes or gives what has no text.
    NoText {
        /// The function.
        function: String,
        /// Its type in WIT.
        signature: String,
        /// What has no text, in WIT: `stream<u8>`.
        ty: String,
    },
    /// A name stands for no handle.
    NoHandle {
        /// The name, with its `$`.
        name: String,
        /// What became of it, if it was one: "given to `seal`", "dropped".
        gone: Option<String>,
        /// The names of handles there are.
        known: Vec<String>,
    },
    /// A handle is given away in a call and used in it once more.
    Twice {
        /// The name, with its `$`.
        name: String,
    },
}

impl std::fmt::Display for BadCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.why {
            Why::Syntax { expected } => write!(f, "`{}` is no call: expected {expected}", self.text),
            Why::NoFunction { wanted, known, .. } => {
                write!(f, "no function `{wanted}`; there is: {}", known.join(", "))
            }
            Why::Ambiguous { wanted, all } => write!(f, "`{wanted}` may be any of {}", all.join(", ")),
            Why::Count { function, signature, .. } => write!(f, "`{function}` is `{signature}`"),
            Why::Value { function, parameter, bad } => {
                write!(f, "argument `{parameter}` of `{function}`: {bad}")
            }
            Why::NoText { function, ty, .. } => write!(f, "`{function}` takes or gives `{ty}`, which has no text"),
            Why::NoHandle { name, gone: Some(gone), .. } => write!(f, "`{name}` was {gone}"),
            Why::NoHandle { name, .. } => write!(f, "`{name}` is no handle"),
            Why::Twice { name } => write!(f, "`{name}` is given away and used once more"),
        }
    }
}
