//! Runs what is sealed into this executable, and says in a few plain words what went wrong if it does not run.
//!
//! Whoever can change the file can change this code as well, so digests guard against damage, not against malice: what is
//! needed is hashed before it is used, the component that was kept for later is not. Pages are asked for beforehand, for a
//! file that was cut short has none, and touching them would end the process without a word.

use super::note::{Note, Stub};
use super::payload::{Damage, HEADER, Part, Payload};
use super::{Runs, Sealed};
use crate::{Capability, Engine, Error, Host, Image, Program, Stream, Trap};
use std::io::Write as _;

/// What the host could not do, as by `compose run`.
const CANNOT: u8 = 3;

/// Runs what is sealed into the executable of this note, to its end, and gives the status; `None` if there is nothing.
pub fn run(note: &'static Note) -> Option<u8> {
    let bytes = note.payload()?;
    let ended = open(bytes).and_then(|(sealed, image)| {
        start(&sealed, image).map_err(|error| words(&sealed.name, &error))
    });
    Some(ended.unwrap_or_else(|said| {
        tell(&said);
        CANNOT
    }))
}

/// Says that nothing is sealed into this executable, and gives the status.
pub fn nothing() -> u8 {
    let own = Stub::own();
    let what = format!("this is the stub of compose {} for {}", own.version, own.triple);
    tell(&said("C0820", "there is no component in this executable", &[what, "`compose exe` puts one in".into()]));
    CANNOT
}

/// Nothing can be done if it cannot be said.
fn tell(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Finds the parts and checks what is needed of them.
fn open(bytes: &'static [u8]) -> Result<(Sealed, &'static [u8]), String> {
    let damaged = |damage: Damage| said("C0821", "this executable is damaged", &[damage.to_string()]);
    let there = |part: &'static [u8]| is_there(part).then_some(part).ok_or_else(|| damaged(Damage::Cut));
    there(bytes.get(..HEADER).unwrap_or(bytes))?;
    let payload = Payload::read(bytes).map_err(damaged)?;
    for part in [Part::Sealed, Part::Image] {
        there(payload.unchecked(part).0)?;
    }
    let (sealed, _) = payload.part(Part::Sealed).map_err(damaged)?;
    let (image, _) = payload.part(Part::Image).map_err(damaged)?;
    let sealed: Sealed = serde_json::from_slice(sealed).map_err(|_| damaged(Damage::Part(Part::Sealed)))?;
    let own = Stub::own();
    if !sealed.stamp.starts_with(&own.stamp) {
        let made = format!("it was made for {}, and this is {}", sealed.stamp, own.stamp);
        return Err(said("C0824", "what is sealed in here is for another engine", &[made]));
    }
    Ok((sealed, image))
}

/// Whether the system has the pages of some bytes; asks for them, since all will be read.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the system is told of addresses")]
fn is_there(bytes: &[u8]) -> bool {
    use rustix::mm::{Advice, madvise};
    let page = rustix::param::page_size();
    let begin = bytes.as_ptr().map_addr(|address| address & !(page - 1));
    let length = bytes.as_ptr().addr() - begin.addr() + bytes.len();
    // SAFETY: this reads, and nothing is asked of pages that are not ours: the range is that of the bytes, in whole pages.
    match unsafe { madvise(begin.cast_mut().cast(), length, Advice::LinuxPopulateRead) } {
        Ok(()) => true,
        Err(rustix::io::Errno::FAULT) => false,
        // Older kernels do not know the question.
        Err(_) => true,
    }
}

#[cfg(not(target_os = "linux"))]
fn is_there(_: &[u8]) -> bool {
    true
}

fn start(sealed: &Sealed, image: &'static [u8]) -> Result<u8, Error> {
    let program = load(sealed, image)?;
    let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    let args = std::iter::once(sealed.name.clone()).chain(sealed.args.iter().cloned()).chain(words);
    let host = Host {
        grants: sealed.grants.clone(),
        limits: sealed.limits.clone(),
        args: args.collect(),
        stdin: Stream::Inherit,
        stdout: Stream::Inherit,
        stderr: Stream::Inherit,
        ..Host::default()
    };
    match sealed.runs {
        Runs::Command => {
            let outcome = program.run(&host)?;
            // What the system makes of a status that does not fit.
            Ok(u8::try_from(outcome.exit & 0xff).unwrap_or(u8::MAX))
        }
        Runs::Server => Err(Error::Engine("this executable cannot serve".into())),
    }
}

/// Where it is if the system lets it, else copied.
#[expect(unsafe_code, reason = "an image is machine code, and its digest is that of the one that was sealed in")]
fn load(sealed: &Sealed, image: &'static [u8]) -> Result<Program, Error> {
    let mapped = Engine::in_place(sealed.profile.clone())
        // SAFETY: `compose` has compiled it and put it into this executable, where nobody writes to it; it is as it was.
        .and_then(|engine| unsafe { engine.load(Image::Mapped(image)) });
    mapped.or_else(|_| {
        let engine = Engine::new(sealed.profile.clone())?;
        // SAFETY: as above.
        unsafe { engine.load(Image::Bytes(image)) }
    })
}

/// A message as `compose` gives it, with what there is to say besides.
fn said(code: &str, message: &str, notes: &[String]) -> String {
    let notes: String = notes.iter().map(|note| format!("  {}\n", visible(note))).collect();
    format!("error[{code}]: {}\n{notes}", visible(message))
}

/// Names come out of files, and must not steer a terminal.
fn visible(text: &str) -> String {
    text.chars().flat_map(|letter| {
        let shown = if letter.is_control() { letter.escape_default().collect() } else { vec![letter] };
        shown.into_iter()
    })
    .collect()
}

fn words(name: &str, error: &Error) -> String {
    match error {
        Error::Needs(needs) => {
            let way = |capability: Option<Capability>| match capability {
                Some(capability) => format!("`--{}` of `compose exe` grants it", capability.word()),
                None => "no host has it".into(),
            };
            let notes: Vec<String> =
                needs.iter().map(|need| format!("{}: {}", need.import, way(need.capability))).collect();
            said("C0803", &format!("`{name}` imports what it was not granted"), &notes)
        }
        Error::Grant { grant, why } => said("C0802", &format!("`{grant}` cannot be granted: {why}"), &[]),
        Error::Trap(trap) => said("C0806", &format!("`{name}` trapped: {}", trap.message), &running(trap)),
        Error::Limit(limit) => said("C0807", &format!("`{name}` reached its limit of {}", limit.word()), &[]),
        Error::Export { wanted, .. } => said("C0804", &format!("`{name}` exports no `{wanted}`"), &[]),
        Error::Component(why) | Error::Link(why) | Error::Image(why) | Error::Engine(why) => {
            said("C0805", &format!("the engine does not take `{name}`"), std::slice::from_ref(why))
        }
        other => said("C0808", &other.to_string(), &[]),
    }
}

/// The limit behind a trap, and what was running.
fn running(trap: &Trap) -> Vec<String> {
    let limit = trap.limit.map(|limit| format!("it had reached its limit of {}", limit.word()));
    let frames = trap.frames.iter().map(|frame| {
        let function = frame.function.as_deref().unwrap_or("a function without a name");
        match &frame.module {
            Some(module) => format!("in {function} of {module}"),
            None => format!("in {function}"),
        }
    });
    limit.into_iter().chain(frames).collect()
}
