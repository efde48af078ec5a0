//! Lines broken between words.
//!
//! What stands in backticks is never broken, since it is there to be pasted and to be searched for.

/// The text with each line broken between words to the width; indented lines are left alone, and so is what stands in
/// backticks.
pub(super) fn wrapped(text: &str, width: usize) -> String {
    hanging(text, width, width)
}

/// The same with another width for the first line.
pub(super) fn hanging(text: &str, first: usize, others: usize) -> String {
    let (mut out, mut width) = (String::new(), first);
    for line in text.lines() {
        let mut column = 0;
        if line.starts_with([' ', '\t']) {
            out.push_str(line);
        } else {
            for word in words(line) {
                let length = word.chars().count();
                if column > 0 && column + 1 + length > width {
                    out.push('\n');
                    column = 0;
                    width = others;
                } else if column > 0 {
                    out.push(' ');
                    column += 1;
                }
                out.push_str(word);
                column += length;
            }
        }
        out.push('\n');
        width = others;
    }
    out
}

/// What a line may be broken between: words, and what stands in backticks as one.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    line.split(move |letter| {
        quoted ^= letter == '`';
        letter == ' ' && !quoted
    })
}
