//! The pages of the catalogue, as `compose explain` shows them.
//!
//! The pages are part of the binary, so an explanation always belongs to the version that gave the code.

use super::code::Code;
use crate::model::near::nearest;

/// The page of a code, by number or name, or the code that may have been meant.
pub fn page(text: &str) -> Result<&'static str, Option<Code>> {
    code(text).map(Code::page)
}

/// The code of a number or name, or that which may have been meant.
pub fn code(text: &str) -> Result<Code, Option<Code>> {
    Code::find(text).ok_or_else(|| near(text))
}

/// Every code with its severity, name and title, one a line.
pub fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.kebab_name().len()).max().unwrap_or(0);
    let line =
        |code: &Code| format!("{code}  {:7}  {:width$}  {}\n", code.severity().word(), code.kebab_name(), code.title());
    Code::ALL.iter().map(line).collect()
}

/// The code whose number or name is nearest to the text. Who leaves out the `C` or a zero, or writes an
/// `O` for one, means the number.
fn near(text: &str) -> Option<Code> {
    let digits = text.trim_start_matches(['c', 'C']).replace(['O', 'o'], "0");
    let number = format!("C{digits:0>4}");
    let names: Vec<String> = Code::ALL.iter().map(|code| code.kebab_name()).collect();
    let known = names.iter().map(String::as_str).chain(Code::ALL.iter().map(|code| code.number()));
    Code::find(&number).or_else(|| Code::find(nearest(text, known)?))
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
        for text in ["C9909", "9901", "internel", "INTERNAL-"] {
            assert_eq!(page(text), Err(Some(Code::Internal)), "{text}");
        }
        for text in ["401", "C401", "unresolved-imports"] {
            assert_eq!(page(text), Err(Some(Code::UnresolvedImport)), "{text}");
        }
        assert_eq!(page("xyz"), Err(None));
    }

    #[test]
    fn lists_every_code_on_a_line() {
        let lines = list();
        assert_eq!(lines.lines().count(), Code::ALL.len());
        assert!(lines.contains("C9901  error"), "{lines}");
    }
}
