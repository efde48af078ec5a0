//! The words of WAVE: labels, numbers, quoted text, and what lies between them. Knows no types.

use std::ops::Range;

/// A text, and how far it was read.
#[derive(Debug, Clone)]
pub(crate) struct Scanner<'t> {
    pub(crate) text: &'t str,
    pub(super) at: usize,
}

/// What is wrong inside of quotes: where, and what was expected.
pub(super) type BadText = (Range<usize>, &'static str);

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Scanner { text, at: 0 }
    }

    /// How far it was read.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Goes on elsewhere.
    pub(crate) fn jump(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Leaves space and comments behind.
    pub(crate) fn skip(&mut self) {
        loop {
            self.at = self.text.len() - self.rest().trim_start().len();
            if !self.rest().starts_with("//") {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    /// The character that comes next.
    pub(crate) fn peek(&mut self) -> Option<char> {
        self.skip();
        self.rest().chars().next()
    }

    /// Takes that word, if it comes next.
    pub(crate) fn eat(&mut self, word: &str) -> bool {
        self.skip();
        let comes = self.rest().starts_with(word);
        self.at += if comes { word.len() } else { 0 };
        comes
    }

    /// Takes a label: whether it is marked by `%`, itself, and where it stands.
    pub(crate) fn label(&mut self) -> Option<(bool, &'t str, Range<usize>)> {
        self.skip();
        let start = self.at;
        let marked = self.rest().starts_with('%');
        let word = &self.rest()[usize::from(marked)..];
        let end = word.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(word.len());
        if !word.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            return None;
        }
        self.at += usize::from(marked) + end;
        Some((marked, &word[..end], start..self.at))
    }

    /// The same without taking it.
    pub(crate) fn label_ahead(&mut self) -> Option<(bool, &'t str)> {
        let (marked, label, _) = self.clone().label()?;
        Some((marked, label))
    }

    /// Takes what could be a number: digits, letters, signs and points, up to `..`.
    pub(super) fn number(&mut self) -> &'t str {
        self.skip();
        let rest = self.rest();
        let mut end = 0;
        for (at, letter) in rest.char_indices() {
            let point = letter == '.' && !rest[at..].starts_with("..");
            if !(letter.is_ascii_alphanumeric() || "+-_".contains(letter) || point) {
                break;
            }
            end = at + letter.len_utf8();
        }
        self.at += end;
        &rest[..end]
    }

    /// Takes the name behind a `$`: a label or digits, each part after a point a number.
    pub(crate) fn name(&mut self) -> &'t str {
        let rest = self.rest();
        let word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        let mut end = rest.find(|letter| !word(letter)).unwrap_or(rest.len());
        if let Some(index) = rest[end..].strip_prefix('.') {
            let digits = index.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(index.len());
            end += if digits > 0 { 1 + digits } else { 0 };
        }
        self.at += end;
        &rest[..end]
    }

    /// What comes next, as one would point at it.
    pub(crate) fn ahead(&mut self) -> Range<usize> {
        self.skip();
        let mut ahead = self.clone();
        let start = self.at;
        let word = |letter: char| letter.is_ascii_alphanumeric() || "-_%$.+".contains(letter);
        match self.rest().chars().next() {
            None => {}
            Some('"') => drop(ahead.string()),
            Some('\'') => drop(ahead.char()),
            Some(letter) if word(letter) => {
                ahead.at += self.rest().find(|letter| !word(letter)).unwrap_or(self.rest().len());
            }
            Some(letter) => ahead.at += letter.len_utf8(),
        }
        // A text that does not end: its quote alone.
        start..if ahead.at == start && start < self.text.len() { start + 1 } else { ahead.at }
    }

    /// Takes a `'…'`.
    pub(super) fn char(&mut self) -> Result<char, BadText> {
        let start = self.at;
        let mut scan = self.clone();
        scan.at += 1;
        let letter = match scan.rest().chars().next() {
            Some('\\') => scan.escape()?,
            Some(letter) if letter != '\'' && letter != '\n' => {
                scan.at += letter.len_utf8();
                letter
            }
            _ => return Err((start..scan.at, "one character between the quotes")),
        };
        if !scan.rest().starts_with('\'') {
            return Err((start..scan.at, "one character between the quotes"));
        }
        self.at = scan.at + 1;
        Ok(letter)
    }

    /// Takes a `"…"` or `"""…"""`.
    pub(super) fn string(&mut self) -> Result<String, BadText> {
        let rest = self.rest();
        if rest.starts_with("\"\"\"\n") || rest.starts_with("\"\"\"\r\n") {
            return self.lines();
        }
        let start = self.at;
        let mut scan = self.clone();
        scan.at += 1;
        let mut text = String::new();
        loop {
            match scan.rest().chars().next() {
                Some('"') => break,
                Some('\\') => text.push(scan.escape()?),
                Some(letter) if letter != '\n' => {
                    scan.at += letter.len_utf8();
                    text.push(letter);
                }
                _ => return Err((start..start + 1, "a closing `\"`")),
            }
        }
        self.at = scan.at + 1;
        Ok(text)
    }

    /// A text of several lines: as far in as its closing quotes stand, all its lines begin.
    fn lines(&mut self) -> Result<String, BadText> {
        const UNCLOSED: &str = "a closing `\"\"\"` on a line of its own";
        let start = self.at;
        let first = start + self.rest().find('\n').map_or(3, |end| end + 1);
        let body = &self.text[first..];
        let mut end = None;
        let mut escaped = false;
        for (at, letter) in body.char_indices() {
            if !escaped && letter == '"' && body[at..].starts_with("\"\"\"") {
                end = Some(at);
                break;
            }
            escaped = letter == '\\' && !escaped;
        }
        let end = end.ok_or((start..start + 3, UNCLOSED))?;
        // The line of the closing quotes holds spaces alone.
        let last = body[..end].rfind('\n').map_or(0, |at| at + 1);
        let indent = end - last;
        if !body[last..end].chars().all(|letter| letter == ' ') {
            return Err((first + end..first + end + 3, UNCLOSED));
        }
        let mut text = String::new();
        let mut scan = Scanner { text: self.text, at: first };
        let mut lines = body[..last].split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            if spaces < indent && !line.trim_end_matches(['\r', '\n']).is_empty() {
                return Err((scan.at..scan.at + spaces.max(1), "as many spaces as before the closing `\"\"\"`"));
            }
            let until = scan.at + line.trim_end_matches('\n').trim_end_matches('\r').len();
            let next = scan.at + line.len();
            scan.at += spaces.min(indent);
            while scan.at < until {
                match scan.rest().chars().next() {
                    Some('\\') => text.push(scan.escape()?),
                    Some(letter) => {
                        scan.at += letter.len_utf8();
                        text.push(letter);
                    }
                    None => break,
                }
            }
            scan.at = next;
            if lines.peek().is_some() {
                text.push('\n');
            }
        }
        self.at = first + end + 3;
        Ok(text)
    }

    /// Takes a `\` and what it stands for.
    fn escape(&mut self) -> Result<char, BadText> {
        const KNOWN: &str = "one of `\\\\`, `\\\"`, `\\'`, `\\n`, `\\t`, `\\r`, `\\u{…}`";
        let start = self.at;
        self.at += 1;
        let letter = self.rest().chars().next().ok_or((start..self.at, KNOWN))?;
        self.at += letter.len_utf8();
        Ok(match letter {
            '\\' | '"' | '\'' => letter,
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'u' => {
                let scalar = "a character by its number, as `\\u{1f600}`";
                let digits = self.rest().strip_prefix('{').and_then(|rest| Some(&rest[..rest.find('}')?]));
                let digits = digits.filter(|digits| digits.chars().all(|digit| digit.is_ascii_hexdigit()));
                let digits = digits.ok_or((start..self.at, scalar))?;
                self.at += digits.len() + 2;
                let number = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                number.ok_or((start..self.at, scalar))?
            }
            _ => return Err((start..self.at, KNOWN)),
        })
    }
}
