//! What is too much for a host, in words.

use crate::decode::diags::limits::code;
use crate::diag::{Code, Diagnostic};
use crate::model::request::Written;
use crate::model::sizes::Limited;

/// More than the host takes, in the result or in an input.
pub(in crate::check) struct TooMany<'f> {
    pub(in crate::check) host: &'static str,
    /// Where the host was chosen.
    pub(in crate::check) target: Option<&'f Written>,
    /// What the user calls the input; `None` for the result.
    pub(in crate::check) input: Option<&'f str>,
    pub(in crate::check) limited: Limited,
    pub(in crate::check) needed: usize,
    pub(in crate::check) max: usize,
    /// A host that takes so many.
    pub(in crate::check) takes: Option<&'static str>,
}

impl From<TooMany<'_>> for Diagnostic {
    fn from(TooMany { host, target, input, limited, needed, max, takes }: TooMany<'_>) -> Self {
        let (what, place) = (limited.words(), limited.place());
        let whose = input.map_or("the result".into(), |input| format!("`{input}`"));
        let diagnostic =
            Self::new(code(limited), format!("{whose} has {needed} {what}{place}, and `{host}` takes {max}"))
                .at(target, "takes less");
        let more = needed - max;
        let diagnostic = match (input, limited) {
            (None, Limited::Instances) => diagnostic
                .note(format!("that is {more} too many; counted are components, used and exported interfaces"))
                .help("make one of a part of the components first, and give that as an input"),
            (None, _) => diagnostic.note(format!(
                "that is {more} too many; nested ones and the result itself count, equal components once"
            )),
            (Some(_), _) => diagnostic
                .note(format!("that is {more} too many; a host judges each part inside of an artifact by itself")),
        };
        let diagnostic = match takes {
            Some(takes) => diagnostic
                .help(format!("if it is to run there, compose for a host that takes them: `--target {takes}`")),
            None => diagnostic,
        };
        let diagnostic = diagnostic.fact("host", host).fact("needed", needed).fact("limit", max);
        match input {
            Some(input) => diagnostic.fact("input", input),
            None => diagnostic,
        }
    }
}

/// Another host than the chosen one would refuse the result.
pub(in crate::check) struct OtherHostRefuses<'f> {
    pub(in crate::check) host: &'static str,
    /// The input that has too many; `None` for the result.
    pub(in crate::check) input: Option<&'f str>,
    pub(in crate::check) limited: Limited,
    pub(in crate::check) needed: usize,
    pub(in crate::check) max: usize,
}

impl From<OtherHostRefuses<'_>> for Diagnostic {
    fn from(OtherHostRefuses { host, input, limited, needed, max }: OtherHostRefuses<'_>) -> Self {
        let whose = input.map_or("it".into(), |input| format!("`{input}`"));
        let (what, place) = (limited.words(), limited.place());
        let message =
            format!("`{host}` would refuse the result: {whose} has {needed} {what}{place}, the most it takes is {max}");
        let diagnostic = Self::new(Code::OtherHostRefuses, message)
            .help(format!("if it is to run there, compose for it: `--target {host}`"))
            .fact("host", host)
            .fact("needed", needed)
            .fact("limit", max);
        match input {
            Some(input) => diagnostic.fact("input", input),
            None => diagnostic,
        }
    }
}
