//! Sends one request to a component's HTTP handler, 0.3 if it has that, else 0.2, in this process and without a socket.
//!
//! A fresh instance answers each request: state between requests is a server's business. The body is collected whole.

use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use tokio::sync::Notify;
use tokio::time::timeout;
use wasmtime::component::GuestTaskId;
use wasmtime::{Store, StoreContextMut};
use wasmtime_wasi_http::handler::{
    HandlerState, Instance, ProxyHandler, ProxyPre, ShouldAccept, WorkerExpiration, WorkerState, WorkerStatus,
};
use wasmtime_wasi_http::{WasiHttpView, p2, p3};

use crate::drive::{drive, runtime};
use crate::error::{Error, text};
use crate::host::Host;
use crate::limits::Limit;
use crate::program::Program;
use crate::state::State;
use crate::{Result, trap};

/// What is sent.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `GET` and so on.
    pub method: String,
    /// Path and query, from the `/` on.
    pub path: String,
    /// Names and values; a name may stand more than once.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: &str, path: &str) -> Self {
        Request { method: method.into(), path: path.into(), ..Request::default() }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same with this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Names in lower case, and values, in the order of the answer.
    pub headers: Vec<(String, String)>,
    /// The whole body.
    pub body: Vec<u8>,
}

impl Response {
    /// The body as text; bytes that are no UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Program {
    /// Sends the request to `wasi:http/handler` (0.3) or `wasi:http/incoming-handler` (0.2) of a fresh instance.
    ///
    /// # Errors
    /// If it exports neither, needs what is not granted, traps, meets a limit or never answers.
    pub fn answer(&self, host: &Host, request: Request) -> Result<Response> {
        let proxy = self.proxy(host)?;
        let request = sent(request)?;
        let end = Arc::new(End::default());
        // The handler wants to make the store itself, on a task of its own; it gets the one store through a slot.
        let store = Mutex::new(Some(self.store(host)?));
        let handler = ProxyHandler::new(Once { program: self.clone(), proxy, store, end: end.clone() });
        let (parts, body) = drive(&runtime()?, host, async move {
            let answered = async {
                let answer = handler.handle((), request).await.map_err(|e| Error::Http(text(&e)))?;
                let (parts, body) = answer.into_parts();
                let body = body.collect().await.map_err(|e| Error::Http(e.to_string()))?;
                Ok((parts, body.to_bytes()))
            };
            let answered = answered.await;
            // It may fail when its answer is there already, and why one failed is known at its end.
            let _ = timeout(LAST, end.reached.notified()).await;
            let fault = end.fault.lock().ok().and_then(|mut slot| slot.take());
            fault.map_or(answered, Err)
        })?;
        if host.limits.output.is_some_and(|most| body.len() as u64 > most) {
            return Err(Error::Limit(Limit::Output));
        }
        let headers = parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        Ok(Response { status: parts.status.as_u16(), headers: headers.collect(), body: body.to_vec() })
    }

    /// Its handler, linked.
    pub(crate) fn proxy(&self, host: &Host) -> Result<ProxyPre<State>> {
        let pre = self.ready(host)?;
        match p3::bindings::ServicePre::new(pre.clone()) {
            Ok(pre) => Ok(ProxyPre::P3(pre)),
            Err(_) => match p2::bindings::ProxyPre::new(pre) {
                Ok(pre) => Ok(ProxyPre::P2(pre)),
                Err(_) => Err(self.no_export("wasi:http/incoming-handler")),
            },
        }
    }
}

fn sent(request: Request) -> Result<wasmtime_wasi_http::handler::Request> {
    let mut builder =
        ::http::Request::builder().method(request.method.as_str()).uri(format!("http://localhost{}", request.path));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    builder
        .body(Full::new(Bytes::from(request.body)).map_err(|never| match never {}).boxed_unsync())
        .map_err(|error| Error::Http(format!("the request is malformed: {error}")))
}

/// How long an instance is waited for that has answered. One of 0.3 may go on for ever.
const LAST: Duration = Duration::from_secs(1);

/// How an instance ended.
#[derive(Default)]
struct End {
    /// Why it failed, which who waits for the answer is told only in words.
    fault: Mutex<Option<Error>>,
    reached: Notify,
}

impl End {
    fn failed(&self, error: Error) {
        if let Ok(mut slot) = self.fault.lock() {
            slot.get_or_insert(error);
        }
        self.reached.notify_one();
    }
}

/// A server that makes one instance.
struct Once {
    program: Program,
    proxy: ProxyPre<State>,
    store: Mutex<Option<Store<State>>>,
    end: Arc<End>,
}

impl HandlerState for Once {
    type StoreData = State;
    type WorkerExpiration = Never;
    type WorkerState = OneRequest;

    async fn instantiate(&self) -> wasmtime::Result<Instance<State, Never, OneRequest>> {
        let store = self.store.lock().ok().and_then(|mut slot| slot.take());
        let mut store = store.ok_or_else(|| wasmtime::format_err!("asked for a second instance"))?;
        let made = match self.program.begin(&mut store).await {
            Ok(()) => self.proxy.instantiate_async(&mut store).await,
            Err(error) => Err(error),
        };
        let of = |error: &_| trap::not_made(error, store.data());
        let proxy = made.inspect_err(|error| self.end.failed(of(error)))?;
        let state = OneRequest(self.end.clone());
        Ok(Instance { store, proxy, view: State::http, expiration: Never, state })
    }
}

/// Instances do not expire: the deadline around the whole call is enough.
struct Never;

impl WorkerExpiration for Never {
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>, _: WorkerStatus, _: Instant) -> Poll<()> {
        Poll::Pending
    }
}

/// Takes one request, and says how the instance ended.
struct OneRequest(Arc<End>);

impl WorkerState for OneRequest {
    type StoreData = State;
    type RequestData = ();

    fn should_accept_request(&self, _: usize, total: usize) -> ShouldAccept {
        if total == 0 { ShouldAccept::Yes } else { ShouldAccept::Never }
    }

    fn on_request_start(
        &self,
        _: StoreContextMut<'_, State>,
        (): (),
        _: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + Sync>> {
        Box::pin(pending())
    }

    fn drop(&self, store: Store<State>, result: wasmtime::Result<()>) {
        match result {
            Ok(()) => self.0.reached.notify_one(),
            Err(error) => self.0.failed(trap::failed(&error, store.data())),
        }
    }
}
