//! A depfile: the files a result was made from, as make, ninja and Bazel read it.
//!
//! What make has no spelling for is left out and told to the caller: written down all the same it would break the build
//! that reads the depfile, or make it depend on another file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The text of a depfile, and the names that it cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Depfile {
    /// `output: input input …`, each input once, in order of their names; then an empty rule for each input, since
    /// without it make stops when one was removed. If the output is left out, so is the first rule.
    pub text: Vec<u8>,
    /// The output and the inputs that make has no spelling for.
    pub left_out: Vec<PathBuf>,
}

/// The depfile of an output.
pub fn depfile<'a>(output: &Path, inputs: impl Iterator<Item = &'a Path>) -> Depfile {
    let (mut text, mut left_out) = (Vec::new(), Vec::new());
    let target = escaped(output, true);
    if target.is_none() {
        left_out.push(output.to_owned());
    }
    let inputs: BTreeSet<&Path> = inputs.collect();
    let inputs = inputs.into_iter().filter_map(|input| {
        let both = escaped(input, false).zip(escaped(input, true));
        if both.is_none() {
            left_out.push(input.to_owned());
        }
        both
    });
    let inputs: BTreeSet<(Vec<u8>, Vec<u8>)> = inputs.collect();
    if let Some(target) = target {
        text.extend([&target[..], b":"].concat());
        inputs.iter().for_each(|(input, _)| text.extend([b" \\\n  ", &input[..]].concat()));
        text.push(b'\n');
    }
    inputs.iter().for_each(|(_, input)| text.extend([b"\n", &input[..], b":\n"].concat()));
    Depfile { text, left_out }
}

/// A path as a word of a makefile, on the left or the right of the colon; `None` if make cannot say it on both.
fn escaped(path: &Path, target: bool) -> Option<Vec<u8>> {
    let bytes = path.as_os_str().as_encoded_bytes();
    let unspeakable = bytes.is_empty()
        || bytes.iter().any(|byte| b"\n\t;=|".contains(byte))
        || bytes.starts_with(b"~")
        || bytes.ends_with(b" ")
        || bytes.ends_with(b"&")
        // A member of an archive.
        || bytes.ends_with(b")") && bytes.contains(&b'(');
    if unspeakable {
        return None;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut backslashes = 0;
    for byte in bytes {
        match byte {
            b'$' => out.push(b'$'),
            // In front of these a backslash means something; those that are part of the name are doubled there.
            b' ' | b'#' | b'*' | b'?' | b'[' => out.resize(out.len() + backslashes + 1, b'\\'),
            // A drive has a colon that make knows.
            b':' if cfg!(not(windows)) => out.resize(out.len() + backslashes + 1, b'\\'),
            b'%' if target => out.resize(out.len() + backslashes + 1, b'\\'),
            _ => {}
        }
        out.push(*byte);
        backslashes = if *byte == b'\\' { backslashes + 1 } else { 0 };
    }
    out.resize(out.len() + backslashes, b'\\');
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(output: &str, inputs: &[&str]) -> (String, Vec<PathBuf>) {
        let made = depfile(Path::new(output), inputs.iter().map(Path::new));
        (String::from_utf8(made.text).expect("all of these are text"), made.left_out)
    }

    #[test]
    fn inputs_come_once_sorted_and_escaped() {
        let expected = "out.wasm: \\\n  a\\ b$$.wasm \\\n  b.wasm\n\na\\ b$$.wasm:\n\nb.wasm:\n";
        assert_eq!(of("out.wasm", &["b.wasm", "a b$.wasm", "b.wasm"]), (expected.to_owned(), Vec::new()));
    }

    #[cfg(not(windows))]
    #[test]
    fn what_make_can_say_is_said_as_make_wants_it_on_either_side() {
        for (name, on_the_right, on_the_left) in [
            ("a%b:c", "a%b\\:c", "a\\%b\\:c"),
            ("a\\b", "a\\b", "a\\b"),
            ("a\\ b\\", "a\\\\\\ b\\\\", "a\\\\\\ b\\\\"),
            ("[a]*?#", "\\[a]\\*\\?\\#", "\\[a]\\*\\?\\#"),
        ] {
            let expected = format!("{on_the_left}: \\\n  {on_the_right}\n\n{on_the_left}:\n");
            assert_eq!(of(name, &[name]), (expected, Vec::new()));
        }
    }

    #[test]
    fn what_make_cannot_say_is_left_out_and_told() {
        for name in ["x\ny", "x\ty", "x;y", "x=y", "x|y", "~x", "x ", "x&", "lib(x)", ""] {
            let told = vec![PathBuf::from(name)];
            assert_eq!(of("o", &["a", name]), ("o: \\\n  a\n\na:\n".to_owned(), told.clone()), "{name:?}");
            assert_eq!(of(name, &["a"]), ("\na:\n".to_owned(), told), "{name:?}");
        }
    }
}
