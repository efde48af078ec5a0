//! One request on its way: what the connection, the instance and the log share of it.

use super::events::{Answered, Failure, Outcome};
use super::line::Mark;
use super::shared::Shared;
use crate::error::Error;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;
use tokio::sync::{Notify, OwnedSemaphorePermit};

/// What connection and instance share. The place it takes among the requests that are answered at once is free again when
/// both are done with it.
pub(super) struct Call {
    pub(super) number: u64,
    /// Who answers it, and whether it was the first there.
    pub(super) worker: OnceLock<(Arc<Record>, bool)>,
    /// Whether its body was larger than it may be.
    pub(super) too_large: AtomicBool,
    /// Whether its body stalled.
    pub(super) slow: AtomicBool,
    /// Whether the component answered it to the end.
    pub(super) done: Arc<AtomicBool>,
    pub(super) place: OnceLock<OwnedSemaphorePermit>,
}

impl Call {
    pub(super) fn new(number: u64) -> Self {
        Call {
            number,
            worker: OnceLock::new(),
            too_large: AtomicBool::new(false),
            slow: AtomicBool::new(false),
            done: Arc::default(),
            place: OnceLock::new(),
        }
    }
}

/// What is known of an instance.
pub(super) struct Record {
    pub(super) number: u64,
    /// The requests that it has begun.
    pub(super) begun: AtomicUsize,
    /// Whether it was ended because it took too long.
    pub(super) expired: AtomicBool,
    /// Whether it failed, so that what ended was broken off.
    pub(super) failed: AtomicBool,
    /// Whether its failure was told.
    pub(super) told: AtomicBool,
    /// Whether it is gone.
    pub(super) gone: AtomicBool,
    pub(super) going: Notify,
    /// The numbers of those, and whether they are done. Not the calls themselves, which hold places.
    calls: Mutex<Vec<(u64, Arc<AtomicBool>)>>,
}

impl Record {
    pub(super) fn new(number: u64) -> Self {
        Record {
            number,
            begun: AtomicUsize::new(0),
            expired: AtomicBool::new(false),
            failed: AtomicBool::new(false),
            told: AtomicBool::new(false),
            gone: AtomicBool::new(false),
            going: Notify::new(),
            calls: Mutex::default(),
        }
    }

    /// One more request.
    pub(super) fn begins(self: &Arc<Self>, call: &Arc<Call>) {
        let fresh = self.begun.fetch_add(1, Ordering::Relaxed) == 0;
        let _ = call.worker.set((self.clone(), fresh));
        if let Ok(mut calls) = self.calls.lock() {
            calls.retain(|(_, done)| !done.load(Ordering::Acquire));
            calls.push((call.number, call.done.clone()));
        }
    }

    /// The requests that it has not finished, and no more need for them.
    pub(super) fn unfinished(&self) -> Vec<u64> {
        let calls = self.calls.lock().map(|mut calls| std::mem::take(&mut *calls)).unwrap_or_default();
        calls.into_iter().filter(|(_, done)| !done.load(Ordering::Acquire)).map(|(number, _)| number).collect()
    }
}

/// One request's line of the log, which is written when this is dropped: by then its answer is in the client's hands, or
/// never will be. Every piece of the answer that waits to be sent holds it.
pub(super) struct Delivery {
    pub(super) shared: Arc<Shared>,
    pub(super) call: Arc<Call>,
    peer: SocketAddr,
    pub(super) method: String,
    path: String,
    began: Instant,
    /// The connection.
    pub(super) mark: Arc<Mark>,
    /// What the connection had sent before.
    before: u64,
    /// The bytes of the body that the client's end of the connection took.
    taken: AtomicU64,
    ended: OnceLock<Ending>,
}

/// What was to be the answer.
struct Ending {
    status: u16,
    bytes: u64,
    outcome: Outcome,
}

impl Delivery {
    pub(super) fn new(
        shared: &Arc<Shared>,
        call: &Arc<Call>,
        peer: SocketAddr,
        mark: &Arc<Mark>,
        (method, path): (String, String),
    ) -> Self {
        Delivery {
            shared: shared.clone(),
            call: call.clone(),
            peer,
            method,
            path,
            began: Instant::now(),
            mark: mark.clone(),
            before: mark.sent(),
            taken: AtomicU64::new(0),
            ended: OnceLock::new(),
        }
    }

    /// So many bytes of the body more were taken.
    pub(super) fn takes(&self, bytes: usize) {
        self.taken.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        self.shared.running.leave();
        let bytes = *self.taken.get_mut();
        let Ending { mut status, bytes: handed, mut outcome } =
            self.ended.take().unwrap_or(Ending { status: 0, bytes: 0, outcome: Outcome::Gone });
        if bytes < handed && outcome == Outcome::Done {
            outcome = Outcome::Cut;
        }
        // An answer that breaks off early enough is none.
        if (bytes < handed || outcome == Outcome::Cut) && self.mark.sent() == self.before {
            status = 0;
        }
        let worker = self.call.worker.get();
        self.shared.log.answered(Answered {
            number: self.call.number,
            peer: self.peer,
            method: std::mem::take(&mut self.method),
            path: std::mem::take(&mut self.path),
            status,
            bytes,
            took: self.began.elapsed(),
            instance: worker.map(|(record, _)| record.number),
            fresh: worker.is_some_and(|(_, fresh)| *fresh),
            outcome,
        });
    }
}

/// A request that is being answered.
pub(super) struct Ticket {
    pub(super) delivery: Arc<Delivery>,
    pub(super) status: u16,
    /// The bytes of the body that were handed on.
    pub(super) handed: u64,
    pub(super) outcome: Outcome,
}

impl Ticket {
    /// The answer has been handed on to its end.
    pub(super) fn finished(&mut self) {
        self.delivery.call.done.store(true, Ordering::Release);
        if self.outcome == Outcome::Cut {
            self.outcome = Outcome::Done;
        }
    }

    /// Whether the instance that answers it has failed.
    pub(super) fn is_broken(&self) -> bool {
        self.delivery.call.worker.get().is_some_and(|(record, _)| record.failed.load(Ordering::Acquire))
    }

    /// Tells a failure.
    pub(super) fn fail(&self, error: Error) {
        let Delivery { shared, call, .. } = &*self.delivery;
        let instance = call.worker.get().map(|(record, _)| record.number);
        shared.log.failed(Failure { instance, requests: vec![call.number], error });
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let ending = Ending { status: self.status, bytes: self.handed, outcome: self.outcome };
        // It is nobody else's.
        let _ = self.delivery.ended.set(ending);
        self.delivery.mark.idle();
    }
}

/// Counts what is there, and tells who waits when nothing is.
#[derive(Default)]
pub(super) struct Count {
    now: AtomicUsize,
    ever: AtomicU64,
    none: Notify,
}

impl Count {
    /// One more; gives its number, from 1 on.
    pub(super) fn enter(&self) -> u64 {
        self.now.fetch_add(1, Ordering::AcqRel);
        self.ever.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(super) fn leave(&self) {
        if self.now.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.none.notify_waiters();
        }
    }

    pub(super) fn now(&self) -> usize {
        self.now.load(Ordering::Acquire)
    }

    pub(super) fn ever(&self) -> u64 {
        self.ever.load(Ordering::Relaxed)
    }

    /// Waits until there is none.
    pub(super) async fn gone(&self) {
        let mut none = std::pin::pin!(self.none.notified());
        loop {
            none.as_mut().enable();
            if self.now() == 0 {
                return;
            }
            none.as_mut().await;
            none.set(self.none.notified());
        }
    }
}
