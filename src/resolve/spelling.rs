//! Did-you-mean: which known name a misspelt one is nearest to.
//!
//! Edit distance with neighbour swaps; near enough is a third of the length, at least one and at most three edits. Ties
//! go to the alphabetically first, so that the answer does not depend on the order of the inputs.

/// The known name nearest to `text`, if one is near enough and is not `text` itself.
pub(super) fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bound = (text.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .filter(|name| *name != text)
        .map(|name| (distance(text, name), name))
        .filter(|(distance, _)| *distance <= bound)
        .min()
        .map(|(_, name)| name)
}

/// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 3 {
        return a.len().abs_diff(b.len());
    }
    let mut rows: [Vec<usize>; 3] = [vec![], (0..=b.len()).collect(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        rows[2] = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = rows[1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[1][j] + 1).min(rows[2][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = best;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_edits_and_swaps() {
        assert_eq!(distance("store", "store"), 0);
        assert_eq!(distance("store", "stroe"), 1);
        assert_eq!(distance("store", "stores"), 1);
        assert_eq!(distance("store", "tore"), 1);
        assert_eq!(distance("kv", "log"), 3);
    }

    #[test]
    fn nearest_is_independent_of_order_and_refuses_strangers() {
        assert_eq!(nearest("stor", ["store", "stork"]), Some("store"));
        assert_eq!(nearest("stor", ["stork", "store"]), Some("store"));
        assert_eq!(nearest("kv", ["auth", "log"]), None);
        // A third of the letters, and never more than three.
        assert_eq!(nearest("stores", ["stxxes"]), Some("stxxes"));
        assert_eq!(nearest("store", ["stxxe"]), None);
        assert_eq!(nearest("a-very-long-name-of-it", ["b-very-lxng-nxme-xf-it"]), None);
        assert_eq!(distance("ab", "ba"), 1);
        assert_eq!(distance("xab", "yba"), 2);
    }
}
