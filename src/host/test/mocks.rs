//! Who stands in for the imports of a case, what they answer, and what they saw.
//!
//! A mock is asked about each call at its import, by whichever instance; the first that is meant answers. What nobody stands
//! in for and no host has, traps with its name.

use super::case::{Answer, Answering, Case, Mock};
use super::fault::{About, Fault};
use super::inner::{self, Shut};
use super::loose;
use super::play::{Programs, nobody, span_of};
use crate::model::request::Written;
use compose_engine::{Between, Call, Ended, Host, Interposer, Part, Program, Reply, Site};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A program with stand-ins for its imports.
#[derive(Debug)]
pub(super) struct Mocking {
    /// The program.
    pub(super) program: Program,
    stand_ins: Option<Arc<StandIns>>,
}

/// The stand-ins of one case.
#[derive(Debug)]
struct StandIns {
    mocks: Vec<Mock>,
    seen: Mutex<Seen>,
}

/// What they saw.
#[derive(Debug, Default)]
struct Seen {
    /// How often each mock was asked.
    asked: Vec<usize>,
    /// Every call at a mock or at what is counted.
    calls: Vec<SeenCall>,
    /// The mock that answers a call, until it has ended.
    answering: Vec<(u64, usize, Range<usize>)>,
    faults: Vec<Fault>,
}

/// A call as it was seen.
#[derive(Debug)]
struct SeenCall {
    function: String,
    of: String,
    /// Who provides it, if an instance does.
    to: Option<String>,
    args: Vec<String>,
    /// Whether a mock is for it.
    mocked: bool,
}

impl StandIns {
    fn of(case: &Case) -> Arc<Self> {
        let seen = Seen { asked: vec![0; case.mocks.len()], ..Seen::default() };
        Arc::new(Self { mocks: case.mocks.clone(), seen: Mutex::new(seen) })
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn word(at: Range<usize>, message: String) -> Fault {
    Fault { at, about: About::Word { message, notes: Vec::new(), help: Vec::new() } }
}

/// `ns:pkg/iface.func` of a call, the version left out.
fn function_of(call: &Call) -> String {
    let import = without_version(&call.site.import);
    match import == call.function {
        true => import,
        false => format!("{import}.{}", local(&call.function)),
    }
}

/// The name of a function as people write it: `bucket.get` for `[method]bucket.get`, `bucket.new` for its constructor.
fn local(function: &str) -> String {
    match function.split_once(']') {
        Some(("[constructor", resource)) => format!("{resource}.new"),
        Some((_, member)) => member.to_owned(),
        None => function.to_owned(),
    }
}

/// `ns:pkg/iface@1.0.0.f` and `ns:pkg/iface@1.0.0` without the version.
fn without_version(name: &str) -> String {
    let Some((before, after)) = name.split_once('@') else { return name.to_owned() };
    // A version ends where a part begins that is no number: `1.0.0.f`, `0.2.0-rc.1` does not.
    let mut end = after.len();
    for (at, _) in after.match_indices('.') {
        let part = after[at + 1..].split('.').next().unwrap_or_default();
        let core = after[..at].matches('.').count() >= 2;
        if core && !part.starts_with(|letter: char| letter.is_ascii_digit()) {
            end = at;
            break;
        }
    }
    format!("{before}{}", &after[end..])
}

/// Whether a name as it is written means a function: it, or the interface that it is in.
fn means(written: &str, function: &str) -> bool {
    let written = without_version(written);
    function.strip_prefix(written.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn is_of(of: Option<&Written>, site: &Site) -> bool {
    match of {
        // Instances that import a thing by one name are told as one.
        Some(of) => site.from.split(", ").any(|from| from == of.text),
        None => site.to.is_none(),
    }
}

/// Whether a name as it is written may mean something of an import.
fn reaches(written: &str, import: &str) -> bool {
    let (written, import) = (without_version(written), without_version(import));
    written.strip_prefix(import.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What is counted has to be seen: where nobody stands, no call is.
fn all_are_seen(case: &Case, watched: &[String]) -> Result<(), Fault> {
    let unseen = |import: &str| !watched.iter().any(|known| reaches(import, known));
    match case.called.iter().find(|called| called.of.is_none() && unseen(&called.import.text)) {
        None => Ok(()),
        Some(called) => {
            let import = &called.import;
            Err(Fault {
                at: span_of(import),
                about: About::Word {
                    message: format!("nobody stands at `{}`, so its calls are not seen", import.text),
                    notes: match watched {
                        [] => vec!["calls are seen of imports that a mock answers or a spy passes on".into()],
                        seen => vec![format!("calls are seen of {}", crate::model::listed::quoted(seen))],
                    },
                    help: vec!["spy = true".into()],
                },
            })
        }
    }
}

impl Mocking {
    /// The program with the stand-ins of a case.
    pub(super) fn of(case: &Case, program: &Program, host: &Host, programs: &Programs) -> Result<Self, Fault> {
        let imports = program.imports();
        for mock in case.mocks.iter().filter(|mock| mock.of.is_none()) {
            if !imports.iter().any(|import| reaches(&mock.import.text, import)) {
                let about = About::NoSuchImport { import: mock.import.text.clone(), of: None, known: imports };
                return Err(Fault { at: span_of(&mock.import), about });
            }
        }
        let unanswered = nobody(program, host);
        let wanted = |import: &String| {
            unanswered.contains(import) || case.mocks.iter().any(|mock| reaches(&mock.import.text, import))
        };
        let between: Vec<&String> = imports.iter().filter(|import| wanted(import)).collect();
        if inner::looks_inside(case) {
            return Self::inside(case, program, &unanswered, programs);
        }
        let watched: Vec<String> = between.iter().map(|import| (*import).clone()).collect();
        all_are_seen(case, &watched)?;
        if between.is_empty() {
            return match &case.calls {
                Some((_, at)) => Err(word(at.clone(), "`calls` are those of mocks, and there is none".into())),
                None => Ok(Self { program: program.clone(), stand_ins: None }),
            };
        }
        let stand_ins = StandIns::of(case);
        let mut parts: Vec<Part> = Vec::new();
        let mut root = Part::new("", program);
        for import in between {
            let mut place = Between::alone(import);
            let component = case.mocks.iter().find_map(|mock| match &mock.answer {
                Answering::Component { path, written } if reaches(&mock.import.text, import) => Some((path, written)),
                _ => None,
            });
            if let Some((path, written)) = component {
                let stand_in = programs.stand_in(path, program).map_err(|message| word(span_of(written), message))?;
                let exports = stand_in.exports();
                let fits = |export: &&String| without_version(export) == without_version(import);
                let Some(export) = exports.iter().find(fits) else {
                    let about = About::Word {
                        message: format!("`{}` does not export `{import}`", written.text),
                        notes: vec![format!("it exports {}", crate::model::listed::quoted(&exports))],
                        help: Vec::new(),
                    };
                    return Err(Fault { at: span_of(written), about });
                };
                place.provider = Some((parts.len(), export.clone()));
                parts.push(Part::new(&written.text, &stand_in));
            }
            root = root.between(place);
        }
        parts.push(root);
        Self::connected(case, parts, stand_ins)
    }

    fn connected(case: &Case, parts: Vec<Part>, stand_ins: Arc<StandIns>) -> Result<Self, Fault> {
        let at = || case.mocks.first().map_or_else(|| case.at(), |mock| span_of(&mock.import));
        let program = Program::connected(parts, stand_ins.clone()).map_err(|error| word(at(), error.to_string()))?;
        Ok(Self { program, stand_ins: Some(stand_ins) })
    }

    /// The composition in pieces, with the stand-ins of a case between them.
    pub(super) fn inside(
        case: &Case,
        program: &Program,
        nobody: &[String],
        programs: &Programs,
    ) -> Result<Self, Fault> {
        let first = inner::named(case).next();
        let apart = programs.apart(case, nobody, program.engine()).map_err(|shut| Fault {
            at: first.map_or_else(|| case.at(), |(of, _)| span_of(of)),
            about: match shut {
                Shut::NoPlan => About::Inside { what: first.map(|(_, import)| import.text.clone()) },
                Shut::NotCut(notes) => {
                    About::Word { message: "it cannot be run in pieces".into(), notes, help: Vec::new() }
                }
                Shut::Engine(message) => About::Word { message, notes: Vec::new(), help: Vec::new() },
            },
        })?;
        let watched: Vec<String> = apart.imports.values().flatten().cloned().collect();
        all_are_seen(case, &watched)?;
        for (of, import) in inner::named(case) {
            let Some(imports) = apart.imports.get(&of.text) else {
                let known = apart.imports.keys().cloned().collect();
                return Err(Fault { at: span_of(of), about: About::NoSuchInstance { name: of.text.clone(), known } });
            };
            if !imports.iter().any(|known| reaches(&import.text, known)) {
                let (import_text, of) = (import.text.clone(), Some(of.text.clone()));
                let about = About::NoSuchImport { import: import_text, of, known: imports.clone() };
                return Err(Fault { at: span_of(import), about });
            }
            let shut =
                apart.together.iter().find(|(instance, name, _)| *instance == of.text && reaches(&import.text, name));
            if let Some((_, _, why)) = shut {
                let about = About::NotCut { import: import.text.clone(), of: of.text.clone(), why };
                return Err(Fault { at: span_of(import), about });
            }
        }
        if let Some(written) = case.mocks.iter().find_map(|mock| match &mock.answer {
            Answering::Component { written, .. } if mock.of.is_some() => Some(written),
            _ => None,
        }) {
            let message =
                "a component stands in for imports of the composition; between instances the manifest wires it";
            return Err(word(span_of(written), message.into()));
        }
        Self::connected(case, apart.parts, StandIns::of(case))
    }

    /// Counts the calls from instance to instance.
    pub(super) fn count(&self, wires: &mut BTreeMap<String, u64>) {
        let Some(stand_ins) = &self.stand_ins else { return };
        for call in &stand_ins.seen().calls {
            if let Some(to) = &call.to {
                let interface = call.function.split_once('/').map_or(call.function.as_str(), |(package, rest)| {
                    let name = rest.split('.').next().unwrap_or(rest);
                    &call.function[..package.len() + 1 + name.len()]
                });
                *wires.entry(format!("{} -> {to}: {interface}", call.of)).or_default() += 1;
            }
        }
    }

    /// What is wrong with the calls that were made.
    pub(super) fn judge(&self, case: &Case, faults: &mut Vec<Fault>) {
        let Some(stand_ins) = &self.stand_ins else { return };
        let mut seen = stand_ins.seen();
        faults.append(&mut seen.faults);
        if let Some((expected, at)) = &case.calls {
            let mocked: Vec<&SeenCall> = seen.calls.iter().filter(|call| call.mocked).collect();
            let fits = expected.len() == mocked.len()
                && expected.iter().zip(&mocked).all(|(written, call)| is_call(&written.text, call));
            if !fits {
                let actual: Vec<String> = mocked.iter().map(|call| call.text()).collect();
                // What fits is shown as it was, so that only the rest differs.
                let expected = expected.iter().enumerate().map(|(at, written)| match mocked.get(at) {
                    Some(call) if is_call(&written.text, call) => call.text(),
                    _ => written.text.clone(),
                });
                let about = About::Calls { expected: expected.collect(), actual };
                faults.push(Fault { at: at.clone(), about });
            }
        }
        for called in &case.called {
            let counts = |call: &&SeenCall| {
                means(&called.import.text, &call.function)
                    && called.of.as_ref().is_none_or(|of| of.text == call.of)
                    && called.args.as_ref().is_none_or(|args| are_args(args.iter().map(|arg| arg.text.as_str()), call))
            };
            let actual = seen.calls.iter().filter(counts).count() as u64;
            if called.times.map_or(actual == 0, |times| times != actual) {
                let function = called.import.text.clone();
                let about = About::Called { function, expected: called.times, actual };
                faults.push(Fault { at: span_of(&called.import), about });
            }
        }
    }
}

/// Whether a call that is written down is one that was made.
fn is_call(written: &str, call: &SeenCall) -> bool {
    let Some((function, args)) = loose::call(written) else { return false };
    means(function, &call.function) && args.is_none_or(|args| are_args(args.iter().map(String::as_str), call))
}

fn are_args<'a>(patterns: impl ExactSizeIterator<Item = &'a str>, call: &SeenCall) -> bool {
    patterns.len() == call.args.len()
        && patterns.zip(&call.args).all(|(pattern, arg)| loose::matches(pattern, arg) == Some(true))
}

impl SeenCall {
    fn text(&self) -> String {
        format!("{}({})", self.function, self.args.join(", "))
    }
}

impl Interposer for StandIns {
    fn call(&self, call: &Call) -> Reply {
        let function = function_of(call);
        let args: Vec<String> = call.arguments.iter().map(|(_, value)| value.clone()).collect();
        let of = call.site.from.clone();
        let found = self
            .mocks
            .iter()
            .position(|mock| is_of(mock.of.as_ref(), &call.site) && means(&mock.import.text, &function));
        let mut seen = self.seen();
        let to = call.site.to.clone();
        let noted = SeenCall { function: function.clone(), of, to, args, mocked: found.is_some() };
        seen.calls.push(noted);
        let Some(at) = found else { return unmocked(call, &function) };
        let mock = &self.mocks[at];
        let asked = seen.asked[at];
        seen.asked[at] += 1;
        let args = &seen.calls[seen.calls.len() - 1].args;
        let answer = match &mock.answer {
            Answering::Always(answer) => Some(answer),
            Answering::Table(rows) => {
                let row = rows.iter().find(|row| {
                    let patterns = row.args.iter();
                    row.args.len() == args.len()
                        && patterns.zip(args).all(|(pattern, arg)| loose::matches(&pattern.text, arg) == Some(true))
                });
                row.map(|row| &row.answer)
            }
            Answering::Sequence { answers, cycle: true } => answers.get(asked % answers.len().max(1)),
            Answering::Sequence { answers, cycle: false } => answers.get(asked),
            Answering::Spy | Answering::Component { .. } => return delayed(mock, Reply::PassOn),
        };
        let reply = match answer {
            Some(Answer::Returns(written)) => {
                seen.answering.push((call.id, at, span_of(written)));
                Reply::Value(written.text.clone())
            }
            Some(Answer::Error(written)) => {
                seen.answering.push((call.id, at, span_of(written)));
                let value = written.text.trim();
                Reply::Value(if value.is_empty() { "err".into() } else { format!("err({value})") })
            }
            Some(Answer::Trap(written)) => Reply::Trap(written.text.clone()),
            None => Reply::Trap(match &mock.answer {
                Answering::Sequence { answers, .. } => format!("its mock has {} answers, and no more", answers.len()),
                _ => format!("its mock has no row for `({})`", args.join(", ")),
            }),
        };
        delayed(mock, reply)
    }

    fn ended(&self, call: &Call, ended: &Ended) {
        let mut seen = self.seen();
        let Some(at) = seen.answering.iter().position(|(id, ..)| *id == call.id) else { return };
        let (_, _, span) = seen.answering.remove(at);
        if let Err(why) = &ended.result {
            let about = About::NoAnswer { function: function_of(call), why: why.clone() };
            seen.faults.push(Fault { at: span, about });
        }
    }
}

/// What nobody stands in for goes on, or traps with its name if there is nobody.
fn unmocked(call: &Call, function: &str) -> Reply {
    match call.site.to {
        Some(_) => Reply::PassOn,
        None => Reply::Trap(format!("nobody provides `{function}` here; a mock could")),
    }
}

fn delayed(mock: &Mock, reply: Reply) -> Reply {
    match mock.delay {
        Some(delay) => Reply::Delay(delay, Box::new(reply)),
        None => reply,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_functions_and_interfaces() {
        assert!(means("a:b/c", "a:b/c.f") && means("a:b/c.f", "a:b/c.f") && means("a:b/c@1.0.0.f", "a:b/c.f"));
        assert!(!means("a:b/c.f", "a:b/c.ff") && !means("a:b/cc", "a:b/c.f"));
        assert!(means("a:b/c@0.2.0-rc.1", "a:b/c.bucket.get") && means("convert", "convert"));
        assert!(reaches("a:b/c.f", "a:b/c@1.0.0") && reaches("a:b/c", "a:b/c@1.0.0") && !reaches("a:b/c.f", "a:b/d"));
        assert_eq!(without_version("a:b/c@1.0.0.bucket.get"), "a:b/c.bucket.get");
        assert_eq!(local("[method]bucket.get"), "bucket.get");
        assert_eq!(local("[constructor]bucket"), "bucket.new");
    }
}
