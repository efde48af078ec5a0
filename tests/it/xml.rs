//! Just enough of an XML reader to judge documents that we write: elements, attributes, text, and nothing that is not well-formed.

/// An element.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    /// Its own text, references resolved.
    pub(crate) text: String,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Reads a document; the error says where it stops being one.
pub(crate) fn read(text: &str) -> Result<Element, String> {
    let allowed = |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    if let Some(letter) = text.chars().find(|letter| !allowed(*letter)) {
        return Err(format!("U+{:04X} may not stand in XML", u32::from(letter)));
    }
    let rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").ok_or("no declaration")?;
    let mut reader = Reader { rest: rest.trim_start() };
    let element = reader.element()?;
    match reader.rest.trim() {
        "" => Ok(element),
        more => Err(format!("more behind the root: {more}")),
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn eat(&mut self, word: &str) -> Result<(), String> {
        let here: String = self.rest.chars().take(40).collect();
        self.rest = self.rest.strip_prefix(word).ok_or_else(|| format!("`{word}` is missing before `{here}`"))?;
        Ok(())
    }

    fn name(&mut self) -> Result<String, String> {
        let end = self
            .rest
            .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != ':')
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            Ok(name.into())
        } else {
            Err("no name".into())
        }
    }

    fn element(&mut self) -> Result<Element, String> {
        self.eat("<")?;
        let mut element =
            Element { name: self.name()?, attributes: Vec::new(), children: Vec::new(), text: String::new() };
        while self.rest.starts_with(' ') {
            self.rest = self.rest.trim_start();
            let name = self.name()?;
            self.eat("=\"")?;
            let value = self.until('"')?;
            self.eat("\"")?;
            if element.attribute(&name).is_some() {
                return Err(format!("`{name}` stands twice"));
            }
            element.attributes.push((name, value));
        }
        if self.rest.starts_with("/>") {
            self.eat("/>")?;
            return Ok(element);
        }
        self.eat(">")?;
        loop {
            let text = self.until('<')?;
            element.text.push_str(&text);
            if self.rest.starts_with("</") {
                self.eat("</")?;
                self.eat(&element.name)?;
                self.eat(">")?;
                return Ok(element);
            }
            element.children.push(self.element()?);
        }
    }

    /// Text up to a letter, with its references resolved.
    fn until(&mut self, end: char) -> Result<String, String> {
        let at = self.rest.find(end).ok_or_else(|| format!("`{end}` is missing"))?;
        let (raw, rest) = self.rest.split_at(at);
        self.rest = rest;
        if raw.contains('<') || raw.contains("]]>") {
            return Err(format!("a bare bracket in `{raw}`"));
        }
        let mut out = String::new();
        let mut pieces = raw.split('&');
        out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (name, rest) = piece.split_once(';').ok_or_else(|| format!("a bare `&` in `{raw}`"))?;
            out.push(match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                other => return Err(format!("`&{other};` stands for nothing")),
            });
            out.push_str(rest);
        }
        Ok(out)
    }
}

#[test]
fn what_is_no_xml_is_refused() {
    let of = |body: &str| read(&format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}"));
    let element = of("<a b=\"x &lt; &quot;y&quot;\"><c/>t&amp;u</a>").expect("it is XML");
    assert_eq!((element.attribute("b"), element.text.as_str()), (Some("x < \"y\""), "t&u"));
    for body in [
        "<a>",
        "<a></b>",
        "<a b=\"<\"/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a>&nbsp;</a>",
        "<a>&</a>",
        "<a/><b/>",
        "<a>\u{1}</a>",
    ] {
        assert!(of(body).is_err(), "{body}");
    }
}
