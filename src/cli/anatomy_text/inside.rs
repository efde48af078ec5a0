//! The parts of a file as a tree with sizes.

use super::wires::{part_name, word};
use crate::cli::plan_text::{one_line, size};
use crate::emit::tree::Tree;
use crate::inspect::anatomy::{Anatomy, PartId};
use std::collections::BTreeSet;

/// How many small parts may stand beside each other before they are one line.
const FOLDED: usize = 3;

/// The parts as a tree with sizes, the largest first; what stands there several times is told once. Many small ones
/// beside each other are one line, unless all are wanted.
pub(super) fn inside(origin: &str, anatomy: &Anatomy, all: bool) -> String {
    let Some(whole) = anatomy.file().component() else { return String::new() };
    if whole.inner.is_empty() {
        return String::new();
    }
    let total = anatomy.file().bytes;
    let row = |bytes: usize| {
        let share = bytes as f64 * 100.0 / total.max(1) as f64;
        format!("{:>11} {share:5.1} %", size(bytes))
    };
    let mut tree = Tree::new(one_line(origin), row(total));
    let mut told = BTreeSet::new();
    // What is left to show: a part, and the place in the tree of what is inside of it.
    let mut left = vec![(PartId(0), tree.root())];
    while let Some((id, place)) = left.pop() {
        let Some(component) = anatomy.part(id).component() else { continue };
        if !told.insert(id) {
            tree.append(place, ", as above");
            continue;
        }
        let mut children: Vec<(PartId, Option<&str>, usize)> = Vec::new();
        for inner in &component.inner {
            match children.iter_mut().find(|(part, ..)| *part == inner.part) {
                Some((_, _, times)) => *times += 1,
                None => children.push((inner.part, inner.name.as_deref(), 1)),
            }
        }
        children.sort_by_key(|(part, _, times)| std::cmp::Reverse(anatomy.part(*part).bytes * times));
        let small = |(part, _, times): &(PartId, Option<&str>, usize)| anatomy.part(*part).bytes * times * 200 < total;
        let folded = match children.iter().position(small) {
            Some(first) if !all && children.len() - first > FOLDED => children.split_off(first),
            _ => Vec::new(),
        };
        let mut next = Vec::new();
        for (part, name, times) in children {
            let name = name.map_or_else(|| part_name(anatomy, part), str::to_owned);
            let bytes = anatomy.part(part).bytes;
            let mut label = format!("{} ({})", one_line(&name), word(anatomy.part(part)));
            if times > 1 {
                label.push_str(&format!(", {times} times"));
            }
            let has_parts = anatomy.part(part).component().is_some_and(|component| !component.inner.is_empty());
            let place = tree.push(place, label, row(bytes * times));
            if has_parts {
                next.push((part, place));
            }
        }
        if !folded.is_empty() {
            let bytes = folded.iter().map(|(part, _, times)| anatomy.part(*part).bytes * times).sum();
            let count: usize = folded.iter().map(|(.., times)| times).sum();
            tree.push(place, format!("{count} small parts"), row(bytes));
        }
        if component.is_composition() {
            let own = anatomy.part(id).own_bytes;
            tree.push(place, "wires, types and names".to_owned(), row(own));
        }
        left.extend(next.into_iter().rev());
    }
    format!("\ninside\n{}", tree.text("  "))
}
