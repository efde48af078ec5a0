//! The command `compose`; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    component_compose::cli::main()
}

/// What the standard library and others draw at random on Linux, in the place of libc's: the system's, but for threads whose
/// results have to be the same each time. Only here, since a library has no business with it.
#[cfg(all(target_os = "linux", feature = "host"))]
#[expect(unsafe_code, reason = "a function of libc is answered here, and the system asked for it")]
#[unsafe(no_mangle)]
extern "C" fn getrandom(buffer: *mut libc::c_void, length: libc::size_t, flags: libc::c_uint) -> libc::ssize_t {
    if component_compose::host::images::draws_the_same() {
        // SAFETY: whoever calls has so many bytes there.
        unsafe { buffer.write_bytes(0, length) };
        return isize::try_from(length).unwrap_or(isize::MAX);
    }
    // SAFETY: the arguments are those of the system's own call.
    let drawn = unsafe { libc::syscall(libc::SYS_getrandom, buffer, length, flags) };
    libc::ssize_t::try_from(drawn).unwrap_or(-1)
}
