//! Runs a component that exports `wasi:cli/run`, 0.3 if it has that, else 0.2, and catches what it prints.

use wasmtime_wasi::{I32Exit, p2, p3};

use crate::error::Error;
use crate::state::{State, read};
use crate::{Engine, Result};

/// How a command ended and what it printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// 0 if `run` gave ok, 1 if it gave an error, else the code it exited with.
    pub exit: i32,
    /// Its standard output; bytes that are no UTF-8 are replaced.
    pub stdout: String,
    /// Its standard error, likewise.
    pub stderr: String,
}

impl Engine {
    /// Runs a command with these arguments; the first one is the program's name by custom.
    ///
    /// A trap is an error, and its text ends with what the component wrote to stderr.
    pub fn run_command(&self, bytes: &[u8], args: &[&str]) -> Result<Outcome> {
        let pre = self.load(bytes)?;
        let mut store = self.store(State::new(args));
        let (stdout, stderr) = (store.data().stdout.clone(), store.data().stderr.clone());
        let ended = self.drive(async {
            let trap = |error: wasmtime::Error| Error::trap(&error, &stderr);
            if let Ok(pre) = p3::bindings::CommandPre::new(pre.clone()) {
                let command = pre.instantiate_async(&mut store).await.map_err(trap)?;
                let ran = store.run_concurrent(async |access| command.wasi_cli_run().call_run(access).await).await;
                return Ok(ran.and_then(|ran| ran));
            }
            let Ok(pre) = p2::bindings::CommandPre::new(pre.clone()) else {
                return Err(crate::call::missing("wasi:cli/run", &pre));
            };
            let command = pre.instantiate_async(&mut store).await.map_err(trap)?;
            Ok(command.wasi_cli_run().call_run(&mut store).await)
        })?;
        let exit = match ended {
            Ok(Ok(())) => 0,
            Ok(Err(())) => 1,
            Err(error) => match error.downcast_ref::<I32Exit>() {
                Some(exit) => exit.0,
                None => return Err(Error::trap(&error, &stderr)),
            },
        };
        Ok(Outcome { exit, stdout: read(&stdout), stderr: read(&stderr) })
    }
}
