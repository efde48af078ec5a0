//! The whole world of a shape as a text, and where in the text each import, export and function stands.
//!
//! The text is complete: two shapes with equal text are the same world, down to attributes, `use` relations and the
//! identity of resources. Interfaces are written out where they are imported or exported, because one name may mean two
//! definitions there. Methods stand in the resource they belong to, as in WIT.

use super::print::{Home, Printer, below};
use super::shape::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// In which order the text lists imports, exports and items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As the component has them.
    AsIs,
    /// By name, for comparisons that the order must not decide.
    Sorted,
}

/// A printed world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedWorld {
    /// The text.
    pub text: String,
    /// Where the declaration of each import, export, function and type stands, on one line each: of an instance the
    /// line that opens it.
    pub spans: BTreeMap<Place, Range<usize>>,
}

/// The world of a shape in the order of the component.
pub fn world_text(shape: &Shape) -> String {
    printed_world(shape, Order::AsIs).text
}

/// The world of a shape with every list sorted by name: equal for two shapes exactly if they are the same world.
pub fn canonical_text(shape: &Shape) -> String {
    printed_world(shape, Order::Sorted).text
}

/// The world of a shape with the places of its parts.
pub fn printed_world(shape: &Shape, order: Order) -> PrintedWorld {
    let mut writer = Writer { shape, order, text: String::from("world {\n"), spans: BTreeMap::new() };
    let printer = Printer::new(shape, Home::World);
    let printer = if order == Order::Sorted { printer.canonical() } else { printer };
    for side in [Side::Import, Side::Export] {
        let places: Vec<Place> =
            (0..shape.side(side).len()).map(|item| Place { side, item, path: Vec::new() }).collect();
        writer.list(&printer, places, 1);
    }
    writer.text.push_str("}\n");
    PrintedWorld { text: writer.text, spans: writer.spans }
}

struct Writer<'a> {
    shape: &'a Shape,
    order: Order,
    text: String,
    spans: BTreeMap<Place, Range<usize>>,
}

impl<'a> Writer<'a> {
    /// Items that stand side by side. Functions of a resource are written with it.
    fn list(&mut self, printer: &Printer<'a>, mut places: Vec<Place>, depth: usize) {
        let shape = self.shape;
        if self.order == Order::Sorted {
            places.sort_by(|one, other| name_at(shape, one).cmp(name_at(shape, other)));
        }
        let introduces = |place: &&Place| introduces_resource(printer, shape, place);
        let mut members: BTreeMap<&str, Vec<&Place>> =
            places.iter().filter(introduces).map(|place| (name_at(shape, place), Vec::new())).collect();
        let mut apart = Vec::new();
        for place in &places {
            let of = member(name_at(shape, place)).and_then(|(_, resource, _)| members.get_mut(resource));
            match of {
                Some(members) => members.push(place),
                None => apart.push(place),
            }
        }
        for place in apart {
            let members = members.get(name_at(shape, place)).map_or(&[][..], Vec::as_slice);
            self.item(printer, place, members, depth);
        }
    }

    fn item(&mut self, printer: &Printer<'a>, place: &Place, members: &[&Place], depth: usize) {
        let item = self.shape.item(place);
        let name = name_at(self.shape, place);
        self.attributes(&item.attrs, depth);
        let keyword = match (place.path.is_empty(), place.side, &item.entity) {
            (false, ..) | (true, Side::Import, Entity::Type { .. }) => "",
            (true, Side::Import, _) => "import ",
            (true, Side::Export, _) => "export ",
        };
        match &item.entity {
            Entity::Instance(items) => {
                self.line(place, depth, &format!("{keyword}{name}: interface"), " {");
                let home = printer.at(Home::Instance(place.clone()));
                self.list(&home, items.keys().map(|name| below(place, name)).collect(), depth + 1);
                self.line_end(depth);
            }
            entity if members.is_empty() => {
                let text = format!("{keyword}{}", printer.item(name, entity, Some(place)));
                let closed = text.ends_with('}') && !text.contains(".{");
                self.line(place, depth, &text, if closed { "" } else { ";" });
            }
            entity => {
                self.line(place, depth, &format!("{keyword}{}", printer.item(name, entity, Some(place))), " {");
                for function in members {
                    let item = self.shape.item(function);
                    self.attributes(&item.attrs, depth + 1);
                    let text = self.member(printer, name_at(self.shape, function), &item.entity, function);
                    self.line(function, depth + 1, &text, ";");
                }
                self.line_end(depth);
            }
        }
    }

    /// A function of a resource as it stands inside it.
    fn member(&self, printer: &Printer<'a>, full: &str, entity: &Entity, place: &Place) -> String {
        let (Entity::Func(func), Some((kind, resource, name))) = (entity, member(full)) else {
            return printer.item(full, entity, Some(place));
        };
        let is = if func.is_async { "async " } else { "" };
        match kind {
            Kind::Constructor => {
                let result = func.result.map_or(String::new(), |ty| printer.val(ty));
                if !func.is_async && result == resource {
                    format!("constructor{}", printer.signature(&func.params, None))
                } else {
                    format!("{is}constructor{}", printer.signature(&func.params, func.result))
                }
            }
            Kind::Method => {
                let rest = func.params.get(1..).unwrap_or(&[]);
                format!("{name}: {is}func{}", printer.signature(rest, func.result))
            }
            Kind::Static => format!("{name}: static {is}func{}", printer.signature(&func.params, func.result)),
        }
    }

    fn attributes(&mut self, attrs: &Attrs, depth: usize) {
        let Attrs { implements, version_suffix, external_id } = attrs;
        let all = [("implements", implements), ("version-suffix", version_suffix), ("external-id", external_id)];
        for (name, value) in all {
            if let Some(value) = value {
                // With what JSON escapes, so that it is one line and ends where it ends.
                let value = serde_json::Value::from(value.as_str());
                self.text.push_str(&format!("{}@{name}({value})\n", indent(depth)));
            }
        }
    }

    fn line(&mut self, place: &Place, depth: usize, text: &str, end: &str) {
        self.text.push_str(&indent(depth));
        let start = self.text.len();
        self.text.push_str(text);
        self.spans.insert(place.clone(), start..self.text.len());
        self.text.push_str(end);
        self.text.push('\n');
    }

    fn line_end(&mut self, depth: usize) {
        self.text.push_str(&indent(depth));
        self.text.push_str("}\n");
    }
}

enum Kind {
    Constructor,
    Method,
    Static,
}

/// `[method]r.get` taken apart: what it is, the resource, its own name.
fn member(name: &str) -> Option<(Kind, &str, &str)> {
    let (kind, rest) = name.strip_prefix('[')?.split_once(']')?;
    match kind {
        "constructor" => Some((Kind::Constructor, rest, rest)),
        "method" => rest.split_once('.').map(|(resource, name)| (Kind::Method, resource, name)),
        "static" => rest.split_once('.').map(|(resource, name)| (Kind::Static, resource, name)),
        _ => None,
    }
}

fn introduces_resource(printer: &Printer<'_>, shape: &Shape, place: &Place) -> bool {
    match &shape.item(place).entity {
        Entity::Type { created } => {
            shape.resource(*created).is_some() && printer.origin(*created, Some(place)).is_none()
        }
        _ => false,
    }
}

fn name_at<'s>(shape: &'s Shape, place: &'s Place) -> &'s str {
    place.path.last().map_or_else(|| shape.head(place).0, String::as_str)
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}
