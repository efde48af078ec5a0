//! A list of names in a sentence: in backticks, and cut if there are more than anybody reads.
//!
//! Whoever needs them all has them as facts in the JSON form, or asks `compose inspect` for the exports of a component.

/// More than so many are cut,
pub const MOST: usize = 12;
/// and so many stay.
pub const SHOWN: usize = 10;

/// Names in backticks, separated by commas: `` `a`, `b` `` or `` `a`, …, `j` and 95 more ``.
pub fn quoted<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    listed(names, |name| format!("`{}`", name.as_ref()))
}

/// The same of things that are no names, each in its own words.
pub fn listed<T>(items: impl IntoIterator<Item = T>, words: impl FnMut(T) -> String) -> String {
    let mut items = items.into_iter();
    let mut shown: Vec<String> = items.by_ref().take(MOST + 1).map(words).collect();
    if shown.len() <= MOST {
        return shown.join(", ");
    }
    let more = shown.len() - SHOWN + items.count();
    shown.truncate(SHOWN);
    format!("{} and {more} more", shown.join(", "))
}

/// Names in backticks, as the subject of a verb: the names, and what makes the verb's form agree with them.
pub fn subject<T: AsRef<str>>(names: &[T]) -> (String, &'static str) {
    let verb_ending = if names.len() == 1 { "s" } else { "" };
    match names {
        [first @ .., last] if !first.is_empty() => (format!("{} and `{}`", quoted(first), last.as_ref()), verb_ending),
        names => (quoted(names), verb_ending),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut_and_the_rest_is_counted() {
        let list = |count: usize| quoted((1..=count).map(|number| number.to_string()));
        assert_eq!(list(0), "");
        assert_eq!(list(2), "`1`, `2`");
        assert!(list(MOST).ends_with("`11`, `12`"), "{}", list(MOST));
        assert!(list(MOST + 1).ends_with("`9`, `10` and 3 more"), "{}", list(MOST + 1));
        assert!(list(100).ends_with(", `10` and 90 more"), "{}", list(100));
    }
}
