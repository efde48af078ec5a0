//! The words for what is not as expected: a message, a word at the place, and what stands behind it.

use super::differ::diff;
use super::fault::About;
use super::pretty::pretty;
use super::text::Missed;
use crate::host::pieces::Why;
use crate::model::listed::quoted;
use crate::model::near::{nearest, nearest_name};

/// The words for a fault.
pub(super) struct Told {
    pub(super) message: String,
    pub(super) label: &'static str,
    pub(super) notes: Vec<String>,
    pub(super) help: Vec<String>,
}

impl Told {
    fn new(message: impl Into<String>, label: &'static str) -> Self {
        Told { message: message.into(), label, notes: Vec::new(), help: Vec::new() }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// What a component had said beside its result.
    fn said(self, said: &str) -> Self {
        match said.trim() {
            "" => self,
            said => self.note(format!("it says on standard error:\n{}", indented(said))),
        }
    }

    /// The words.
    pub(super) fn of(about: &About) -> Self {
        match about {
            About::Value { call, expected, actual } => {
                Self::new(format!("`{}` gave another value", short(call)), "this was expected")
                    .note(sides(&pretty(expected), &pretty(actual)))
            }
            About::NoValue { why, ty, actual } => {
                Self::new(format!("this is no value of the type `{ty}`: {why}"), "not such a value")
                    .note(format!("the call gave\n{}", indented(&pretty(actual))))
            }
            About::NoAnswer { function, why, ty } => {
                let told = Self::new(format!("`{function}` cannot be answered so: {why}"), "this is the answer");
                match ty {
                    Some(ty) => told.note(of_type(ty)),
                    None => told,
                }
            }
            About::NoArgument { function, why, given, taken, ty } => {
                let told = match why {
                    Some(why) => Self::new(format!("`{function}` is never called so: {why}"), "no such argument"),
                    None => {
                        let takes = arguments(*taken);
                        Self::new(format!("`{function}` takes {takes}, not {given}"), "so many are written")
                    }
                };
                told.note(of_type(ty))
            }
            About::NoSuchFunction { name, known } => {
                let told = Self::new(format!("there is no function `{name}`"), "no such function");
                let told = match known.is_empty() {
                    true => told.note("no mock or spy is for any function"),
                    false => told.note(format!("there is {}", quoted(known))),
                };
                match nearest_name(name, known.iter().map(String::as_str)) {
                    Some(near) => told.help(format!("did you mean `{near}`?")),
                    None => told,
                }
            }
            About::Unseen { import, seen } => {
                let message = format!("nobody stands at `{import}`, so its calls are not seen");
                let told = Self::new(message, "this cannot be");
                match seen.is_empty() {
                    true => told.note("calls are seen of imports that a mock answers or a spy passes on"),
                    false => told.note(format!("calls are seen of {}", quoted(seen))),
                }
                .help("spy = true")
            }
            About::NobodySees => Self::new("`calls` are those of mocks, and there is none", "this cannot be"),
            About::PartReplaced { import } => {
                Self::new("between instances a component stands in for a whole interface", "a part of one")
                    .help(format!("import = \"{import}\""))
            }
            About::NotReplaced { component, import, known } => {
                let told = Self::new(format!("`{component}` does not export `{import}`"), "this cannot be");
                if known.is_empty() { told } else { told.note(format!("it exports {}", quoted(known))) }
            }
            About::OtherType { component, function, wanted, given } => {
                Self::new(format!("`{component}` exports `{function}` of another type"), "this cannot be")
                    .note(sides(wanted, given))
            }
            About::NoSuchInstance { name, known } => {
                let told = Self::new(format!("there is no instance `{name}` inside"), "no such instance")
                    .note(format!("there is {}", quoted(known)));
                match nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => told.help(format!("of = \"{near}\"")),
                    None => told,
                }
            }
            About::Inside { what } => {
                let message = match what {
                    Some(what) => format!("nobody can stand in for `{what}` inside of a component without a plan"),
                    None => "a component without a plan cannot be run in pieces".into(),
                };
                Self::new(message, "inside of it")
                    .note("a manifest, and an artifact that carries its plan, can be looked into")
                    .help("component = \"../compose.toml\"")
            }
            About::NotInPieces { why } => {
                let mut told = Self::new("it cannot be run in pieces", "this cannot be");
                told.notes.extend(why.iter().cloned());
                told
            }
            About::Differs { whole, pieces, why } => {
                let told = Self::new("its pieces do something else than the composition", "run both ways")
                    .note(sides(whole, pieces));
                match why {
                    Some(why) => told.note(format!("of the pieces: {}", Self::of(why).message)),
                    None => told,
                }
            }
            About::NotCut { import, of, why } => {
                Self::new(format!("nobody can stand between `{of}` and its `{import}`"), "this wire stays as it is")
                    .note(format!("in the way: {}", in_the_way(*why)))
            }
            About::NoSuchImport { import, of, known } => no_such_import(import, of.as_deref(), known),
            About::Pattern { call, actual, why } => {
                let told =
                    Self::new(format!("`{}` gave a value that does not match", short(call)), "this was expected")
                        .note(format!("it gave\n{}", indented(&pretty(actual))));
                match why {
                    Some((path, found)) => told.note(format!("at `{path}` there is `{}`", short(found))),
                    None => told,
                }
            }
            About::NoTrap { actual } => Self::new("a trap was expected, and nothing trapped", "this was expected")
                .note(format!("it gave\n{}", indented(&pretty(actual)))),
            About::NotRun { after } => Self::new("a step cannot be run", "this is never called")
                .note(format!("`{}` trapped, as it should, and that is the end of its instance", short(after)))
                .help("put the steps after it into a case of their own"),
            About::OtherTrap { actual } => Self::new("it trapped with other words", "this was expected")
                .note(format!("the trap says\n{}", indented(actual))),
            About::Failed { during, message, notes, help, said } => {
                let mut told = Self::new(message.clone(), "here");
                told.notes.extend(notes.iter().cloned());
                told.help.extend(help.iter().cloned());
                let told = if during.is_empty() { told } else { told.note(format!("during `{}`", short(during))) };
                told.said(said)
            }
            About::Exit { expected, actual, said } => {
                Self::new(format!("it exited with {actual}, not with {expected}"), "this was expected").said(said)
            }
            About::Text { what, missed, actual } => text(what, missed, actual),
            About::Status { expected, actual, body } => {
                let told = Self::new(format!("the status is {actual}, not {expected}"), "this was expected");
                match body.trim() {
                    "" => told,
                    body => told.note(format!("the body is\n{}", indented(body))),
                }
            }
            About::Header { name, actual: None } => {
                Self::new(format!("the answer has no header `{name}`"), "this was expected")
            }
            About::Header { name, actual: Some(actual) } => {
                Self::new(format!("the answer has a header `{name}`"), "none was expected")
                    .note(format!("it is\n{}", indented(actual)))
            }
            About::NoJson { why, body } => Self::new(format!("the body is not JSON: {why}"), "this was expected")
                .note(format!("the body is\n{}", indented(body))),
            About::Json { path, expected, actual: Ok(actual) } => {
                let place = if path.is_empty() { "the body".to_owned() } else { format!("`{path}` of the body") };
                Self::new(format!("{place} is another value"), "this was expected").note(sides(expected, actual))
            }
            About::Json { path, actual: Err(end), .. } => {
                Self::new(format!("there is no `{path}` in the body"), "this was expected")
                    .note(format!("there is nothing at `{end}`"))
            }
            About::NotLeft { file, there } => {
                let told = Self::new(format!("no file `{file}` was left"), "this was expected");
                match there.is_empty() {
                    true => told.note("there are no files"),
                    false => told.note(format!("there is {}", quoted(there))),
                }
            }
            About::Calls { expected, actual } => Self::new("other calls were made", "these were expected")
                .note(sides(&expected.join("\n"), &actual.join("\n"))),
            About::Called { function, expected, actual } => {
                let wanted = match expected {
                    Some(times) => times_in_words(*times),
                    None => "at least once".into(),
                };
                let was = times_in_words(*actual);
                Self::new(format!("`{function}` was called {was}, not {wanted}"), "this was expected")
            }
            About::Snapshot { expected, actual } => Self::new("it is not what it was", "held against its snapshot")
                .note(sides(expected, actual))
                .help("compose test --accept"),
            About::NoSnapshot { actual } => Self::new("there is no snapshot of it yet", "nothing to hold it against")
                .note(format!("it is\n{}", indented(actual)))
                .help("compose test --accept"),
            About::Unrecorded { request, file, left } => {
                let told = Self::new(format!("`{request}` is not in the recording"), "replayed from here");
                let told = match left.is_empty() {
                    true => told.note(format!("`{file}` has no further requests")),
                    false => told.note(format!("`{file}` has {}", quoted(left))),
                };
                told.help("compose test --record")
            }
            About::Word { message, notes, help } => {
                let mut told = Self::new(message.clone(), "this cannot be");
                told.notes.extend(notes.iter().cloned());
                told.help.extend(help.iter().cloned());
                told
            }
        }
    }
}

/// What a trap says where a mock has answered as often as it can.
pub(super) fn no_more_answers(answers: usize) -> String {
    format!("its mock has {answers} answers, and no more")
}

/// What a trap says where a table of answers has none.
pub(super) fn no_row(args: &[String]) -> String {
    format!("its mock has no row for `({})`", args.join(", "))
}

/// What a trap says where nobody stands in for what no host has.
pub(super) fn nobody_provides(function: &str) -> String {
    format!("nobody provides `{function}` here; a mock could")
}

/// The type of a function, as far as a line shows it.
fn of_type(ty: &str) -> String {
    match ty.char_indices().nth(300) {
        Some((at, _)) => format!("its type is `{}…`", &ty[..at]),
        None => format!("its type is `{ty}`"),
    }
}

fn in_the_way(why: Why) -> &'static str {
    match why {
        Why::Carries(what) => what,
        Why::Others => "other wires between the two",
        Why::NotAlone | Why::Unasked => "instances that cannot be taken apart",
    }
}

fn arguments(number: usize) -> String {
    match number {
        0 => "no arguments".into(),
        1 => "one argument".into(),
        number => format!("{number} arguments"),
    }
}

fn no_such_import(import: &str, of: Option<&str>, known: &[String]) -> Told {
    let message = match of {
        Some(of) => format!("`{of}` does not import `{import}`"),
        None => format!("the composition does not import `{import}`"),
    };
    let told = Told::new(message, "nothing to stand in for");
    let told = match known.is_empty() {
        true => told.note("it imports nothing"),
        false => told.note(format!("it imports {}", quoted(known))),
    };
    match nearest_name(import, known.iter().map(String::as_str)) {
        Some(near) => told.help(format!("import = \"{near}\"")),
        None if of.is_none() => told.note("what one instance imports from another needs `of = \"INSTANCE\"`"),
        None => told,
    }
}

fn text(what: &str, missed: &Missed, actual: &str) -> Told {
    let told = |message: String| Told::new(message, "this was expected");
    let whole = || format!("it is\n{}", indented(actual));
    let one_line = |text: &str| short(text.trim_end());
    match missed {
        Missed::Other { expected, file } => {
            let not = match file {
                Some(file) => format!("{what} is not as in `{file}`"),
                None => format!("{what} is another text"),
            };
            told(not).note(sides(expected, actual))
        }
        Missed::Unreadable { file, why } => Told::new(format!("`{file}` cannot be read: {why}"), "this file"),
        Missed::Lacks(part) => told(format!("{what} does not contain `{}`", one_line(part))).note(whole()),
        Missed::Contains(part) => told(format!("{what} contains `{}`", one_line(part))).note(whole()),
        Missed::Starts(part) => told(format!("{what} does not begin with `{}`", one_line(part))).note(whole()),
        Missed::Ends(part) => told(format!("{what} does not end with `{}`", one_line(part))).note(whole()),
    }
}

fn times_in_words(times: u64) -> String {
    match times {
        0 => "never".into(),
        1 => "once".into(),
        2 => "twice".into(),
        times => format!("{times} times"),
    }
}

/// Both sides, apart if each is a line, else as a difference.
fn sides(expected: &str, actual: &str) -> String {
    let (expected, actual) = match (expected.strip_suffix('\n'), actual.strip_suffix('\n')) {
        (Some(expected), Some(actual)) => (expected, actual),
        _ => (expected, actual),
    };
    match expected.contains('\n') || actual.contains('\n') {
        false => format!("expected and actual\n  - {expected}\n  + {actual}"),
        true => format!("expected and actual\n{}", indented(&diff(expected, actual))),
    }
}

/// The most letters of a text that a note shows.
const MOST: usize = 4_000;

/// Lines that are shown as they are.
fn indented(text: &str) -> String {
    let end = text.char_indices().nth(MOST).map_or(text.len(), |(at, _)| at);
    let cut = if end < text.len() { "\n  …" } else { "" };
    let lines: Vec<String> = text[..end].split('\n').map(|line| format!("  {line}")).collect();
    format!("{}{cut}", lines.join("\n"))
}

/// One line of a text for a sentence.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(100) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}
