//! Text → a tree of scalars, lists and maps with their places.
//!
//! Only what configurations need: anchors and several documents are refused, and so is nesting beyond any use.

use super::diags::YamlSyntax;
use crate::diag::{Diagnostic, Source};
use crate::manifest::diags::Spot;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput};
use std::ops::Range;
use std::sync::Arc;

/// Deeper than any configuration.
const DEEPEST: usize = 32;

/// A node of the tree.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its bytes in the text; of what has parts, the first line.
    pub(super) span: Range<usize>,
    /// What it is.
    pub(super) value: Value,
}

/// What a node is.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// A word, and whether it stood in quotes.
    Scalar(String, bool),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in their order.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The word for what it is.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            _ if self.is_null() => "null",
            Value::Scalar(..) => "string",
            Value::List(_) => "list",
            Value::Map(_) => "map",
        }
    }

    /// Whether nothing is written there.
    pub(super) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(text, false) if ["", "~", "null"].contains(&text.as_str()))
    }
}

type Fault = Box<Diagnostic>;

/// Reads a text; nothing if there is nothing in it.
pub(super) fn read(source: &Arc<Source>) -> Result<Option<Node>, Fault> {
    let text = source.text.as_str();
    let offsets = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
    let mut reader = Reader { source, parser: Parser::new_from_str(text), offsets, depth: 0 };
    let mut root = None;
    let mut documents = 0;
    while let Some((event, span)) = reader.next()? {
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(reader.fault(span, "a configuration is one document"));
                }
            }
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Nothing => {}
            event => root = Some(reader.node(event, span)?),
        }
    }
    Ok(root)
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    parser: Parser<'s, StrInput<'s>>,
    /// The byte at which each character begins, if that is not its number.
    offsets: Vec<usize>,
    depth: usize,
}

impl<'s> Reader<'s> {
    fn fault(&self, span: Range<usize>, message: &str) -> Fault {
        Box::new(YamlSyntax { spot: Spot { source: self.source, span }, message }.into())
    }

    /// The next event, with its bytes.
    fn next(&mut self) -> Result<Option<(Event<'s>, Range<usize>)>, Fault> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => {
                let start = self.offset(&span.start);
                let end = self.offset(&span.end).max(start);
                Ok(Some((event, start..end)))
            }
            Some(Err(error)) => {
                let at = self.offset(error.marker());
                let width = self.source.text[at..].chars().next().map_or(0, char::len_utf8);
                Err(self.fault(at..at + width, error.info()))
            }
        }
    }

    /// The parser counts characters.
    fn offset(&self, marker: &Marker) -> usize {
        let end = self.source.text.len();
        match self.offsets.is_empty() {
            true => marker.index().min(end),
            false => self.offsets.get(marker.index()).copied().unwrap_or(end),
        }
    }

    fn node(&mut self, event: Event<'s>, span: Range<usize>) -> Result<Node, Fault> {
        let anchored = match &event {
            Event::Scalar(_, _, anchor, _) | Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                *anchor != 0
            }
            Event::Alias(_) => true,
            _ => false,
        };
        if anchored {
            return Err(self.fault(span, "anchors and aliases are not taken"));
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.fault(span, &format!("nested more than {DEEPEST} levels deep")));
        }
        let value = match event {
            Event::Scalar(text, style, _, _) => Value::Scalar(text.into_owned(), style != ScalarStyle::Plain),
            Event::SequenceStart(..) => self.list()?,
            Event::MappingStart(..) => self.map()?,
            _ => return Err(self.fault(span, "a value is expected")),
        };
        self.depth -= 1;
        let rest = &self.source.text[span.start..];
        let len = match value {
            Value::Scalar(..) => self.source.text[span.clone()].trim_end().len(),
            Value::List(_) | Value::Map(_) => rest.lines().next().unwrap_or_default().len(),
        };
        Ok(Node { span: span.start..span.start + len, value })
    }

    fn list(&mut self) -> Result<Value, Fault> {
        let mut items = Vec::new();
        while let Some((event, span)) = self.next()? {
            match event {
                Event::SequenceEnd => break,
                event => items.push(self.node(event, span)?),
            }
        }
        Ok(Value::List(items))
    }

    fn map(&mut self) -> Result<Value, Fault> {
        let mut entries = Vec::new();
        while let Some((event, span)) = self.next()? {
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let key = self.node(event, span)?;
            let Some((event, span)) = self.next()? else { break };
            entries.push((key, self.node(event, span)?));
        }
        Ok(Value::Map(entries))
    }
}
