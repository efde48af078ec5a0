//! The runnable host: everything that needs the engine.
//!
//! What a component is given is read by [`grammar`]; everything it does goes through `compose-engine`, and only bytes and
//! text cross the border. What goes wrong there is told by [`diags`].

pub mod blame;
pub mod diags;
pub mod exe;
pub mod grammar;
pub mod images;
pub mod pieces;
pub mod reopen;
pub mod serve;
pub mod test;
pub mod trace;
