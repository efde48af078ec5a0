//! What a component's binary really imports: of each interface the functions it calls and the types they speak of.
//!
//! Toolchains leave out of a binary what its code does not call, so this is less than what its world says. One that
//! leaves nothing out seems to use everything, which is safe and coarse.

use crate::types::shape::{Attrs, Place, Shape, Side};
use crate::types::world_text::{Order, printed_world};

/// One import.
#[derive(Debug)]
pub struct Used<'a> {
    /// The whole component.
    pub shape: &'a Shape,
    /// The position of the import.
    pub at: usize,
    /// What stands beside its name.
    pub attrs: &'a Attrs,
}

/// Every import but those that only name value types for others.
pub fn of(shape: &Shape) -> Vec<Used<'_>> {
    let imports = shape.imports.values().enumerate();
    let imports = imports.filter(|(_, item)| !shape.is_types_only(&item.entity));
    imports.map(|(at, item)| Used { shape, at, attrs: &item.attrs }).collect()
}

impl Used<'_> {
    /// It, as the world of the component has it: functions, live types and attributes.
    pub fn text(&self) -> String {
        let printed = printed_world(self.shape, Order::AsIs);
        let place = |item| Place { side: Side::Import, item, path: Vec::new() };
        let Some(span) = printed.spans.get(&place(self.at)) else { return String::new() };
        let attributes = printed.text[..span.start].lines().rev().take_while(|line| line.trim_start().starts_with('@'));
        let attributes: usize = attributes.map(|line| line.len() + 1).sum();
        let start = printed.text[..span.start].rfind('\n').map_or(0, |at| at + 1) - attributes;
        let rest = &printed.text[start..];
        let is_end = |line: &&str| {
            line.starts_with("  }") || line.starts_with("  ") && line.ends_with(';') && !line.starts_with("   ")
        };
        match rest.lines().find(is_end) {
            Some(line) => rest[..line.as_ptr() as usize - rest.as_ptr() as usize + line.len()].to_owned(),
            None => rest.to_owned(),
        }
    }
}
