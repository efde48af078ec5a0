//! Code of others that is given what the user gave: should it panic, the panic becomes a fault that can be told.
//!
//! Readers of WIT and of binaries are written for what their own writers make, and some of them take it for impossible
//! what a hostile or handmade file has. A run then still reports everything it knows. A stack that overflows cannot be
//! caught; depth is limited before.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CATCHING: Cell<usize> = const { Cell::new(0) };
}

/// Runs code of others; a panic comes back as its words. What the code holds is thrown away with it, so nothing half
/// changed is seen.
pub fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    CATCHING.set(CATCHING.get() + 1);
    let outcome = catch_unwind(AssertUnwindSafe(run));
    CATCHING.set(CATCHING.get() - 1);
    outcome.map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no words".into())
    })
}

/// Keeps the process from printing panics that [`caught`] catches; others are printed as before. For the one who owns
/// the process: a library must not change what others do when they panic.
pub fn hush() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if CATCHING.get() == 0 {
            before(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_words() {
        hush();
        assert_eq!(caught(|| 1), Ok(1));
        assert_eq!(caught(|| panic!("fixed")).map(|()| 0), Err("fixed".into()));
        assert_eq!(caught(|| panic!("number {}", 2)).map(|()| 0), Err("number 2".into()));
        assert_eq!(caught(|| std::panic::panic_any(3)).map(|()| 0), Err("no words".into()));
        assert_eq!(CATCHING.get(), 0);
    }
}
