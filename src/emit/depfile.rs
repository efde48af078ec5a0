//! A depfile: the files a result was made from, as make, ninja and Bazel read it.

use std::collections::BTreeSet;
use std::path::Path;

/// `output: input input …`, each input once, in order of their names.
pub fn depfile<'a>(output: &Path, inputs: impl Iterator<Item = &'a Path>) -> String {
    let inputs: BTreeSet<String> = inputs.map(escaped).collect();
    let mut out = format!("{}:", escaped(output));
    for input in &inputs {
        out.push_str(" \\\n  ");
        out.push_str(input);
    }
    out.push('\n');
    // An empty rule for each input: without it, make stops when one was removed.
    for input in &inputs {
        out.push_str(&format!("\n{input}:\n"));
    }
    out
}

/// A path as a word of a makefile.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for letter in path.to_string_lossy().chars() {
        match letter {
            ' ' | '#' | '\\' if letter != '\\' || cfg!(not(windows)) => out.extend(['\\', letter]),
            '$' => out.push_str("$$"),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_come_once_sorted_and_escaped() {
        let inputs = ["b.wasm", "a b$.wasm", "b.wasm"].map(Path::new);
        let expected = "out.wasm: \\\n  a\\ b$$.wasm \\\n  b.wasm\n\na\\ b$$.wasm:\n\nb.wasm:\n";
        assert_eq!(depfile(Path::new("out.wasm"), inputs.into_iter()), expected);
    }
}
