//! Who stands in for the imports of a case, what they answer, and what they saw.
//!
//! A mock is asked about each call at its import, by whichever instance; the first that is meant answers. What nobody stands
//! in for and no host has, traps with its name.

use super::case::{Answer, Answering, Called, Case, Mock};
use super::fault::{About, Fault};
use super::inner::{self, Shut};
use super::naming::{self, function, is_of, means, reaches};
use super::play::{Programs, nobody, span_of};
use super::{fitting, loose, replacing, told};
use crate::host::pieces::Together;
use crate::host::trace::Recorder;
use crate::model::request::Written;
use compose_engine::{Between, Call, Ended, Host, Interposer, Part, Program, Reply, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A program with stand-ins for its imports.
#[derive(Debug)]
pub(super) struct Mocking {
    /// The program.
    pub(super) program: Program,
    stand_ins: Option<Arc<StandIns>>,
    /// If it is in pieces: the wires inside that are not cut.
    pub(super) together: Option<Vec<Together>>,
    /// Why it is not in pieces, although what passes was to be written down.
    pub(super) untraced: Option<About>,
    /// If it is in pieces: their bytes.
    pub(super) files: Option<Arc<Vec<Vec<u8>>>>,
    /// Components that stand in, which come before the others.
    pub(super) before: usize,
}

/// The stand-ins of one case.
#[derive(Debug)]
struct StandIns {
    mocks: Vec<Mock>,
    trace: Option<Arc<Recorder>>,
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
    fn of(case: &Case, trace: Option<&Arc<Recorder>>) -> Arc<Self> {
        let seen = Seen { asked: vec![0; case.mocks.len()], ..Seen::default() };
        Arc::new(Self { mocks: case.mocks.clone(), trace: trace.cloned(), seen: Mutex::new(seen) })
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn word(at: Range<usize>, message: String) -> Fault {
    Fault { at, about: About::Word { message, notes: Vec::new(), help: Vec::new() } }
}

/// What is counted has to be seen: where nobody stands, no call is.
fn all_are_seen(case: &Case, parts: &[Part]) -> Result<(), Fault> {
    let inside = inner::looks_inside(case);
    let places = || parts.iter().flat_map(|part| &part.between).map(|between| &between.site);
    let counts =
        |of: &Option<Written>, site: &Site| naming::counts(of.as_ref(), (&site.from, site.to.as_deref()), inside);
    let unseen =
        |called: &&Called| !places().any(|site| counts(&called.of, site) && reaches(&called.import.text, &site.import));
    match case.called.iter().find(unseen) {
        None => Ok(()),
        Some(Called { import, of, .. }) => {
            let there: BTreeSet<String> =
                places().filter(|site| counts(of, site)).map(|site| site.import.clone()).collect();
            let about = About::Unseen { import: import.text.clone(), seen: there.into_iter().collect() };
            Err(Fault { at: span_of(import), about })
        }
    }
}

impl Mocking {
    /// The program with the stand-ins of a case; with a recorder, in pieces if it can be, and what passes is written down.
    pub(super) fn of(
        case: &Case,
        program: &Program,
        host: &Host,
        programs: &Programs,
        trace: Option<&Arc<Recorder>>,
    ) -> Result<Self, Fault> {
        let imports = program.imports();
        for mock in case.mocks.iter().filter(|mock| mock.of.is_none()) {
            if !imports.iter().any(|import| reaches(&mock.import.text, import)) {
                let about = About::NoSuchImport { import: mock.import.text.clone(), of: None, known: imports };
                return Err(Fault { at: span_of(&mock.import), about });
            }
        }
        let unanswered = nobody(program, host);
        if inner::looks_inside(case) {
            return Self::inside(case, program, &unanswered, programs, trace);
        }
        let wanted = |import: &&String| {
            unanswered.contains(*import) || case.mocks.iter().any(|mock| reaches(&mock.import.text, import))
        };
        let places = imports.iter().filter(wanted).map(|import| Between::alone(import));
        let root = places.fold(Part::new("", program), Part::between);
        if let (true, Some((_, at))) = (root.between.is_empty(), &case.calls) {
            return Err(Fault { at: at.clone(), about: About::NobodySees });
        }
        all_are_seen(case, std::slice::from_ref(&root))?;
        let mut untraced = None;
        if trace.is_some() {
            match Self::inside(case, program, &unanswered, programs, trace) {
                Ok(inside) => return Ok(inside),
                // What is wrong with the case itself is told below, too.
                Err(fault) => untraced = Some(fault.about),
            }
        }
        if root.between.is_empty() {
            let program = program.clone();
            return Ok(Self { program, stand_ins: None, together: None, untraced, files: None, before: 0 });
        }
        Ok(Self { untraced, ..Self::connected(case, vec![root], programs, program, None)? })
    }

    fn connected(
        case: &Case,
        parts: Vec<Part>,
        programs: &Programs,
        program: &Program,
        trace: Option<&Arc<Recorder>>,
    ) -> Result<Self, Fault> {
        let at = || case.mocks.first().map_or_else(|| case.at(), |mock| span_of(&mock.import));
        all_are_seen(case, &parts)?;
        fitting::all_can_be(case, &parts)?;
        let own = parts.len();
        let parts = replacing::replaced(case, parts, programs, program)?;
        let before = parts.len() - own;
        let stand_ins = StandIns::of(case, trace);
        let program = Program::connected(parts, stand_ins.clone()).map_err(|error| word(at(), error.to_string()))?;
        Ok(Self { program, stand_ins: Some(stand_ins), together: None, untraced: None, files: None, before })
    }

    /// The composition in pieces, with the stand-ins of a case between them.
    pub(super) fn inside(
        case: &Case,
        program: &Program,
        nobody: &[String],
        programs: &Programs,
        trace: Option<&Arc<Recorder>>,
    ) -> Result<Self, Fault> {
        let first = inner::named(case).next();
        let apart = programs.apart(case, nobody, program.engine()).map_err(|shut| Fault {
            at: first.map_or_else(|| case.at(), |(of, _)| span_of(of)),
            about: match shut {
                Shut::NoPlan => About::Inside { what: first.map(|(_, import)| import.text.clone()) },
                Shut::NotCut(why) => About::NotInPieces { why },
                Shut::Engine(message) => About::Word { message, notes: Vec::new(), help: Vec::new() },
            },
        })?;
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
                apart.together.iter().find(|wire| wire.instance == of.text && reaches(&import.text, &wire.import));
            if let Some(wire) = shut {
                let about = About::NotCut { import: import.text.clone(), of: of.text.clone(), why: wire.why };
                return Err(Fault { at: span_of(import), about });
            }
        }
        let connected = Self::connected(case, apart.parts, programs, program, trace)?;
        Ok(Self { together: Some(apart.together), files: Some(apart.files), ..connected })
    }

    /// Whether it is the program as it is, with nobody around it.
    pub(super) fn is_whole(&self) -> bool {
        self.stand_ins.is_none()
    }

    /// Counts the calls from instance to instance.
    pub(super) fn count(&self, wires: &mut BTreeMap<String, u64>) {
        let Some(stand_ins) = &self.stand_ins else { return };
        for call in &stand_ins.seen().calls {
            if let Some(to) = &call.to {
                let interface = naming::interface_of(&call.function).unwrap_or_else(|| call.function.clone());
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
        let inside = inner::looks_inside(case);
        for called in &case.called {
            let counts = |call: &&SeenCall| {
                means(&called.import.text, &call.function)
                    && naming::counts(called.of.as_ref(), (&call.of, call.to.as_deref()), inside)
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
    means(function, &call.function) && args.is_none_or(|args| are_args(args.iter().map(|(_, arg)| *arg), call))
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
        let function = function(&call.site.import, &call.function);
        let args: Vec<String> = call.arguments.iter().map(|(_, value)| value.clone()).collect();
        let of = call.site.from.clone();
        let found = self
            .mocks
            .iter()
            .position(|mock| is_of(mock.of.as_ref(), &call.site) && means(&mock.import.text, &function));
        if let Some(trace) = &self.trace {
            // A spy changes nothing.
            let mocked = found.is_some_and(|at| !matches!(self.mocks[at].answer, Answering::Spy));
            trace.begins(call, mocked);
        }
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
                Answering::Sequence { answers, .. } => told::no_more_answers(answers.len()),
                _ => told::no_row(args),
            }),
        };
        delayed(mock, reply)
    }

    fn ended(&self, call: &Call, ended: &Ended) {
        if let Some(trace) = &self.trace {
            trace.ended(call, ended);
        }
        let mut seen = self.seen();
        let Some(at) = seen.answering.iter().position(|(id, ..)| *id == call.id) else { return };
        let (_, _, span) = seen.answering.remove(at);
        if let Err(why) = &ended.result {
            let function = function(&call.site.import, &call.function);
            let about = About::NoAnswer { function, why: why.clone(), ty: None };
            seen.faults.push(Fault { at: span, about });
        }
    }
}

/// What nobody stands in for goes on, or traps with its name if there is nobody.
fn unmocked(call: &Call, function: &str) -> Reply {
    match call.site.to {
        Some(_) => Reply::PassOn,
        None => Reply::Trap(told::nobody_provides(function)),
    }
}

fn delayed(mock: &Mock, reply: Reply) -> Reply {
    match mock.delay {
        Some(delay) => Reply::Delay(delay, Box::new(reply)),
        None => reply,
    }
}
