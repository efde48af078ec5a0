//! One request, from its head to the head of its answer: judged, given a place, handed to an instance, and answered whatever
//! comes of that.

use super::bodies::{Received, Sent};
use super::call::{Call, Delivery, Ticket};
use super::events::Outcome;
use super::line::Mark;
use super::shared::Shared;
use super::target;
use super::worker::Maker;
use crate::error::{Error, text};
use crate::limits::Limit;
use crate::trap;
use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::timeout;
use wasmtime_wasi_http::handler::{ExpirationError, InstantiationError, ProxyHandler, TrapOrPanicError};

/// How long a failed request waits to hear how its instance ended.
const ENDING: Duration = Duration::from_secs(1);

/// What the engine says where a 0.2 handler did not answer, be it that it ended or that it trapped.
const LET_GO: &str = "guest never invoked `response-outparam::set` method";

pub(super) type Handler = ProxyHandler<Maker>;

/// Answers a request.
pub(super) async fn answer(
    handler: &Handler,
    shared: &Arc<Shared>,
    peer: SocketAddr,
    mark: &Arc<Mark>,
    request: Request<Incoming>,
) -> Response<Sent> {
    mark.busy();
    let call = Arc::new(Call::new(shared.running.enter()));
    let path = request.uri().path_and_query().map_or_else(|| request.uri().to_string(), ToString::to_string);
    let delivery = Delivery::new(shared, &call, peer, mark, (request.method().to_string(), path));
    let ticket = Ticket { delivery: Arc::new(delivery), status: 0, handed: 0, outcome: Outcome::Gone };
    if request.method() == Method::CONNECT {
        return refuse(ticket, StatusCode::NOT_IMPLEMENTED, Outcome::Malformed);
    }
    if request.body().size_hint().lower() > shared.options.body {
        return refuse(ticket, StatusCode::PAYLOAD_TOO_LARGE, Outcome::TooLarge);
    }
    let request = match target::addressed(request, mark.had_fragment()) {
        Ok(request) => request,
        Err(status) => return refuse(ticket, status, Outcome::Malformed),
    };
    if !place(shared, &call).await {
        let mut refused = refuse(ticket, StatusCode::SERVICE_UNAVAILABLE, Outcome::Full);
        refused.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        return refused;
    }
    let request = request.map(|body| Received::new(body, call.clone(), &shared.options).boxed_unsync());
    let handled = match shared.time {
        Some(limit) => match timeout(limit, handled(handler, shared, &call, request)).await {
            Ok(handled) => handled,
            Err(_) => Err(ExpirationError.into()),
        },
        None => handled(handler, shared, &call, request).await,
    };
    // Whatever the component made of a body that broke off: it was the client's doing.
    if call.too_large.load(Ordering::Acquire) {
        return refuse(ticket, StatusCode::PAYLOAD_TOO_LARGE, Outcome::TooLarge);
    }
    if call.slow.load(Ordering::Acquire) {
        return refuse(ticket, StatusCode::REQUEST_TIMEOUT, Outcome::Slow);
    }
    match handled {
        Ok(response) => passed_on(shared, ticket, response),
        Err(error) => failed(ticket, error).await,
    }
}

/// Waits for a place among those that are answered at once; false if too many wait already, or it waited too long.
async fn place(shared: &Arc<Shared>, call: &Call) -> bool {
    let taken = match shared.places.clone().try_acquire_owned() {
        Ok(place) => Some(place),
        Err(_) => {
            let waits = Waits::new(shared);
            if waits.before >= shared.options.queue {
                return false;
            }
            let place = shared.places.clone().acquire_owned();
            match shared.time {
                Some(limit) => timeout(limit, place).await.ok().and_then(Result::ok),
                None => place.await.ok(),
            }
        }
    };
    taken.is_some_and(|place| call.place.set(place).is_ok())
}

/// One that waits, even if its client goes away meanwhile.
struct Waits<'s> {
    shared: &'s Shared,
    before: usize,
}

impl<'s> Waits<'s> {
    fn new(shared: &'s Shared) -> Self {
        Waits { shared, before: shared.waiting.fetch_add(1, Ordering::AcqRel) }
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.shared.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Hands it to an instance, waiting for one where the pool is empty.
async fn handled(
    handler: &Handler,
    shared: &Shared,
    call: &Arc<Call>,
    mut request: wasmtime_wasi_http::handler::Request,
) -> wasmtime::Result<wasmtime_wasi_http::handler::Response> {
    loop {
        let freed = shared.freed.notified();
        let error = match handler.handle(call.clone(), request).await {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        let again = match error.downcast::<InstantiationError<Arc<Call>>>() {
            Ok(again) => again,
            Err(error) => return Err(error),
        };
        // If nobody holds a place, the pool is too small for one.
        if !again.error.is::<wasmtime::PoolConcurrencyLimitError>() || shared.instances.now() == 0 {
            return Err(again.into());
        }
        freed.await;
        request = match again.request.into_inner() {
            Ok(request) => request,
            Err(poisoned) => poisoned.into_inner(),
        };
    }
}

/// The component's answer.
fn passed_on(shared: &Shared, mut ticket: Ticket, response: wasmtime_wasi_http::handler::Response) -> Response<Sent> {
    let promised = response.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if let (Some(promised), Some(most)) = (promised, shared.output)
        && promised > most
        && ticket.delivery.method != "HEAD"
    {
        ticket.fail(Error::Limit(Limit::Output));
        return refuse(ticket, StatusCode::INTERNAL_SERVER_ERROR, Outcome::Failed);
    }
    if response.status().is_informational() {
        // Nothing may follow on such an answer, and a client would wait for the real one.
        ticket
            .fail(Error::Http(format!("it answered with the status {}, which no answer ends with", response.status())));
        return refuse(ticket, StatusCode::INTERNAL_SERVER_ERROR, Outcome::Failed);
    }
    ticket.status = response.status().as_u16();
    response.map(|body| Sent::of_component(body, ticket, shared.output))
}

/// What becomes of a request whose component failed.
async fn failed(ticket: Ticket, error: wasmtime::Error) -> Response<Sent> {
    if error.is::<ExpirationError>() {
        return refuse(ticket, StatusCode::GATEWAY_TIMEOUT, Outcome::Time);
    }
    if let Some(failed) = error.downcast_ref::<InstantiationError<Arc<Call>>>() {
        let fault = match failed.error.downcast_ref::<Error>() {
            Some(Error::Limit(Limit::Time)) => {
                return refuse(ticket, StatusCode::GATEWAY_TIMEOUT, Outcome::Time);
            }
            Some(fault) => fault.clone(),
            None => Error::Engine(text(&failed.error)),
        };
        ticket.fail(fault);
        return refuse(ticket, StatusCode::INTERNAL_SERVER_ERROR, Outcome::Failed);
    }
    // How the instance ended is told by the instance, which knows what it had taken.
    let record = ticket.delivery.call.worker.get().map(|(record, _)| record.clone());
    if let Some(record) = &record {
        let mut going = std::pin::pin!(record.going.notified());
        going.as_mut().enable();
        if ended_with_it(&error) && !record.gone.load(Ordering::Acquire) {
            let _ = timeout(ENDING, going).await;
        }
        if record.expired.load(Ordering::Acquire) {
            return refuse(ticket, StatusCode::GATEWAY_TIMEOUT, Outcome::Time);
        }
    }
    let told = record.is_some_and(|record| match trapped(&error) || error.is::<TrapOrPanicError>() {
        true => record.told.swap(true, Ordering::AcqRel),
        false => record.told.load(Ordering::Acquire),
    });
    if !told {
        // An answer that is an error, or none, is no end of its instance.
        ticket.fail(if trapped(&error) { trap::failed_somewhere(&error) } else { Error::Http(text(&error)) });
    }
    refuse(ticket, StatusCode::INTERNAL_SERVER_ERROR, Outcome::Failed)
}

/// Whether code of the component was running when it went wrong.
fn trapped(error: &wasmtime::Error) -> bool {
    error.is::<wasmtime::Trap>() || error.is::<wasmtime::WasmBacktrace>()
}

/// Whether the instance may have ended by what went wrong: it trapped, or it let go of the request, which is what others see
/// of a trap.
fn ended_with_it(error: &wasmtime::Error) -> bool {
    trapped(error) || error.is::<TrapOrPanicError>() || error.to_string() == LET_GO
}

/// Whether nothing is read of a client after this: what it sends next cannot be told from what it was sending.
fn ends(status: StatusCode) -> bool {
    [StatusCode::BAD_REQUEST, StatusCode::REQUEST_TIMEOUT, StatusCode::PAYLOAD_TOO_LARGE].contains(&status)
}

/// An answer of the server's own.
fn refuse(mut ticket: Ticket, status: StatusCode, outcome: Outcome) -> Response<Sent> {
    let mark = ticket.delivery.mark.clone();
    ticket.status = status.as_u16();
    ticket.outcome = outcome;
    let words = format!("{}\n", status.canonical_reason().unwrap_or_default());
    let mut response = Response::new(Sent::own(Bytes::from(words), ticket));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    if ends(status) {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        mark.lingers();
    }
    response
}
