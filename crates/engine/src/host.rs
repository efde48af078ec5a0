//! Everything that surrounds one run: what is granted, how much may be taken, where its streams lead, what time it is.

use crate::grants::Grants;
use crate::limits::Limits;
use crate::outgoing::Outgoing;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use std::sync::Arc;

/// What surrounds a component. The default grants nothing and captures what is written.
#[derive(Clone, Default)]
pub struct Host {
    /// What it is allowed.
    pub grants: Grants,
    /// How much it may take.
    pub limits: Limits,
    /// Its arguments; the first is the program's name by custom.
    pub args: Vec<String>,
    /// Where its standard input comes from.
    pub stdin: Stream,
    /// Where its standard output goes.
    pub stdout: Stream,
    /// Where its standard error goes.
    pub stderr: Stream,
    /// What time it is.
    pub clock: Clock,
    /// Where its random numbers come from.
    pub random: Random,
    /// Who carries the requests that it may send; `None` is the network.
    pub outgoing: Option<Arc<dyn Outgoing>>,
}

impl std::fmt::Debug for Host {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Host").field("grants", &self.grants).field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// Where a standard stream leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Stream {
    /// Nowhere: input is at its end, output vanishes.
    Shut,
    /// Output is kept to be read afterwards; input is at its end.
    #[default]
    Captured,
    /// To that of this process.
    Inherit,
    /// Input is these bytes; output vanishes.
    Bytes(Vec<u8>),
}

/// What time it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clock {
    /// The machine's.
    #[default]
    System,
    /// It stands.
    Fixed {
        /// Nanoseconds since 1970 that the wall clock shows; the monotonic one shows 0.
        nanoseconds: u64,
    },
}

/// Where random numbers come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Random {
    /// The machine.
    #[default]
    System,
    /// The same ones for the same seed.
    Seed(u64),
}

pub(crate) fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}
