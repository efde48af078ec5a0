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
    text: OnceLock<Text>,
}

/// A party's types in WIT, and where each item stands in it.
type Text = (Arc<Source>, BTreeMap<Place, Range<usize>>);

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
        Self { name, text_name, shape, offers, by_interface, text: OnceLock::new() }
    }

    /// What it asks of others: every import but those that only name value types, which nobody has to fill.
    pub fn asks(&self) -> impl Iterator<Item = End<'_>> {
        let asks = |(_, item): &(usize, &Item)| !self.shape.is_types_only(&item.entity);
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

    /// Whether it offers anything of a package, `ns:pkg`.
    pub fn has_package(&self, package: &str) -> bool {
        let of = |name: &String| InterfaceName::parse(name, None).is_some_and(|name| name.package_id() == package);
        self.by_interface.keys().any(of)
    }

    /// Its world as a text, and where in it an item stands.
    pub fn text(&self) -> &Text {
        self.text.get_or_init(|| {
            let PrintedWorld { text, spans } = printed_world(&self.shape, Order::AsIs);
            (Arc::new(Source::new(self.text_name.clone(), text)), spans)
        })
    }
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
