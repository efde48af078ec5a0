//! The two bodies: what a client sends, counted and not waited for too long, and what it gets, counted and limited.

use super::call::{Call, Delivery, Ticket};
use super::events::Outcome;
use super::options::{ServeOptions, milliseconds};
use crate::error::Error as Fault;
use crate::limits::Limit;
use bytes::{Buf, Bytes};
use http_body_util::Full;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep_until};
use wasmtime_wasi_http::{Error, WasiBody};

/// The body of a request.
pub(super) struct Received {
    body: Incoming,
    call: Arc<Call>,
    left: u64,
    most: u64,
    stall: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    waiting: bool,
}

impl Received {
    pub(super) fn new(body: Incoming, call: Arc<Call>, options: &ServeOptions) -> Self {
        let stall = milliseconds(options.stall_time);
        Received { body, call, left: options.body, most: options.body, stall, timer: None, waiting: false }
    }
}

impl Body for Received {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        match Pin::new(&mut this.body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                this.waiting = false;
                let length = frame.data_ref().map_or(0, |data| data.len() as u64);
                let Some(left) = this.left.checked_sub(length) else {
                    this.call.too_large.store(true, Ordering::Release);
                    return Poll::Ready(Some(Err(Error::HttpRequestBodySize(Some(this.most)))));
                };
                this.left = left;
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(error.into()))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => {
                let until = Instant::now() + this.stall;
                let timer = this.timer.get_or_insert_with(|| Box::pin(sleep_until(until)));
                if !this.waiting {
                    this.waiting = true;
                    timer.as_mut().reset(until);
                }
                if timer.as_mut().poll(cx).is_pending() {
                    return Poll::Pending;
                }
                this.call.slow.store(true, Ordering::Release);
                Poll::Ready(Some(Err(Error::ConnectionReadTimeout)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer.
pub(super) struct Sent {
    body: Source,
    ticket: Ticket,
    most: Option<u64>,
}

enum Source {
    Component(WasiBody),
    Own(Full<Bytes>),
}

impl Sent {
    /// What the component says.
    pub(super) fn of_component(body: WasiBody, mut ticket: Ticket, most: Option<u64>) -> Self {
        // Unless the end is seen, it was not reached.
        ticket.outcome = Outcome::Cut;
        // Nobody looks for the end of a body that is not sent.
        if body.is_end_stream() || ticket.delivery.method == "HEAD" || [204, 304].contains(&ticket.status) {
            ticket.finished();
        }
        Sent { body: Source::Component(body), ticket, most }
    }

    /// What the server says itself.
    pub(super) fn own(text: Bytes, ticket: Ticket) -> Self {
        Sent { body: Source::Own(Full::new(text)), ticket, most: None }
    }
}

/// A piece of an answer on its way, which sees how much of it is taken.
pub(super) struct Piece {
    bytes: Bytes,
    delivery: Arc<Delivery>,
}

impl Buf for Piece {
    fn remaining(&self) -> usize {
        self.bytes.remaining()
    }

    fn chunk(&self) -> &[u8] {
        self.bytes.chunk()
    }

    fn advance(&mut self, count: usize) {
        self.bytes.advance(count);
        self.delivery.takes(count);
    }
}

impl Body for Sent {
    type Data = Piece;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Piece>, Error>>> {
        let this = &mut *self;
        let polled = match &mut this.body {
            Source::Component(body) => Pin::new(body).poll_frame(cx),
            Source::Own(body) => Pin::new(body).poll_frame(cx).map_err(|never| match never {}),
        };
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                let length = frame.data_ref().map_or(0, |data| data.len() as u64);
                if this.most.is_some_and(|most| this.ticket.handed + length > most) {
                    this.ticket.fail(Fault::Limit(Limit::Output));
                    return Poll::Ready(Some(Err(Error::HttpResponseBodySize(this.most))));
                }
                this.ticket.handed += length;
                // The last frame may be taken without another look.
                if this.is_end_stream() {
                    this.ticket.finished();
                }
            }
            // An instance that fails lets go of its answer, which is not its end.
            Poll::Ready(None) if matches!(this.body, Source::Component(_)) && this.ticket.is_broken() => {
                return Poll::Ready(Some(Err(Error::HttpResponseIncomplete)));
            }
            Poll::Ready(None) => this.ticket.finished(),
            Poll::Ready(Some(Err(_))) | Poll::Pending => {}
        }
        let delivery = &this.ticket.delivery;
        polled.map_ok(|frame| frame.map_data(|bytes| Piece { bytes, delivery: delivery.clone() }))
    }

    fn is_end_stream(&self) -> bool {
        match &self.body {
            Source::Component(body) => body.is_end_stream(),
            Source::Own(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.body {
            Source::Component(body) => body.size_hint(),
            Source::Own(body) => body.size_hint(),
        }
    }
}
