//! The command `compose`; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    component_compose::cli::main()
}
