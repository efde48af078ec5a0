//! Memory for many short-lived instances: reserved once and used again, where there is address space for that.

use crate::Result;
use crate::engine::Engine;
use crate::profile::Profile;
use wasmtime::{Config, InstanceAllocationStrategy, PoolingAllocationConfig};

/// Instances at once. One of a composition has several memories and tables, so those are more.
const COMPONENTS: u32 = 1000;
/// Memories at once, each with 4 GiB of address space.
const MEMORIES: u32 = 3000;
const TABLES: u32 = 8000;
const CORE_INSTANCES: u32 = 30_000;
/// Elements of one table; the largest interpreters have some ten thousand functions.
const ELEMENTS: usize = 100_000;
/// Tables and memories of one core module.
const IN_ONE: u32 = 16;
/// Bytes of a memory, a table or a stack that stay in place for the next instance; beyond them pages go back to the system.
const RESIDENT: usize = 64 << 10;

impl Engine {
    /// An engine for a server: instances are taken from a pool, or made one by one where the address space is too small for
    /// a pool (`ulimit -v`, processors with short addresses). Images are the same.
    ///
    /// # Errors
    /// If the machine cannot run it, or the target is not known.
    pub fn for_serving(profile: Profile) -> Result<Self> {
        Self::pooled(profile, None)
    }

    /// The same for an image that runs where it is mapped.
    ///
    /// # Errors
    /// If the machine cannot run it, or the target is not known.
    pub fn for_serving_in_place(profile: Profile) -> Result<Self> {
        Self::pooled(profile, Some(crate::in_place::allow))
    }

    fn pooled(profile: Profile, mapped: Option<fn(&mut Config)>) -> Result<Self> {
        let mut pool = PoolingAllocationConfig::new();
        pool.total_component_instances(COMPONENTS)
            .total_core_instances(CORE_INSTANCES)
            .total_memories(MEMORIES)
            .total_tables(TABLES)
            .total_stacks(COMPONENTS)
            .total_gc_heaps(COMPONENTS)
            .max_tables_per_module(IN_ONE)
            .max_memories_per_module(IN_ONE)
            .table_elements(ELEMENTS)
            .linear_memory_keep_resident(RESIDENT)
            .table_keep_resident(RESIDENT);
        let pooled = Engine::allocating(profile.clone(), InstanceAllocationStrategy::Pooling(pool), mapped);
        pooled.or_else(|_| Engine::allocating(profile, InstanceAllocationStrategy::OnDemand, mapped))
    }
}
