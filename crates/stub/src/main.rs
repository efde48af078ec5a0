//! The thin executable that `compose exe` puts components into. By itself it does nothing but say so.
//!
//! No compiler, no command line of its own: everything it needs to know is sealed in beside the component.

use compose_engine::sealed::{self, note::Note};
use std::process::ExitCode;

/// What `compose` knows this for, and where the component is once there is one.
#[used]
#[cfg_attr(
    not(any(target_vendor = "apple", windows)),
    unsafe(link_section = ".note.compose"),
    expect(unsafe_code, reason = "the section is a note, which nobody but `compose` reads")
)]
static NOTE: Note = Note::new();

fn main() -> ExitCode {
    ExitCode::from(sealed::run(&NOTE).unwrap_or_else(sealed::nothing))
}
