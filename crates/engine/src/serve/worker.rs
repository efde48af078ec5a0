//! Instances: how they are made, how many requests each gets, when it has taken too long, what is told of its end.

use super::call::{Call, Record};
use super::events::Failure;
use super::options::milliseconds;
use super::shared::Shared;
use crate::error::Error;
use crate::host::Host;
use crate::limits::Limit;
use crate::program::Program;
use crate::state::{Network, State};
use crate::trap;
use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::time::{Sleep, sleep, sleep_until, timeout};
use wasmtime::component::GuestTaskId;
use wasmtime::{Store, StoreContextMut};
use wasmtime_wasi_http::WasiHttpView;
use wasmtime_wasi_http::handler::{
    HandlerState, Instance, ProxyPre, ShouldAccept, WorkerExpiration, WorkerState, WorkerStatus,
};

/// How many requests an instance of a 0.2 handler answers by itself: one. What it keeps from one request to the next would
/// be one client's data in another's answer, and nothing in 0.2 says that it was written with that in mind.
const REUSE_2: usize = 1;
/// The same for 0.3, whose handlers are made to run several requests at once.
const REUSE_3: usize = 128;

/// Makes instances.
pub(super) struct Maker {
    pub(super) program: Program,
    pub(super) proxy: ProxyPre<State>,
    pub(super) host: Host,
    pub(super) network: Network,
    pub(super) shared: Arc<Shared>,
}

impl Maker {
    fn reuse(&self) -> usize {
        let own = if matches!(self.proxy, ProxyPre::P3(_)) { REUSE_3 } else { REUSE_2 };
        self.shared.options.reuse.unwrap_or(own).max(1)
    }

    fn together(&self) -> usize {
        if matches!(self.proxy, ProxyPre::P3(_)) { self.shared.options.together.max(1) } else { 1 }
    }
}

impl HandlerState for Maker {
    type StoreData = State;
    type WorkerExpiration = Expiry;
    type WorkerState = Worker;

    async fn instantiate(&self) -> wasmtime::Result<Instance<State, Expiry, Worker>> {
        let mut store = self.program.store_within(&self.host, &self.network).map_err(wasmtime::Error::new)?;
        let made = match self.shared.time {
            Some(limit) => match timeout(limit, self.proxy.instantiate_async(&mut store)).await {
                Ok(made) => made,
                Err(_) => return Err(wasmtime::Error::new(Error::Limit(Limit::Time))),
            },
            None => self.proxy.instantiate_async(&mut store).await,
        };
        let proxy = match made {
            Ok(proxy) => proxy,
            // No place in the pool; whoever asks may wait for one.
            Err(error) if error.is::<wasmtime::PoolConcurrencyLimitError>() => return Err(error),
            Err(error) => {
                let state = store.data();
                return Err(wasmtime::Error::new(trap::not_made(&error, state)));
            }
        };
        let record = Arc::new(Record::new(self.shared.instances.enter()));
        let expiration = Expiry::new(record.clone(), self.shared.clone());
        let fuel = self.program.engine.profile().metered.then(|| self.host.limits.fuel.unwrap_or(u64::MAX));
        let state =
            Worker { record, shared: self.shared.clone(), reuse: self.reuse(), together: self.together(), fuel };
        Ok(Instance { store, proxy, view: State::http, expiration, state })
    }
}

/// When an instance has taken too long. Asked from outside of it, so that a busy one is ended too.
pub(super) struct Expiry {
    record: Arc<Record>,
    shared: Arc<Shared>,
    timer: Pin<Box<Sleep>>,
    stopping: Pin<Box<dyn Future<Output = ()> + Send + Sync>>,
}

impl Expiry {
    fn new(record: Arc<Record>, shared: Arc<Shared>) -> Self {
        let stopping = Box::pin(shared.stop.wait(1));
        Expiry { record, timer: Box::pin(sleep(milliseconds(shared.options.idle))), stopping, shared }
    }

    fn expired(&self) -> bool {
        self.record.expired.load(Ordering::Acquire)
    }
}

impl WorkerExpiration for Expiry {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>, status: WorkerStatus, start: Instant) -> Poll<()> {
        let this = self.get_mut();
        let idle = status == WorkerStatus::Idle;
        // Nobody is left who waits for what it still does.
        if status != WorkerStatus::Requests && this.expired() {
            return Poll::Ready(());
        }
        if idle && this.stopping.as_mut().poll(cx).is_ready() {
            return Poll::Ready(());
        }
        let limit = if idle { Some(milliseconds(this.shared.options.idle)) } else { this.shared.time };
        let Some(deadline) = limit.and_then(|limit| start.checked_add(limit)) else { return Poll::Pending };
        let deadline = tokio::time::Instant::from_std(deadline);
        if this.timer.deadline() != deadline {
            this.timer.as_mut().reset(deadline);
        }
        if this.timer.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        if !idle {
            this.record.expired.store(true, Ordering::Release);
        }
        Poll::Ready(())
    }
}

/// One instance at work.
pub(super) struct Worker {
    record: Arc<Record>,
    shared: Arc<Shared>,
    reuse: usize,
    together: usize,
    /// What each request may take.
    fuel: Option<u64>,
}

impl WorkerState for Worker {
    type StoreData = State;
    type RequestData = Arc<Call>;

    fn should_accept_request(&self, at_once: usize, ever: usize) -> ShouldAccept {
        match () {
            () if ever >= self.reuse => ShouldAccept::Never,
            () if at_once >= self.together => ShouldAccept::No,
            () => ShouldAccept::Yes,
        }
    }

    fn on_request_start(
        &self,
        mut store: StoreContextMut<'_, State>,
        call: Arc<Call>,
        _: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + Sync>> {
        self.record.begins(&call);
        if let Some(fuel) = self.fuel {
            // Fails only where fuel is not counted.
            let _ = store.set_fuel(fuel);
        }
        let record = self.record.clone();
        // Of several requests in one instance, those that are in time are not to fall with the one that is not. Of one
        // alone `Expiry` takes care.
        let limit = self.shared.time.filter(|_| self.together > 1);
        let until = limit.map(|limit| sleep_until(tokio::time::Instant::now() + limit));
        Box::pin(async move {
            let _place = call;
            match until {
                Some(until) => {
                    until.await;
                    record.expired.store(true, Ordering::Release);
                }
                None => pending().await,
            }
        })
    }

    fn drop(&self, store: Store<State>, result: wasmtime::Result<()>) {
        let requests = self.record.unfinished();
        // Before the store goes, and with it the answers that it was still making.
        self.record.failed.store(result.is_err(), Ordering::Release);
        let state = store.data();
        let fault = match result {
            Err(_) if self.record.expired.load(Ordering::Acquire) => Some(Error::Limit(Limit::Time)),
            // Nobody is left who would wait for it, and it is put away unfinished.
            Err(_) if self.shared.over.load(Ordering::Acquire) => None,
            // A 0.3 instance sees it as an error of its stream, and may go on without a word.
            _ if state.written.full() => Some(Error::Limit(Limit::Output)),
            Err(error) => Some(trap::failed(&error, state)),
            Ok(()) => None,
        };
        if let Some(error) = fault
            && !self.record.told.swap(true, Ordering::AcqRel)
        {
            self.shared.log.failed(Failure { instance: Some(self.record.number), requests, error });
        }
        drop(store);
        self.record.gone.store(true, Ordering::Release);
        self.record.going.notify_waiters();
        self.shared.instances.leave();
        self.shared.freed.notify_waiters();
    }
}
