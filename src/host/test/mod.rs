//! Tests of compositions: cases in files, run on what was composed, and told.
//!
//! ```text
//! file → read → Suite → run (play: calling, commands, requests; mocks, recording) → faults → report
//! ```
//!
//! A case says what is done and what should come of it; a fault is a fact about what came instead, and its words are in
//! [`diags`]. Nothing a case does is seen by another one.

mod calling;
pub mod case;
mod commanding;
pub mod diags;
mod differ;
mod ended;
pub mod fault;
mod fitting;
mod inner;
mod json_path;
mod loose;
mod mocks;
mod moment;
mod naming;
pub mod play;
mod pretty;
pub mod read;
mod read_actions;
mod read_mocks;
pub mod recording;
pub mod recording_files;
mod replacing;
pub mod report;
mod requesting;
pub mod run;
pub mod snapshot;
mod text;
mod told;
