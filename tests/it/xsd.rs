//! Documents against an XML Schema, for schemas as simple as that of JUnit: global elements, sequences of references,
//! attributes and elements of strings.
//!
//! The validators that there are for Rust pass over what such a schema says of attributes and words, or take longer to
//! build than all that is tested with them. What a schema says and this does not know is no schema here, so nothing that
//! it asks is passed over.

use crate::xml::{self, Element};
use std::collections::BTreeMap;

/// A schema.
pub(crate) struct Xsd {
    elements: BTreeMap<String, Declared>,
}

/// An element as it is declared.
#[derive(Default)]
struct Declared {
    /// Whether words may stand in it.
    words: bool,
    /// The attributes, with whether they are needed.
    attributes: BTreeMap<String, bool>,
    /// The elements in it, in order, with how often at least and at most.
    sequence: Vec<(String, usize, usize)>,
}

impl Xsd {
    /// Reads a schema.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let (_, mut rest) = text.split_once("?>").ok_or("no declaration")?;
        let mut plain = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        while let Some((before, comment)) = rest.split_once("<!--") {
            plain.push_str(before);
            rest = comment.split_once("-->").ok_or("a comment does not end")?.1;
        }
        plain.push_str(rest);
        let schema = xml::read(&plain)?;
        only(&schema, "xs:schema", &["xmlns:xs"])?;
        let mut elements = BTreeMap::new();
        for element in &schema.children {
            only(element, "xs:element", &["name", "type"])?;
            let declared = match (element.attribute("type"), element.children.as_slice()) {
                (Some("xs:string"), []) => Declared { words: true, ..Declared::default() },
                (None, [complex]) => declared(complex)?,
                _ => return Err(format!("{element:?}")),
            };
            elements.insert(element.attribute("name").ok_or("an element without a name")?.to_owned(), declared);
        }
        let names = elements.values().flat_map(|declared| &declared.sequence);
        match names.map(|(name, ..)| name).find(|name| !elements.contains_key(*name)) {
            Some(name) => Err(format!("`{name}` is not declared")),
            None => Ok(Self { elements }),
        }
    }

    /// Everything that it has against an element as the root of a document.
    pub(crate) fn against(&self, root: &Element) -> Vec<String> {
        let mut faults = Vec::new();
        self.judge(root, "", &mut faults);
        faults
    }

    fn judge(&self, element: &Element, above: &str, faults: &mut Vec<String>) {
        let path = format!("{above}/{}", element.name);
        let Some(declared) = self.elements.get(&element.name) else {
            faults.push(format!("{path} is not declared"));
            return;
        };
        if !declared.words && !element.text.trim().is_empty() {
            faults.push(format!("{path} has words"));
        }
        for (name, _) in element.attributes.iter().filter(|(name, _)| !declared.attributes.contains_key(name)) {
            faults.push(format!("{path} has `{name}`"));
        }
        for (name, _) in
            declared.attributes.iter().filter(|(name, needed)| **needed && element.attribute(name).is_none())
        {
            faults.push(format!("{path} lacks `{name}`"));
        }
        let mut children = element.children.iter().peekable();
        for (name, least, most) in &declared.sequence {
            let mut count = 0;
            while count < *most && children.next_if(|child| child.name == *name).is_some() {
                count += 1;
            }
            if count < *least {
                faults.push(format!("{path} lacks {name}"));
            }
        }
        faults.extend(children.map(|child| format!("{path} has {} here", child.name)));
        element.children.iter().for_each(|child| self.judge(child, &path, faults));
    }
}

fn declared(complex: &Element) -> Result<Declared, String> {
    only(complex, "xs:complexType", &["mixed"])?;
    let mut declared = Declared { words: complex.attribute("mixed") == Some("true"), ..Declared::default() };
    for part in &complex.children {
        if part.name == "xs:sequence" {
            only(part, "xs:sequence", &[])?;
            if !declared.sequence.is_empty() {
                return Err("two sequences".into());
            }
            for one in &part.children {
                only(one, "xs:element", &["ref", "minOccurs", "maxOccurs"])?;
                let count = |name| match one.attribute(name) {
                    None => Ok(1),
                    Some("unbounded") => Ok(usize::MAX),
                    Some(number) => number.parse().map_err(|_| format!("{name} is `{number}`")),
                };
                let name = one.attribute("ref").ok_or("an element of a sequence that is declared in it")?;
                declared.sequence.push((name.to_owned(), count("minOccurs")?, count("maxOccurs")?));
            }
            continue;
        }
        only(part, "xs:attribute", &["name", "type", "use"])?;
        if part.attribute("type") != Some("xs:string") {
            return Err(format!("{part:?}"));
        }
        let needed = match part.attribute("use") {
            None | Some("optional") => false,
            Some("required") => true,
            Some(other) => return Err(format!("`{other}` attributes")),
        };
        declared.attributes.insert(part.attribute("name").ok_or("an attribute without a name")?.to_owned(), needed);
    }
    Ok(declared)
}

/// An element of a schema is of this name and has no other attributes.
fn only(element: &Element, name: &str, attributes: &[&str]) -> Result<(), String> {
    let other = element.attributes.iter().find(|(name, _)| !attributes.contains(&name.as_str()));
    match other {
        Some((other, _)) => Err(format!("{} has `{other}`", element.name)),
        None if element.name == name => Ok(()),
        None => Err(format!("`{}` instead of `{name}`", element.name)),
    }
}
