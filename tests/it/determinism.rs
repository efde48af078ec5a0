//! The same composition is the same bytes: whatever the order of the inputs, the folder, the number of threads, and
//! however often it is made. Tested on the command itself, so that nothing on the way is left out.

use crate::support::{dummy, run};
use std::collections::BTreeMap;
use std::path::Path;

/// A graph with a diamond, two versions of one open interface, a shared resource and a types-only interface, so that
/// each thing that could take its order from somewhere is there.
const INPUTS: &[(&str, &str)] = &[
    (
        "app",
        "package t:app; world w { import t:a/api; import t:b/api; import wasi:x/y@0.2.1; export run: func(); }",
    ),
    ("a", "package t:pa; world w { import t:d/api; import wasi:x/y@0.2.3; export t:a/api; }"),
    ("b", "package t:pb; world w { import t:d/api; import wasi:x/z@0.2.1; export t:b/api; }"),
    ("d", "package t:pd; world w { export t:d/api; }"),
];

/// The packages that the worlds speak of, in each file.
const PACKAGES: &str = "
package t:types { interface values { record pair { a: u32, b: string } } }
package t:d { interface api { use t:types/values.{pair}; resource r { constructor(p: pair); get: func() -> pair; } } }
package t:a { interface api { use t:d/api.{r}; open: func() -> r; } }
package t:b { interface api { use t:d/api.{r}; close: func(r: r); } }
package wasi:x@0.2.1 { interface y { f: func(); } interface z { h: func(); } }
package wasi:x@0.2.3 { interface y { f: func(); g: func() -> u32; } }
";

fn inputs(folder: &Path) {
    for (name, world) in INPUTS {
        let (package, world) = world.split_once(';').expect("a package, then a world");
        let wit = format!("{package};\n{PACKAGES}\n{world}");
        let bytes = dummy::component(&wit).unwrap_or_else(|error| panic!("{name}: {error}"));
        std::fs::write(folder.join(format!("{name}.wasm")), bytes).expect("the temporary folder takes files");
    }
}

/// Builds in a folder of its own with the inputs in that order; gives the artifact, the plan and what was printed.
fn build(order: &[usize], threads: &str) -> (Vec<u8>, Vec<u8>, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    inputs(folder.path());
    let files = order.iter().map(|index| format!("{}.wasm", INPUTS[*index].0));
    let options = ["--root", "app", "-o", "out.wasm", "--emit", "plan=plan.json"].map(str::to_owned);
    let args: Vec<String> = std::iter::once("build".to_owned()).chain(files).chain(options).collect();
    let env = BTreeMap::from([("RAYON_NUM_THREADS".to_owned(), threads.to_owned())]);
    let ran = run::compose(folder.path(), &args, None, &env).expect("a run");
    assert_eq!(ran.exit, 0, "{}", ran.stderr);
    let read = |file| std::fs::read(folder.path().join(file)).expect("the file was made");
    (read("out.wasm"), read("plan.json"), ran.stderr)
}

/// All orders of so many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(count - 1);
    let insert = |order: &Vec<usize>, at: usize| {
        let mut longer = order.clone();
        longer.insert(at, count - 1);
        longer
    };
    shorter.iter().flat_map(|order| (0..count).map(move |at| insert(order, at))).collect()
}

#[test]
fn order_folder_and_threads_do_not_show() {
    let orders = orders(INPUTS.len());
    assert_eq!(orders.len(), 24);
    let first = build(&orders[0], "1");
    for (index, order) in orders.iter().enumerate() {
        let threads = if index % 2 == 0 { "4" } else { "1" };
        assert!(build(order, threads) == first, "inputs in the order {order:?} with {threads} threads give other bytes");
    }
}

#[test]
fn what_is_wrong_is_told_the_same_way() {
    let told = |order: &[usize]| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        inputs(folder.path());
        let files = order.iter().filter(|index| INPUTS[**index].0 != "d").map(|index| format!("{}.wasm", INPUTS[*index].0));
        let options = ["--root", "app", "--message-format", "json"].map(str::to_owned);
        let args: Vec<String> = std::iter::once("check".to_owned()).chain(files).chain(options).collect();
        let ran = run::compose(folder.path(), &args, None, &BTreeMap::new()).expect("a run");
        assert_eq!(ran.exit, 1, "{}", ran.stderr);
        ran.stderr
    };
    let orders = orders(INPUTS.len());
    let first = told(&orders[0]);
    assert!(first.lines().count() >= 2, "{first}");
    for order in &orders {
        assert_eq!(told(order), first, "{order:?}");
    }
}
