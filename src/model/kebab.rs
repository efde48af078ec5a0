//! Makes a legal name of any text.
//!
//! File names are no component names (`shop.js.wasm`, `My_App.wasm`, `1st.wasm`); the component model wants kebab
//! names. The rule is total, so that no file is refused for its name, and it only ever looks at the one text: making
//! the names of a run differ from each other is left to whoever knows all of them.

/// The kebab name nearest to a text: letters become lowercase, everything that is neither an ASCII letter nor a digit
/// separates words, a first word that begins with a digit gets `c-` in front. A text with nothing left is `component`.
pub fn kebab_of(text: &str) -> String {
    let mut out = String::new();
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push('-');
        } else if word.starts_with(|letter: char| letter.is_ascii_digit()) {
            out.push_str("c-");
        }
        out.push_str(&word.to_ascii_lowercase());
    }
    if out.is_empty() { "component".into() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::name::is_kebab;

    #[test]
    fn file_names_become_component_names() {
        for (text, name) in [
            ("shop.js", "shop-js"),
            ("My_App", "my-app"),
            ("1st", "c-1st"),
            ("größe", "gr-e"),
            ("日本", "component"),
            ("--a--b--", "a-b"),
            ("", "component"),
            ("a", "a"),
        ] {
            assert_eq!(kebab_of(text), name, "{text}");
        }
    }

    #[test]
    fn the_result_is_always_legal() {
        let alphabet = ['a', 'Z', '0', '9', '-', '_', '.', ' ', 'é', '\u{0}', '日'];
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            while !state.is_multiple_of(7) && text.len() < 24 {
                text.push(alphabet[(state >> 33) as usize % alphabet.len()]);
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            }
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            assert!(is_kebab(&kebab_of(&text)), "{text:?} -> {:?}", kebab_of(&text));
        }
    }
}
