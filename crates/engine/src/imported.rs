//! The functions that a component imports, by their types: whether a text can be an argument of one, or its answer.
//!
//! Whoever stands in for an import writes texts before anything runs. Here they are held against the types, so that what could
//! never be meant is told before a call is made. A handle has no text by itself, so any `$name` may stand for one.

use crate::program::Program;
use crate::session::Types;
use crate::value::{AnyHandle, BadValue, Reader, pattern, signature};
use std::sync::Arc;
use wasmtime::component::types::{ComponentFunc, ComponentItem};

/// A function that a component imports.
#[derive(Clone)]
pub struct Imported {
    /// The import: an interface, or the function itself.
    pub import: String,
    /// Its name as the interface spells it: `get`, `[method]bucket.get`.
    pub name: String,
    pub(crate) ty: ComponentFunc,
    types: Arc<Types>,
}

impl std::fmt::Debug for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Imported").field("import", &self.import).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Program {
    /// The functions of one of its imports, in order; none if it imports no such thing.
    pub fn imported(&self, import: &str) -> Vec<Imported> {
        let engine = &self.engine.engine;
        let ty = self.component.component_type();
        let Some((_, item)) = ty.imports(engine).find(|(name, _)| *name == import) else { return Vec::new() };
        let types = Arc::new(Types::of(&self.component));
        let function = |name: &str, ty: ComponentFunc| Imported {
            import: import.into(),
            name: name.into(),
            ty,
            types: types.clone(),
        };
        match item.ty {
            ComponentItem::ComponentFunc(ty) => vec![function(import, ty)],
            ComponentItem::ComponentInstance(instance) => {
                let functions = instance.exports(engine).filter_map(|(name, item)| match item.ty {
                    ComponentItem::ComponentFunc(ty) => Some(function(name, ty)),
                    _ => None,
                });
                functions.collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Imported {
    /// Its type in WIT.
    pub fn signature(&self) -> String {
        signature(&self.ty, &*self.types)
    }

    /// How many arguments it takes.
    pub fn arguments(&self) -> usize {
        self.ty.params().len()
    }

    /// Whether a pattern can match an argument of it; those after the last one match nothing.
    ///
    /// # Errors
    /// If it is no pattern for values of that type.
    pub fn takes(&self, argument: usize, text: &str) -> Result<(), Box<BadValue>> {
        match self.ty.params().nth(argument) {
            Some((_, ty)) => pattern(text, &ty, &AnyHandle(&*self.types)).map(drop).map_err(Box::new),
            None => Err(Box::new(surplus(text, "no further argument"))),
        }
    }

    /// Whether a text can be its answer; an empty one is that of a function without a result.
    ///
    /// # Errors
    /// If it is no value of that type.
    pub fn gives(&self, text: &str) -> Result<(), Box<BadValue>> {
        let Some(ty) = self.ty.results().next() else {
            return if text.trim().is_empty() { Ok(()) } else { Err(Box::new(surplus(text, "nothing"))) };
        };
        let names = AnyHandle(&*self.types);
        let mut reader = Reader::new(text, &names);
        reader.node(&ty).and_then(|_| reader.end()).map_err(Box::new)
    }
}

/// A text where there should be none.
fn surplus(text: &str, expected: &str) -> BadValue {
    BadValue {
        at: 0..text.len(),
        path: String::new(),
        expected: expected.into(),
        found: format!("`{text}`"),
        known: Vec::new(),
        name: None,
        ty: String::new(),
    }
}
