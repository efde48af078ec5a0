//! Patterns of items of contracts: `acme:kv`, `acme:kv/store`, `acme:kv/store.get`, `acme:*`, `*.legacy-*`.
//!
//! An item is written without versions, `acme:kv/store.get.key`. `*` stands for any run of letters. A pattern that stops
//! where a name in the item ends covers everything inside: who names an interface means its functions too.
//!
//! These say what holds for a contract in all its versions: exceptions, roles. The imports of components, where the version
//! matters and nothing lies inside, are named by [`super::import_pattern`].

/// Why a text is no pattern of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemFault {
    /// It is empty.
    Empty,
    /// It has a version.
    Version,
    /// It has a character that no item has.
    Letter,
}

/// A pattern of items.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemPattern(String);

impl ItemPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, ItemFault> {
        if text.is_empty() {
            return Err(ItemFault::Empty);
        }
        if text.contains('@') {
            return Err(ItemFault::Version);
        }
        let legal = |letter: char| letter.is_ascii_alphanumeric() || "-:/.*".contains(letter);
        if !text.chars().all(legal) {
            return Err(ItemFault::Letter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The pattern as it was written.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether it covers an item.
    pub fn covers(&self, item: &str) -> bool {
        let borders = item.match_indices(['/', '.']).map(|(at, _)| at).chain([item.len()]);
        borders.into_iter().any(|end| is_match(self.0.as_bytes(), &item.as_bytes()[..end]))
    }

    /// Whether it covers an interface or something that may be inside of it.
    pub fn may_match(&self, interface: &str) -> bool {
        // What stands behind the first dot is inside of an interface.
        let head = self.0.split_once('.').map_or(self.0.as_str(), |(head, _)| head);
        self.covers(interface) || Self(head.to_owned()).covers(interface)
    }

    /// Whether it may cover something of a package.
    pub fn is_about(&self, package: &str) -> bool {
        match self.0.split_once('/') {
            Some((of, _)) => is_match(of.as_bytes(), package.as_bytes()),
            // Without a `/`, a `*` may stand for one.
            None => self.covers(package) || self.0.contains('*') && self.covers_below(package),
        }
    }

    fn covers_below(&self, package: &str) -> bool {
        let head = self.0.split('*').next().unwrap_or_default();
        package.starts_with(head)
    }
}

/// Whether a text is as the pattern says; `*` is any run of bytes. Takes no more than the product of the lengths.
fn is_match(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut of, mut star) = (0, 0, None);
    while at < text.len() {
        if pattern.get(of) == Some(&b'*') {
            star = Some((of, at));
            of += 1;
        } else if pattern.get(of) == Some(&text[at]) {
            at += 1;
            of += 1;
        } else if let Some((before, taken)) = star {
            star = Some((before, taken + 1));
            at = taken + 1;
            of = before + 1;
        } else {
            return false;
        }
    }
    pattern[of..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(pattern: &str, item: &str) -> bool {
        ItemPattern::parse(pattern).expect("a pattern").covers(item)
    }

    #[test]
    fn a_pattern_covers_what_it_names_and_all_inside() {
        for pattern in
            ["acme:kv", "acme:kv/store", "acme:kv/store.get", "acme:*", "*", "acme:kv/*", "*.get", "*/st*.g*"]
        {
            assert!(covers(pattern, "acme:kv/store.get"), "{pattern}");
            assert!(covers(pattern, "acme:kv/store.get.key"), "{pattern}");
        }
        for pattern in ["acme:k", "acme:kv/stor", "acme:kv/store.ge", "acme:kv/store.get.key", "kv", "*.put", "wasi:*"]
        {
            assert!(!covers(pattern, "acme:kv/store.get"), "{pattern}");
        }
        assert!(!covers("acme:kv/store", "acme:kv/storefront"));
        assert!(covers("acme:kv/store*", "acme:kv/storefront"));
        assert!(covers("a*b*c", "abbbbc") && !covers("a*b*c", "abbbb"));
    }

    #[test]
    fn a_pattern_is_about_packages() {
        let about = |pattern: &str, package: &str| ItemPattern::parse(pattern).expect("a pattern").is_about(package);
        for pattern in ["acme:kv", "acme:kv/store", "acme:*", "*", "acme:*/store", "*.get", "acme:kv*", "acme:k*.get"] {
            assert!(about(pattern, "acme:kv"), "{pattern}");
        }
        for pattern in ["acme:kvs", "acme:kvs*", "wasi:*", "acme:log/store", "acme:l*"] {
            assert!(!about(pattern, "acme:kv"), "{pattern}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        assert_eq!(ItemPattern::parse(""), Err(ItemFault::Empty));
        assert_eq!(ItemPattern::parse("acme:kv/store@1.0.0"), Err(ItemFault::Version));
        assert_eq!(ItemPattern::parse("acme:kv store"), Err(ItemFault::Letter));
    }
}
