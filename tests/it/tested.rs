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
