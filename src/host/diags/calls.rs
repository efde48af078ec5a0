//! What can be wrong with a call, in words.

use crate::diag::{Code, Diagnostic, Source};
use crate::model::listed::quoted;
use crate::model::near::nearest;
use compose_engine::{BadCall, BadValue, Why};
use std::sync::Arc;

/// A call that cannot be made.
#[derive(Debug)]
pub struct NotCalled<'a> {
    /// What the component is called in messages.
    pub name: &'a str,
    /// What is wrong.
    pub bad: &'a BadCall,
    /// The text that the call stands in, and where in it; without one, the call by itself is shown.
    pub within: Option<(&'a Arc<Source>, usize)>,
}

/// The most letters of what somebody wrote that a message repeats; its place is shown besides.
const SHOWN: usize = 80;

/// A text as a message repeats it: the beginning of a long one.
fn repeated(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    let kept: String = text.chars().take(SHOWN - 1).collect();
    let quote = if text.starts_with('`') && text.ends_with('`') { "`" } else { "" };
    format!("{kept}…{quote}")
}

impl From<NotCalled<'_>> for Diagnostic {
    fn from(NotCalled { name, bad, within }: NotCalled<'_>) -> Self {
        let own = Arc::new(Source::new("call", bad.text.clone()));
        let (source, start) = within.unwrap_or((&own, 0));
        let label = |diagnostic: Self, text: String| match &bad.why {
            // In JSON the place is a path.
            Why::Value { bad, .. } if !bad.path.is_empty() => diagnostic,
            // At the end there is nothing to point at but what stands before it.
            _ if bad.at.is_empty() => {
                let last = bad.text[..bad.at.start].char_indices().next_back().map_or(0, |(at, _)| at);
                diagnostic.label(source, start + last..start + bad.at.start, format!("after this, {text}"))
            }
            _ => diagnostic.label(source, start + bad.at.start..start + bad.at.end, text),
        };
        match &bad.why {
            Why::Syntax { expected } => {
                let text = format!("expected {expected}");
                label(Self::new(Code::CallFailed, format!("this is no call: {text}")), text)
            }
            Why::NoFunction { wanted, within, known } => {
                let shown = repeated(wanted);
                let message = match within {
                    Some(within) => format!("`{within}` of `{name}` has no function `{shown}`"),
                    None => format!("`{name}` exports no function `{shown}`"),
                };
                let diagnostic = label(Self::new(Code::NoFunction, message), "not exported".into());
                let diagnostic = diagnostic.fact("function", wanted);
                let diagnostic = match (within, known.is_empty()) {
                    (_, true) => diagnostic.note("there is no function at all"),
                    (Some(within), _) => diagnostic.note(format!("`{within}` has {}", quoted(known))),
                    (None, _) => diagnostic.note(format!("it exports {}", quoted(known))),
                };
                suggest(diagnostic, near_function(wanted, known))
            }
            Why::Ambiguous { wanted, all } => {
                let message = format!("`{wanted}` is the name of {} functions of `{name}`", all.len());
                let diagnostic = label(Self::new(Code::AmbiguousFunction, message), "which one?".into());
                diagnostic.note(format!("they are {}", quoted(all))).fact("function", wanted)
            }
            Why::Count { function, signature, parameters, given } => {
                let takes = match parameters.len() {
                    0 => "no arguments".into(),
                    1 => "1 argument".into(),
                    many => format!("{many} arguments"),
                };
                let (given, place) = match given {
                    Some(given) => {
                        (given.to_string(), format!("{} more expected", parameters.len().saturating_sub(*given)))
                    }
                    None => ("more".into(), "no parameter takes this".into()),
                };
                let message = format!("`{function}` takes {takes}, not {given}");
                label(Self::new(Code::BadArgument, message), place)
                    .note(format!("it is `{signature}`"))
                    .fact("function", function)
            }
            Why::Value { function, parameter, bad } => {
                let place = if bad.path.is_empty() { String::new() } else { format!(" at `{}`", bad.path) };
                let message = format!(
                    "argument `{parameter}` of `{function}` cannot be read{place}: expected {}, found {}",
                    bad.expected,
                    repeated(&bad.found)
                );
                let diagnostic = Self::new(Code::BadArgument, message).fact("function", function);
                value(label(diagnostic, format!("expected {}", bad.expected)), bad).fact("parameter", parameter)
            }
            Why::NoText { function, signature, ty } => {
                let message = format!("`{function}` cannot be called with text: `{ty}` has none");
                label(Self::new(Code::NoText, message), format!("takes or gives `{ty}`"))
                    .note(format!("it is `{signature}`"))
                    .fact("function", function)
            }
            Why::NoHandle { name, gone, known } => {
                let shown = repeated(name);
                let message = match gone {
                    Some(gone) => format!("`{shown}` is no handle any more: it was {gone}"),
                    None => format!("`{shown}` is no handle"),
                };
                let diagnostic = label(Self::new(Code::BadArgument, message), "no handle".into());
                let diagnostic = match known.is_empty() {
                    true => diagnostic.note("no handle has a name yet: `$name = …` keeps what a call returns"),
                    false => diagnostic.note(format!("there are {}", quoted(known))),
                };
                suggest(diagnostic, nearest(name, known.iter().map(String::as_str)))
            }
            Why::Twice { name } => {
                let message = format!("`{name}` is given away by this call and used in it once more");
                label(Self::new(Code::BadArgument, message), format!("takes `{name}`"))
            }
        }
    }
}

/// What is known of a text that is no value, besides where and what was expected.
pub fn value(diagnostic: Diagnostic, bad: &BadValue) -> Diagnostic {
    let diagnostic = match bad.ty.is_empty() {
        true => diagnostic,
        false => diagnostic.note(format!("the type there is `{}`", bad.ty)),
    };
    let diagnostic = match bad.known.is_empty() {
        true => diagnostic,
        false => diagnostic.note(format!("there could be {}", quoted(&bad.known))),
    };
    let near = bad.name.as_deref().and_then(|name| nearest(name, bad.known.iter().map(String::as_str)));
    suggest(diagnostic, near)
}

/// An instance that is gone.
pub(super) fn ended(name: &str, by: &str) -> Diagnostic {
    Diagnostic::new(Code::CallFailed, format!("the instance of `{name}` is gone since `{by}` failed"))
}

fn suggest(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// A function's name as its interface, without the version, and the rest.
fn split(name: &str) -> (&str, &str) {
    let Some(slash) = name.rfind('/') else { return ("", name) };
    let end = name[slash..].find(['.', '@']).map_or(name.len(), |end| slash + end);
    let rest = name[end..].trim_start_matches(|letter: char| "@.".contains(letter) || letter.is_ascii_digit());
    (&name[..end], rest)
}

/// A function without its interface.
fn tail(name: &str) -> &str {
    split(name).1
}

/// The function that was meant: of nearly that name, or of that name elsewhere.
fn near_function<'k>(wanted: &str, known: &'k [String]) -> Option<&'k str> {
    let plain = |name: &str| {
        let (interface, function) = split(name);
        if interface.is_empty() { function.to_owned() } else { format!("{interface}.{function}") }
    };
    let by = |means: &dyn Fn(&str) -> bool| known.iter().map(String::as_str).find(|name| means(name));
    let whole: Vec<String> = known.iter().map(|name| plain(name)).collect();
    if let Some(near) = nearest(&plain(wanted), whole.iter().map(String::as_str)) {
        return by(&|name| plain(name) == near);
    }
    let own = tail(wanted);
    let member = own.split_once('.').map_or(own, |(_, member)| member);
    by(&|name| tail(name) == own || tail(name) == member).or_else(|| {
        let near = |word: &str| nearest(word, known.iter().map(|name| tail(name)));
        let near = near(own).or_else(|| near(member))?;
        by(&|name| tail(name) == near)
    })
}
