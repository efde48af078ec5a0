//! A component as an HTTP server: `wasi:http/incoming-handler` (0.2) and `wasi:http/handler` (0.3) behind a socket.
//!
//! Clients are not trusted and neither is the component: each has limits of time and size, and what one does is no harm to
//! the others. Every request becomes an [`Answered`], every instance that fails a [`Failure`]; nothing is printed here.

mod answer;
mod bodies;
mod call;
mod door;
mod events;
mod heads;
mod line;
mod options;
mod repeats;
mod shared;
mod stop;
mod target;
mod teller;
mod told;
mod wire;
mod worker;

pub use door::Door;
pub use events::{Answered, Failure, Outcome as ServeOutcome, ServeLog, Served};
pub use options::ServeOptions;
pub use repeats::Again;
pub use stop::Stop;
pub use teller::{AccessLog, Teller, Told};

use crate::Result;
use crate::drive::{drive, runtime};
use crate::error::Error;
use crate::host::{Host, Stream};
use crate::program::Program;
use crate::state::Network;
use crate::trap;
use answer::Handler;
use call::Count;
use events::Outcome;
use http::Request;
use http::header::{CONNECTION, HeaderValue, TRANSFER_ENCODING};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use line::{Line, Mark};
use options::milliseconds;
use shared::Shared;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use wasmtime_wasi_http::handler::ProxyHandler;
use wire::Wire;
use worker::Maker;

/// How long to wait where connections cannot be accepted: the process has as many files open as it may.
const TIRED: Duration = Duration::from_millis(50);
/// How long what is left may take to end, once nobody waits for it.
const LAST: Duration = Duration::from_millis(500);

impl Program {
    /// Whether it can be served on this host: what would be wrong is told before anybody can connect. An instance is made
    /// and put away, since limits that are too small for one are too small for every request.
    ///
    /// # Errors
    /// If it exports no handler, needs what is not granted, or no instance can be made.
    pub fn serves(&self, host: &Host) -> Result<()> {
        let proxy = self.proxy(host)?;
        let quiet = Host { stdout: Stream::Captured, stderr: Stream::Captured, ..host.clone() };
        let mut store = self.store(&quiet)?;
        let runtime = runtime()?;
        let made = drive(&runtime, host, async { Ok(proxy.instantiate_async(&mut store).await) })?;
        made.map(drop).map_err(|error| trap::not_made(&error, store.data()))
    }

    /// Serves at this door until `stop` is asked for, then finishes what has begun.
    ///
    /// An engine from [`crate::Engine::for_serving`] answers more requests in the same time. With `signals`, SIGINT and
    /// SIGTERM ask for the stop, and a second one for the end at once.
    ///
    /// # Errors
    /// If it exports no handler, needs what is not granted, or the system gives no threads. Nothing that a client or the
    /// component does ends a server.
    pub fn serve(
        &self,
        host: &Host,
        options: &ServeOptions,
        door: Door,
        stop: &Stop,
        signals: bool,
        log: Arc<dyn ServeLog>,
    ) -> Result<Served> {
        let proxy = self.proxy(host)?;
        let failed = |error: std::io::Error| Error::Engine(error.to_string());
        let shared = Arc::new(Shared {
            options: options.clone(),
            log,
            stop: stop.clone(),
            places: Arc::new(Semaphore::new(options.concurrency.clamp(1, Semaphore::MAX_PERMITS))),
            waiting: Default::default(),
            running: Count::default(),
            instances: Count::default(),
            freed: Notify::new(),
            over: Default::default(),
            time: host.limits.duration(),
            output: host.limits.output,
        });
        let network = Network::of(&host.grants)?;
        let maker = Maker { program: self.clone(), proxy, host: host.clone(), network, shared: shared.clone() };
        let mut threads = tokio::runtime::Builder::new_multi_thread();
        if let Some(count) = options.threads {
            threads.worker_threads(count.max(1));
        }
        let runtime = threads.enable_all().build().map_err(failed)?;
        let served = runtime.block_on(async {
            if signals {
                stop.at_signals().map_err(failed)?;
            }
            let door = door.into_inner();
            let listener = TcpListener::from_std(door).map_err(failed)?;
            let running = tokio::spawn(accept(listener, ProxyHandler::new(maker), shared.clone()));
            let _ = running.await;
            Ok(Served { requests: shared.running.ever(), cut: finish(&shared).await })
        });
        runtime.shutdown_timeout(LAST);
        served
    }
}

/// Accepts connections until the server is to stop. The door is shut then.
async fn accept(listener: TcpListener, handler: Handler, shared: Arc<Shared>) {
    let connections = Arc::new(Semaphore::new(shared.options.connections.clamp(1, Semaphore::MAX_PERMITS)));
    let mut stopping = pin!(shared.stop.wait(1));
    loop {
        let next = async {
            let Ok(place) = connections.clone().acquire_owned().await else { return None };
            Some((place, listener.accept().await))
        };
        let next = tokio::select! {
            biased;
            () = &mut stopping => return,
            next = next => next,
        };
        match next {
            Some((place, Ok((socket, peer)))) => {
                tokio::spawn(connection(socket, peer, place, handler.clone(), shared.clone()));
            }
            Some((_, Err(_))) => sleep(TIRED).await,
            None => return,
        }
    }
}

/// Answers the requests of one connection.
async fn connection(
    socket: TcpStream,
    peer: SocketAddr,
    place: OwnedSemaphorePermit,
    handler: Handler,
    shared: Arc<Shared>,
) {
    // A small answer in several pieces is not to wait for the client's acknowledgement. Without it nothing is lost but time.
    let _ = socket.set_nodelay(true);
    let mark = Arc::new(Mark::default());
    let line = Wire(Line::new(socket, mark.clone(), &shared.options));
    let service = service_fn(|request| {
        let (handler, shared, mark) = (&handler, &shared, &mark);
        mark.hears(length(&request));
        async move {
            let mut answer = answer::answer(handler, shared, peer, mark, request).await;
            if mark.is_only_body() {
                answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Ok::<_, Infallible>(answer)
        }
    });
    let began = Instant::now();
    let mut served = http1::Builder::new();
    // Who has said all there is to say may say so, and is answered still; that a client is gone shows when it is written to.
    served.max_header_size(shared.options.head).header_read_timeout(None).half_close(true);
    let mut served = pin!(served.serve_connection(line, service));
    let ended = tokio::select! {
        ended = served.as_mut() => ended,
        () = shared.stop.wait(1) => {
            served.as_mut().graceful_shutdown();
            served.as_mut().await
        }
    };
    drop(place);
    if let Err(error) = ended {
        unread(&shared, peer, began, mark.was_slow(), &error);
    }
}

/// The bytes of the body behind a head; `None` if it says itself where it ends.
fn length(request: &Request<Incoming>) -> Option<u64> {
    if request.headers().contains_key(TRANSFER_ENCODING) { None } else { Some(request.body().size_hint().lower()) }
}

/// Tells of a head that was never read to its end, which is no request that anybody else would tell of.
fn unread(shared: &Shared, peer: SocketAddr, began: Instant, slow: bool, error: &hyper::Error) {
    let (status, outcome) = match error {
        _ if slow => (408, Outcome::Slow),
        error if error.is_parse_too_large() => (431, Outcome::TooLarge),
        error if error.is_parse() => (400, Outcome::Malformed),
        _ => return,
    };
    shared.log.answered(Answered {
        number: 0,
        peer,
        method: String::new(),
        path: String::new(),
        status,
        bytes: 0,
        took: began.elapsed(),
        instance: None,
        fresh: false,
        outcome,
    });
}

/// Gives what has begun its time; says how many requests were not finished in it.
async fn finish(shared: &Shared) -> usize {
    shared.log.stopping(shared.running.now());
    let finished = async {
        shared.running.gone().await;
        shared.instances.gone().await;
    };
    tokio::select! {
        _ = timeout(milliseconds(shared.options.grace), finished) => {}
        () = shared.stop.wait(2) => {}
    }
    shared.over.store(true, Ordering::Release);
    shared.running.now()
}
