//! What is too much for a host: in the result, and in each component and module inside of an input. The judge is the host's
//! own validator. And the page that lists the limits says what the profiles say.

use crate::support::{read, root};
use component_compose::composition::Composition;
use component_compose::model::host::{HostProfile, PROFILES};
use component_compose::model::sizes::Limited;

const WASMTIME: &str = "wasmtime-48";
const TOOLS: &str = "tools-0.263";

/// So many of an item.
fn many(item: &str, count: usize) -> String {
    item.repeat(count)
}

fn bytes(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("a component")
}

/// What is said of a component alone for a target, which must be a result exactly if nothing of it is an error.
fn told(text: &str, target: &str) -> Vec<(&'static str, String)> {
    let composed = Composition::new().component("big", bytes(text)).target(target).compose();
    let told = composed.diagnostics();
    assert_eq!(composed.bytes().is_err(), told.iter().any(|told| told.code.number() != "C0507"), "{told:?}");
    told.iter().map(|told| (told.code.number(), told.message.clone())).collect()
}

#[track_caller]
fn codes(text: &str, target: &str) -> Vec<&'static str> {
    told(text, target).into_iter().map(|(code, _)| code).collect()
}

/// Whether the validator of wasmtime 48 takes a component, with its own limits.
fn wasmtime_takes(text: &str) -> bool {
    wasmparser_of_wasmtime_48::Validator::new().validate_all(&bytes(text)).is_ok()
}

#[test]
fn limits_are_those_of_each_component_inside() {
    let inside = |body: String| [format!("(component {body})"), format!("(component (component (component {body})))")];
    let bags = |count| inside(many("(instance)", count));
    let cores = |count| inside(format!("(instance) {}", many("(core instance)", count - 1)));
    let imports = |count: usize| {
        let imports: String = (0..count).map(|at| format!("(import \"i{at}\" (instance))")).collect();
        inside(format!("(type (component {imports}))"))
    };
    let tables = |count| inside(format!("(core module {})", many("(table 0 funcref)", count)));
    type Make<'m> = &'m dyn Fn(usize) -> [String; 2];
    let cases: [(Make<'_>, usize, &str, &str); 4] = [
        (&bags, 1_000, "C0502", "1001 instances in one component"),
        (&cores, 1_000, "C0502", "1001 instances in one component"),
        (&imports, 1_000, "C0502", "1001 instances in one component"),
        (&tables, 100, "C0512", "101 tables in one core module"),
    ];
    for (at, (make, most, code, what)) in cases.into_iter().enumerate() {
        for (text, more) in make(most).into_iter().zip(make(most + 1)) {
            assert!(wasmtime_takes(&text) && !wasmtime_takes(&more), "{at}: the host says otherwise");
            assert_eq!(told(&text, WASMTIME), [], "{at}");
            let expected = format!("`big` has {what}, and `{WASMTIME}` takes {most}");
            assert_eq!(told(&more, WASMTIME), [(code, expected)], "{at}");
            let expected =
                format!("`{WASMTIME}` would refuse the result: `big` has {what}, the most it takes is {most}");
            assert_eq!(told(&more, TOOLS), [("C0507", expected)], "{at}");
        }
    }
}

#[test]
fn an_input_above_the_validators_limits_is_above_a_limit_and_not_damaged() {
    let instances = format!("(component {})", many("(instance)", 4_097));
    assert_eq!((codes(&instances, WASMTIME), codes(&instances, TOOLS)), (vec!["C0502"], vec!["C0502"]));
    let modules = format!("(component {})", many("(core module)", 1_001));
    assert!(!wasmtime_takes(&modules));
    assert_eq!((codes(&modules, WASMTIME), codes(&modules, TOOLS)), (vec!["C0503"], vec!["C0503"]));
    // In two components it is for wasmtime to take, and for nobody here to validate.
    let part = format!("(component {})", many("(core module)", 600));
    let parts = format!("(component {part} {part})");
    assert!(wasmtime_takes(&parts));
    let expected = "`big` has more than 1000 modules and components in all, which is more than can be validated here";
    assert_eq!(told(&parts, WASMTIME), [("C0503", expected.into())]);
}

#[test]
fn all_of_the_result_counts_and_so_does_it_itself() {
    // With the component around them and the result around that.
    let modules = |count| format!("(component {})", many("(core module)", count));
    for (count, result_is_taken) in [(998, true), (999, false)] {
        let composed = Composition::new().component("big", bytes(&modules(count))).compose();
        let bytes = composed.bytes().expect("wasmtime counts none in all");
        let valid = wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all()).validate_all(&bytes);
        assert_eq!(valid.is_ok(), result_is_taken, "{count}");
        let (errors, warnings): (&[&str], &[&str]) =
            if result_is_taken { (&[], &[]) } else { (&["C0503"], &["C0507"]) };
        assert_eq!(codes(&modules(count), TOOLS), errors, "{count}");
        assert_eq!(codes(&modules(count), WASMTIME), warnings, "{count}");
    }
}

#[test]
fn the_page_lists_the_limits_of_the_profiles() {
    let page = read(root().join("docs/manifest.md"));
    let profiles: Vec<HostProfile> = PROFILES.iter().map(|profile| profile()).collect();
    let names: Vec<String> = profiles.iter().map(|profile| format!("`{}`", profile.name)).collect();
    let mut table = format!("| the most | {} |\n|{}\n", names.join(" | "), "---|".repeat(names.len() + 1));
    for limited in Limited::ALL {
        let limits = profiles.iter().map(|profile| profile.limit(limited).map_or("not counted".into(), grouped));
        let limits: Vec<String> = limits.collect();
        table += &format!("| {}{} | {} |\n", limited.words(), limited.place(), limits.join(" | "));
    }
    assert!(page.contains(&format!("\n\n{table}\n")), "docs/manifest.md, Targets, is to have\n{table}");
}

/// A number as pages write it.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).expect("digits")).collect();
    groups.join(",")
}
