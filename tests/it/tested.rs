//! The tests of the example: `compose test` over the shop, as anybody would run it.

#![cfg(feature = "host")]

use crate::support::{root, run};
use std::collections::BTreeMap;

#[test]
fn the_cases_of_the_shop_go_as_they_say() {
    let folder = root().join("fixtures/shop");
    let args = ["test", "--report", "json"].map(str::to_owned);
    let ran = run::compose(&folder, &args, None, &BTreeMap::new()).expect("a run");
    assert_eq!(ran.exit, 0, "{}\n{}", ran.stdout, ran.stderr);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a report");
    let passed = report["counts"]["passed"].as_u64().expect("a count");
    assert!(passed >= 30, "{passed} cases");
    assert_eq!(report["counts"]["skipped"], 0);
}

#[test]
fn in_pieces_it_does_the_same_and_its_wires_are_counted() {
    let folder = root().join("fixtures/shop");
    let args = ["test", "--differential", "--report", "json"].map(str::to_owned);
    let ran = run::compose(&folder, &args, None, &BTreeMap::new()).expect("a run");
    assert_eq!(ran.exit, 0, "{}\n{}", ran.stdout, ran.stderr);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a report");
    let reached = report["reached"].as_array().expect("components");
    let wires = |name: &str| reached.iter().find(|it| it["component"].as_str().is_some_and(|of| of.ends_with(name)));
    let shop = wires("shop:report").and_then(|it| it["wires"].as_array()).expect("the report is of several");
    let passed = shop.iter().filter(|wire| wire["calls"].as_u64() > Some(0)).count();
    assert!(passed > 0 && passed <= shop.len(), "{shop:?}");
    let alone = wires("pricing.wasm").and_then(|it| it["wires"].as_array()).expect("it was tested");
    assert!(alone.is_empty(), "{alone:?}");
}

#[test]
fn the_cases_of_the_ticker_go_as_they_say_whole_and_in_pieces() {
    let folder = root().join("fixtures/ticks");
    for differential in [&[][..], &["--differential"]] {
        let args = ["test", "--report", "json"].iter().chain(differential).map(|arg| (*arg).to_owned());
        let args: Vec<String> = args.collect();
        let ran = run::compose(&folder, &args, None, &BTreeMap::new()).expect("a run");
        assert_eq!(ran.exit, 0, "{}\n{}", ran.stdout, ran.stderr);
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a report");
        let passed = report["counts"]["passed"].as_u64().expect("a count");
        assert!(passed >= 20, "{passed} cases");
    }
}
