//! Executables of components: making them, looking into them, taking them apart.
//!
//! Bytes in, bytes out; which file is the stub is for [`stubs`] to find. The form of what is sealed in is the engine's,
//! since the executable itself has to read it.

pub mod diags;
mod elf;
mod make;
mod opened;
pub mod stubs;

pub use make::{Compiled, Unfit, Wanted, compile, fits, graft, hex};
pub use opened::{Opened, Verdict, note, open, verify};

use compose_engine::sealed::note::Note;

/// The note of this executable, if it is one that runs components: `compose` itself is a stub, though a fat one.
#[used]
#[cfg_attr(
    not(any(target_vendor = "apple", windows)),
    unsafe(link_section = ".note.compose"),
    expect(unsafe_code, reason = "the section is a note, which nobody but `compose` reads")
)]
static NOTE: Note = Note::new();

/// Runs what is sealed into this executable, and gives the status; `None` if nothing is.
pub fn run_sealed() -> Option<u8> {
    compose_engine::sealed::run(&NOTE)
}
