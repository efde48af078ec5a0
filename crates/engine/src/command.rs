//! Runs a component that exports `wasi:cli/run`, 0.3 if it has that, else 0.2.

use crate::asked::Asked;
use crate::drive::{drive, runtime};
use crate::error::Error;
use crate::host::Host;
use crate::limits::Limit;
use crate::program::Program;
use crate::state::State;
use crate::{Result, trap};
use wasmtime::Store;
use wasmtime::component::InstancePre;
use wasmtime_wasi::p2::pipe::MemoryOutputPipe;
use wasmtime_wasi::{I32Exit, p2, p3};

/// How a command ended, and what it wrote to the streams that were captured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// 0 if `run` gave ok, 1 if it gave an error, else the code it exited with.
    pub exit: i32,
    /// Its standard output.
    pub stdout: Vec<u8>,
    /// Its standard error.
    pub stderr: Vec<u8>,
    /// The units of fuel it took, if they were counted.
    pub fuel: Option<u64>,
    /// The bytes of linear memory it took.
    pub memory: u64,
    /// What it looked for and found empty.
    pub asked: Asked,
}

impl Program {
    /// Runs it as a command.
    ///
    /// # Errors
    /// If it exports no `wasi:cli/run`, needs what is not granted, traps or meets a limit.
    pub fn run(&self, host: &Host) -> Result<Outcome> {
        let pre = self.ready(host)?;
        let newer = p3::bindings::CommandPre::new(pre.clone()).is_ok();
        if newer || self.around.is_some() || self.waits() || others_wait(host) {
            self.engine.tick()?;
        }
        let mut store = self.store_without_clock(host)?;
        let runtime = runtime()?;
        let ended = drive(&runtime, host, async {
            if let Err(error) = self.begin(&mut store).await {
                return Ok(Err(error));
            }
            if newer {
                return Ok(self.run_async(&pre, &mut store).await);
            }
            let Ok(pre) = p2::bindings::CommandPre::new(pre.clone()) else {
                return Err(self.no_export("wasi:cli/run"));
            };
            match pre.instantiate_async(&mut store).await {
                Ok(command) => Ok(command.wasi_cli_run().call_run(&mut store).await),
                Err(error) => Ok(Err(error)),
            }
        })?;
        let fuel = host.limits.fuel.unwrap_or(u64::MAX);
        let state = store.data();
        let exit = match ended {
            Ok(Ok(())) => 0,
            Ok(Err(())) => 1,
            Err(error) => match error.downcast_ref::<I32Exit>() {
                Some(exit) => exit.0,
                // Whoever read its output has seen enough.
                None if state.written.gone() => 0,
                None if state.written.full() => return Err(Error::Limit(Limit::Output)),
                None if overflowed(&state.stdout, host) || overflowed(&state.stderr, host) => {
                    return Err(Error::Limit(Limit::Output));
                }
                None => {
                    let failed = trap::failed(&error, state);
                    return Err(failed.after(state.asking.asked()));
                }
            },
        };
        if state.written.full() {
            return Err(Error::Limit(Limit::Output));
        }
        let stdout = state.stdout.as_ref().map(|pipe| pipe.contents().to_vec()).unwrap_or_default();
        let stderr = state.said().to_vec();
        let memory = state.meter.memory();
        let left = if self.engine.profile().metered { store.get_fuel().ok() } else { None };
        let fuel = left.map(|left| fuel - left);
        let asked = store.data().asking.asked();
        Ok(Outcome { exit, stdout, stderr, fuel, memory, asked })
    }

    /// Runs a command of 0.3. Called as a function and not among tasks of ours, so that one that waits for what only itself
    /// could bring is told so.
    async fn run_async(
        &self,
        pre: &InstancePre<State>,
        store: &mut Store<State>,
    ) -> wasmtime::Result<std::result::Result<(), ()>> {
        let exports = self.exports();
        let name = exports.iter().find(|name| name.starts_with("wasi:cli/run@0.3"));
        let interface = name.and_then(|name| self.component.get_export_index(None, name.as_str()));
        let index = interface.and_then(|interface| self.component.get_export_index(Some(&interface), "run"));
        let index = index.ok_or_else(|| wasmtime::Error::msg("`run` is not where it was"))?;
        let instance = pre.instantiate_async(&mut *store).await?;
        let run = instance.get_typed_func::<(), (std::result::Result<(), ()>,)>(&mut *store, index)?;
        run.call_async(&mut *store, ()).await.map(|(ended,)| ended)
    }

    /// Whether it may ask again and again whether something has come to pass, which only does while it lets others have a turn.
    fn waits(&self) -> bool {
        let waiting = ["wasi:io/poll@", "wasi:clocks/"];
        self.imports().iter().any(|import| waiting.iter().any(|begins| import.starts_with(begins)))
    }

    pub(crate) fn no_export(&self, wanted: &str) -> Error {
        Error::Export { wanted: wanted.to_string(), known: self.exports() }
    }
}

/// Whether something has to go on while a component of WASI 0.2 is busy: the time, or what it sends and hears.
fn others_wait(host: &Host) -> bool {
    let grants = &host.grants;
    host.limits.time.is_some() || host.outgoing.is_some() || !grants.net.is_empty() || !grants.http.is_empty()
}

/// Whether a captured output is full.
fn overflowed(pipe: &Option<MemoryOutputPipe>, host: &Host) -> bool {
    let written = pipe.as_ref().map_or(0, |pipe| pipe.contents().len());
    host.limits.output.is_some_and(|most| written as u64 >= most)
}
