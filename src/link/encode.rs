//! Types of shapes written as types of the result.
//!
//! A named type is referred to by the name it has in the result ([`Origin`]); what has none is written out as a
//! structure. A type is written into the innermost index space, so the same walk serves imports, exports and arguments.

use super::open::Merged;
use super::origin::{Context, Origin, Origins};
use super::scope::{Holder, Scopes, Space};
use crate::model::plan::{InstanceId, OpenId, Plug};
use crate::types::shape::{FuncType, Primitive, TypeDef, TypeId, ValType};
use std::collections::{BTreeMap, HashMap};
use wasm_encoder::{ComponentValType, PrimitiveValType};

/// Everything the encoder knows while it writes one result.
pub(super) struct Encoder<'a> {
    pub origins: Origins<'a>,
    pub merged: &'a [Merged<'a>],
    pub scopes: Scopes,
    /// What each open import became in the result's index spaces.
    pub open: BTreeMap<OpenId, u32>,
    /// Open imports being written, outermost first.
    pub writing: Vec<OpenId>,
    /// The index of each instance of the plan.
    pub instances: BTreeMap<InstanceId, u32>,
    /// Exports of the result written so far, with the index that the export made.
    pub exported: BTreeMap<Plug, u32>,
    pub plugs: HashMap<Plug, u32>,
    pub canonical_names: bool,
}

/// Why there is no result although the checks had nothing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// What the resolver promised and the encoder or the validator found broken: a mistake of `compose` itself.
    Mistake(String),
    /// There is more of something than any WebAssembly may have, in the words of the validator.
    Limit(String),
}

impl<'a> Encoder<'a> {
    pub(super) fn new(origins: Origins<'a>, merged: &'a [Merged<'a>], scopes: Scopes, canonical_names: bool) -> Self {
        Self {
            origins,
            merged,
            scopes,
            canonical_names,
            open: BTreeMap::new(),
            writing: Vec::new(),
            instances: BTreeMap::new(),
            exported: BTreeMap::new(),
            plugs: HashMap::new(),
        }
    }

    /// A function type in the innermost index space.
    pub(super) fn func(&mut self, cx: Context, ty: &FuncType) -> Result<u32, Broken> {
        let mut params = Vec::with_capacity(ty.params.len());
        for (name, ty) in &ty.params {
            params.push((name.as_str(), self.val(cx, *ty)?));
        }
        let result = self.val_opt(cx, ty.result)?;
        Ok(self.scopes.define(|encoder| {
            encoder.function().async_(ty.is_async).params(params).result(result);
        }))
    }

    /// The index of a type in the innermost index space.
    pub(super) fn type_index(&mut self, cx: Context, ty: TypeId) -> Result<u32, Broken> {
        let (plug, path) = match self.origin(cx, ty, true) {
            Origin::Exported(plug, path) if cx.plug() == Some(plug) => (plug, path),
            origin => return self.index_of(cx, origin),
        };
        if let Some(index) = self.scopes.find(Holder::Export(plug), &path) {
            return Ok(index);
        }
        // What the export being written will name later has no index here yet: it goes by an earlier name.
        let earlier = self.origin(cx, ty, false);
        self.index_of(cx, earlier).or_else(|broken| self.actual(cx, &path).ok_or(broken))
    }

    /// Where a type comes from; `own` tells whether names of the export that is being written count.
    fn origin(&self, cx: Context, ty: TypeId, own: bool) -> Origin {
        let exported = &self.exported;
        let known =
            |plug| (own && Some(plug) == cx.plug()) || (exported.contains_key(&plug) && Some(plug) != cx.plug());
        self.origins.of(cx.instance, ty, cx.within, &known)
    }

    /// The index of a type by where it comes from.
    pub(super) fn index_of(&mut self, cx: Context, origin: Origin) -> Result<u32, Broken> {
        let (holder, path) = match origin {
            Origin::Structure(instance, ty) => return self.structure(Context { instance, ..cx }, ty),
            Origin::Exported(plug, path) => (Holder::Export(plug), path),
            Origin::Open(open, path) => {
                if !self.writing.contains(&open) {
                    self.open_import(open)?;
                }
                (Holder::Open(open), path)
            }
        };
        let found = self.scopes.find(holder, &path);
        found.ok_or_else(|| Broken::Mistake(format!("no type `{}` in what an import or export names", path.join("."))))
    }

    /// The index of a type of the instance that is being exported, if its type is being spelled out.
    pub(super) fn actual(&mut self, cx: Context, path: &[String]) -> Option<u32> {
        self.scopes.find(Holder::Instance(cx.ascribed?), path)
    }

    /// A type written out.
    pub(super) fn structure(&mut self, cx: Context, ty: TypeId) -> Result<u32, Broken> {
        let key = (cx.instance, ty);
        if let Some(known) = self.scopes.here().structures.get(&key) {
            return Ok(*known);
        }
        let shape = self.origins.shape(cx.instance);
        let index = match shape.def(ty) {
            TypeDef::Alias(of) => return self.type_index(cx, *of),
            TypeDef::Resource(_) => {
                return Err(Broken::Mistake("a resource has no owner that the result can name".into()));
            }
            TypeDef::Primitive(primitive) => {
                let primitive = write_primitive(*primitive);
                self.scopes.define(|encoder| encoder.defined_type().primitive(primitive))
            }
            TypeDef::Record(fields) => {
                let mut written = Vec::with_capacity(fields.len());
                for (name, ty) in fields {
                    written.push((name.as_str(), self.val(cx, *ty)?));
                }
                self.scopes.define(|encoder| encoder.defined_type().record(written))
            }
            TypeDef::Variant(cases) => {
                let mut written = Vec::with_capacity(cases.len());
                for (name, ty) in cases {
                    written.push((name.as_str(), self.val_opt(cx, *ty)?));
                }
                self.scopes.define(|encoder| encoder.defined_type().variant(written))
            }
            TypeDef::List(of, length) => {
                let of = self.val(cx, *of)?;
                self.scopes.define(|encoder| match length {
                    None => encoder.defined_type().list(of),
                    Some(length) => encoder.defined_type().fixed_length_list(of, *length),
                })
            }
            TypeDef::Map(key, value) => {
                let (key, value) = (self.val(cx, *key)?, self.val(cx, *value)?);
                self.scopes.define(|encoder| encoder.defined_type().map(key, value))
            }
            TypeDef::Tuple(types) => {
                let types = types.iter().map(|ty| self.val(cx, *ty)).collect::<Result<Vec<_>, _>>()?;
                self.scopes.define(|encoder| encoder.defined_type().tuple(types))
            }
            TypeDef::Flags(names) => {
                self.scopes.define(|encoder| encoder.defined_type().flags(names.iter().map(String::as_str)))
            }
            TypeDef::Enum(names) => {
                self.scopes.define(|encoder| encoder.defined_type().enum_type(names.iter().map(String::as_str)))
            }
            TypeDef::Option(of) => {
                let of = self.val(cx, *of)?;
                self.scopes.define(|encoder| encoder.defined_type().option(of))
            }
            TypeDef::Result(ok, err) => {
                let (ok, err) = (self.val_opt(cx, *ok)?, self.val_opt(cx, *err)?);
                self.scopes.define(|encoder| encoder.defined_type().result(ok, err))
            }
            TypeDef::Own(of) => {
                let of = self.type_index(cx, *of)?;
                self.scopes.define(|encoder| encoder.defined_type().own(of))
            }
            TypeDef::Borrow(of) => {
                let of = self.type_index(cx, *of)?;
                self.scopes.define(|encoder| encoder.defined_type().borrow(of))
            }
            TypeDef::Stream(of) => {
                let of = self.val_opt(cx, *of)?;
                self.scopes.define(|encoder| encoder.defined_type().stream(of))
            }
            TypeDef::Future(of) => {
                let of = self.val_opt(cx, *of)?;
                self.scopes.define(|encoder| encoder.defined_type().future(of))
            }
        };
        self.scopes.here().structures.insert(key, index);
        Ok(index)
    }

    fn val(&mut self, cx: Context, ty: ValType) -> Result<ComponentValType, Broken> {
        Ok(match ty {
            ValType::Primitive(primitive) => ComponentValType::Primitive(write_primitive(primitive)),
            ValType::Type(ty) => ComponentValType::Type(self.type_index(cx, ty)?),
        })
    }

    fn val_opt(&mut self, cx: Context, ty: Option<ValType>) -> Result<Option<ComponentValType>, Broken> {
        ty.map(|ty| self.val(cx, ty)).transpose()
    }

    /// The result's own index space.
    pub(super) fn top(&mut self) -> &mut Space {
        &mut self.scopes.top_space
    }
}

fn write_primitive(primitive: Primitive) -> PrimitiveValType {
    match primitive {
        Primitive::Bool => PrimitiveValType::Bool,
        Primitive::S8 => PrimitiveValType::S8,
        Primitive::U8 => PrimitiveValType::U8,
        Primitive::S16 => PrimitiveValType::S16,
        Primitive::U16 => PrimitiveValType::U16,
        Primitive::S32 => PrimitiveValType::S32,
        Primitive::U32 => PrimitiveValType::U32,
        Primitive::S64 => PrimitiveValType::S64,
        Primitive::U64 => PrimitiveValType::U64,
        Primitive::F32 => PrimitiveValType::F32,
        Primitive::F64 => PrimitiveValType::F64,
        Primitive::Char => PrimitiveValType::Char,
        Primitive::String => PrimitiveValType::String,
        Primitive::ErrorContext => PrimitiveValType::ErrorContext,
    }
}
