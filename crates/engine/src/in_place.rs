//! Makes code executable where the system has mapped it, as a part of this executable's own file.
//!
//! The engine does so by itself for memory that it has taken itself. Memory of somebody else it leaves alone unless it is
//! told how; here that is one `mprotect`, from readable to executable, never writable. Pages of a file that nobody has
//! written to are coherent for the processor without more. Copies are not made this way, so they are not ours.

use wasmtime::Config;

#[cfg(unix)]
pub(crate) fn allow(config: &mut Config) {
    config.with_custom_code_memory(Some(std::sync::Arc::new(mapped::Mapped)));
}

/// As on a system that does not let such memory become executable.
#[cfg(all(test, unix))]
pub(crate) fn refuse(config: &mut Config) {
    config.with_custom_code_memory(Some(std::sync::Arc::new(mapped::Refused)));
}

#[cfg(not(unix))]
pub(crate) fn allow(_: &mut Config) {}

#[cfg(unix)]
mod mapped {
    use rustix::mm::{MprotectFlags, mprotect};

    pub(super) struct Mapped;

    impl Mapped {
        #[expect(unsafe_code, reason = "permissions of pages are changed")]
        fn protect(at: *const u8, length: usize, flags: MprotectFlags) -> wasmtime::Result<()> {
            // SAFETY: the engine names whole pages of an image that was given to it for good, and holds no reference that the
            // new permissions would break.
            unsafe { mprotect(at.cast_mut().cast(), length, flags) }.map_err(|error| {
                wasmtime::Error::msg(format!("the system does not let this executable's own code run: {error}"))
            })
        }
    }

    #[cfg(test)]
    pub(super) struct Refused;

    #[cfg(test)]
    impl wasmtime::CustomCodeMemory for Refused {
        fn required_alignment(&self) -> usize {
            rustix::param::page_size()
        }

        fn publish_executable(&self, _: *const u8, _: usize) -> wasmtime::Result<()> {
            Err(wasmtime::Error::msg("refused"))
        }

        fn unpublish_executable(&self, _: *const u8, _: usize) -> wasmtime::Result<()> {
            Ok(())
        }
    }

    impl wasmtime::CustomCodeMemory for Mapped {
        fn required_alignment(&self) -> usize {
            rustix::param::page_size()
        }

        fn publish_executable(&self, at: *const u8, length: usize) -> wasmtime::Result<()> {
            Self::protect(at, length, MprotectFlags::READ | MprotectFlags::EXEC)
        }

        fn unpublish_executable(&self, at: *const u8, length: usize) -> wasmtime::Result<()> {
            Self::protect(at, length, MprotectFlags::READ)
        }
    }
}
