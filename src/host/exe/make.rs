//! Makes an executable of a component: compiles it, checks that it could start, puts it behind a stub.

use super::elf::Elf;
use super::opened;
use crate::host::blame::Blame;
use compose_engine::sealed::note::Stub;
use compose_engine::sealed::payload::{self, Packing};
use compose_engine::sealed::{Sealed, SealedComponent, SealedStub, Serves};
use compose_engine::{AccessLog, Engine, Error, Grants, Host, Image, Kind, Limits, Profile, Program, ServeOptions};
use flate2::Compression;
use sha2::{Digest as _, Sha256};
use std::io::Write as _;

/// What is to be made.
#[derive(Debug)]
pub struct Wanted<'w> {
    /// What it is called.
    pub name: &'w str,
    /// The component.
    pub component: &'w [u8],
    /// How it serves, if it is to; else it runs its command, where there is one.
    pub serves: Option<Serves>,
    /// The arguments before those of the process.
    pub args: Vec<String>,
    /// What it is allowed.
    pub grants: Grants,
    /// How much it may take.
    pub limits: Limits,
    /// How many milliseconds a request may take, if it serves.
    pub request_time: Option<u64>,
    /// Whether the image is for an interpreter, which needs no machine code of its own.
    pub portable: bool,
}

/// Why a file is no stub for what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// It does not say that it is one.
    NoStub,
    /// It is of another release, whose images are others.
    Release(Stub),
    /// It is for another target than this.
    Target(Stub, String),
    /// It cannot do that.
    Cannot(Stub, &'static str),
    /// Something is sealed into it already.
    Taken,
    /// Nothing can be put into a file of this form.
    Form(&'static str),
}

/// What an executable can be made of, compiled and found fit to start.
#[derive(Debug)]
pub struct Compiled {
    image: Vec<u8>,
    profile: Profile,
    serves: Option<Serves>,
    limits: Limits,
}

/// Where it serves if nobody says so.
const ADDRESS: &str = "127.0.0.1:8080";

/// Compiles a component for a target, and checks that it will start there.
///
/// # Errors
/// If it cannot be compiled, does nothing that an executable does, or needs what it is not granted.
pub fn compile(wanted: &Wanted<'_>, triple: &str) -> Result<Compiled, Error> {
    let profile = if wanted.limits.fuel.is_some() { Profile::here().metered() } else { Profile::here() };
    let portable = profile.clone().for_target("pulley64");
    let profile = if wanted.portable { portable.clone() } else { profile.for_target(triple) };
    let engine = Engine::new(profile.clone())?;
    let image = engine.compile(wanted.component)?;
    let runs_here = wanted.portable || triple == compose_engine::sealed::note::TRIPLE;
    let program = match runs_here {
        true => load(&engine, &image)?,
        // What it asks for is the same everywhere.
        false => Engine::new(portable)?.program(wanted.component)?,
    };
    let serves = match &wanted.serves {
        None if program.is(Kind::Server) && !program.is(Kind::Command) => {
            Some(Serves { address: ADDRESS.into(), options: ServeOptions::default(), access_log: AccessLog::default() })
        }
        said => said.clone(),
    };
    let (kind, export) = match serves {
        None => (Kind::Command, "wasi:cli/run"),
        Some(_) => (Kind::Server, "wasi:http/incoming-handler"),
    };
    if !program.is(kind) {
        return Err(Error::Export { wanted: export.into(), known: program.exports() });
    }
    let mut limits = wanted.limits.clone();
    if serves.is_some() {
        limits.time = wanted.request_time;
    }
    program.fits(&Host { grants: wanted.grants.clone(), limits: limits.clone(), ..Host::default() })?;
    Ok(Compiled { image, profile, serves, limits })
}

#[expect(unsafe_code, reason = "the image was compiled here a moment ago")]
fn load(engine: &Engine, image: &[u8]) -> Result<Program, Error> {
    // SAFETY: it was made by this engine and nobody has seen it since.
    unsafe { engine.load(Image::Bytes(image)) }
}

/// Whether a stub can run what is wanted.
///
/// # Errors
/// The first reason why not.
pub fn fits(stub: &Stub, wanted: &Wanted<'_>, serves: bool, triple: &str) -> Result<(), Unfit> {
    if !Profile::here().stamp().starts_with(&stub.stamp) {
        return Err(Unfit::Release(stub.clone()));
    }
    if stub.triple != triple {
        return Err(Unfit::Target(stub.clone(), triple.into()));
    }
    let needed = [if serves { "serve" } else { "command" }].into_iter().chain(wanted.portable.then_some("pulley"));
    match needed.into_iter().find(|feature| !stub.can(feature)) {
        Some(feature) => Err(Unfit::Cannot(stub.clone(), feature)),
        None => Ok(()),
    }
}

/// Puts what was compiled behind a stub; gives the executable in pieces.
///
/// # Errors
/// If the stub does not fit.
pub fn graft(wanted: &Wanted<'_>, compiled: &Compiled, triple: &str, stub: &[u8]) -> Result<[Vec<u8>; 3], Unfit> {
    let (says, note_at) = opened::note(stub).ok_or(Unfit::NoStub)?;
    fits(&says, wanted, compiled.serves.is_some(), triple)?;
    if opened::is_taken(stub, note_at) {
        return Err(Unfit::Taken);
    }
    let elf = Elf::read(stub).ok_or_else(|| Unfit::Form(form(stub)))?;
    let sealed = Sealed {
        name: wanted.name.into(),
        serves: compiled.serves.clone(),
        args: wanted.args.clone(),
        grants: wanted.grants.clone(),
        limits: compiled.limits.clone(),
        stamp: compiled.profile.stamp(),
        profile: compiled.profile.clone(),
        stub: SealedStub { says, bytes: stub.len() as u64, blake3: hex(&payload::digest_of([stub])) },
        blame: serde_json::to_string(&Blame::of(wanted.component)).expect("it is made of strings and numbers"),
        component: SealedComponent {
            bytes: wanted.component.len() as u64,
            sha256: hex(&Sha256::digest(wanted.component).into()),
        },
    };
    let sealed = serde_json::to_vec(&sealed).expect("it is made of strings and numbers");
    let packed = deflated(wanted.component);
    let component = match packed.len() < wanted.component.len() {
        true => (packed.as_slice(), Packing::Deflate),
        false => (wanted.component, Packing::Plain),
    };
    let mut payload = payload::write(&sealed, component, &compiled.image);
    let grafted = elf.graft(note_at, payload.len()).ok_or(Unfit::Form("an executable without a note to spare"))?;
    payload::seal(&mut payload, opened::outside(&grafted.before, &grafted.after));
    Ok([grafted.before, payload, grafted.after])
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes everything")
}

/// What kind of file it is, as people call it.
fn form(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'M', b'Z', ..] => "an executable for Windows",
        [0xcf, 0xfa, 0xed, 0xfe, ..] | [0xca, 0xfe, 0xba, 0xbe, ..] => "an executable for macOS",
        [0x7f, b'E', b'L', b'F', ..] => "an executable that is not of 64 bits, little-endian",
        _ => "no executable",
    }
}

/// A digest as people read it.
pub fn hex(digest: &[u8; 32]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
