//! The imports that the result has by themselves, as a component that is never made: it imports them and passes them on.
//!
//! So to wire something to such an import, to export one, or to take a function out of one, is no different from doing
//! it with what an instance exports.

use super::diags::DeclaredUnusable;
use super::world;
use crate::diag::Sink;
use crate::model::component::{Component, Digest};
use crate::model::request::DECLARED;
use crate::model::sizes::Sizes;
use crate::sources::DeclaredWorld;
use crate::types::shape::Shape;
use bytes::Bytes;

/// The component; what WIT has and components have not is reported.
pub(super) fn component(declared: &DeclaredWorld, sink: &mut Sink) -> Option<Component> {
    let shape = match world::shape(&declared.world) {
        Ok(shape) => shape,
        Err(why) => {
            let name = declared.written.first().filter(|_| declared.written.len() == 1);
            sink.report(DeclaredUnusable { name, why: &why });
            return None;
        }
    };
    let mut shape = renamed(shape, &declared.names);
    shape.exports.clear();
    for ((_, name), written) in declared.names.iter().zip(&declared.written) {
        let reached = shape.imports.get_index_of(name).and_then(|import| shape.reach_import(import));
        if reached.is_none() {
            sink.report(DeclaredUnusable { name: Some(written), why: "it has nothing that a component could import" });
        }
    }
    Some(Component {
        name: DECLARED.into(),
        origin: declared.world.origin.clone(),
        named: false,
        digest: Digest([0; 32]),
        bytes: Bytes::new(),
        shape,
        declares: true,
        sizes: Sizes::default(),
    })
}

/// The shape with the imports named as in the result. What is under another name than its interface's is no interface of a
/// package there.
fn renamed(mut shape: Shape, names: &[(String, String)]) -> Shape {
    shape.imports = shape
        .imports
        .into_iter()
        .map(|(own, mut item)| match names.iter().find(|(label, name)| *label == own && label != name) {
            Some((_, name)) => {
                item.attrs.implements = None;
                item.attrs.version_suffix = None;
                (name.clone(), item)
            }
            None => (own, item),
        })
        .collect();
    shape
}
