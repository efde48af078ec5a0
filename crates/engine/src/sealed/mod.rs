//! A component sealed into an executable: what is written there, and how the executable finds it and runs it.
//!
//! An executable that can run components says so in a [`note`]. A [`payload`] is put behind it as one more segment, which
//! the system maps like the rest; the `runner` runs the image in there where it is. Whoever makes such executables, reads
//! them or takes them apart uses the same description.

pub mod note;
pub mod payload;
mod runner;
mod server;
mod words;

pub use runner::{nothing, run};

use crate::{AccessLog, Grants, Limits, Profile, ServeOptions};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything about a sealed component but its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sealed {
    /// What it is called in messages, and its argument number zero.
    pub name: String,
    /// How it serves HTTP; `None` if it is a command.
    pub serves: Option<Serves>,
    /// The arguments before those of the process.
    pub args: Vec<String>,
    /// What it is allowed.
    pub grants: Grants,
    /// How much it may take.
    pub limits: Limits,
    /// What its image is compiled for.
    pub profile: Profile,
    /// The stamp of that profile, by the `compose` that made it.
    pub stamp: String,
    /// The executable that it was put into.
    pub stub: SealedStub,
    /// The component it was made of.
    pub component: SealedComponent,
    /// Whose code is where in the component: a [`Blame`] as JSON, which nobody reads unless something traps.
    pub blame: String,
}

/// Whose code is where in a component.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Blame {
    /// Its core modules, in order of their places.
    pub modules: Vec<BlamedModule>,
}

/// A core module in a component.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BlamedModule {
    /// Where it begins.
    pub start: usize,
    /// Where it has ended.
    pub end: usize,
    /// The inner component it belongs to.
    pub culprit: Option<Culprit>,
    /// What its functions are exported as.
    #[serde(default)]
    pub functions: BTreeMap<u32, String>,
}

/// An inner component.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Culprit {
    /// Its name.
    pub component: String,
    /// Its instances.
    pub instances: Vec<String>,
}

/// How a sealed component serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Serves {
    /// Where it listens, unless it is told another address.
    pub address: String,
    /// How it behaves towards its clients.
    pub options: ServeOptions,
    /// The line on standard error for each request.
    #[serde(default)]
    pub access_log: AccessLog,
}

/// An executable as it was before something was sealed into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SealedStub {
    /// What it said of itself.
    #[serde(flatten)]
    pub says: note::Stub,
    /// Its bytes.
    pub bytes: u64,
    /// The BLAKE3 of all of them.
    pub blake3: String,
}

/// The component before it was compiled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SealedComponent {
    /// Its bytes.
    pub bytes: u64,
    /// The SHA-256 of all of them, as plans name components.
    pub sha256: String,
}
