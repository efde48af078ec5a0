//! How much a component may take, and the meter that says which limit it met.
//!
//! A limit that is met is remembered, because what the component makes of it (an aborted allocation, a trap) does not say
//! so by itself.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How much a component may take. What is `None` is not bounded by us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Limits {
    /// Bytes of all its linear memories together.
    pub memory: Option<u64>,
    /// Units of fuel, about one an instruction; needs a metered [`crate::Profile`].
    pub fuel: Option<u64>,
    /// Milliseconds of one run, call or request.
    pub time: Option<u64>,
    /// Elements of all its tables together.
    pub table: Option<u64>,
    /// Handles of resources open at once.
    pub handles: Option<u64>,
    /// Bytes it may write to its output, or into the body of a response.
    pub output: Option<u64>,
}

impl Default for Limits {
    /// 1 GiB of memory, a million elements, 100,000 handles; as long and as much output as it likes.
    fn default() -> Self {
        Limits {
            memory: Some(1 << 30),
            fuel: None,
            time: None,
            table: Some(1_000_000),
            handles: Some(100_000),
            output: None,
        }
    }
}

impl Limits {
    /// The limit of time.
    pub fn duration(&self) -> Option<Duration> {
        self.time.map(Duration::from_millis)
    }
}

/// One of the [`Limits`], as its flag and key are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// [`Limits::memory`].
    Memory,
    /// [`Limits::fuel`].
    Fuel,
    /// [`Limits::time`].
    Time,
    /// [`Limits::table`].
    Table,
    /// [`Limits::handles`].
    Handles,
    /// [`Limits::output`].
    Output,
    /// The stack, which is as large as the engine makes it.
    Stack,
}

impl Limit {
    /// Its name on the command line and in a manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Fuel => "fuel",
            Self::Time => "time",
            Self::Table => "table",
            Self::Handles => "handles",
            Self::Output => "output",
            Self::Stack => "stack",
        }
    }
}

/// What a component has taken.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    limits: Limits,
    memory: u64,
    table: u64,
    /// The most memory it had at once; memories never shrink.
    pub(crate) hit: Option<Limit>,
}

impl Meter {
    pub(crate) fn new(limits: Limits) -> Self {
        Meter { limits, ..Meter::default() }
    }

    /// Bytes of linear memory taken so far.
    pub(crate) fn memory(&self) -> u64 {
        self.memory
    }
}

/// Takes `desired` instead of `current`, if that stays within the limit.
fn grow(taken: &mut u64, limit: Option<u64>, current: usize, desired: usize) -> bool {
    let after = taken.saturating_sub(current as u64).saturating_add(desired as u64);
    let fits = limit.is_none_or(|limit| after <= limit);
    if fits {
        *taken = after;
    }
    fits
}

impl wasmtime::ResourceLimiter for Meter {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        if maximum.is_some_and(|maximum| desired > maximum) {
            return Ok(false);
        }
        let fits = grow(&mut self.memory, self.limits.memory, current, desired);
        if !fits {
            self.hit = Some(Limit::Memory);
        }
        Ok(fits)
    }

    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        if maximum.is_some_and(|maximum| desired > maximum) {
            return Ok(false);
        }
        let fits = grow(&mut self.table, self.limits.table, current, desired);
        if !fits {
            self.hit = Some(Limit::Table);
        }
        Ok(fits)
    }

    fn instances(&self) -> usize {
        100_000
    }

    fn tables(&self) -> usize {
        100_000
    }

    fn memories(&self) -> usize {
        100_000
    }
}
