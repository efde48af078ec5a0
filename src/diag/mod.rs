//! Diagnostics: the catalogue of codes, the value every stage reports, the sink they go to, and their printed forms.
//!
//! The stages put *facts* into structs of their own `diags.rs`; the words stand there too and nowhere else. This module
//! knows no stage.

pub mod caught;
pub mod code;
mod cut;
pub mod diagnostic;
pub mod explain;
mod foreign;
mod human;
pub mod json;
pub mod place;
pub mod render;
mod shell_word;
pub mod sink;
pub mod watch;
pub mod words;
mod wrap;

pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Label, Placed, Source};
pub(crate) use foreign::{json_line, visible, visible_line};
pub(crate) use shell_word::{is_plain, option, shell_word};
pub use sink::Sink;
