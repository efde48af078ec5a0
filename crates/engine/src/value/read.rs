//! WAVE by its type: what is expected next is always known, so a wrong text is told by what would have been right.
//!
//! Patterns are the same language with holes in it. Beyond the letter of WAVE, a case or flag that is called like a keyword
//! may stand without its `%` where it cannot mean anything else, numbers may have `_` between digits, and `$name` stands
//! for a value or handle that has that name.

use super::fault::BadValue;
use super::names::{Names, fits};
use super::node::{Kind, Node, Piece, Sequence};
use super::scan::{BadText, Scanner};
use super::wit::wit;
use std::ops::Range;
use wasmtime::component::{Type, Val};

/// No type is nested as deep as that, or the engine would not have taken it.
const DEEPEST: usize = 150;

/// Reads values and patterns out of a text.
pub(crate) struct Reader<'t> {
    pub(crate) scan: Scanner<'t>,
    pub(super) names: &'t dyn Names,
    pub(super) holes: bool,
    depth: usize,
}

pub(super) type Read<T> = Result<T, BadValue>;

impl<'t> Reader<'t> {
    /// Reads values.
    pub(crate) fn new(text: &'t str, names: &'t dyn Names) -> Self {
        Reader { scan: Scanner::new(text), names, holes: false, depth: 0 }
    }

    /// Reads patterns.
    pub(crate) fn with_holes(text: &'t str, names: &'t dyn Names) -> Self {
        Reader { holes: true, ..Reader::new(text, names) }
    }

    /// A value of that type, and nothing of what follows.
    pub(crate) fn value(&mut self, ty: &Type) -> Read<Val> {
        let node = self.node(ty)?;
        let at = node.at.clone();
        node.value().ok_or_else(|| self.bad_at(at, ty, "a value"))
    }

    /// Demands that nothing follows.
    pub(crate) fn end(&mut self) -> Read<()> {
        match self.scan.peek() {
            None => Ok(()),
            Some(_) => Err(self.fault(self.scan.clone().ahead(), String::new(), "the end")),
        }
    }

    /// A value or pattern.
    pub(crate) fn node(&mut self, ty: &Type) -> Read<Node> {
        self.scan.skip();
        let start = self.scan.at;
        if self.depth > DEEPEST {
            return Err(self.bad(ty, "a type that is nested less deeply"));
        }
        self.depth += 1;
        let kind = self.kind(ty)?;
        self.depth -= 1;
        Ok(Node { at: start..self.scan.at, kind })
    }

    fn kind(&mut self, ty: &Type) -> Read<Kind> {
        if self.holes && self.hole() {
            return Ok(Kind::Any);
        }
        if self.scan.peek() == Some('$') {
            return self.named(ty);
        }
        match ty {
            Type::Char => {
                self.quoted(ty, '\'', "a character, as `'x'`", Scanner::char).map(|it| Kind::Leaf(Val::Char(it)))
            }
            Type::String => self.string(ty),
            Type::List(list) => self.items(ty, &list.ty(), None),
            Type::FixedLengthList(list) => self.items(ty, &list.ty(), Some(list.len() as usize)),
            Type::Map(_) => self.map(ty),
            Type::Record(_) => self.record(ty),
            Type::Tuple(_) => self.tuple(ty),
            Type::Variant(_) | Type::Enum(_) => self.case(ty),
            Type::Option(_) => self.option(ty),
            Type::Result(_) => self.result(ty),
            Type::Flags(_) => self.flags(ty),
            Type::Own(_) | Type::Borrow(_) => Err(self.unnamed(ty)),
            Type::Future(_) | Type::Stream(_) | Type::ErrorContext => Err(self.bad(ty, "a value that has a text")),
            _ => self.plain(ty).map(Kind::Leaf),
        }
    }

    /// Takes a `_` that is no beginning of something else.
    fn hole(&mut self) -> bool {
        let mut ahead = self.scan.clone();
        let hole = ahead.eat("_") && !ahead.rest().starts_with(|letter: char| letter.is_ascii_alphanumeric());
        if hole {
            self.scan = ahead;
        }
        hole
    }

    /// `$name`
    fn named(&mut self, ty: &Type) -> Read<Kind> {
        let start = self.scan.at;
        self.scan.at += 1;
        let name = self.scan.name();
        let at = start..self.scan.at;
        if self.names.any_handle() && !name.is_empty() && matches!(ty, Type::Own(_) | Type::Borrow(_)) {
            return Ok(Kind::Any);
        }
        match self.names.value(name) {
            Some(value) if fits(&value, ty) => Ok(Kind::Leaf(value)),
            Some(value) => {
                let mut bad = self.bad_at(at, ty, &format!("`{}`", wit(ty, self.names)));
                if let Val::Resource(handle) = value {
                    bad.found = format!("`${name}`, a handle of `{}`", self.names.resource(handle.ty()));
                }
                Err(bad)
            }
            None => {
                let mut bad = self.bad_at(at, ty, "a name that was given before");
                bad.known = self.names.known().into_iter().map(|name| format!("${name}")).collect();
                bad.name = Some(format!("${name}"));
                if let Some(gone) = self.names.gone(name) {
                    bad.found = format!("`${name}`, which was {gone}");
                }
                Err(bad)
            }
        }
    }

    fn unnamed(&mut self, ty: &Type) -> BadValue {
        let mut bad = self.bad(ty, "a handle that has a name, as `$name`");
        bad.known = self.names.known().into_iter().map(|name| format!("${name}")).collect();
        bad
    }

    fn plain(&mut self, ty: &Type) -> Read<Val> {
        let at = self.scan.ahead();
        let word = self.scan.clone().number();
        let value = number(ty, word);
        let Some(value) = value else { return Err(self.bad_at(at, ty, &plain_words(ty))) };
        self.scan.number();
        Ok(value)
    }

    fn quoted<T>(
        &mut self,
        ty: &Type,
        quote: char,
        expected: &str,
        take: impl FnOnce(&mut Scanner<'t>) -> Result<T, BadText>,
    ) -> Read<T> {
        if self.scan.peek() != Some(quote) {
            return Err(self.bad(ty, expected));
        }
        take(&mut self.scan).map_err(|(at, expected)| self.bad_at(at, ty, expected))
    }

    fn string(&mut self, ty: &Type) -> Read<Kind> {
        let mut pieces = Vec::new();
        loop {
            let again = matches!(pieces.last(), Some(Piece::Literal(_)));
            // A `..` with a text on one of its sides is a hole in a text; else it stands for the rest of a list.
            let mut ahead = self.scan.clone();
            if self.holes && ahead.eat("..") && (again || ahead.peek() == Some('"')) {
                self.scan = ahead;
                pieces.push(Piece::Hole);
            } else if again || (!pieces.is_empty() && self.scan.peek() != Some('"')) {
                break;
            } else {
                let text = self.quoted(ty, '"', "a string, as `\"text\"`", Scanner::string)?;
                pieces.push(Piece::Literal(text));
            }
        }
        match pieces.as_mut_slice() {
            [Piece::Literal(text)] => Ok(Kind::Leaf(Val::String(std::mem::take(text)))),
            _ => Ok(Kind::Text(pieces)),
        }
    }

    /// Takes `..` where it stands for a rest.
    pub(super) fn rest(&mut self) -> bool {
        let mut ahead = self.scan.clone();
        let rest = self.holes && ahead.eat("..") && ahead.peek() != Some('"');
        if rest {
            self.scan = ahead;
        }
        rest
    }

    /// After a part: whether another may follow. Takes the comma or what closes.
    pub(super) fn more(&mut self, ty: &Type, close: &str) -> Read<bool> {
        if self.scan.eat(close) {
            return Ok(false);
        }
        if self.scan.eat(",") {
            return Ok(!self.scan.eat(close));
        }
        Err(self.bad(ty, &format!("`,` or `{close}`")))
    }

    pub(super) fn open(&mut self, ty: &Type, open: &str, expected: &str) -> Read<()> {
        if self.scan.eat(open) { Ok(()) } else { Err(self.bad(ty, expected)) }
    }

    fn items(&mut self, ty: &Type, item: &Type, length: Option<usize>) -> Read<Kind> {
        self.open(ty, "[", "a list, as `[…]`")?;
        let (mut items, mut rest) = (Vec::new(), None);
        let mut more = !self.scan.eat("]");
        while more {
            match rest.is_none() && self.rest() {
                true => rest = Some(items.len()),
                false if length == Some(items.len()) => {
                    let expected = format!("`]`: the list has {} items", items.len());
                    return Err(self.bad(ty, &expected));
                }
                false => items.push(self.node(item)?),
            }
            more = self.more(ty, "]")?;
        }
        let of = if length.is_some() { Sequence::Fixed } else { Sequence::List };
        if let Some(length) = length.filter(|length| rest.is_none() && *length > items.len()) {
            return Err(self.bad_at(
                self.scan.at - 1..self.scan.at,
                ty,
                &format!("{length} items, not {}", items.len()),
            ));
        }
        Ok(Kind::Items { items, rest, of })
    }

    fn tuple(&mut self, ty: &Type) -> Read<Kind> {
        let Type::Tuple(tuple) = ty else { return Err(self.bad(ty, "a tuple")) };
        self.open(ty, "(", "a tuple, as `(…)`")?;
        let types: Vec<Type> = tuple.types().collect();
        let mut items = Vec::new();
        let mut rest = None;
        for (at, item) in types.iter().enumerate() {
            if self.rest() {
                rest = Some(items.len());
                break;
            }
            items.push(self.node(item)?);
            if at + 1 < types.len() {
                self.open(ty, ",", &format!("`,` and {} more", types.len() - at - 1))?;
            }
        }
        self.scan.eat(",");
        self.open(ty, ")", "a closing `)`")?;
        Ok(Kind::Items { items, rest, of: Sequence::Tuple })
    }

    pub(super) fn boxed(&mut self, ty: &Type, close: &Type) -> Read<Box<Node>> {
        let node = self.node(ty)?;
        self.scan.eat(",");
        self.open(close, ")", "a closing `)`")?;
        Ok(Box::new(node))
    }

    /// A fault at what comes next.
    pub(super) fn bad(&mut self, ty: &Type, expected: &str) -> BadValue {
        let at = self.scan.ahead();
        self.bad_at(at, ty, expected)
    }

    pub(super) fn bad_at(&self, at: Range<usize>, ty: &Type, expected: &str) -> BadValue {
        self.fault(at, wit(ty, self.names), expected)
    }

    fn fault(&self, at: Range<usize>, ty: String, expected: &str) -> BadValue {
        let text = &self.scan.text[at.clone()];
        let found = if text.is_empty() { "the end".into() } else { format!("`{text}`") };
        BadValue { at, path: String::new(), expected: expected.into(), found, known: Vec::new(), name: None, ty }
    }
}

/// A number or truth value by its word.
fn number(ty: &Type, word: &str) -> Option<Val> {
    // `_` only between digits.
    let digits = word.strip_prefix('-').unwrap_or(word);
    let float = matches!(ty, Type::Float32 | Type::Float64);
    let plain = match float {
        true => matches!(digits, "inf" | "nan") || digits.starts_with(|digit: char| digit.is_ascii_digit()),
        false => digits.split('_').all(|part| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit())),
    };
    let exponent = |text: &str| !text.ends_with(['.', '_']) && !text.contains("._") && !text.contains("_.");
    if *ty != Type::Bool && (!plain || !exponent(digits) || word == "-nan") {
        return None;
    }
    let text = word.replace('_', "");
    Some(match ty {
        Type::Bool => Val::Bool(word.parse().ok()?),
        Type::S8 => Val::S8(text.parse().ok()?),
        Type::U8 => Val::U8(text.parse().ok()?),
        Type::S16 => Val::S16(text.parse().ok()?),
        Type::U16 => Val::U16(text.parse().ok()?),
        Type::S32 => Val::S32(text.parse().ok()?),
        Type::U32 => Val::U32(text.parse().ok()?),
        Type::S64 => Val::S64(text.parse().ok()?),
        Type::U64 => Val::U64(text.parse().ok()?),
        Type::Float32 => Val::Float32(finite(&text, text.parse().ok()?, f32::is_infinite)?),
        Type::Float64 => Val::Float64(finite(&text, text.parse().ok()?, f64::is_infinite)?),
        _ => return None,
    })
}

/// A number that is too large for its type is none.
fn finite<F: Copy>(text: &str, float: F, infinite: impl Fn(F) -> bool) -> Option<F> {
    (!infinite(float) || text.ends_with("inf")).then_some(float)
}

/// What a plain type takes.
pub(super) fn plain_words(ty: &Type) -> String {
    let range = |name: &str, least: i128, most: u128| format!("a `{name}`, from {least} to {most}");
    match ty {
        Type::Bool => "`true` or `false`".into(),
        Type::S8 => range("s8", i8::MIN.into(), 0x7f),
        Type::U8 => range("u8", 0, u8::MAX.into()),
        Type::S16 => range("s16", i16::MIN.into(), 0x7fff),
        Type::U16 => range("u16", 0, u16::MAX.into()),
        Type::S32 => range("s32", i32::MIN.into(), 0x7fff_ffff),
        Type::U32 => range("u32", 0, u32::MAX.into()),
        Type::S64 => range("s64", i64::MIN.into(), 0x7fff_ffff_ffff_ffff),
        Type::U64 => range("u64", 0, u64::MAX.into()),
        Type::Float32 => "an `f32`: a number, `nan`, `inf` or `-inf`".into(),
        _ => "an `f64`: a number, `nan`, `inf` or `-inf`".into(),
    }
}
