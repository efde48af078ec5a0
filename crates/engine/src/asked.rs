//! What a component looked for and found empty, because it was not granted: the environment, standard input.
//!
//! Both are always there, so nobody is refused for them. A component that fails after it looked for one may have failed for
//! that, and whoever started it should hear of it.

use crate::state::State;
use bytes::Bytes;
use serde::Serialize;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;
use wasmtime_wasi::cli::{IsTerminal, StdinStream};
use wasmtime_wasi::p2::{InputStream, Pollable, StreamError, StreamResult};

/// What was looked for and was empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Asked {
    /// The environment, with no variable in it.
    pub env: bool,
    /// Standard input, at its end from the start.
    pub stdin: bool,
}

/// Remembers it while the component runs.
#[derive(Debug, Default)]
pub(crate) struct Asking {
    pub(crate) env: bool,
    pub(crate) stdin: Arc<AtomicBool>,
}

impl Asking {
    pub(crate) fn asked(&self) -> Asked {
        Asked { env: self.env, stdin: self.stdin.load(Ordering::Relaxed) }
    }
}

/// Puts itself before the host's environment, which has that name: what a component imports finds it by the rules of versions.
pub(crate) fn listen(linker: &mut Linker<State>, environment: &str) -> wasmtime::Result<()> {
    linker.allow_shadowing(true);
    linker.instance(environment)?.func_wrap("get-environment", |mut store: StoreContextMut<'_, State>, (): ()| {
        let state = store.data_mut();
        state.asking.env |= state.env.is_empty();
        Ok((state.env.clone(),))
    })?;
    linker.allow_shadowing(false);
    Ok(())
}

/// A standard input that is at its end.
#[derive(Debug, Clone)]
pub(crate) struct AtEnd(pub(crate) Arc<AtomicBool>);

impl IsTerminal for AtEnd {
    fn is_terminal(&self) -> bool {
        false
    }
}

impl StdinStream for AtEnd {
    fn async_stream(&self) -> Box<dyn AsyncRead + Send + Sync> {
        Box::new(self.clone())
    }

    fn p2_stream(&self) -> Box<dyn InputStream> {
        Box::new(self.clone())
    }
}

impl InputStream for AtEnd {
    fn read(&mut self, _: usize) -> StreamResult<Bytes> {
        self.0.store(true, Ordering::Relaxed);
        Err(StreamError::Closed)
    }
}

#[wasmtime_wasi::async_trait]
impl Pollable for AtEnd {
    async fn ready(&mut self) {}
}

impl AsyncRead for AtEnd {
    fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, _: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.0.store(true, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}
