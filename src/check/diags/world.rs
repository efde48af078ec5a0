//! Where the result does not conform to the world that it is to have.
//!
//! What is missing of one kind is told together, because one change of the world or of the exports settles it all; each
//! difference of types is told apart. All of it points at the place that names the world.

use crate::diag::{Code, Diagnostic};
use crate::manifest::write::{key, string};
use crate::model::listed::{MOST, quoted, subject};
use crate::model::name::InterfaceName;
use crate::model::request::Written;
use crate::types::change::{self, explain, phrase, same_version};
use crate::types::fit::Mismatch;
use crate::types::shape::Side;

/// The world that was asked for: its name, and where it was written.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'f> {
    pub(crate) name: &'f str,
    pub(crate) written: &'f Written,
}

impl Wanted<'_> {
    fn finish(&self, diagnostic: Diagnostic, label: &str) -> Diagnostic {
        diagnostic.at(self.written, label).fact("world", self.name)
    }
}

/// An import of the result that the world does not have.
pub(in crate::check) struct MissingImport<'f> {
    pub(in crate::check) name: String,
    /// The import as a line of a world, if it can be written as one.
    pub(in crate::check) line: Option<String>,
    /// The instances that ask for it.
    pub(in crate::check) instances: Vec<&'f str>,
}

/// All of them.
pub(in crate::check) struct MissingImports<'f> {
    pub(in crate::check) wanted: Wanted<'f>,
    pub(in crate::check) imports: Vec<MissingImport<'f>>,
}

impl From<MissingImports<'_>> for Diagnostic {
    fn from(MissingImports { wanted, imports }: MissingImports<'_>) -> Self {
        let world = wanted.name;
        let message = match imports.as_slice() {
            [one] => format!("the result imports `{}`, which the world `{world}` does not have", one.name),
            more => format!("the result has {} imports that the world `{world}` does not have", more.len()),
        };
        let mut diagnostic = wanted.finish(Self::new(Code::WorldNotMet, message), "offers less");
        let mut told: Vec<&[&str]> = Vec::new();
        for MissingImport { instances, .. } in &imports {
            if instances.is_empty() || told.contains(&instances.as_slice()) {
                continue;
            }
            told.push(instances);
            let (who, ending) = subject(instances);
            let of_them = imports.iter().filter(|import| import.instances == *instances);
            let what = match imports.as_slice() {
                [_] => "it".to_owned(),
                _ => quoted(of_them.map(|import| &import.name)),
            };
            diagnostic = diagnostic.note(format!("{who} import{ending} {what}"));
        }
        let lines: Vec<&str> = imports.iter().filter_map(|import| import.line.as_deref()).collect();
        let components = match imports.len() {
            1 => "add a component that provides it",
            _ => "add components that provide them",
        };
        diagnostic = diagnostic.help(match lines.as_slice() {
            [] => format!("{components}, or extend the world `{world}`"),
            [line] if !line.contains('\n') => format!("{components}, or write into the world `{world}`: `{line}`"),
            lines => format!("{components}, or write into the world `{world}`:\n{}", indented(&lines.join("\n"))),
        });
        imports.iter().fold(diagnostic, |diagnostic, import| {
            let diagnostic = diagnostic.fact("item", &import.name);
            import.instances.iter().fold(diagnostic, |diagnostic, instance| diagnostic.fact("instance", instance))
        })
    }
}

/// Something that an instance exports and that the world may mean.
pub(in crate::check) struct Offer<'f> {
    pub(in crate::check) instance: &'f str,
    pub(in crate::check) export: String,
    /// Whether it has the type that the world asks for.
    pub(in crate::check) fits: bool,
    /// Whether its own name does, as one of the same interface and track.
    pub(in crate::check) by_name: bool,
}

/// An export of the world that the result does not have.
pub(in crate::check) struct MissingExport<'f> {
    pub(in crate::check) name: String,
    /// Who could export it.
    pub(in crate::check) offers: Vec<Offer<'f>>,
}

/// All of them.
pub(in crate::check) struct MissingExports<'f> {
    pub(in crate::check) wanted: Wanted<'f>,
    pub(in crate::check) exports: Vec<MissingExport<'f>>,
}

impl From<MissingExports<'_>> for Diagnostic {
    fn from(MissingExports { wanted, exports }: MissingExports<'_>) -> Self {
        let world = wanted.name;
        let message = match exports.as_slice() {
            [one] => format!("the world `{world}` exports `{}`, and the result does not", one.name),
            more => format!("the world `{world}` has {} exports that the result does not have", more.len()),
        };
        let mut diagnostic = wanted.finish(Self::new(Code::WorldNotMet, message), "asks for more");
        let document = wanted.written.in_document();
        let (mut lines, mut nobodys) = (Vec::new(), Vec::new());
        for MissingExport { name, offers } in &exports {
            for Offer { instance, export, fits, .. } in offers {
                let of_another_name = if export == name { String::new() } else { format!(" for `{name}`") };
                let but = if *fits { "" } else { ", of another type" };
                diagnostic = diagnostic.note(format!("`{instance}` has `{export}`{of_another_name}{but}"));
            }
            match offers.iter().find(|offer| offer.fits) {
                Some(offer) => lines.push(line(name, offer, document)),
                None => nobodys.push(name),
            }
        }
        let place = if document { "" } else { " in compose.toml under `[exports]`" };
        match lines.as_slice() {
            [] => {}
            [line] => diagnostic = diagnostic.help(format!("export it:{place} `{line}`")),
            lines => diagnostic = diagnostic.help(format!("export them:{place}\n{}", indented(&lines.join("\n")))),
        }
        if !nobodys.is_empty() {
            let it = if nobodys.len() == 1 { "it" } else { "them" };
            diagnostic = diagnostic.note(format!("no instance has {}", or(&nobodys))).help(format!(
                "add a component that exports {}, or take {it} out of the world `{world}`",
                quoted(&nobodys)
            ));
        }
        exports.iter().fold(diagnostic, |diagnostic, export| {
            let diagnostic = diagnostic.fact("item", &export.name);
            export.offers.iter().fold(diagnostic, |diagnostic, offer| diagnostic.fact("candidate", offer.instance))
        })
    }
}

fn or(names: &[&String]) -> String {
    match names {
        [one, other] => format!("`{one}` or `{other}`"),
        names => quoted(names),
    }
}

/// The line that exports what an instance has under the name that the world asks for.
fn line(name: &str, Offer { instance, export, by_name, .. }: &Offer<'_>, document: bool) -> String {
    match (document, *by_name) {
        (true, true) => format!("export {instance}[{}];", string(export)),
        (true, false) => format!("export {instance}[{}] as {};", string(export), string(name)),
        (false, true) => format!("{} = {}", key(export), string(instance)),
        (false, false) => {
            format!("{} = {{ instance = {}, export = {} }}", key(name), string(instance), string(export))
        }
    }
}

/// What differs between an item of the result and the world's.
pub(in crate::check) struct WorldBreach<'f> {
    pub(in crate::check) wanted: Wanted<'f>,
    pub(in crate::check) side: Side,
    pub(in crate::check) breach: Breach,
    /// The instances whose import or export it is.
    pub(in crate::check) instances: Vec<&'f str>,
}

/// An item of both.
pub(in crate::check) struct Breach {
    /// What the result calls it.
    pub(in crate::check) of_result: String,
    /// What the world calls it.
    pub(in crate::check) in_world: String,
    /// Where their types differ; the first is told with both sides.
    pub(in crate::check) first: Mismatch,
    /// What differs besides, each with a cause of its own.
    pub(in crate::check) others: Vec<Mismatch>,
}

impl From<WorldBreach<'_>> for Diagnostic {
    fn from(WorldBreach { wanted, side, breach, instances }: WorldBreach<'_>) -> Self {
        let Breach { of_result, in_world, first: mismatch, others } = breach;
        let version = |name: &str| InterfaceName::parse(name, None).and_then(|name| name.full_version().cloned());
        let (result_version, world_version) = (version(&of_result), version(&in_world));
        let plug = mismatch.plug.as_deref().unwrap_or("nothing of that name");
        // The world offers what the result imports, and asks for what it exports.
        let (verb, name, result, of_world) = match side {
            Side::Import => ("import", &of_result, mismatch.socket.as_str(), plug),
            Side::Export => ("export", &in_world, plug, mismatch.socket.as_str()),
        };
        let world = wanted.name;
        let message = format!("the result {verb}s `{name}` with another type than the world `{world}`");
        let mut diagnostic =
            wanted.finish(Self::new(Code::WorldNotMet, message), "has another type").fact("item", name);
        if !instances.is_empty() {
            let (who, ending) = subject(&instances);
            diagnostic = diagnostic.note(format!("{who} {verb}{ending} it"));
        }
        let (asked, has) = match side {
            Side::Import => (&result_version, &world_version),
            Side::Export => (&world_version, &result_version),
        };
        let newer_socket = asked > has && has.is_some();
        let change = change::change(&mismatch, newer_socket);
        diagnostic = diagnostic.note(mismatch.to_string());
        diagnostic.notes.extend(change.map(phrase));
        diagnostic = diagnostic
            .note(format!("the result has in `{of_result}`\n{}", indented(result)))
            .note(format!("the world has in `{in_world}`\n{}", indented(of_world)))
            .help("build against the WIT of the world, or mend the world");
        diagnostic.notes.extend(others.iter().take(MOST).map(|other| change::line(other, newer_socket)));
        if others.len() > MOST {
            diagnostic = diagnostic.note(format!("{} more items differ", others.len() - MOST));
        }
        if let (Some(asked), true) = (asked, asked == has) {
            diagnostic = diagnostic.note(same_version(asked));
        }
        if let Some(change) = change {
            diagnostic = diagnostic.help(explain(change)).fact("change", change);
        }
        instances.iter().fold(diagnostic, |diagnostic, instance| diagnostic.fact("instance", instance))
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// The world of the manifest cannot be made a component of.
pub(crate) struct WorldUnusable<'f> {
    pub(crate) wanted: Wanted<'f>,
    pub(crate) why: &'f str,
}

impl From<WorldUnusable<'_>> for Diagnostic {
    fn from(WorldUnusable { wanted, why }: WorldUnusable<'_>) -> Self {
        let message = format!("whether the result conforms to the world `{}` cannot be told", wanted.name);
        wanted.finish(Self::new(Code::WorldNotMet, message).note(why), "this world")
    }
}
