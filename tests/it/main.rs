//! The integration tests that are no UI cases: whole stages against oracles (the validator, the predicted world, other
//! composers), and the rules of the house. One binary, one module each, since linking a binary is what costs time.

#[path = "../support/mod.rs"]
mod support;

mod cache;
#[cfg(feature = "host")]
mod calls;
mod catalogue;
#[cfg(unix)]
mod contract_action;
#[cfg(unix)]
mod contract_git;
mod contract_random;
mod contract_reports;
#[cfg(unix)]
mod depfiles;
mod determinism;
#[cfg(all(target_os = "linux", feature = "host"))]
mod exe;
mod family;
mod fit;
#[cfg(unix)]
mod foreign;
mod fuzz_replay;
mod generated;
#[cfg(feature = "host")]
mod host_grants;
#[cfg(feature = "host")]
mod host_hostile;
#[cfg(unix)]
mod hostile;
mod init;
mod inspect;
#[cfg(unix)]
mod interrupted;
mod library;
mod lies;
mod limits;
mod moving_over;
mod offered;
mod pages;
mod peers;
mod pictures;
#[cfg(feature = "host")]
mod pieces;
mod random;
mod recorded;
#[cfg(feature = "host")]
mod reopened;
#[cfg(all(unix, feature = "host"))]
mod run_words;
mod rust_text;
mod schemas;
#[cfg(all(unix, feature = "host"))]
mod serve;
mod sessions;
#[cfg(unix)]
mod story;
#[cfg(target_os = "linux")]
mod terminal;
mod tested;
mod tidy;
mod wiring;
mod worlds;
mod xml;
mod xsd;

use support::{guests, plans};
