//! Two lists of members with names: parameters, fields, cases, flags. Which came, went, changed their names or places.
//!
//! A member was renamed if it stands between the same neighbours as before and is of the same type. Where more came than
//! went, or less, only members with types are taken for renamed: of two new flags nobody knows which one was the old one.
//! In any other case one went and one came.

use std::collections::HashMap;

/// What became of a member, by its places in the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Kept(usize, usize),
    Renamed(usize, usize),
    Removed(usize),
    Added(usize),
}

/// Two lists compared.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Members {
    pub(super) members: Vec<Member>,
    /// Whether members of both lists stand in another order.
    pub(super) reordered: bool,
}

/// Whether members have types that tell them from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Types {
    Always,
    Seldom,
}

/// Compares two lists of distinct names; `same` says whether two members are of one type.
pub(super) fn compare(old: &[&str], new: &[&str], types: Types, mut same: impl FnMut(usize, usize) -> bool) -> Members {
    let place: HashMap<&str, usize> = new.iter().enumerate().map(|(place, name)| (*name, place)).collect();
    let kept: HashMap<usize, usize> =
        old.iter().enumerate().filter_map(|(at, name)| Some((at, *place.get(name)?))).collect();
    let mut places: Vec<usize> = Vec::with_capacity(kept.len());
    places.extend((0..old.len()).filter_map(|at| kept.get(&at)));
    let reordered = !places.is_sorted();
    let gone = gaps(old, |at| kept.contains_key(&at));
    let there: std::collections::HashSet<usize> = kept.values().copied().collect();
    let come = gaps(new, |at| there.contains(&at));
    let mut renamed: HashMap<usize, usize> = HashMap::new();
    for (gap, olds) in &gone {
        let news = come.get(gap).map_or(&[][..], Vec::as_slice);
        if olds.len() == news.len() || types == Types::Always {
            renamed.extend(olds.iter().copied().zip(news.iter().copied()).filter(|(from, to)| same(*from, *to)));
        }
    }
    let mut members: Vec<Member> = Vec::new();
    for at in 0..old.len() {
        members.push(match (kept.get(&at), renamed.get(&at)) {
            (Some(to), _) => Member::Kept(at, *to),
            (None, Some(to)) => Member::Renamed(at, *to),
            (None, None) => Member::Removed(at),
        });
    }
    let taken: std::collections::HashSet<usize> = renamed.values().copied().collect();
    members.extend((0..new.len()).filter(|at| !there.contains(at) && !taken.contains(at)).map(Member::Added));
    Members { members, reordered }
}

/// Runs of members that only one list has, by the neighbours that both have.
fn gaps<'a>(
    names: &[&'a str],
    kept: impl Fn(usize) -> bool,
) -> HashMap<(Option<&'a str>, Option<&'a str>), Vec<usize>> {
    let mut gaps: HashMap<(Option<&str>, Option<&str>), Vec<usize>> = HashMap::new();
    let (mut before, mut run) = (None, Vec::new());
    for (at, name) in names.iter().enumerate() {
        if kept(at) {
            gaps.entry((before, Some(*name))).or_default().append(&mut run);
            before = Some(*name);
        } else {
            run.push(at);
        }
    }
    gaps.entry((before, None)).or_default().append(&mut run);
    gaps.retain(|_, run| !run.is_empty());
    gaps
}

#[cfg(test)]
mod tests {
    use super::Member::{Added, Kept, Removed, Renamed};
    use super::*;

    fn told(old: &str, new: &str) -> (Vec<Member>, bool) {
        let split = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        let (old, new) = (split(old), split(new));
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        let members = compare(&old, &new, Types::Seldom, |from, to| old[from].starts_with(&new[to][..1]));
        (members.members, members.reordered)
    }

    #[test]
    fn a_new_name_at_the_same_place_is_a_rename() {
        assert_eq!(told("a b1 c", "a b2 c"), (vec![Kept(0, 0), Renamed(1, 1), Kept(2, 2)], false));
        assert_eq!(told("a b1 c", "a d c"), (vec![Kept(0, 0), Removed(1), Kept(2, 2), Added(1)], false));
        assert_eq!(told("a b1 c", "a c b2"), (vec![Kept(0, 0), Removed(1), Kept(2, 1), Added(2)], false));
        assert_eq!(told("b1 b2", "b3"), (vec![Removed(0), Removed(1), Added(0)], false));
        assert_eq!(told("a b", "b a"), (vec![Kept(0, 1), Kept(1, 0)], true));
        assert_eq!(told("", ""), (Vec::new(), false));
    }
}
