//! What earlier runs found out: the shape of each file that was validated in full; which large core modules inside have
//! valid function bodies, which they still have when the rest of the file changes; which results are what their plans say.
//!
//! What is remembered is as good as what is read: entries are found by the fingerprint of the bytes, the version of the
//! validator and the features it was told to accept; an entry that is damaged in any way is none. A forged one could
//! say that something is valid which is not. Nothing is remembered of what was refused.
//!
//! Where entries are kept is not said here: a [`Memory`] stores bytes under a key.

use crate::model::component::{Digest, Fingerprint};
use crate::types::shape::Shape;
use crate::types::sound::is_sound;
use serde::{Deserialize, Serialize};
use wasmparser::WasmFeatures;

/// The line of `wasmparser` that judged; another one may judge otherwise.
const VALIDATOR: &str = "wasmparser 0.263";
/// The form of what is known of a file.
const SHAPE: &str = "shape 1";

/// A place for what is known of inputs. It may forget anything at any time.
pub trait Memory: Sync {
    /// What was stored under a key.
    fn get(&self, key: &Fingerprint) -> Option<Vec<u8>>;
    /// Stores bytes under a key.
    fn put(&self, key: &Fingerprint, entry: &[u8]);
}

/// Remembers nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forgetful;

impl Memory for Forgetful {
    fn get(&self, _: &Fingerprint) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &Fingerprint, _: &[u8]) {}
}

/// What is known of a component without looking at its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) digest: Digest,
    pub(super) inner_count: usize,
    pub(super) shape: Shape,
}

/// What is remembered of a file of that fingerprint.
pub(super) fn recall(memory: &dyn Memory, file: Fingerprint, features: WasmFeatures) -> Option<Known> {
    let key = key(SHAPE, file, features);
    let entry = memory.get(&key)?;
    let (sum, body) = entry.split_first_chunk::<32>()?;
    if checksum(&key, body) != *sum {
        return None;
    }
    let known: Known = postcard::from_bytes(body).ok()?;
    is_sound(&known.shape).then_some(known)
}

/// Remembers what was found out about a file of that fingerprint.
pub(super) fn remember(memory: &dyn Memory, file: Fingerprint, features: WasmFeatures, known: &Known) {
    if let Ok(body) = postcard::to_stdvec(known) {
        let key = key(SHAPE, file, features);
        let mut entry = checksum(&key, &body).to_vec();
        entry.extend(body);
        memory.put(&key, &entry);
    }
}

/// Something that was found to be valid and of which no more needs to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Valid {
    /// The function bodies of a core module.
    Bodies,
    /// Our own part of a result, and that its world is the predicted one.
    Result,
}

/// Whether the thing of that fingerprint is known to be valid.
pub(crate) fn is_known(memory: &dyn Memory, what: Valid, of: Fingerprint, features: WasmFeatures) -> bool {
    let key = what.key(of, features);
    memory.get(&key).is_some_and(|entry| entry == checksum(&key, &[]))
}

/// Remembers that it is.
pub(crate) fn note(memory: &dyn Memory, what: Valid, of: Fingerprint, features: WasmFeatures) {
    let key = what.key(of, features);
    memory.put(&key, &checksum(&key, &[]));
}

impl Valid {
    fn key(self, of: Fingerprint, features: WasmFeatures) -> Fingerprint {
        let form = match self {
            Self::Bodies => "bodies 1",
            Self::Result => "result 1",
        };
        key(form, of, features)
    }
}

/// Over the key too, so that an entry in the place of another one is none.
fn checksum(key: &Fingerprint, body: &[u8]) -> [u8; 32] {
    *blake3::Hasher::new().update(&key.0).update(body).finalize().as_bytes()
}

fn key(form: &str, of: Fingerprint, features: WasmFeatures) -> Fingerprint {
    let mut hasher = blake3::Hasher::new();
    for part in [form, VALIDATOR, env!("CARGO_PKG_VERSION")] {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    Fingerprint(*hasher.update(&features.bits().to_le_bytes()).update(&of.0).finalize().as_bytes())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::types::samples;
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    #[derive(Default)]
    pub(in crate::decode) struct InMemory(Mutex<BTreeMap<Fingerprint, Vec<u8>>>);

    impl InMemory {
        pub(in crate::decode) fn len(&self) -> usize {
            self.0.lock().expect("nobody panicked").len()
        }
    }

    impl Memory for InMemory {
        fn get(&self, key: &Fingerprint) -> Option<Vec<u8>> {
            self.0.lock().expect("nobody panicked").get(key).cloned()
        }

        fn put(&self, key: &Fingerprint, entry: &[u8]) {
            self.0.lock().expect("nobody panicked").insert(*key, entry.to_vec());
        }
    }

    fn known() -> Known {
        let shape = samples::wat(
            r#"(component
                 (import "a:b/c" (instance (export "r" (type (sub resource))) (export "f" (func))))
                 (import "t" (type (sub resource)))
                 (type $l (list u8))
                 (export "l" (type $l)))"#,
        );
        Known { digest: Digest([7; 32]), inner_count: 3, shape }
    }

    #[test]
    fn what_was_remembered_is_recalled_for_the_same_file_and_features_only() {
        let (memory, known, file) = (InMemory::default(), known(), Fingerprint::of(b"file"));
        let features = WasmFeatures::default();
        remember(&memory, file, features, &known);
        assert_eq!(recall(&memory, file, features).as_ref(), Some(&known));
        assert_eq!(recall(&memory, Fingerprint::of(b"other"), features), None);
        assert_eq!(recall(&memory, file, WasmFeatures::all()), None);
    }

    #[test]
    fn an_entry_with_any_damage_is_none() {
        let (known, file, features) = (known(), Fingerprint::of(b"file"), WasmFeatures::default());
        let whole = InMemory::default();
        remember(&whole, file, features, &known);
        let entry = whole.get(&key(SHAPE, file, features)).expect("it was stored");
        for index in 0..entry.len() {
            let (cut, mut flipped) = (entry[..index].to_vec(), entry.clone());
            flipped[index] ^= 1 << (index % 8);
            for damaged in [cut, flipped] {
                let memory = InMemory::default();
                memory.put(&key(SHAPE, file, features), &damaged);
                assert_eq!(recall(&memory, file, features), None, "byte {index}");
            }
        }
    }

    #[test]
    fn an_entry_that_was_forged_is_recalled_only_if_its_shape_can_be_walked() {
        let (known, file, features) = (known(), Fingerprint::of(b"file"), WasmFeatures::default());
        let body = postcard::to_stdvec(&known).expect("a shape can be written");
        let mut recalled = 0;
        for index in 0..body.len() {
            for value in [0, 1, 2, 5, 127, 255] {
                let mut forged = body.clone();
                forged[index] = value;
                let memory = InMemory::default();
                let key = key(SHAPE, file, features);
                memory.put(&key, &[&checksum(&key, &forged)[..], &forged].concat());
                if let Some(known) = recall(&memory, file, features) {
                    recalled += 1;
                    // Walks everything; would panic on an index that leads nowhere.
                    crate::types::world_text::canonical_text(&known.shape);
                }
            }
        }
        assert!(recalled > 0, "names can be forged, and then the shape differs");
    }

    #[test]
    fn the_validator_is_the_one_that_the_key_names() {
        let lock = include_str!("../../Cargo.lock");
        let version = VALIDATOR.rsplit(' ').next().expect("it has two words");
        assert!(lock.contains(&format!("name = \"wasmparser\"\nversion = \"{version}.")), "{VALIDATOR} is out of date");
    }
}
