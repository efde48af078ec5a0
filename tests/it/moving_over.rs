//! The documents of the UI cases through the tools whose languages they are in: what these make, we make, the same world
//! and the same wiring. And each document, written down as a `compose.toml`, comes to the same plan.

use crate::peers::difference_but;
use crate::support::case::is_input;
use crate::support::{dummy, files_below, read, root};
use crate::wiring::wiring;
use crate::worlds::shape;
use component_compose::diag::Sink;
use component_compose::emit::plan::json;
use component_compose::manifest::wac::{GivenPackage, Packages};
use component_compose::manifest::write::Text;
use component_compose::manifest::{self, yaml};
use component_compose::model::request::{Input, InputFrom, Request, Written};
use component_compose::types::shape::{Entity, Item};
use component_compose::{pipeline, sources};
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use wac_types::BorrowedPackageKey;

/// A case, a document, the packages beside it by name and text, and the types that `wac` imports by their plain names.
type Moved = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

/// Documents that `wac` composes: the case, the document, and packages that are given by hand; and where the worlds differ: a
/// type that the world of a component uses from an interface is an import of `wac`'s result besides. We import that interface.
const WAC: &[Moved] = &[
    ("session", "app.wac", &[], &[]),
    ("arguments", "app.wac", &[], &[]),
    ("exports", "app.wac", &[], &[]),
    ("several", "app.wac", &[], &[]),
    ("imports", "app.wac", &[("acme:log", "wit/log.wit")], &[]),
    ("inside", "app.wac", &[], &[]),
    ("spreads", "app.wac", &[], &[]),
    ("resources", "app.wac", &[], &[]),
    ("types-of-the-world", "app.wac", &[], &["money", "coin", "currency"]),
    ("types-of-the-world", "pricing.wac", &[], &[]),
    ("target-world", "app.wac", &[("acme:worlds", "wit/worlds.wit")], &[]),
];

/// Configurations that `wasm-tools compose` composes: the case and the configuration.
const YAML: &[(&str, &str)] = &[("session", "config.yml"), ("definitions", "config.yaml"), ("by-type", "config.yml")];

/// The inputs of a case in a folder of their own.
fn prepared(case: &str) -> tempfile::TempDir {
    let from = root().join("tests/ui").join(case);
    let work = tempfile::tempdir().expect("a folder");
    for file in files_below(&from).iter().filter(|file| is_input(file)) {
        let to = work.path().join(file);
        std::fs::create_dir_all(to.parent().expect("a file has a folder")).expect("a folder");
        std::fs::copy(from.join(file), to).expect("a copy");
    }
    dummy::make_components(work.path()).expect("components");
    work
}

/// What we make of a request, and its plan as JSON.
fn ours(request: &Request) -> (Vec<u8>, String) {
    let mut sink = Sink::default();
    let planned = pipeline::plan(request, &mut sink);
    let checked = pipeline::check(&planned, &mut sink);
    let options = pipeline::LinkOptions { plan_section: false, ..Default::default() };
    let linked = checked.and_then(|checked| pipeline::link(request, &planned, &checked, options, &mut sink));
    let linked = linked.unwrap_or_else(|| panic!("{:#?}", sink.diagnostics()));
    let word = |written: &Option<Written>| written.as_ref().map(|written| written.text.clone());
    let (name, version) = (word(&request.name), word(&request.version));
    let plan = json(&planned.plan, &planned.components, name.as_deref(), version.as_deref());
    (linked.to_bytes(), String::from_utf8(plan).expect("JSON is text"))
}

/// The document as a manifest has the same plan.
fn written_down(request: &Request, plan: &str, folder: &Path) {
    let mut sink = Sink::default();
    let mut located = sources::located(request, &mut sink).into_owned();
    let called = |path: &Path| Written::new(path.strip_prefix(folder).unwrap_or(path).display().to_string());
    for input in &mut located.inputs {
        let InputFrom::Path { written, path } = &mut input.from else { panic!("all inputs are in files") };
        *written = called(path);
    }
    located.wit.iter_mut().for_each(|wit| wit.written = called(&wit.path));
    located.world.iter_mut().for_each(|world| world.written = called(&world.path));
    let text = Text::of(&located).finish();
    let again = manifest::parse(&text, "compose.toml", folder, &mut sink);
    let again = again.unwrap_or_else(|| panic!("{text}\n{:#?}", sink.diagnostics()));
    assert_eq!(ours(&again).1, plan, "{text}");
}

/// The same world and the same wiring, but for imports of value types by plain names, which ask nothing: the other has exactly
/// these besides.
#[track_caller]
fn same(what: &str, ours: &[u8], theirs: &[u8], types: &[&str]) {
    let (world, theirs_world) = (shape(ours), shape(theirs));
    let is_type = |item: &Item| matches!(item.entity, Entity::Type { .. }) && theirs_world.is_types_only(&item.entity);
    let more = theirs_world.imports.iter().filter(|(name, _)| !world.imports.contains_key(*name));
    let besides: BTreeSet<&str> =
        more.filter(|(name, item)| is_type(item) && !name.contains(':')).map(|(name, _)| name.as_str()).collect();
    assert_eq!(besides, types.iter().copied().collect(), "{what}: types that the other imports besides");
    if let Some(how) = difference_but(&world, &theirs_world, types) {
        panic!("{what}: the world of the other {how}");
    }
    let wiring_of_ours = wiring(ours);
    assert!(!wiring_of_ours.instances.is_empty(), "{what}: nothing was read");
    assert_eq!(wiring_of_ours, wiring(theirs), "{what}");
}

/// The bytes of a package, as `wac` wants them: WIT in its binary form.
fn package_bytes(path: &Path) -> Vec<u8> {
    if path.extension().is_some_and(|ending| ending == "wit") {
        let mut resolve = wit_parser::Resolve::default();
        let package = resolve.push_str(path.display().to_string(), &read(path)).expect("WIT");
        return wit_component::encode(&resolve, package, false).expect("a package");
    }
    wat::parse_file(path).expect("a component")
}

#[test]
fn wac_documents_come_to_what_wac_makes_of_them() {
    for (case, document, given, types) in WAC {
        let work = prepared(&format!("wac/{case}"));
        let text = read(work.path().join(document));
        let given = given.iter().map(|(name, path)| GivenPackage {
            word: Written::new(*name),
            name: (*name).into(),
            version: None,
            written: (*path).into(),
            path: work.path().join(path),
        });
        let packages = Packages { folders: vec![("deps".into(), work.path().join("deps"))], given: given.collect() };
        let mut sink = Sink::default();
        let request = manifest::wac::parse(&text, document, &packages, &mut sink)
            .unwrap_or_else(|| panic!("{case}: {:#?}", sink.diagnostics()));
        let (bytes, plan) = ours(&request);

        let located = sources::located(&request, &mut sink);
        let mut files: Vec<(String, PathBuf)> = Vec::new();
        for (asked, found) in request.inputs.iter().zip(&located.inputs) {
            let (InputFrom::Package(asked), InputFrom::Path { path, .. }) = (&asked.from, &found.from) else {
                panic!("{case}: packages are found");
            };
            files.push((asked.package.text.clone(), path.clone()));
        }
        files.extend(located.wit.iter().map(|wit| (wit.package.text.clone(), wit.path.clone())));
        let asked = request.world.as_ref().and_then(|world| world.package.as_ref());
        files.extend(
            asked.zip(located.world.as_ref()).map(|(asked, world)| (asked.package.text.clone(), world.path.clone())),
        );
        let versions: Vec<Option<semver::Version>> =
            files.iter().map(|(name, _)| Some(name.split_once('@')?.1.parse().expect("a version"))).collect();
        let keys = files.iter().zip(&versions).map(|((name, path), version)| {
            let name = name.split('@').next().expect("a name");
            (BorrowedPackageKey::from_name_and_version(name, version.as_ref()), package_bytes(path))
        });
        let keys: IndexMap<BorrowedPackageKey<'_>, Vec<u8>> = keys.collect();

        let parsed = wac_parser::Document::parse(&text).expect("it was parsed before");
        let resolved = parsed.resolve(keys).unwrap_or_else(|error| panic!("{case}: {error:?}"));
        let theirs =
            resolved.encode(wac_graph::EncodeOptions::default()).unwrap_or_else(|error| panic!("{case}: {error:?}"));
        same(case, &bytes, &theirs, types);
        written_down(&request, &plan, work.path());
    }
}

#[test]
fn configurations_come_to_what_wasm_tools_makes_of_them() {
    for (case, file) in YAML {
        let work = prepared(&format!("yaml/{case}"));
        let (path, root) = (work.path().join(file), work.path().join("root.wasm"));
        let input =
            Input { name: None, from: InputFrom::Path { written: Written::new("root.wasm"), path: root.clone() } };
        let mut sink = Sink::default();
        let request = yaml::parse(&read(&path), file, work.path(), Some(input), &mut sink)
            .unwrap_or_else(|| panic!("{case}: {:#?}", sink.diagnostics()));
        let (bytes, plan) = ours(&request);
        let mut config = wasm_compose::config::Config::from_file(&path).expect("a configuration");
        // It takes these from the folder of the process.
        config.search_paths.iter_mut().for_each(|folder| *folder = work.path().join(&*folder));
        let theirs = wasm_compose::composer::ComponentComposer::new(&root, &config).compose();
        same(case, &bytes, &theirs.unwrap_or_else(|error| panic!("{case}: {error:#}")), &[]);
        written_down(&request, &plan, work.path());
    }
}
