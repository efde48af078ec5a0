//! `[composition]`, `[wit]` and `[imports]`: what the result is called, what it must conform to, what may stay open.

use super::diags::{BadValue, IllegalName, IllegalPattern, MissingKey};
use super::host::UnknownHost;
use super::keys::{COMPOSITION, IMPORTS, WORLD, names};
use super::table::{Reader, entry, in_order};
use super::write;
use crate::model::host::HostProfile;
use crate::model::import_pattern::{ImportPattern, Place, is_package};
use crate::model::kebab::kebab_of;
use crate::model::name::{InterfaceName, is_kebab};
use crate::model::near::nearest;
use crate::model::request::{DeclaredImport, Offer, Request, WitRequest, WorldRequest, Written};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// `components` are those of `[components]`.
pub(super) fn composition(
    reader: &mut Reader<'_>,
    table: &DeTable<'_>,
    components: Option<&DeTable<'_>>,
    request: &mut Request,
) {
    reader.refuse_unknown(table, "composition", &names(COMPOSITION), &[("imports", &names(IMPORTS))]);
    for (key, value) in in_order(table) {
        match key.get_ref().as_ref() {
            "name" => request.name = name(reader, value),
            "version" => request.version = version(reader, value),
            "root" => request.root = root(reader, value, components),
            "world" => request.world = world(reader, value),
            "target" => request.target = target(reader, value),
            "offer" => {
                let folders = reader.strings("offer", value).unwrap_or_default();
                for written in folders {
                    if not_empty(reader, "offer", &written, "a list of folders") {
                        request.offers.push(Offer { path: reader.path(&written), written });
                    }
                }
            }
            "wiring" => {
                let Some(wiring) = reader.string("wiring", value) else { continue };
                match wiring.text.as_str() {
                    "auto" => request.auto_wire = true,
                    "pins" => request.auto_wire = false,
                    _ => {
                        let expected = "`\"auto\"`: what nothing is said about is wired by the rule; or `\"pins\"`: only \
                                        what is said is wired";
                        bad_value(reader, "wiring", &wiring, expected.into(), None);
                    }
                }
            }
            "allow-unused" => request.allow_unused = reader.boolean("allow-unused", value).unwrap_or_default(),
            _ => {}
        }
    }
}

/// The root by its name; who writes its file or misspells it means the component.
fn root(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>, components: Option<&DeTable<'_>>) -> Option<Written> {
    let root = reader.string("root", value)?;
    if is_kebab(&root.text) {
        return Some(root);
    }
    let components = || components.into_iter().flat_map(in_order);
    let by_file = components().find(|(_, value)| value.get_ref().as_str() == Some(&root.text));
    let near = || nearest(&root.text, components().map(|(key, _)| key.get_ref().as_ref()));
    match by_file.map(|(key, _)| key.get_ref().as_ref()).or_else(near) {
        Some(near) => {
            let help = Some(format!("root = {}", write::string(near)));
            bad_value(reader, "root", &root, "the name of a component or instance".into(), help);
        }
        None => drop(legal(reader, &root, "instance")),
    }
    None
}

fn name(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Written> {
    let name = reader.string("name", value)?;
    if is_package(&name.text) || is_kebab(&name.text) {
        return Some(name);
    }
    let legal = (!name.text.trim().is_empty()).then(|| match name.text.split_once(':') {
        Some((namespace, package)) => format!("{}:{}", kebab_of(namespace), kebab_of(package)),
        None => kebab_of(&name.text),
    });
    let facts = IllegalName {
        spot: reader.spot(value.span()),
        name: &name.text,
        what: "composition",
        form: "`ns:name` or `name`, of words of letters and digits joined by `-`",
        legal,
    };
    reader.report(facts);
    None
}

fn version(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Written> {
    let version = reader.string("version", value)?;
    if semver::Version::parse(&version.text).is_ok() {
        return Some(version);
    }
    let padded = format!("{}.0", version.text);
    let help = [padded.clone(), format!("{padded}.0")]
        .into_iter()
        .find(|padded| semver::Version::parse(padded).is_ok())
        .map(|padded| format!("version = \"{padded}\""));
    bad_value(reader, "version", &version, "a semantic version such as `0.3.0`".into(), help);
    None
}

fn target(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Written> {
    let target = reader.string("target", value)?;
    if HostProfile::named(&target.text).is_some() {
        return Some(target);
    }
    reader.report(UnknownHost { written: &target });
    None
}

fn world(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<WorldRequest> {
    let example = "world = { wit = \"wit\", name = \"acme:shop/app\" }";
    let table = reader.table("world", value, "a table with `wit` and `name`")?;
    reader.refuse_unknown(table, "composition.world", &names(WORLD), &[]);
    let name = entry(table, "name").and_then(|(_, value)| world_name(reader, value));
    let Some((_, wit)) = entry(table, "wit") else {
        let facts = MissingKey {
            spot: reader.spot(value.span()),
            key: "wit",
            place: "`composition.world`",
            help: example.into(),
            why: Some("`wit` is the file or folder that describes the world"),
        };
        reader.report(facts);
        return None;
    };
    let written = reader.string("wit", wit)?;
    not_empty(reader, "wit", &written, "a file or folder with a WIT package").then(|| WorldRequest {
        path: reader.path(&written),
        written,
        name,
        package: None,
    })
}

fn world_name(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>) -> Option<Written> {
    let name = reader.string("name", value)?;
    let path = name.text.split('@').next().unwrap_or_default();
    let readable = match path.split_once('/') {
        Some((package, world)) => is_package(package) && is_kebab(world),
        None => is_kebab(&name.text),
    };
    if !readable {
        bad_value(reader, "name", &name, "a world: `app` or `ns:pkg/app`, with or without `@version`".into(), None);
        return None;
    }
    Some(name)
}

pub(super) fn wit(reader: &mut Reader<'_>, table: &DeTable<'_>, request: &mut Request) {
    for (key, value) in in_order(table) {
        let package = reader.written_key(key);
        let id = package.text.split_once('@').map_or(package.text.as_str(), |(id, _)| id);
        let version = package.text.split_once('@').map(|(_, version)| version);
        let legal = is_package(id) && version.is_none_or(|version| semver::Version::parse(version).is_ok());
        if !legal {
            let facts = IllegalName {
                spot: reader.spot(key.span()),
                name: &package.text,
                what: "WIT package",
                form: "`ns:pkg`, with or without `@version`",
                legal: None,
            };
            reader.report(facts);
        }
        let Some(written) = reader.string(&package.text, value) else { continue };
        if not_empty(reader, &package.text, &written, "a file or folder with that WIT package") && legal {
            request.wit.push(WitRequest { package, path: reader.path(&written), written });
        }
    }
}

pub(super) fn imports(reader: &mut Reader<'_>, table: &DeTable<'_>, request: &mut Request) {
    reader.refuse_unknown(table, "imports", &names(IMPORTS), &[("composition", &names(COMPOSITION))]);
    for (key, value) in in_order(table) {
        match key.get_ref().as_ref() {
            "allow" => request.allow = patterns(reader, "allow", value),
            "deny" => request.deny = patterns(reader, "deny", value),
            "declare" => declare(reader, value, request),
            "merge" => {
                let Some(merge) = reader.string("merge", value) else { continue };
                match merge.text.as_str() {
                    "auto" => request.merge_open = true,
                    "off" => request.merge_open = false,
                    _ => {
                        let off = ["false", "no", "none", "never"].contains(&merge.text.as_str())
                            || nearest(&merge.text, ["auto", "off"]) == Some("off");
                        let help = Some(if off { "merge = \"off\"".into() } else { "merge = \"auto\"".into() });
                        bad_value(reader, "merge", &merge, "`\"auto\"` or `\"off\"`".into(), help);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Imports that the result has by themselves: the name, and an interface of a package or a type in WIT.
fn declare(reader: &mut Reader<'_>, value: &Spanned<DeValue<'_>>, request: &mut Request) {
    let Some(table) = reader.table("imports.declare", value, "a table of imports and what they are") else { return };
    for (key, value) in in_order(table) {
        let name = reader.written_key(key);
        let is_legal = fits_place(reader, &name, Place::Name);
        let Some(what) = reader.string(&name.text, value) else { continue };
        let text = what.text.trim_start();
        let word = text.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
        let in_wit = ["func", "async", "interface"].contains(&word);
        if !in_wit && InterfaceName::parse(&what.text, None).is_none() {
            let expected = "an interface `ns:pkg/interface`, or in WIT `func(…)` or `interface { … }`";
            bad_value(reader, &name.text, &what, expected.into(), None);
        } else if is_legal {
            request.declared.push(DeclaredImport { name, what, package: None });
        }
    }
}

fn patterns(reader: &mut Reader<'_>, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<Written> {
    let mut patterns = reader.strings(key, value).unwrap_or_default();
    patterns.retain(|pattern| fits_place(reader, pattern, Place::Permission));
    patterns
}

/// Reports a text that may not stand where imports are named.
pub(super) fn fits_place(reader: &mut Reader<'_>, text: &Written, place: Place) -> bool {
    let Err(fault) = ImportPattern::parse(&text.text, place) else { return true };
    let facts = IllegalPattern { spot: Some(reader.spot(span_of(text))), text: &text.text, fault, place };
    reader.report(facts);
    false
}

/// Reports a name that is not a legal kebab name.
pub(super) fn legal(reader: &mut Reader<'_>, name: &Written, what: &str) -> bool {
    if is_kebab(&name.text) {
        return true;
    }
    let facts = IllegalName {
        spot: reader.spot(span_of(name)),
        name: &name.text,
        what,
        form: "words of letters and digits, begun by a letter, joined by `-`",
        legal: (!name.text.trim().is_empty()).then(|| kebab_of(&name.text)),
    };
    reader.report(facts);
    false
}

/// Reports an empty string.
pub(super) fn not_empty(reader: &mut Reader<'_>, key: &str, value: &Written, expected: &str) -> bool {
    if value.text.trim().is_empty() {
        bad_value(reader, key, value, expected.into(), None);
        return false;
    }
    true
}

/// Reports a value that its key does not take.
pub(super) fn bad_value(reader: &mut Reader<'_>, key: &str, value: &Written, expected: String, help: Option<String>) {
    let facts = BadValue { spot: reader.spot(span_of(value)), key, value: &value.text, expected, help };
    reader.report(facts);
}

fn span_of(written: &Written) -> std::ops::Range<usize> {
    written.at.as_ref().map_or(0..0, |(_, span)| span.clone())
}
