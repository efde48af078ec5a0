//! Recording: the blocks of a consumer in an environment are replaced as a whole, all others stay as they are.

use super::diags::{CannotRecord, NotRecorded};
use super::used;
use super::{Block, Lock};
use crate::diag::Sink;
use crate::model::near::nearest;
use crate::model::request::Written;
use crate::types::shape::Shape;

/// What became of a consumer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its name.
    pub consumer: String,
    /// How many imports are recorded now.
    pub imports: usize,
    /// How many more it has.
    pub left: usize,
    /// Those that were not there before.
    pub new: Vec<String>,
    /// Those that were different.
    pub changed: Vec<String>,
    /// Those that it no longer has.
    pub gone: Vec<String>,
    /// Whether it was recorded before.
    pub known: bool,
    /// Whether that recording was not whole.
    pub mended: bool,
}

/// Whether an import is the host's: no team answers for it, and no provider has it.
pub fn is_hosts(import: &str) -> bool {
    import.starts_with("wasi:")
}

/// Records what a component imports, as far as it is wanted. `None` if something of it has no form in WIT, which is in the sink; the lock is as it
/// was then.
pub fn record(
    lock: &mut Lock,
    environment: Option<&str>,
    consumer: &str,
    (shape, wanted): (&Shape, &dyn Fn(&str) -> bool),
    origin: &str,
    sink: &mut Sink,
) -> Option<Recorded> {
    let mut blocks = Vec::new();
    let mut all = used::all(shape);
    let before = all.len();
    all.retain(|(import, _)| wanted(import));
    let imports = all.len();
    let mut whole = true;
    for (import, used) in all {
        match used {
            Ok(used) => blocks.push(Block {
                environment: environment.map(str::to_owned),
                consumer: consumer.to_owned(),
                imports,
                used,
                at: None,
            }),
            Err(why) => {
                sink.report(CannotRecord { origin, import: &import, why: &why });
                whole = false;
            }
        }
    }
    if !whole {
        return None;
    }
    let is_own = |block: &Block| block.environment.as_deref() == environment && block.consumer == consumer;
    let (old, rest): (Vec<Block>, Vec<Block>) = lock.blocks.drain(..).partition(is_own);
    let was = |block: &Block| old.iter().find(|old| old.used.import == block.used.import);
    let digest = |block: &Block| used::hash(&[], &block.used.shape);
    let differs = |block: &Block| was(block).is_some_and(|old| digest(old) != digest(block));
    let names = |blocks: &mut dyn Iterator<Item = &Block>| blocks.map(|block| block.used.import.clone()).collect();
    let recorded = Recorded {
        consumer: consumer.to_owned(),
        imports,
        left: before - imports,
        new: names(&mut blocks.iter().filter(|block| was(block).is_none())),
        changed: names(&mut blocks.iter().filter(|block| differs(block))),
        gone: names(&mut old.iter().filter(|old| blocks.iter().all(|new| new.used.import != old.used.import))),
        known: !old.is_empty(),
        mended: lock.damaged.remove(&(environment.map(str::to_owned), consumer.to_owned())).is_some(),
    };
    lock.blocks = rest;
    lock.blocks.append(&mut blocks);
    lock.blocks.sort_by(|one, other| one.key().cmp(&other.key()));
    Some(recorded)
}

/// Takes a consumer out of an environment; what is not there is in the sink.
pub fn retire(lock: &mut Lock, environment: Option<&str>, consumer: &Written, sink: &mut Sink) -> Option<usize> {
    let before = lock.blocks.len();
    let is_own = |block: &Block| block.environment.as_deref() == environment && block.consumer == consumer.text;
    let elsewhere = lock.blocks.iter().find(|block| block.consumer == consumer.text && !is_own(block));
    let elsewhere = elsewhere.map(|block| block.environment.clone());
    lock.blocks.retain(|block| !is_own(block));
    let who = (environment.map(str::to_owned), consumer.text.clone());
    let damaged = lock.damaged.remove(&who);
    let gone = before - lock.blocks.len() + damaged.unwrap_or(0);
    if gone == 0 && damaged.is_none() {
        let here = lock.blocks.iter().filter(|block| block.environment.as_deref() == environment);
        let near = nearest(&consumer.text, here.map(|block| block.consumer.as_str()));
        sink.report(NotRecorded { consumer, environment, near, elsewhere: elsewhere.as_ref() });
        return None;
    }
    Some(gone)
}
