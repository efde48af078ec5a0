//! The items of each import of the result: what its sockets ask for, put together.
//!
//! Several sockets may be filled by one open import, also ones of different versions on one track. The first socket
//! leads: its order and its definitions count; of the others the items it lacks are added. The resolver has made sure
//! that shared items agree. One choice remains, for resources: if any socket says that a resource is *used* from another
//! interface, then so it is (a component that sees the interface alone cannot tell, and accepts either).

use super::origin::{Context, Origins};
use crate::model::plan::{OpenImport, Socket};
use crate::types::shape::{Attrs, Entity, Item, Place, Side};
use indexmap::IndexMap;

/// An item of an open import, with the socket whose component defines it.
#[derive(Debug)]
pub(super) struct Merged<'a> {
    /// Whose types the item speaks of.
    pub cx: Context,
    pub attrs: &'a Attrs,
    pub what: What<'a>,
}

/// An item, with the items below it if it is an instance.
#[derive(Debug)]
pub(super) enum What<'a> {
    Instance(IndexMap<&'a str, Merged<'a>>),
    Leaf(&'a Entity),
}

/// Puts the items of all open imports together, in plan order.
pub(super) fn merge<'a>(origins: Origins<'a>) -> Vec<Merged<'a>> {
    origins.plan.open.iter().map(|open| merge_one(origins, open)).collect()
}

fn merge_one<'a>(origins: Origins<'a>, open: &'a OpenImport) -> Merged<'a> {
    let item = |socket: Socket| {
        let shape = origins.shape(socket.instance);
        shape.imports.get_index(socket.import).expect("a socket points at an import of its component").1
    };
    let cx = |socket: Socket| Context::new(socket.instance, Side::Import, socket.import);
    let lead = *open.sockets.first().expect("an open import fills at least one socket");
    let part = |socket: Socket| {
        let mut part = tree(cx(socket), item(socket));
        if let Some(kept) = open.kept.get(&socket) {
            retain(&mut part, &mut Vec::new(), &|path| kept.iter().any(|keep| keep.starts_with(path)));
        }
        part
    };
    let mut merged = part(lead);
    merged.attrs = &open.attrs;
    for &socket in &open.sockets[1..] {
        add(&mut merged, part(socket), &mut Vec::new(), origins);
    }
    merged
}

/// One item of one component, with what is below it.
pub(super) fn tree<'a>(cx: Context, item: &'a Item) -> Merged<'a> {
    let what = match &item.entity {
        Entity::Instance(items) => {
            What::Instance(items.iter().map(|(name, item)| (name.as_str(), tree(cx, item))).collect())
        }
        leaf => What::Leaf(leaf),
    };
    Merged { cx, attrs: &item.attrs, what }
}

fn add<'a>(merged: &mut Merged<'a>, part: Merged<'a>, path: &mut Vec<String>, origins: Origins<'a>) {
    match (&mut merged.what, part.what) {
        (What::Instance(have), What::Instance(items)) => {
            for (name, item) in items {
                path.push(name.to_owned());
                match have.get_mut(name) {
                    Some(known) => add(known, item, path, origins),
                    None => {
                        have.insert(name, item);
                    }
                }
                path.pop();
            }
        }
        (What::Leaf(known), What::Leaf(entity)) => {
            if introduces(origins, merged.cx, known, path) && !introduces(origins, part.cx, entity, path) {
                *merged = Merged { what: What::Leaf(entity), ..part };
            }
        }
        // The resolver has made sure that shared items are of one kind.
        (What::Instance(_), What::Leaf(_)) | (What::Leaf(_), What::Instance(_)) => {}
    }
}

/// Whether the item is a resource that its component sees here for the first time.
pub(super) fn introduces(origins: Origins<'_>, cx: Context, entity: &Entity, path: &[String]) -> bool {
    let shape = origins.shape(cx.instance);
    let Entity::Type { created } = entity else { return false };
    let place = Place { side: cx.within.0, item: cx.within.1, path: path.to_vec() };
    shape.resource(*created).is_some_and(|resource| shape.resources[resource.0 as usize] == place)
}

fn retain(merged: &mut Merged<'_>, path: &mut Vec<String>, keep: &dyn Fn(&[String]) -> bool) {
    if let What::Instance(items) = &mut merged.what {
        items.retain(|name, item| {
            path.push((*name).to_owned());
            let kept = keep(path);
            retain(item, path, keep);
            path.pop();
            kept
        });
    }
}
