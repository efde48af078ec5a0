//! Words as a shell takes them, so that what stands in a line of help can be pasted.

use std::borrow::Cow;

/// The word, in quotes if a shell would expand it, split it, or take it for something else.
pub(crate) fn shell_word(word: &str) -> Cow<'_, str> {
    if is_plain(word) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', "'\\''")).into()
}

/// Whether a shell takes the word as it stands.
pub(crate) fn is_plain(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_=+:,./@%".contains(&byte) || !byte.is_ascii();
    !word.is_empty() && word.bytes().all(plain)
}

/// An option with its word, in backticks.
pub(crate) fn option(option: &str, word: &str) -> String {
    format!("`{option} {}`", shell_word(word))
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn only_what_needs_quotes_has_them() {
        for word in ["kv.wasm", "app:acme:kv/store@1.0.0=kv.acme:kv/other", "./a=b.wasm", "größe.wasm"] {
            assert_eq!(shell_word(word), word);
        }
        assert_eq!(shell_word("acme:kv/*"), "'acme:kv/*'");
        assert_eq!(shell_word("[method]blob.read"), "'[method]blob.read'");
        assert_eq!(shell_word("it's"), r"'it'\''s'");
        assert_eq!(shell_word(""), "''");
    }
}
