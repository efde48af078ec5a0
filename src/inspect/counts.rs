//! How much comes to life when a file is instantiated, in the numbers that hosts limit.
//!
//! An instance of a component brings all instances inside of it, so a small file may ask for very much: the sums
//! saturate. They are made in the order in which components end, because what is instantiated has ended before.

use super::anatomy::Counts;
use super::assemble::is_shim;
use super::read::{Body, Occurrence};
use super::spaces::Origin;

/// Counts the outermost occurrence.
pub(super) fn of(occurrences: &[Occurrence], ended: &[usize]) -> Counts {
    let mut counts = vec![Counts::default(); occurrences.len()];
    for number in ended {
        counts[*number] = match &occurrences[*number].body {
            Body::Module(module) => Counts {
                core_instances: 1,
                memories: module.memories,
                tables: module.tables,
                modules: 1,
                ..Counts::default()
            },
            Body::Component(spaces) => {
                let mut sum = Counts { components: 1, ..Counts::default() };
                for inner in occurrences[*number].inner.iter().map(|inner| counts[*inner]) {
                    sum.components = sum.components.saturating_add(inner.components);
                    sum.modules = sum.modules.saturating_add(inner.modules);
                }
                for made in &spaces.instantiations {
                    let Origin::Inner(component) = made.component else { continue };
                    let shim = match &occurrences[component].body {
                        Body::Component(target) => is_shim(target, made),
                        Body::Module(_) => false,
                    };
                    sum.add_living(counts[component]);
                    sum.instances = sum.instances.saturating_add(u64::from(!shim));
                }
                for module in &spaces.core_instances {
                    let Origin::Inner(module) = module else { continue };
                    sum.add_living(counts[*module]);
                }
                sum
            }
        };
    }
    counts.into_iter().next().unwrap_or_default()
}

impl Counts {
    fn add_living(&mut self, other: Self) {
        self.instances = self.instances.saturating_add(other.instances);
        self.core_instances = self.core_instances.saturating_add(other.core_instances);
        self.memories = self.memories.saturating_add(other.memories);
        self.tables = self.tables.saturating_add(other.tables);
    }
}
