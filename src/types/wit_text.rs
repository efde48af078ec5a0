//! One import, with the types it speaks of, as WIT that any tool reads: what `slice` cuts out, and `of_wit` reads again.
//!
//! Lists are sorted, so that the text does not depend on the toolchain that ordered the imports. What WIT cannot say makes
//! no text; and since a text may say something else than was meant, who keeps one reads it again and compares.

use super::print::primitive_name;
use super::shape::*;
use super::slice::resource_of;
use crate::model::name::InterfaceName;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What has no form in WIT, as a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoWit(pub String);

type Written = Result<String, NoWit>;

/// The text of a shape whose last import is the one that is meant, the others being what it takes types from.
pub fn import_text(shape: &Shape) -> Written {
    let Some((name, item)) = shape.imports.last() else { return Err(NoWit("nothing".into())) };
    // What is more than an interface under its own name takes a world to say it.
    let bare = item.attrs == Attrs::default() && matches!(item.entity, Entity::Instance(_));
    let main = InterfaceName::parse(name, None).filter(|_| bare).map(|name| package(&name));
    let mut packages: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut world = String::new();
    for (at, (name, item)) in shape.imports.iter().enumerate() {
        let is_last = at + 1 == shape.imports.len();
        let outside = Text { shape, home: None };
        let statement = match &item.entity {
            Entity::Instance(items) => {
                let implements = item.attrs.implements.as_ref();
                let interface = InterfaceName::parse(implements.unwrap_or(name), None);
                let home = Text { shape, home: Some(at) };
                let Some(interface) = interface else {
                    statement(
                        &mut world,
                        item,
                        &format!("import {}: interface {}", word(name), home.interface(items, 1)?),
                    );
                    continue;
                };
                let depth = usize::from(main.as_ref() != Some(&package(&interface)));
                let text = home.interface(items, depth)?;
                let text = format!("{}interface {} {text}", indent(depth), word(&interface.interface));
                if packages.entry(package(&interface)).or_default().insert(interface.interface.clone(), text).is_some()
                {
                    return Err(NoWit(format!("`{interface}` under two names")));
                }
                match (implements, is_last) {
                    (Some(interface), _) => format!("import {}: {};\n", word(name), path(interface)),
                    (None, true) => format!("import {};\n", path(name)),
                    (None, false) => continue,
                }
            }
            // Functions of a resource are written with it.
            Entity::Func(_) if resource_of(name).is_some_and(|of| shape.imports.contains_key(of)) => continue,
            Entity::Func(func) => format!("import {}: {};\n", word(name), outside.func(func)?),
            Entity::Type { created } => {
                let own = shape.imports.iter().filter(|(member, _)| resource_of(member) == Some(name));
                let mut own: Vec<_> = own.map(|(member, item)| (member.as_str(), item)).collect();
                own.sort_by_key(|(member, _)| *member);
                outside.declaration(name, *created, &own, 1)?
            }
            Entity::Unsupported(_) => return Err(NoWit(format!("{} `{name}`", item.entity.word()))),
        };
        self::statement(&mut world, item, &statement);
    }
    let mut out = String::new();
    match main.as_ref().and_then(|main| packages.remove_entry(main)) {
        Some((name, interfaces)) => {
            let _ = writeln!(out, "package {name};");
            interfaces.values().for_each(|text| out.extend(["\n", text]));
        }
        None => {
            let _ = write!(out, "package root:component;\n\nworld root {{\n{world}}}\n");
        }
    }
    for (name, interfaces) in packages {
        let texts: Vec<String> = interfaces.into_values().collect();
        let _ = write!(out, "\npackage {name} {{\n{}}}\n", texts.join("\n"));
    }
    Ok(out)
}

fn package(name: &InterfaceName) -> String {
    let version = name.full_version().map_or(String::new(), |version| format!("@{version}"));
    let namespace: Vec<String> = name.namespace.split(':').map(word).collect();
    format!("{}:{}{version}", namespace.join(":"), word(&name.package))
}

/// A statement of the world with what stands before it.
fn statement(world: &mut String, item: &Item, text: &str) {
    external_id(world, &item.attrs, 1);
    let _ = write!(world, "{}{text}", indent(1));
}

/// Writes for one home: an interface by the position of its import, or the world.
struct Text<'a> {
    shape: &'a Shape,
    home: Option<usize>,
}

impl Text<'_> {
    /// `{ … }` and a newline, for an interface that stands so deep.
    fn interface(&self, items: &indexmap::IndexMap<String, Item>, depth: usize) -> Written {
        let mut members: BTreeMap<&str, Vec<(&str, &Item)>> = BTreeMap::new();
        let (mut uses, mut types, mut functions) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (name, item) in items {
            match &item.entity {
                Entity::Type { created } if self.origin(*created, name).is_some_and(|(home, _)| home != self.home) => {
                    uses.insert(name, (*created, item));
                }
                Entity::Type { created } => drop(types.insert(name, (*created, item))),
                Entity::Func(func) => match resource_of(name) {
                    Some(resource) => members.entry(resource).or_default().push((name, item)),
                    None => drop(functions.insert(name, (func, item))),
                },
                entity => return Err(NoWit(format!("{} `{name}` inside an interface", entity.word()))),
            }
        }
        let (mut out, inner) = (String::from("{\n"), depth + 1);
        // What comes from one interface is one statement, but for what has an attribute of its own.
        let mut statements: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, (created, item)) in &uses {
            match self.used(name, *created)? {
                (from, names) if item.attrs.external_id.is_none() => statements.entry(from).or_default().push(names),
                (from, names) => {
                    external_id(&mut out, &item.attrs, inner);
                    let _ = writeln!(out, "{}use {from}.{{{names}}};", indent(inner));
                }
            }
            if members.contains_key(name.as_str()) {
                return Err(NoWit(format!("functions of `{name}`, which is a resource of another interface")));
            }
        }
        for (from, names) in statements {
            let _ = writeln!(out, "{}use {from}.{{{}}};", indent(inner), names.join(", "));
        }
        for (name, (created, item)) in types {
            external_id(&mut out, &item.attrs, inner);
            let mut own = members.remove(name.as_str()).unwrap_or_default();
            own.sort_by_key(|(name, _)| *name);
            let _ = write!(out, "{}{}", indent(inner), self.declaration(name, created, &own, inner)?);
        }
        if let Some((resource, _)) = members.first_key_value() {
            return Err(NoWit(format!("functions of `{resource}`, which is no resource of the interface")));
        }
        for (name, (func, item)) in functions {
            external_id(&mut out, &item.attrs, inner);
            let _ = writeln!(out, "{}{}: {};", indent(inner), word(name), self.func(func)?);
        }
        let _ = writeln!(out, "{}}}", indent(depth));
        Ok(out)
    }

    /// Where the type that a name stands for was named before: the import it was named in, and its name there.
    fn origin(&self, created: TypeId, name: &str) -> Option<(Option<usize>, &str)> {
        let mut at = created;
        while let TypeDef::Alias(of) = self.shape.def(at) {
            at = *of;
            let homes =
                self.shape.bindings.get(&at).into_iter().flatten().filter_map(|place| match place.path.as_slice() {
                    [] => Some((None, self.shape.head(place).0)),
                    [own] => Some((Some(place.item), own.as_str())),
                    _ => None,
                });
            let mut homes: Vec<_> = homes.filter(|found| *found != (self.home, name)).collect();
            homes.sort_by_key(|(home, _)| *home != self.home);
            if let Some(found) = homes.first() {
                return Some(*found);
            }
        }
        None
    }

    /// How an interface is called here: one of the same package by its own name, since a package cannot name itself.
    fn path(&self, interface: &str) -> String {
        let here = self.home.and_then(|home| self.shape.imports.get_index(home));
        let here =
            here.and_then(|(name, item)| InterfaceName::parse(item.attrs.implements.as_ref().unwrap_or(name), None));
        match (here, InterfaceName::parse(interface, None)) {
            (Some(here), Some(other)) if package(&here) == package(&other) => word(&other.interface),
            _ => path(interface),
        }
    }

    /// The interface that a type is taken from, and its name there and here, as in a `use`.
    fn used(&self, name: &str, created: TypeId) -> Result<(String, String), NoWit> {
        let none = || NoWit(format!("`{name}`, which is a type of no interface"));
        let (home, origin) = self.origin(created, name).ok_or_else(none)?;
        let (from, item) = home.and_then(|home| self.shape.imports.get_index(home)).ok_or_else(none)?;
        if item.attrs.implements.is_some() || InterfaceName::parse(from, None).is_none() {
            return Err(NoWit(format!("`{name}`, which is a type of `{from}`")));
        }
        let renamed = if origin == name { String::new() } else { format!(" as {}", word(name)) };
        Ok((self.path(from), format!("{}{renamed}", word(origin))))
    }

    /// The declaration of a type with the functions that belong to it, and a newline.
    fn declaration(&self, name: &str, created: TypeId, members: &[(&str, &Item)], depth: usize) -> Written {
        let own = word(name);
        let is_resource = matches!(self.shape.def(created), TypeDef::Resource(_));
        if !is_resource && !members.is_empty() {
            return Err(NoWit(format!("functions of `{name}`, which is another name of a resource")));
        }
        match self.origin(created, name) {
            Some((home, origin)) if home == self.home => return Ok(format!("type {own} = {};\n", word(origin))),
            Some(_) => {
                let (from, names) = self.used(name, created)?;
                return Ok(format!("use {from}.{{{names}}};\n"));
            }
            None => {}
        }
        let list = |items: Vec<String>| format!("{{\n{}{}}}\n", items.concat(), indent(depth));
        let line = |text: String| format!("{}{text},\n", indent(depth + 1));
        Ok(match self.shape.def(self.shape.peel(created)) {
            TypeDef::Resource(_) if members.is_empty() => format!("resource {own};\n"),
            TypeDef::Resource(_) => {
                let members = members.iter().map(|(name, item)| self.member(name, item, depth + 1));
                format!("resource {own} {}", list(members.collect::<Result<_, _>>()?))
            }
            TypeDef::Record(fields) => {
                let field = |(name, ty): &(String, ValType)| Ok(line(format!("{}: {}", word(name), self.val(*ty)?)));
                format!("record {own} {}", list(fields.iter().map(field).collect::<Result<_, _>>()?))
            }
            TypeDef::Variant(cases) => {
                let case = |(name, ty): &(String, Option<ValType>)| {
                    let payload = ty.map(|ty| self.val(ty)).transpose()?;
                    Ok(line(payload.map_or_else(|| word(name), |payload| format!("{}({payload})", word(name)))))
                };
                format!("variant {own} {}", list(cases.iter().map(case).collect::<Result<_, _>>()?))
            }
            TypeDef::Enum(cases) => format!("enum {own} {}", list(cases.iter().map(|case| line(word(case))).collect())),
            TypeDef::Flags(flags) => {
                format!("flags {own} {}", list(flags.iter().map(|flag| line(word(flag))).collect()))
            }
            // The name alone would be another name of the resource.
            TypeDef::Own(of) => format!("type {own} = own<{}>;\n", self.ty(*of)?),
            def => format!("type {own} = {};\n", self.structure(def)?),
        })
    }

    fn member(&self, full: &str, item: &Item, depth: usize) -> Written {
        let Entity::Func(func) = &item.entity else { return Err(NoWit(format!("`{full}`"))) };
        let mut out = String::new();
        external_id(&mut out, &item.attrs, depth);
        let (kind, rest) = full.strip_prefix('[').and_then(|rest| rest.split_once(']')).unwrap_or_default();
        let own = rest.split_once('.').map(|(_, name)| word(name)).unwrap_or_default();
        let is = if func.is_async { "async " } else { "" };
        let text = match kind {
            "method" => format!("{own}: {is}func{}", self.signature(func.params.get(1..).unwrap_or(&[]), func.result)?),
            "static" => format!("{own}: static {is}func{}", self.signature(&func.params, func.result)?),
            "constructor" => {
                let fails =
                    matches!(func.result, Some(ValType::Type(ty)) if matches!(self.shape.def(ty), TypeDef::Result(..)));
                let result = func.result.filter(|_| fails);
                format!("constructor{}", self.signature(&func.params, result)?)
            }
            _ => return Err(NoWit(format!("`{full}`"))),
        };
        let _ = writeln!(out, "{}{text};", indent(depth));
        Ok(out)
    }

    fn func(&self, func: &FuncType) -> Written {
        let is = if func.is_async { "async " } else { "" };
        Ok(format!("{is}func{}", self.signature(&func.params, func.result)?))
    }

    fn signature(&self, params: &[(String, ValType)], result: Option<ValType>) -> Written {
        let param = |(name, ty): &(String, ValType)| Ok(format!("{}: {}", word(name), self.val(*ty)?));
        let params = params.iter().map(param).collect::<Result<Vec<_>, _>>()?.join(", ");
        let result = result.map(|ty| self.val(ty)).transpose()?;
        Ok(format!("({params}){}", result.map_or(String::new(), |result| format!(" -> {result}"))))
    }

    fn val(&self, ty: ValType) -> Written {
        match ty {
            ValType::Primitive(primitive) => Ok(primitive_name(primitive).into()),
            ValType::Type(id) => self.ty(id),
        }
    }

    /// A type by the name it has at home, else by its structure.
    fn ty(&self, ty: TypeId) -> Written {
        let mut chain = vec![ty];
        while let TypeDef::Alias(of) = self.shape.def(chain[chain.len() - 1]) {
            chain.push(*of);
        }
        let root = chain[chain.len() - 1];
        let own = |id: &TypeId| self.shape.bindings.get(id)?.iter().find_map(|place| self.own_name(place));
        if let Some(name) = chain.iter().find_map(own) {
            return Ok(word(name));
        }
        let def = self.shape.def(root);
        if matches!(
            def,
            TypeDef::Resource(_) | TypeDef::Record(_) | TypeDef::Variant(_) | TypeDef::Enum(_) | TypeDef::Flags(_)
        ) {
            let resource = self.shape.resource(root);
            let same = |id: &&TypeId| match resource {
                Some(_) => self.shape.resource(**id) == resource,
                None => self.shape.peel(**id) == root,
            };
            let name = self.shape.bindings.keys().filter(same).find_map(own);
            return name.map(word).ok_or_else(|| NoWit("a type of another interface without a `use`".into()));
        }
        self.structure(def)
    }

    fn own_name<'s>(&'s self, place: &'s Place) -> Option<&'s str> {
        match (self.home, place.path.as_slice()) {
            (None, []) => Some(self.shape.head(place).0),
            (Some(home), [name]) if place.item == home => Some(name),
            _ => None,
        }
    }

    fn structure(&self, def: &TypeDef) -> Written {
        let of = |ty: &Option<ValType>| -> Written {
            Ok(ty.map(|ty| self.val(ty)).transpose()?.map_or(String::new(), |ty| format!("<{ty}>")))
        };
        Ok(match def {
            TypeDef::Alias(ty) | TypeDef::Own(ty) => self.ty(*ty)?,
            TypeDef::Borrow(ty) => format!("borrow<{}>", self.ty(*ty)?),
            TypeDef::Primitive(primitive) => primitive_name(*primitive).into(),
            TypeDef::List(of, None) => format!("list<{}>", self.val(*of)?),
            TypeDef::List(of, Some(length)) => format!("list<{}, {length}>", self.val(*of)?),
            TypeDef::Map(key, value) => format!("map<{}, {}>", self.val(*key)?, self.val(*value)?),
            TypeDef::Tuple(types) => {
                let types = types.iter().map(|ty| self.val(*ty)).collect::<Result<Vec<_>, _>>()?;
                format!("tuple<{}>", types.join(", "))
            }
            TypeDef::Option(of) => format!("option<{}>", self.val(*of)?),
            TypeDef::Result(None, None) => "result".into(),
            TypeDef::Result(Some(ok), None) => format!("result<{}>", self.val(*ok)?),
            TypeDef::Result(ok, Some(err)) => {
                let ok = ok.map(|ok| self.val(ok)).transpose()?.unwrap_or_else(|| "_".into());
                format!("result<{ok}, {}>", self.val(*err)?)
            }
            TypeDef::Stream(ty) => format!("stream{}", of(ty)?),
            TypeDef::Future(ty) => format!("future{}", of(ty)?),
            TypeDef::Resource(_) | TypeDef::Record(_) | TypeDef::Variant(_) | TypeDef::Enum(_) | TypeDef::Flags(_) => {
                return Err(NoWit("a type without a name".into()));
            }
        })
    }
}

fn external_id(out: &mut String, attrs: &Attrs, depth: usize) {
    if let Some(id) = &attrs.external_id {
        let escaped: String = id
            .chars()
            .map(|letter| match letter {
                '"' | '\\' => format!("\\{letter}"),
                letter if letter.is_control() || !letter.is_ascii() => format!("\\u{{{:x}}}", u32::from(letter)),
                letter => letter.into(),
            })
            .collect();
        let _ = writeln!(out, "{}@external-id(\"{escaped}\")", indent(depth));
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

/// The words that WIT keeps for itself.
const KEYWORDS: &[&str] = &[
    "as",
    "async",
    "bool",
    "borrow",
    "char",
    "constructor",
    "enum",
    "error-context",
    "export",
    "f32",
    "f64",
    "flags",
    "float32",
    "float64",
    "from",
    "func",
    "future",
    "import",
    "include",
    "interface",
    "list",
    "map",
    "option",
    "own",
    "package",
    "record",
    "resource",
    "result",
    "s16",
    "s32",
    "s64",
    "s8",
    "static",
    "stream",
    "string",
    "tuple",
    "type",
    "u16",
    "u32",
    "u64",
    "u8",
    "use",
    "variant",
    "with",
    "world",
];

/// A name where WIT may take it for a word of its own.
pub(crate) fn word(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("%{name}") } else { name.into() }
}

/// The path of an interface, each of its words so.
fn path(interface: &str) -> String {
    let (path, version) = interface.split_once('@').map_or((interface, None), |(path, version)| (path, Some(version)));
    let Some((package, name)) = path.split_once('/') else { return interface.into() };
    let package: Vec<String> = package.split(':').map(word).collect();
    let version = version.map_or(String::new(), |version| format!("@{version}"));
    format!("{}/{}{version}", package.join(":"), word(name))
}
