//! Runs what is sealed into this executable, and says in a few plain words what went wrong if it does not run.
//!
//! Whoever can change the file can change this code as well, so digests guard against damage, not against malice: what is
//! needed is hashed before it is used, the component that was kept for later is not. Pages are asked for beforehand, for a
//! file that was cut short has none, and touching them would end the process without a word.

use super::note::{Note, Stub};
use super::payload::{Damage, HEADER, Part, Payload};
use super::words::{failed, said, tell};
use super::{Sealed, server};
use crate::profile::Profile;
use crate::{Engine, Error, Host, Image, Program, Result as Done, Stream};
use std::ffi::OsString;
use std::mem::ManuallyDrop;

/// What the host could not do, as by `compose run`.
pub(super) const CANNOT: u8 = 3;
/// What a command line that makes no sense is told by.
pub(super) const USAGE: u8 = 2;

/// Runs what is sealed into the executable of this note, to its end, and gives the status; `None` if there is nothing.
pub fn run(note: &'static Note) -> Option<u8> {
    let bytes = note.payload()?;
    let ended = open(bytes).and_then(|(sealed, image)| start(&sealed, image).map_err(|error| failed(&sealed, &error)));
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
    use rustix::io::Errno;
    use rustix::mm::{Advice, MsyncFlags, madvise, msync};
    let page = rustix::param::page_size();
    let begin = bytes.as_ptr().map_addr(|address| address & !(page - 1));
    let length = bytes.as_ptr().addr() - begin.addr() + bytes.len();
    // SAFETY: this reads, and nothing is asked of pages that are not ours: the range is that of the bytes, in whole pages.
    match unsafe { madvise(begin.cast_mut().cast(), length, Advice::LinuxPopulateRead) } {
        Ok(()) => true,
        // The file is shorter than it was; the segment is not there at all.
        Err(Errno::FAULT | Errno::NOMEM) => false,
        // Older kernels do not know the question, and only tell whether there is a segment.
        Err(_) => {
            // SAFETY: nobody has written to these pages, so nothing is written back.
            let asked = unsafe { msync(begin.cast_mut().cast(), length, MsyncFlags::ASYNC) };
            asked != Err(Errno::NOMEM)
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn is_there(_: &[u8]) -> bool {
    true
}

fn start(sealed: &Sealed, image: &'static [u8]) -> Result<u8, Error> {
    let (in_place, copied): (Make, Make) = match sealed.serves {
        Some(_) => (Engine::for_serving_in_place, Engine::for_serving),
        None => (Engine::in_place, Engine::new),
    };
    // The process ends when it has run: nothing of it needs to be put away first.
    let program = ManuallyDrop::new(load(&sealed.profile, image, in_place, copied)?);
    // What a component is given is text.
    let words: Result<Vec<String>, _> = std::env::args_os().skip(1).map(OsString::into_string).collect();
    let words = match words {
        Ok(words) => words,
        Err(word) => {
            tell(&format!("error: the argument `{}` is not UTF-8\n", word.to_string_lossy().escape_debug()));
            return Ok(USAGE);
        }
    };
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
    if let Some(serves) = &sealed.serves {
        return server::serve(sealed, serves, &program, &Host { stdin: Stream::Shut, ..host });
    }
    let outcome = program.run(&host)?;
    // What the system makes of a status that does not fit.
    Ok(u8::try_from(outcome.exit & 0xff).unwrap_or(u8::MAX))
}

/// A way to make an engine.
type Make = fn(Profile) -> Done<Engine>;

/// Where it is if the system lets it, else copied.
#[expect(unsafe_code, reason = "an image is machine code, and its digest is that of the one that was sealed in")]
fn load(profile: &Profile, image: &'static [u8], in_place: Make, copied: Make) -> Done<Program> {
    let mapped = in_place(profile.clone())
        // SAFETY: `compose` has compiled it and put it into this executable, where nobody writes to it; it is as it was.
        .and_then(|engine| unsafe { engine.load(Image::Mapped(image)) });
    mapped.or_else(|_| {
        let engine = copied(profile.clone())?;
        // SAFETY: as above.
        unsafe { engine.load(Image::Bytes(image)) }
    })
}

#[cfg(all(test, unix, feature = "compile"))]
mod tests {
    use super::*;
    use crate::Kind;

    /// Memory as the system maps files: whole pages.
    #[derive(Clone)]
    #[repr(align(65536))]
    struct Page([u8; 1 << 16]);

    #[test]
    fn an_image_that_may_not_run_where_it_is_is_copied() {
        let component = wat::parse_str(
            r#"(component
                (core module $m (func (export "run") (result i32) i32.const 1))
                (core instance $i (instantiate $m))
                (func $run (result (result)) (canon lift (core func $i "run")))
                (instance $cli (export "run" (func $run)))
                (export "wasi:cli/run@0.2.0" (instance $cli)))"#,
        );
        let profile = Profile::here();
        let image = Engine::new(profile.clone()).and_then(|engine| engine.compile(&component.expect("a component")));
        let image = image.expect("it compiles");
        let pages = vec![Page([0; 1 << 16]); image.len().div_ceil(1 << 16)].leak();
        for (page, bytes) in pages.iter_mut().zip(image.chunks(1 << 16)) {
            page.0[..bytes.len()].copy_from_slice(bytes);
        }
        // SAFETY: pages follow each other without a gap, and have as many bytes.
        #[expect(unsafe_code, reason = "pages that follow each other are one slice")]
        let image: &'static [u8] = unsafe { std::slice::from_raw_parts(pages.as_ptr().cast(), image.len()) };
        let engine = Engine::refusing(profile.clone()).expect("an engine");
        // SAFETY: it was compiled above.
        #[expect(unsafe_code, reason = "an image is machine code")]
        let refused = unsafe { engine.load(Image::Mapped(image)) };
        assert!(matches!(&refused, Err(Error::Image(why)) if why.contains("refused")), "{refused:?}");
        for in_place in [Engine::refusing, Engine::in_place] {
            let program = load(&profile, image, in_place, Engine::new).expect("a copy can");
            assert!(program.is(Kind::Command));
            assert_eq!(program.run(&Host::default()).expect("it runs").exit, 1);
        }
    }
}
