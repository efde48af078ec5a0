//! The pages of the catalogue, as `compose explain` shows them.
//!
//! The pages are part of the binary, so an explanation always belongs to the version that gave the code.

use super::code::Code;

/// The page of a code, by number or name, or the codes that may have been meant, the nearest first.
pub fn page(text: &str) -> Result<&'static str, Vec<Code>> {
    Code::find(text).map(Code::page).ok_or_else(|| near(text))
}

/// Every code with its severity, name and title, one a line.
pub fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.kebab_name().len()).max().unwrap_or(0);
    let line =
        |code: &Code| format!("{code}  {:7}  {:width$}  {}\n", code.severity().word(), code.kebab_name(), code.title());
    Code::ALL.iter().map(line).collect()
}

/// Up to three codes whose number or name is like the text. A number is like one that differs in one digit.
fn near(text: &str) -> Vec<Code> {
    let text = text.to_ascii_lowercase();
    let likeness = |code: &Code| {
        let number = strsim::damerau_levenshtein(&code.number().to_ascii_lowercase(), &text);
        if number <= 1 {
            return 1.0;
        }
        strsim::jaro_winkler(&code.kebab_name(), &text)
    };
    let mut found: Vec<(f64, Code)> = Code::ALL.iter().map(|code| (likeness(code), *code)).collect();
    found.retain(|(likeness, _)| *likeness > 0.8);
    found.sort_by(|(a, a_code), (b, b_code)| b.total_cmp(a).then(a_code.cmp(b_code)));
    found.into_iter().take(3).map(|(_, code)| code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_number_and_name_in_any_spelling() {
        for text in ["C9901", "c9901", "internal", "Internal"] {
            assert_eq!(page(text), Ok(Code::Internal.page()), "{text}");
        }
    }

    #[test]
    fn suggests_what_may_have_been_meant() {
        for text in ["C9902", "9901", "internel", "INTERNAL-"] {
            assert_eq!(page(text), Err(vec![Code::Internal]), "{text}");
        }
        assert_eq!(page("xyz"), Err(vec![]));
    }

    #[test]
    fn lists_every_code_on_a_line() {
        let lines = list();
        assert_eq!(lines.lines().count(), Code::ALL.len());
        assert!(lines.contains("C9901  error"), "{lines}");
    }
}
