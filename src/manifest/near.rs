//! Did you mean: the known word nearest to one that is not known.

/// The nearest of the known words, if it is near enough to be a slip: at most a third of the letters differ. Of equally
/// near ones the first.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["components", "composition", "wires"];
        assert_eq!(nearest("component", known), Some("components"));
        assert_eq!(nearest("wire", known), Some("wires"));
        assert_eq!(nearest("Wires", known), Some("wires"));
        assert_eq!(nearest("wries", known), Some("wires"));
        assert_eq!(nearest("dependencies", known), None);
        assert_eq!(nearest("", known), None);
    }
}
