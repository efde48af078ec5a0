//! Runs one case, and holds what came against what was expected.
//!
//! Everything around a case is made for it alone: instance, store, folder, clock, random numbers. So no case can tell
//! whether others ran before it or at the same time.

use super::calling;
use super::case::{Action, Case, Clock, Seed, Text};
use super::commanding;
use super::fault::{About, Fault};
use super::inner;
use super::mocks::Mocking;
use super::recording::{Recorded, Recorder, Replay};
use super::recording_files::recorded;
use super::requesting;
use super::text::missed;
use crate::diag::{Diagnostic, Sink};
use crate::host::blame::Blame;
use crate::host::diags::Wanting;
use crate::host::grammar;
use crate::host::images::Compiled;
use crate::host::pieces::Together;
use crate::host::trace::Recorder as Calls;
use crate::model::request::Written;
use crate::pipeline::Planned;
use crate::sources::{read_plain, read_plain_text};
use compose_engine::{Capability, Engine, Host, Network, Program, Random, Stream};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// 2026-01-01T00:00:00Z, which a case begins at unless it says otherwise.
const NEW_YEAR: u64 = 1_767_225_600_000_000_000;
/// How long a case may take unless it says otherwise, in milliseconds.
const TIME: u64 = 10_000;

/// What cases are run on.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What is tested, as messages call it.
    pub name: &'a str,
    /// What is tested. That which counts fuel, for cases with a limit of it.
    pub programs: &'a Programs,
    /// Who inside of it wants an import.
    pub wanting: &'a (dyn Wanting + Sync),
    /// Whether what is sent is recorded anew.
    pub record: bool,
    /// Whether each case is run on the pieces of the composition as well, and has to come out the same.
    pub differential: bool,
    /// Whether calls between the instances inside are written down; what has no inside is run as ever.
    pub traced: bool,
}

/// The same component for cases that count fuel, and for those that need not.
#[derive(Debug, Default)]
pub struct Programs {
    /// Without counting.
    pub plain: Option<Program>,
    /// Counting.
    pub metered: Option<Program>,
    /// Components that stand in for imports, by file, as they are first asked for.
    stand_ins: Mutex<BTreeMap<(PathBuf, bool), Program>>,
    /// It in pieces, as cases ask for it.
    apart: Mutex<inner::Kept>,
    /// The plan that it was composed by, if that is known.
    pub planned: Option<Planned>,
    /// Images of earlier runs.
    pub compiled: Compiled,
}

impl Programs {
    /// Every wire that could be looked at, if any case did, with the calls that were seen.
    pub fn wires(&self, seen: BTreeMap<String, u64>) -> Vec<(String, u64)> {
        let mut wires = self.apart.lock().unwrap_or_else(PoisonError::into_inner).wires();
        wires.extend(seen);
        wires.into_iter().collect()
    }

    /// The program for a case.
    fn of(&self, host: &Host) -> &Program {
        let program = if host.limits.fuel.is_some() { &self.metered } else { &self.plain };
        program.as_ref().expect("a program was made for every kind of case that there is")
    }

    /// It in pieces, for a case that looks inside. `nobody` are imports that no host has.
    pub(super) fn apart(&self, case: &Case, nobody: &[String], engine: &Engine) -> Result<inner::Apart, inner::Shut> {
        let mut kept = self.apart.lock().unwrap_or_else(PoisonError::into_inner);
        inner::pieces(case, self.planned.as_ref(), nobody, engine, &self.compiled, &mut kept)
    }

    /// The component of a file, compiled like the program it stands beside.
    pub(super) fn stand_in(&self, path: &Path, beside: &Program) -> Result<Program, String> {
        let engine = beside.engine();
        let key = (path.to_owned(), engine.profile().metered);
        let mut known = self.stand_ins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(program) = known.get(&key) {
            return Ok(program.clone());
        }
        let bytes = read_plain(path).map_err(|why| why.words())?;
        let program = self.compiled.program(engine, &bytes).map_err(|error| error.to_string())?;
        known.insert(key, program.clone());
        Ok(program)
    }
}

/// How a case went.
#[derive(Debug, Default)]
pub struct Played {
    /// What is not as expected; nothing if it passed.
    pub faults: Vec<Fault>,
    /// What came, for its snapshot.
    pub shown: String,
    /// What was recorded, if that was wanted.
    pub recorded: Option<Recorded>,
    /// The functions of the component that were called.
    pub reached: Vec<String>,
    /// The wires inside that something passed: who called what.
    pub wires: BTreeMap<String, u64>,
    /// The calls inside, if they were to be written down and it could be run in pieces.
    pub trace: Option<Trace>,
    /// Why there are none, although they were to be.
    pub untraced: Option<About>,
    /// How long it took.
    pub took: Duration,
    /// The fuel that it took, if that was counted.
    pub fuel: Option<u64>,
}

/// The calls between the instances of a composition.
#[derive(Debug)]
pub struct Trace {
    /// What passed.
    pub calls: Arc<Calls>,
    /// The wires on which nobody stands.
    pub together: Vec<Together>,
}

/// Runs a case.
pub fn play(case: &Case, ground: &Ground<'_>) -> Played {
    let began = Instant::now();
    let mut played = Played::default();
    if let Err(fault) = played_through(case, ground, &mut played) {
        played.faults.push(fault);
    }
    played.took = began.elapsed();
    played
}

fn played_through(case: &Case, ground: &Ground<'_>, played: &mut Played) -> Result<(), Fault> {
    let mut host = host(case)?;
    let carrier = Carrier::of(case, ground.record)?;
    match &carrier {
        Carrier::Network => {}
        Carrier::Replay(replay) => host.outgoing = Some(replay.clone()),
        Carrier::Record(recorder) => host.outgoing = Some(recorder.clone()),
    }
    let program = ground.programs.of(&host);
    let calls = ground.traced.then(|| Arc::new(Calls::default()));
    let mut mocking = Mocking::of(case, program, &host, ground.programs, calls.as_ref())?;
    played.trace = calls.zip(mocking.together.take()).map(|(calls, together)| Trace { calls, together });
    played.untraced = mocking.untraced.take();
    let apart = Apart { whole: ground.wanting, files: mocking.files.take(), before: mocking.before };
    let wanting = if mocking.is_whole() { ground.wanting } else { &apart };
    act(case, &mocking.program, &host, &Ground { wanting, ..*ground }, played)?;
    mocking.judge(case, &mut played.faults);
    mocking.count(&mut played.wires);
    if ground.differential && played.faults.is_empty() && !inner::looks_inside(case) {
        differ(case, &host, &carrier, ground, played)?;
    }
    match (carrier, &case.given.recording) {
        (Carrier::Replay(replay), Some(recording)) => {
            let (missed, left) = replay.missed();
            let file = &recording.written.text;
            played.faults.extend(missed.into_iter().map(|request| Fault {
                at: span_of(&recording.written),
                about: About::Unrecorded { request, file: file.clone(), left: left.clone() },
            }));
        }
        (Carrier::Record(recorder), _) => played.recorded = Some(recorder.recorded()),
        _ => {}
    }
    Ok(())
}

/// Who wants what inside of that which is run beside others, or in pieces, whose places in files are not those of the whole.
#[derive(Debug)]
struct Apart<'a> {
    whole: &'a (dyn Wanting + Sync),
    /// The pieces, if it is.
    files: Option<Arc<Vec<Vec<u8>>>>,
    /// The components that come before.
    before: usize,
}

impl Wanting for Apart<'_> {
    fn of(&self, import: &str) -> Vec<String> {
        self.whole.of(import)
    }

    fn blame(&self) -> Blame {
        let own = match &self.files {
            Some(files) => Blame::of_pieces(files.iter().map(Vec::as_slice)),
            None => self.whole.blame(),
        };
        own.behind(self.before)
    }
}

/// Does what a case does.
fn act(case: &Case, program: &Program, host: &Host, ground: &Ground<'_>, played: &mut Played) -> Result<(), Fault> {
    match &case.action {
        Action::Calls(steps) => calling::calls(case, steps, program, host, ground, played),
        Action::Command(command) => commanding::command(case, command, program, host.clone(), ground, played)?,
        Action::Http(http) => requesting::exchange(case, http, program, host, ground, played),
    }
    Ok(())
}

/// Runs a case again on the pieces of the composition, and holds both results against each other.
fn differ(case: &Case, host: &Host, carrier: &Carrier, ground: &Ground<'_>, played: &mut Played) -> Result<(), Fault> {
    let program = ground.programs.of(host);
    let mut host = host.clone();
    if let Some(again) = carrier.again(case)? {
        host.outgoing = Some(again);
    }
    let mocking = Mocking::inside(case, program, &nobody(program, &host), ground.programs, None)?;
    let mut again = Played::default();
    act(case, &mocking.program, &host, ground, &mut again)?;
    mocking.count(&mut played.wires);
    if !again.faults.is_empty() || again.shown != played.shown {
        let why = again.faults.into_iter().next().map(|fault| fault.about);
        let about = About::Differs { whole: played.shown.clone(), pieces: again.shown, why: why.map(Box::new) };
        played.faults.push(Fault { at: case.at(), about });
    }
    Ok(())
}

/// What a program imports and nobody has: everything that a host has is granted here, be it shut.
pub(super) fn nobody(program: &Program, host: &Host) -> Vec<String> {
    program.needs(host).into_iter().map(|need| need.import).collect()
}

pub(super) fn span_of(written: &Written) -> Range<usize> {
    written.at.as_ref().map_or(0..0, |(_, span)| span.clone())
}

/// Who carries the requests that a case sends.
enum Carrier {
    Network,
    Replay(Arc<Replay>),
    Record(Arc<Recorder>),
}

impl Carrier {
    fn of(case: &Case, record: bool) -> Result<Self, Fault> {
        let Some(recording) = &case.given.recording else { return Ok(Self::Network) };
        if record || recording.record {
            return Ok(Self::Record(Arc::new(Recorder::new(Arc::new(Network)))));
        }
        let bad = |diagnostic: Diagnostic| word(&recording.written, diagnostic);
        let recorded = recorded(recording).map_err(bad)?;
        Ok(Self::Replay(Arc::new(Replay::new(recorded))))
    }

    /// Who answers the same requests once more: what a run sent and recorded is not sent a second time.
    fn again(&self, case: &Case) -> Result<Option<Arc<Replay>>, Fault> {
        match self {
            Self::Network => Ok(None),
            Self::Record(recorder) => Ok(Some(Arc::new(Replay::new(recorder.recorded())))),
            Self::Replay(_) => match Self::of(case, false)? {
                Self::Replay(replay) => Ok(Some(replay)),
                Self::Network | Self::Record(_) => Ok(None),
            },
        }
    }
}

/// A word of a case that cannot be what it is, as its diagnostic says.
pub(super) fn word(written: &Written, diagnostic: Diagnostic) -> Fault {
    let Diagnostic { message, notes, help, .. } = diagnostic;
    Fault { at: span_of(written), about: About::Word { message, notes, help } }
}

/// What surrounds a case.
fn host(case: &Case) -> Result<Host, Fault> {
    let mut sink = Sink::default();
    let read = grammar::read(&case.given.hosting, |name| std::env::var(name).ok(), &mut sink);
    let Some((mut grants, mut limits)) = read else {
        let told = sink.diagnostics().first().cloned();
        let diagnostic = told.expect("words that cannot be read are told");
        let at = diagnostic.labels.first().map_or_else(|| case.at(), |label| label.span.clone());
        let Diagnostic { message, notes, help, .. } = diagnostic;
        return Err(Fault { at, about: About::Word { message, notes, help } });
    };
    // What is not granted is there and leads nowhere: a test is about what a component does then.
    for capability in Capability::ALL {
        if !capability.granted(&grants) {
            grants.shut.push(capability.word().into());
        }
    }
    if !says_time(case) {
        limits.time = Some(TIME);
    }
    let clock = match case.given.clock {
        Some(Clock::System) => compose_engine::Clock::System,
        Some(Clock::At(nanoseconds)) => compose_engine::Clock::Fixed { nanoseconds },
        None => compose_engine::Clock::Fixed { nanoseconds: NEW_YEAR },
    };
    let random = match case.given.seed {
        Some(Seed::System) => Random::System,
        Some(Seed::Of(seed)) => Random::Seed(seed),
        None => Random::Seed(0),
    };
    Ok(Host { grants, limits, clock, random, stdin: Stream::Shut, ..Host::default() })
}

/// Whether a case needs a program that counts fuel. One whose words cannot be read does not get so far.
pub fn counts_fuel(case: &Case) -> bool {
    host(case).is_ok_and(|host| host.limits.fuel.is_some())
}

/// Whether a case needs the plan of what is tested.
pub fn looks_inside(case: &Case) -> bool {
    inner::looks_inside(case)
}

fn says_time(case: &Case) -> bool {
    case.given.hosting.words.iter().any(|(_, word)| word.text.starts_with("time="))
}

pub(super) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn read(path: &Path) -> Result<String, String> {
    read_plain_text(path).map_err(|why| why.words())
}

/// Judges a text.
pub(super) fn text(what: &str, expected: Option<&Text>, actual: &str, faults: &mut Vec<Fault>) {
    let Some(expected) = expected else { return };
    faults.extend(missed(expected, actual, read).into_iter().map(|missed| Fault {
        at: expected.at.clone(),
        about: About::Text { what: what.into(), missed, actual: actual.into() },
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;
    use crate::host::test::diags::untraced;
    use crate::host::test::read;

    #[derive(Debug)]
    struct Nobody;

    impl Wanting for Nobody {
        fn of(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
    }

    #[test]
    fn a_case_that_cannot_be_traced_says_why() {
        let engine = Engine::new(compose_engine::Profile::here()).expect("an engine");
        let one = r#"(component
            (core module $m (func (export "f") (result i32) i32.const 1))
            (core instance $i (instantiate $m))
            (func (export "f") (result u32) (canon lift (core func $i "f"))))"#;
        let plain = Some(engine.program(&wat::parse_str(one).expect("text")).expect("a component"));
        let programs = Programs { plain, ..Programs::default() };
        let text = "[[case]]\nname = \"a\"\ncall = 'f()'\nexpect = '1'\n";
        let source = Arc::new(Source::new("t.toml", text));
        let suite = read::parse(&source, Path::new("t.toml"), &mut Sink::default()).expect("tests").suite;
        let of = |traced| {
            let ground = Ground {
                name: "app",
                programs: &programs,
                wanting: &Nobody,
                record: false,
                differential: false,
                traced,
            };
            play(&suite.cases[0], &ground)
        };
        let played = of(true);
        assert!(played.faults.is_empty() && played.trace.is_none());
        let why = played.untraced.as_ref().map(untraced).expect("there is no plan");
        assert!(why.starts_with("a component without a plan cannot be run in pieces; "), "{why}");
        assert!(of(false).untraced.is_none());
    }
}
