//! One client's connection, which does not wait for ever: for the first line and the headers, for the next request, or for
//! the client to take what is sent.
//!
//! The connection itself only sees bytes; whoever answers requests tells it by a [`Mark`] when one is being answered.
//! How long a body may stall is the body's affair. Heads and bodies are handed on one by one, a head only when the request
//! before it is answered, since two things are only known here: the target as it was sent, and how much of an answer went out.

use super::heads::Heads;
use super::options::{ServeOptions, milliseconds};
use futures::task::AtomicWaker;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

/// Nothing has come since the last answer.
const IDLE: u8 = 0;
/// Bytes of a head have come.
const HEAD: u8 = 1;
/// A request is being answered.
const BUSY: u8 = 2;
/// A head has come to its end, and nobody answers it yet. What comes now is a body.
const HEARD: u8 = 5;

/// What is sent to a client that takes too long over its head: nobody else can answer it.
const TOO_SLOW: &[u8] = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// What a client is told that waits for a word before it sends a body; it is no answer.
const GO_ON: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
/// The most bytes, and the longest time, that are read of a client that nobody listens to any more.
const LINGERS: usize = 4 << 20;
const LINGERING: Duration = Duration::from_secs(2);

/// More bytes than any body has.
const ENDLESS: u64 = u64::MAX;

/// What a connection is doing.
#[derive(Default)]
pub(super) struct Mark {
    phase: AtomicU8,
    /// Whether the head took too long.
    slow: AtomicBool,
    /// Whether the target of the request had a fragment.
    fragment: AtomicBool,
    /// Whether the client may still be sending when the connection is closed.
    lingers: AtomicBool,
    /// The bytes of the body that are still to come.
    body: AtomicU64,
    /// The bytes that were sent, but for those that only say to go on.
    sent: AtomicU64,
    reader: AtomicWaker,
}

impl Mark {
    /// A request is being answered.
    pub(super) fn busy(&self) {
        self.phase.store(BUSY, Ordering::Release);
    }

    /// A head was read, behind which a body of that many bytes comes; without a number it lasts as long as the connection.
    pub(super) fn hears(&self, body: Option<u64>) {
        self.body.store(body.unwrap_or(ENDLESS), Ordering::Release);
    }

    /// Whether what comes from now on can be nothing but a body.
    pub(super) fn is_only_body(&self) -> bool {
        self.body.load(Ordering::Acquire) == ENDLESS
    }

    /// It was answered.
    pub(super) fn idle(&self) {
        self.phase.store(IDLE, Ordering::Release);
        self.reader.wake();
    }

    /// Whether the target of the request that has just come had a fragment.
    pub(super) fn had_fragment(&self) -> bool {
        self.fragment.swap(false, Ordering::AcqRel)
    }

    /// The bytes that were sent so far.
    pub(super) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Acquire)
    }

    /// The connection is to be closed while the client may still be sending: what comes is read for a while, because a
    /// system that is sent what nobody reads takes back what was said last.
    pub(super) fn lingers(&self) {
        self.lingers.store(true, Ordering::Release);
    }

    /// Whether the client took too long over the head of a request.
    pub(super) fn was_slow(&self) -> bool {
        self.slow.load(Ordering::Acquire)
    }
}

/// A connection.
pub(super) struct Line {
    socket: TcpStream,
    mark: Arc<Mark>,
    head_time: Duration,
    stall_time: Duration,
    keep_alive: Duration,
    reading: Timer,
    writing: Timer,
    /// Whether no request came yet.
    new: bool,
    heads: Heads,
    /// What came behind a head.
    behind: Vec<u8>,
    /// Bytes that were read for nobody, once nothing more is sent.
    lingered: Option<usize>,
}

impl Line {
    pub(super) fn new(socket: TcpStream, mark: Arc<Mark>, options: &ServeOptions) -> Self {
        Line {
            socket,
            mark,
            head_time: milliseconds(options.head_time),
            stall_time: milliseconds(options.stall_time),
            keep_alive: milliseconds(options.keep_alive),
            reading: Timer::default(),
            writing: Timer::default(),
            new: true,
            heads: Heads::default(),
            behind: Vec::new(),
            lingered: None,
        }
    }

    /// What was kept back, else what the client sends.
    fn more(&mut self, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.behind.is_empty() {
            return Pin::new(&mut self.socket).poll_read(cx, into);
        }
        let fits = self.behind.len().min(into.remaining());
        into.put_slice(&self.behind[..fits]);
        self.behind.drain(..fits);
        Poll::Ready(Ok(()))
    }

    /// Keeps back what came behind the end of a head.
    fn head_only(&mut self, before: usize, into: &mut ReadBuf<'_>) {
        let Some(head) = self.heads.end(&into.filled()[before..]) else { return };
        self.mark.fragment.store(head.fragment, Ordering::Release);
        let _ = self.mark.phase.compare_exchange(HEAD, HEARD, Ordering::AcqRel, Ordering::Acquire);
        self.keep_back(before + head.length, into);
    }

    /// Keeps back what came behind the end of a body.
    fn body_only(&mut self, before: usize, left: u64, into: &mut ReadBuf<'_>) {
        if left == ENDLESS {
            return;
        }
        let came = into.filled().len() - before;
        let of_body = usize::try_from(left).map_or(came, |left| came.min(left));
        self.mark.body.store(left - of_body as u64, Ordering::Release);
        self.keep_back(before + of_body, into);
    }

    fn keep_back(&mut self, from: usize, into: &mut ReadBuf<'_>) {
        let behind = &into.filled()[from..];
        if !behind.is_empty() {
            // It came before what is kept already.
            self.behind.splice(..0, behind.iter().copied());
            into.set_filled(from);
        }
    }

    /// A write that the client does not take for too long is a failure.
    fn taken(
        &mut self,
        cx: &mut Context<'_>,
        first: &[u8],
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = written {
            self.writing.stop();
            if let Ok(length) = &written {
                // It may go out together with what comes after it.
                let of_answer = if first.starts_with(GO_ON) { length.saturating_sub(GO_ON.len()) } else { *length };
                self.mark.sent.fetch_add(of_answer as u64, Ordering::AcqRel);
            }
            return Poll::Ready(written);
        }
        match self.writing.over(cx, WRITE, self.stall_time) {
            true => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            false => Poll::Pending,
        }
    }
}

/// The phase of the timer for writing, of which there is one only.
const WRITE: u8 = 3;
/// Nothing more is sent, and nothing that comes is heard.
const LINGER: u8 = 4;

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let line = &mut *self;
        let before = into.filled().len();
        let left = line.mark.body.load(Ordering::Acquire);
        if left == 0 && line.mark.phase.load(Ordering::Acquire) == BUSY {
            line.reading.stop();
            line.mark.reader.register(cx.waker());
            // What comes now is the next request, which waits for the answer to this one.
            if line.mark.phase.load(Ordering::Acquire) == BUSY {
                return Poll::Pending;
            }
        }
        let read = line.more(cx, into);
        let phase = line.mark.phase.load(Ordering::Acquire);
        if read.is_ready() {
            // Within a head each byte counts for the same time.
            if ![HEAD, HEARD].contains(&phase) {
                line.reading.stop();
            }
            if phase == IDLE && left == 0 && into.filled().len() > before {
                line.new = false;
                let _ = line.mark.phase.compare_exchange(IDLE, HEAD, Ordering::AcqRel, Ordering::Acquire);
            }
            match phase {
                _ if left > 0 => line.body_only(before, left, into),
                IDLE | HEAD => line.head_only(before, into),
                _ => {}
            }
            return read;
        }
        line.mark.reader.register(cx.waker());
        // Answered meanwhile, and nobody was there to be woken.
        let phase = match line.mark.phase.load(Ordering::Acquire) {
            IDLE => IDLE,
            _ => phase,
        };
        let limit = match phase {
            BUSY => {
                line.reading.stop();
                return Poll::Pending;
            }
            IDLE if !line.new => line.keep_alive,
            _ => line.head_time,
        };
        if !line.reading.over(cx, phase, limit) {
            return Poll::Pending;
        }
        if [HEAD, HEARD].contains(&phase) {
            line.mark.slow.store(true, Ordering::Release);
            // The socket is idle in this direction; a client whose window is full does not deserve better.
            let _ = line.socket.try_write(TOO_SLOW);
        }
        // As if the client had nothing more to say.
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(cx, bytes);
        self.taken(cx, bytes, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(cx, bytes);
        self.taken(cx, bytes.first().map_or(&[], |first| first), written)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let line = &mut *self;
        if line.lingered.is_none() {
            ready!(Pin::new(&mut line.socket).poll_shutdown(cx))?;
            line.lingered = Some(0);
        }
        if !line.mark.lingers.load(Ordering::Acquire) {
            return Poll::Ready(Ok(()));
        }
        let mut piece = [0; 4096];
        while line.lingered.is_some_and(|read| read < LINGERS) {
            let mut nobody = ReadBuf::new(&mut piece);
            match Pin::new(&mut line.socket).poll_read(cx, &mut nobody) {
                Poll::Ready(Ok(())) if !nobody.filled().is_empty() => {
                    line.lingered = line.lingered.map(|read| read + nobody.filled().len());
                }
                Poll::Ready(_) => return Poll::Ready(Ok(())),
                Poll::Pending if line.reading.over(cx, LINGER, LINGERING) => return Poll::Ready(Ok(())),
                Poll::Pending => return Poll::Pending,
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// A timer that is set when a phase begins, and kept for the next one.
#[derive(Default)]
struct Timer {
    sleep: Option<Pin<Box<Sleep>>>,
    running: Option<u8>,
}

impl Timer {
    fn stop(&mut self) {
        self.running = None;
    }

    /// Whether the time for this phase is over; if not, the task is woken when it is.
    fn over(&mut self, cx: &mut Context<'_>, phase: u8, limit: Duration) -> bool {
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + limit)));
        if self.running != Some(phase) {
            self.running = Some(phase);
            sleep.as_mut().reset(Instant::now() + limit);
        }
        sleep.as_mut().poll(cx).is_ready()
    }
}
