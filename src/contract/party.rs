//! Who takes part in a link: a component with what its binary imports and exports, what was recorded of one, or a WIT
//! package, which offers what it describes.

use crate::diag::Source;
use crate::model::component::{item_interface, item_name};
use crate::model::name::{ExternName, InterfaceName};
use crate::types::fit::View;
use crate::types::shape::{Item, Place, Shape, Side};
use crate::types::world_text::{Order, PrintedWorld, printed_world};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Where items are declared.
pub type Places = BTreeMap<Place, (Arc<Source>, Range<usize>)>;

/// One that asks, offers, or does both.
#[derive(Debug)]
pub struct Party {
    /// The name it goes by in reports.
    pub name: String,
    /// What its text is called: `auth.wasm (decoded)`.
    pub text_name: String,
    /// What it imports and exports.
    pub shape: Shape,
    /// The side on which it has what it offers; a WIT package offers what it describes, whoever imports it.
    pub offers: Side,
    by_interface: BTreeMap<String, Vec<usize>>,
    written: Places,
    printed: OnceLock<Places>,
}

/// An import or export of a party.
#[derive(Debug, Clone, Copy)]
pub struct End<'a> {
    /// Whose.
    pub party: &'a Party,
    /// Imports or exports.
    pub side: Side,
    /// Its position there.
    pub at: usize,
}

/// What a party has for an import of another one.
#[derive(Debug)]
pub enum Offer<'a> {
    /// Nothing of this name.
    Nothing,
    /// The interface, in versions that cannot stand in for the one that is imported.
    Apart(End<'a>),
    /// What may fill it if its shape fits; the nearest version first.
    Named(Vec<End<'a>>),
}

impl Party {
    /// A party that offers what it exports.
    pub fn new(name: impl Into<String>, text_name: impl Into<String>, shape: Shape) -> Self {
        Self::offering(Side::Export, name, text_name, shape)
    }

    /// A party that offers what it has on a side.
    pub fn offering(offers: Side, name: impl Into<String>, text_name: impl Into<String>, shape: Shape) -> Self {
        let mut by_interface: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, (name, item)) in shape.side(offers).iter().enumerate() {
            let key = item_interface(name, item).map_or_else(|| name.clone(), |name| name.unversioned());
            by_interface.entry(key).or_default().push(at);
        }
        let (name, text_name) = (name.into(), text_name.into());
        Self { name, text_name, shape, offers, by_interface, written: Places::new(), printed: OnceLock::new() }
    }

    /// The same, with the places where the names of its items were written.
    pub fn written(mut self, places: Places) -> Self {
        self.written = places;
        self
    }

    /// What it asks of others: every import but those that only name value types, which nobody has to fill.
    pub fn asks(&self) -> impl Iterator<Item = End<'_>> {
        let asks = |(_, item): &(usize, &Item)| !self.is_wit() && !self.shape.is_types_only(&item.entity);
        let imports = self.shape.imports.values().enumerate().filter(asks);
        imports.map(|(at, _)| End { party: self, side: Side::Import, at })
    }

    /// Everything on a side.
    pub fn side(&self, side: Side) -> impl Iterator<Item = End<'_>> {
        (0..self.shape.side(side).len()).map(move |at| End { party: self, side, at })
    }

    /// What it has for an import. A label is kept to: what has none may fill a labelled import, but not the other way round.
    pub fn offer(&self, asked: End<'_>) -> Offer<'_> {
        let wanted = asked.interface();
        let key = wanted.as_ref().map_or_else(|| asked.spelled().to_owned(), InterfaceName::unversioned);
        let known = self.by_interface.get(&key).into_iter().flatten();
        let ends = known.map(|at| End { party: self, side: self.offers, at: *at });
        let (mut named, mut apart) = (Vec::new(), Vec::new());
        for end in ends {
            match (&wanted, end.interface()) {
                _ if end.spelled() == asked.spelled() => named.push(end),
                (Some(_), Some(_)) if end.is_labelled() => {}
                (Some(wanted), Some(offered)) if wanted.same_track(&offered) => named.push(end),
                (Some(_), Some(_)) => apart.push(end),
                _ => {}
            }
        }
        // Of several versions on one track the one that is asked for, else the latest.
        let version = |end: &End<'_>| end.interface().and_then(|name| name.full_version().cloned());
        let wanted_version = wanted.as_ref().and_then(|name| name.full_version().cloned());
        named.sort_by_key(|end| (version(end) != wanted_version, std::cmp::Reverse(version(end))));
        apart.sort_by_key(|end| std::cmp::Reverse(version(end)));
        match (named.is_empty(), apart.first()) {
            (false, _) => Offer::Named(named),
            (true, Some(end)) => Offer::Apart(*end),
            (true, None) => Offer::Nothing,
        }
    }

    /// What the user calls it.
    pub fn origin(&self) -> &str {
        self.text_name.rsplit_once(" (").map_or(&*self.text_name, |(origin, _)| origin)
    }

    /// Whether it is WIT, which asks for nothing.
    pub fn is_wit(&self) -> bool {
        self.offers == Side::Import
    }

    /// Whether it offers anything of a package, `ns:pkg`.
    pub fn has_package(&self, package: &str) -> bool {
        let of = |name: &String| InterfaceName::parse(name, None).is_some_and(|name| name.package_id() == package);
        self.by_interface.keys().any(of)
    }

    /// Where an item is declared: in the text that it was written in, else in its world, printed for this purpose.
    pub fn declared(&self, place: &Place) -> Option<Declared> {
        if let Some((source, name)) = self.written.get(place).cloned() {
            let whole = name.start..end_of_declaration(&source.text, name.end);
            return Some(Declared { source, shown: name, whole });
        }
        let printed = self.printed.get_or_init(|| {
            let PrintedWorld { text, spans } = printed_world(&self.shape, Order::AsIs);
            let source = Arc::new(Source::new(self.text_name.clone(), text));
            spans.into_iter().map(|(place, span)| (place, (source.clone(), span))).collect()
        });
        let (source, shown) = printed.get(place)?.clone();
        Some(Declared { source, whole: shown.clone(), shown })
    }
}

/// A declaration in a text.
pub struct Declared {
    /// The text.
    pub source: Arc<Source>,
    /// What stands for all of it: its line, or its name.
    pub shown: Range<usize>,
    /// All of it, as far as it goes.
    pub whole: Range<usize>,
}

/// The end of a declaration whose name ends at a byte.
fn end_of_declaration(text: &str, from: usize) -> usize {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            b'{' | b'(' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' | b')' => depth = depth.saturating_sub(1),
            b';' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

impl<'a> End<'a> {
    /// The name as the binary spells it.
    pub fn spelled(&self) -> &'a str {
        self.party.shape.head(&self.place()).0
    }

    /// What is there.
    pub fn item(&self) -> &'a Item {
        self.party.shape.head(&self.place()).1
    }

    /// The name with its whole version.
    pub fn name(&self) -> ExternName {
        item_name(self.spelled(), self.item())
    }

    /// The interface that is imported or exported, if it is one.
    pub fn interface(&self) -> Option<InterfaceName> {
        item_interface(self.spelled(), self.item())
    }

    /// Whether it goes by a label.
    pub fn is_labelled(&self) -> bool {
        self.item().attrs.implements.is_some()
    }

    /// What is there, to be compared.
    pub fn view(&self) -> View<'a> {
        View { shape: &self.party.shape, entity: &self.item().entity }
    }

    /// Where it stands in its shape.
    pub fn place(&self) -> Place {
        Place { side: self.side, item: self.at, path: Vec::new() }
    }
}
