//! What configurations come to, what is refused, and that no text makes the reader panic.

use super::parse;
use crate::diag::Sink;
use crate::manifest::mangled;
use crate::model::request::Request;
use std::path::Path;

fn read(text: &str) -> (Option<Request>, Vec<String>) {
    let mut sink = Sink::default();
    let request = parse(text, "config.yml", Path::new("conf"), None, &mut sink);
    (request, mangled::said(text, &sink))
}

/// Every key.
const WHOLE: &str = "# é comes first, so that characters and bytes differ
definitions: ['virt.wasm']
search-paths: [more, /lib]
skip-validation: false
import-components: false
disallow-imports: true
dependencies:
  a: parts/a.wasm
  \"x:y/z\": { path: z.wat }
instantiations:
  root:
    arguments:
      a: a1
      b:
        instance: b
        export: \"x:y/z\"
  a1:
    dependency: a
";

#[test]
fn every_key_reaches_the_search() {
    let (request, said) = read(WHOLE);
    assert_eq!(said, Vec::<String>::new());
    let search = request.and_then(|request| request.search).expect("a search");
    assert_eq!(search.definitions[0].0.text, "conf/virt.wasm");
    let folders: Vec<&str> = search.folders.iter().map(|(written, _)| written.as_str()).collect();
    assert_eq!(folders, ["conf", "conf/more", "more", "/lib"]);
    let dependencies: Vec<_> =
        search.dependencies.iter().map(|(name, path, _)| (name.text.as_str(), path.text.as_str())).collect();
    assert_eq!(dependencies, [("a", "conf/parts/a.wasm"), ("x:y/z", "conf/z.wat")]);
    let [root, a1] = search.instantiations.as_slice() else { panic!("two are there") };
    assert_eq!((root.name.text.as_str(), root.dependency.is_none()), ("root", true));
    let arguments: Vec<_> = root
        .arguments
        .iter()
        .map(|said| (said.import.text.as_str(), said.instance.text.as_str(), said.export.is_some()))
        .collect();
    assert_eq!(arguments, [("a", "a1", false), ("b", "b", true)]);
    assert_eq!(a1.dependency.as_ref().expect("a dependency").text, "a");
    assert!(!search.open);
    let (place, span) = a1.name.at.as_ref().expect("a place");
    assert_eq!(&place.text[span.clone()], "a1");
}

#[test]
fn an_empty_configuration_searches_by_names_alone() {
    for text in ["", "# nothing\n", "{}", "---\n", "~"] {
        let (request, said) = read(text);
        assert!(request.is_some_and(|request| request.search.is_some_and(|search| search.open)), "{text:?} {said:?}");
    }
}

#[test]
fn all_faults_of_a_configuration_are_said_in_one_run() {
    let text = "definition: [a]
definitions: a.wasm
import-components: true
skip-validation: yes
dependencies:
  a: {}
  a: b.wasm
  b: [c]
instantiations:
  root:
    argumants: {}
    arguments:
      a: { export: x }
      b: []
  x:
";
    let (request, said) = read(text);
    assert!(request.is_none());
    let expected = [
        "C0102 the manifest has no key `definition` @ definition",
        "C0104 `definitions` must be a list of strings, not a value of type string @ a.wasm",
        "C0131 a result cannot import components @ true",
        "C0104 `skip-validation` must be `true` or `false`, not a value of type string @ yes",
        "C0109 `dependencies.a` has no `path` @ {}",
        "C0103 the key `a` is there twice @ a",
        "C0104 `dependencies.b` must be a path, or a map with `path`, not a value of type list @ [c]",
        "C0102 `[instantiations.root]` has no key `argumants` @ argumants",
        "C0109 `a` has no `instance` @ { export: x }",
        "C0104 `b` must be the name of an instance, or a map with `instance` and `export`, not a value of type list @ []",
        "C0104 `instantiations.x` must be a map, not a value of type null @ ",
    ];
    for (said, expected) in said.iter().zip(expected) {
        assert_eq!(said, expected);
    }
    assert_eq!(said.len(), expected.len(), "{said:#?}");
}

#[test]
fn what_configurations_do_not_need_is_refused() {
    for text in ["a: &x 1\nb: *x\n", "{}\n---\n{}\n", "a: [", "definitions: ['", &"[".repeat(10_000)] {
        let (request, said) = read(text);
        assert!(request.is_none() && said[0].starts_with("C0130"), "{text:.20} {said:?}");
    }
}

#[test]
fn no_text_makes_it_panic() {
    let scraps =
        ["[", "]", "{", "}", ":", "- ", "\n", "\t", "'", "\"", "&a", "*a", "|\n", ">", "---", "é", "\u{0}", "? "];
    mangled::no_text_makes_it_panic(WHOLE, &scraps, 'a', read);
}
