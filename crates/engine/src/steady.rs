//! Compiling such that the same component gives the same image.
//!
//! Wasmtime numbers some types in the order of a hash table of the standard library, whose keys each thread draws from the
//! system when it makes its first one. So a component is compiled on a thread of its own, and what that thread draws is always
//! the same, if the process asks [`draws_the_same`] where it passes such draws on. Where it does not, images differ in the order of types,
//! and in nothing that they do.

use std::cell::Cell;

thread_local! {
    static STEADY: Cell<bool> = const { Cell::new(false) };
}

/// Whether what this thread draws at random is to be the same each time, since nothing but the order of tables hangs on it.
pub fn draws_the_same() -> bool {
    STEADY.get()
}

/// Does this on a thread that draws the same each time; on this one, if the system gives no other.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let mut work = Some(work);
    let mut done = None;
    let begun = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().name("compose-engine-compile".into()).stack_size(STACK);
        builder
            .spawn_scoped(scope, || {
                STEADY.set(true);
                done = work.take().map(|work| work());
            })
            .map(drop)
    });
    match (begun, done, work) {
        (_, Some(done), _) => done,
        (_, None, Some(work)) => work(),
        (_, None, None) => unreachable!("a thread that began its work has ended it, or this one has ended with it"),
    }
}

/// Types within types are followed on the stack.
const STACK: usize = 16 << 20;
