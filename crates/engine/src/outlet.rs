//! The output of a component that goes straight to the output of this process: counted, and seen to its end.
//!
//! A reader that went away is no fault of the component: it is ended, and nothing is said. Too much output ends it too.
//! A 0.3 component sees both as an error of its stream, since there a stream cannot end whoever writes to it.

use bytes::Bytes;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use tokio::io::AsyncWrite;
use wasmtime_wasi::cli::{IsTerminal, StdoutStream};
use wasmtime_wasi::p2::{OutputStream, Pollable, StreamError, StreamResult};

/// As much as the component may hand over at once.
const PIECE: usize = 1 << 16;

/// What became of the output, for all its streams together.
#[derive(Debug, Default)]
pub(crate) struct Written {
    bytes: AtomicU64,
    gone: AtomicBool,
    full: AtomicBool,
}

impl Written {
    /// Whether nobody reads any more.
    pub(crate) fn gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    /// Whether more was to be written than may be.
    pub(crate) fn full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }
}

/// An output of this process.
#[derive(Debug, Clone, Copy)]
pub(crate) enum To {
    Stdout,
    Stderr,
}

/// The way to it.
#[derive(Debug, Clone)]
pub(crate) struct Outlet {
    pub(crate) to: To,
    /// The most bytes.
    pub(crate) most: Option<u64>,
    pub(crate) written: Arc<Written>,
}

impl Outlet {
    /// Writes what may be written; an error if that was not all.
    fn put(&self, bytes: &[u8]) -> io::Result<()> {
        let before = self.written.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        let room = self.most.map_or(u64::MAX, |most| most.saturating_sub(before));
        let fits = bytes.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        let put = match self.to {
            To::Stdout => io::stdout().write_all(&bytes[..fits]),
            To::Stderr => io::stderr().write_all(&bytes[..fits]),
        };
        self.noted(put)?;
        if fits < bytes.len() {
            self.written.full.store(true, Ordering::Relaxed);
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(())
    }

    fn flushed(&self) -> io::Result<()> {
        let flushed = match self.to {
            To::Stdout => io::stdout().flush(),
            To::Stderr => io::stderr().flush(),
        };
        self.noted(flushed)
    }

    fn noted(&self, result: io::Result<()>) -> io::Result<()> {
        if matches!(&result, Err(error) if error.kind() == io::ErrorKind::BrokenPipe) {
            self.written.gone.store(true, Ordering::Relaxed);
        }
        result
    }

    fn ended(&self, error: io::Error) -> StreamError {
        match self.written.gone() || self.written.full() {
            true => StreamError::Trap(error.into()),
            false => StreamError::LastOperationFailed(error.into()),
        }
    }
}

impl IsTerminal for Outlet {
    fn is_terminal(&self) -> bool {
        match self.to {
            To::Stdout => io::IsTerminal::is_terminal(&io::stdout()),
            To::Stderr => io::IsTerminal::is_terminal(&io::stderr()),
        }
    }
}

impl StdoutStream for Outlet {
    fn async_stream(&self) -> Box<dyn AsyncWrite + Send + Sync> {
        Box::new(self.clone())
    }

    fn p2_stream(&self) -> Box<dyn OutputStream> {
        Box::new(self.clone())
    }
}

impl OutputStream for Outlet {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        self.put(&bytes).map_err(|error| self.ended(error))
    }

    fn flush(&mut self) -> StreamResult<()> {
        self.flushed().map_err(|error| self.ended(error))
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(PIECE)
    }
}

#[wasmtime_wasi::async_trait]
impl Pollable for Outlet {
    async fn ready(&mut self) {}
}

impl AsyncWrite for Outlet {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Poll::Ready(self.put(bytes).map(|()| bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.flushed())
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
