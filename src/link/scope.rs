//! Type index spaces while encoding: the result's own one, and those of the instance types under construction.
//!
//! Each remembers which named types and which structures it already has an index for. A type known further out is
//! brought in by an outer alias, one known to an instance by an alias of that instance's export.

use crate::model::plan::{InstanceId, OpenId, Plug};
use crate::types::shape::TypeId;
use std::collections::HashMap;
use wasm_encoder::{
    Alias, ComponentBuilder, ComponentExportKind, ComponentExternName, ComponentOuterAliasKind, ComponentType,
    ComponentTypeEncoder, ComponentTypeRef, InstanceType,
};

/// The thing a named type is found below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Holder {
    /// An import of the result.
    Open(OpenId),
    /// An export of the result that is already written.
    Export(Plug),
    /// An instance inside the result, by its index.
    Instance(u32),
}

/// One index space.
#[derive(Default)]
pub(super) struct Space {
    pub types: HashMap<(Holder, Vec<String>), u32>,
    pub instances: HashMap<(Holder, Vec<String>), u32>,
    pub structures: HashMap<(InstanceId, TypeId), u32>,
    /// Outer indices already brought in: (levels out, index there).
    outer: HashMap<(u32, u32), u32>,
}

/// What is being written at the outermost level.
pub(super) enum Top {
    /// A component.
    Component(Box<ComponentBuilder>),
    /// The type of one.
    Type(ComponentType),
}

/// The stack of index spaces: the result first, the instance type being written last.
pub(super) struct Scopes {
    pub top: Top,
    pub top_space: Space,
    inner: Vec<(InstanceType, Space)>,
}

impl Scopes {
    /// Empty index spaces around what is to be written.
    pub(super) fn new(top: Top) -> Self {
        Self { top, top_space: Space::default(), inner: Vec::new() }
    }

    /// The component being written.
    pub(super) fn component(&mut self) -> &mut ComponentBuilder {
        match &mut self.top {
            Top::Component(builder) => builder,
            Top::Type(_) => unreachable!("only the type of a component is being written"),
        }
    }

    /// The bytes of the component.
    pub(super) fn finish(self) -> Vec<u8> {
        match self.top {
            Top::Component(builder) => builder.finish(),
            Top::Type(_) => unreachable!("only the type of a component is being written"),
        }
    }

    /// Writes an import of the result.
    pub(super) fn import(&mut self, name: ComponentExternName<'_>, ty: ComponentTypeRef) -> u32 {
        match (&mut self.top, ty) {
            (Top::Component(builder), _) => builder.import(name, ty),
            (Top::Type(top), _) => {
                top.import(name, ty);
                index_after(top, ty)
            }
        }
    }

    /// Takes something out of an instance of the innermost index space.
    fn alias(&mut self, alias: Alias<'_>) -> u32 {
        let kind = match alias {
            Alias::InstanceExport { kind: ComponentExportKind::Instance, .. } => ComponentTypeRef::Instance(0),
            _ => ComponentTypeRef::Func(0),
        };
        match (self.inner.last_mut(), &mut self.top) {
            (None, Top::Component(builder)) => builder.alias(None, alias),
            (None, Top::Type(top)) => {
                top.alias(alias);
                match kind {
                    ComponentTypeRef::Instance(_) => top.instance_count() - 1,
                    _ => top.type_count() - 1,
                }
            }
            (Some((ty, _)), _) => {
                ty.alias(alias);
                match kind {
                    ComponentTypeRef::Instance(_) => ty.instance_count() - 1,
                    _ => ty.type_count() - 1,
                }
            }
        }
    }

    /// How many instance types are under construction.
    pub(super) fn depth(&self) -> usize {
        self.inner.len()
    }

    /// The index space at a level, 0 for the result.
    pub(super) fn space(&mut self, level: usize) -> &mut Space {
        match level.checked_sub(1) {
            None => &mut self.top_space,
            Some(inner) => &mut self.inner[inner].1,
        }
    }

    /// The innermost index space.
    pub(super) fn here(&mut self) -> &mut Space {
        self.space(self.depth())
    }

    /// Begins an instance type.
    pub(super) fn open(&mut self) {
        self.inner.push((InstanceType::new(), Space::default()));
    }

    /// Ends the innermost instance type; its index in the space around it.
    pub(super) fn close(&mut self) -> u32 {
        let (ty, _) = self.inner.pop().expect("every close follows an open");
        self.define(|encoder| encoder.instance(&ty))
    }

    /// Puts the instance types under construction aside, so that something can be written to the result.
    pub(super) fn suspend(&mut self) -> Suspended {
        Suspended(std::mem::take(&mut self.inner))
    }

    /// Takes up what was put aside.
    pub(super) fn resume(&mut self, suspended: Suspended) {
        debug_assert!(self.inner.is_empty(), "what came between is finished");
        self.inner = suspended.0;
    }

    /// The instance type under construction.
    pub(super) fn instance_type(&mut self) -> &mut InstanceType {
        &mut self.inner.last_mut().expect("an instance type is under construction").0
    }

    /// Adds a type to the innermost index space.
    pub(super) fn define(&mut self, encode: impl FnOnce(ComponentTypeEncoder<'_>)) -> u32 {
        match (self.inner.last_mut(), &mut self.top) {
            (None, Top::Component(builder)) => {
                let (index, encoder) = builder.ty(None);
                encode(encoder);
                index
            }
            (None, Top::Type(top)) => {
                encode(top.ty());
                top.type_count() - 1
            }
            (Some((ty, _)), _) => {
                encode(ty.ty());
                ty.type_count() - 1
            }
        }
    }

    /// The index here of a type that has `index` at `level`.
    pub(super) fn bring(&mut self, level: usize, index: u32) -> u32 {
        let count = u32::try_from(self.depth() - level).expect("nesting is shallow");
        if count == 0 {
            return index;
        }
        if let Some(known) = self.here().outer.get(&(count, index)) {
            return *known;
        }
        let ty = self.instance_type();
        ty.alias(Alias::Outer { kind: ComponentOuterAliasKind::Type, count, index });
        let here = ty.type_count() - 1;
        self.here().outer.insert((count, index), here);
        here
    }

    /// The index here of a type below something that some index space around knows; `None` if none does.
    pub(super) fn find(&mut self, holder: Holder, path: &[String]) -> Option<u32> {
        for level in (0..=self.depth()).rev() {
            if let Some(index) = self.find_at(level, holder, path) {
                return Some(self.bring(level, index));
            }
        }
        None
    }

    /// The same at one level. Only what stands at the innermost level or in the result can be taken out of an
    /// instance; between the two, types are found when they have an index already.
    fn find_at(&mut self, level: usize, holder: Holder, path: &[String]) -> Option<u32> {
        let key = (holder, path.to_vec());
        if let Some(index) = self.space(level).types.get(&key) {
            return Some(*index);
        }
        if level != 0 && level != self.depth() {
            return None;
        }
        let (name, above) = path.split_last()?;
        let aside = (level != self.depth()).then(|| self.suspend());
        let index = self
            .find_instance(holder, above)
            .map(|instance| self.alias(Alias::InstanceExport { instance, kind: ComponentExportKind::Type, name }));
        if let Some(aside) = aside {
            self.resume(aside);
        }
        let index = index?;
        self.space(level).types.insert(key, index);
        Some(index)
    }

    /// The index of an instance of the innermost index space, taken out of the one above it if need be.
    fn find_instance(&mut self, holder: Holder, path: &[String]) -> Option<u32> {
        let key = (holder, path.to_vec());
        if let Some(index) = self.here().instances.get(&key) {
            return Some(*index);
        }
        let (name, above) = path.split_last()?;
        let instance = self.find_instance(holder, above)?;
        let index = self.alias(Alias::InstanceExport { instance, kind: ComponentExportKind::Instance, name });
        self.here().instances.insert(key, index);
        Some(index)
    }
}

/// Instance types put aside.
pub(super) struct Suspended(Vec<(InstanceType, Space)>);

/// The index that an import or export of that type just made.
pub(super) fn index_after(top: &ComponentType, ty: ComponentTypeRef) -> u32 {
    match ty {
        ComponentTypeRef::Instance(_) => top.instance_count() - 1,
        // Only instances and types are ever referred to again.
        _ => top.type_count().saturating_sub(1),
    }
}
