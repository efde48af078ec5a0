//! Types that move between interfaces while what they were or are changes: who is concerned depends on which of the two
//! interfaces both components still have.

use super::compare::{self, Comparing};
use super::example::side;

const MOVES: &[(&str, &str)] = &[
    (
        "interface ia { flags t { a, b } } interface ib { use ia.{t}; f: func(x: t); }",
        "interface ib { flags t { a, b } f: func(x: t); }",
    ),
    (
        "interface ia { flags t { a, b } } interface ib { use ia.{t}; f: func(x: t); }",
        "interface ia { f: func(); } interface ib { flags t { a, b } f: func(x: t); }",
    ),
    (
        "interface ia { flags t { a, b } } interface ib { use ia.{t}; f: func(x: t); }",
        "interface ia { flags t { b, a } } interface ib { flags t { a, b } f: func(x: t); }",
    ),
    (
        "interface ia { flags t { a, b } } interface ic { flags t { a, b } } interface ib { use ia.{t}; f: func(x: t); }",
        "interface ia { flags t { b, a } } interface ic { flags t { a, b } } interface ib { use ic.{t}; f: func(x: t); }",
    ),
    (
        "interface ia { resource r { m: func(); } } interface ic { resource r { m: func(); } } interface ib { use ia.{r}; f: func(x: r); }",
        "interface ia { resource r { m: func(x: u32); } } interface ic { resource r { m: func(); } } interface ib { use ic.{r}; f: func(x: r); }",
    ),
    (
        "interface ia { flags t { a, b } } interface id { use ia.{t}; flags q {a} } interface ib { use id.{t}; f: func(x: t); }",
        "interface ia { flags t { b, a } } interface id { flags t { a, b} flags q {a} } interface ib { use id.{t}; f: func(x: t); }",
    ),
    (
        "interface ia { resource r; } interface ib { use ia.{r}; f: func(x: r); }",
        "interface ib { resource r; f: func(x: r); } interface ia { use ib.{r}; }",
    ),
    (
        "interface ia { record t { a: u32 } } interface ib { use ia.{t}; record s { t: t } f: func(x: s); }",
        "interface ia { record t { a: u64 } } interface ib { record t { a: u32 } record s { t: t } f: func(x: s); }",
    ),
    (
        "interface ia { flags t { a, b } f: func(x: t); g: func(); } interface ib { use ia.{t}; f: func(x: t); }",
        "interface ix { flags t { a, b } f: func(x: t); g: func(); } interface ib { use ix.{t}; f: func(x: t); }",
    ),
    (
        "interface ia { resource r; } interface ic { use ia.{r}; } interface ib { use ic.{r}; f: func(x: r); }",
        "interface ia { resource r; } interface ib { use ia.{r}; f: func(x: r); }",
    ),
    (
        "interface ia { resource r; } interface ic { use ia.{r}; } interface ib { use ic.{r}; f: func(x: r); }",
        "interface ia { resource r; } interface ic { use ia.{r}; } interface ib { use ia.{r}; f: func(x: r); }",
    ),
    (
        "interface ia { flags t { a, b } g: func(x: t); } interface ib { use ia.{t}; f: func(x: t); }",
        "interface ia { flags t2 { a, b } g: func(x: t2); } interface ib { flags t { a, b } f: func(x: t); }",
    ),
    (
        "interface ia { record t { a: u32 } } interface ib { use ia.{t}; record s {t: t} f: func(x: s); } interface ic { use ib.{s}; g: func(x: s); }",
        "interface ia { record t { a: u64 } } interface ib { use ia.{t}; record s {t: t} f: func(x: s); } interface ic { record t { a: u32 } record s { t: t } g: func(x: s); }",
    ),
    (
        "interface ia { record t { a: u32 } f: func(x: t); } interface ib { use ia.{t}; f: func(x: t); }",
        "interface ia { record t { a: u32 } f: func(x: t, y: u32); } interface ib { record t { a: u32 } f: func(x: t); }",
    ),
    (
        "interface ia { @unstable(feature = x) record t {m: u32} } interface ib { @unstable(feature = x) use ia.{t}; @unstable(feature = x) f: func(x: t); g: func();}",
        "interface ib { @unstable(feature = x) record t {m: u32} @unstable(feature = x) f: func(x: t); g: func();}",
    ),
    (
        "interface i { @unstable(feature = x) record r { a: u32 } f: func() -> r; }",
        "interface i { @unstable(feature = x) record r { a: u64 } f: func() -> r; }",
    ),
    (
        "interface i { @unstable(feature = x) record r { a: u32 } f: func(); } interface j { use i.{r}; g: func() -> r; }",
        "interface i { @unstable(feature = x) record r { a: u32, b: u32 } f: func(); } interface j { use i.{r}; g: func() -> r; }",
    ),
    (
        "interface ia { resource r; record s { a: own<r> } } interface ib { use ia.{r}; use ia.{s}; f: func(x: s); }",
        "interface ia { resource r; record s { a: own<r> } } interface ib { resource r; record s { a: own<r> } f: func(x: s); }",
    ),
    (
        "interface ia { resource r; g: func(); } interface ib { use ia.{r}; g: func(); }",
        "interface ia { resource r; g: func(); } interface ib { resource r; g: func(); }",
    ),
    (
        "interface ia { record s { a: u64 } g: func(); } interface ic { record s { a: u32 } f: func(x: s); } interface ib { use ic.{s}; f: func(x: s); }",
        "interface ia { record s { a: u32 } g: func(); } interface ic { record s { a: u32 } f: func(x: s); } interface ib { use ia.{s}; f: func(x: s); }",
    ),
    (
        "interface i { use c:d/t@1.0.0.{r}; f: func(x: r); } package c:d@1.0.0 { interface t { resource r; } } package c:d@2.0.0 { interface t { resource r; } }",
        "interface i { use c:d/t@2.0.0.{r}; f: func(x: r); } package c:d@1.0.0 { interface t { resource r; } } package c:d@2.0.0 { interface t { resource r; } }",
    ),
    (
        "interface ia { resource r; record s { a: own<r> } } interface ib { resource r; use ia.{s}; f: func(x: s); }",
        "interface ia { resource r; } interface ib { resource r; record s { a: own<r> } f: func(x: s); }",
    ),
    (
        "interface ia { resource r; record s { a: own<r> } } interface ib { use ia.{r}; use ia.{s}; f: func(x: s); }",
        "interface ia { resource r; } interface ib { resource r; record s { a: own<r> } f: func(x: s); }",
    ),
    (
        "interface ia { resource r; record s { a: own<r> } } interface ib { use ia.{r as q}; use ia.{s}; f: func(x: s); }",
        "interface ia { resource r; } interface ib { resource q; record s { a: own<q> } f: func(x: s); }",
    ),
    (
        "interface ia { resource r; record s { a: own<r> } } interface ib { resource r; record s { a: own<r> } f: func(x: s); }",
        "interface ia { resource r; record s { a: own<r> } } interface ib { resource r; use ia.{s}; f: func(x: s); }",
    ),
    (
        "interface ia { flags t { a, b } resource r; } interface ib { flags t { a, b } } interface ic { use ia.{t}; f: func(x: t); }",
        "interface ia { flags t { a, b } resource r; } interface ib { flags t { a, b } use ia.{r}; g: func(x: r); } interface ic { use ib.{t}; f: func(x: t); }",
    ),
    (
        "interface ia { record s { a: u32 } resource r; } interface ib { use ia.{s}; f: func(x: s); } interface ic { use ia.{s}; f: func(x: s); }",
        "interface ia { record s { a: u32 } resource r; } interface ib { use ia.{s}; f: func(x: s); } interface ic { use ib.{s}; f: func(x: s); }",
    ),
    (
        "interface i { @unstable(feature = x) type t = u64; f: func(x: t); }",
        "interface i { type t = u64; f: func(x: t); }",
    ),
    (
        "interface i { type t = u64; f: func(x: t); }",
        "interface i { @unstable(feature = x) type t = u64; f: func(x: t); }",
    ),
    (
        "interface i { @unstable(feature = x) flags t { a } f: func(); } interface j { use i.{t}; f: func(); }",
        "interface i { flags t { a } f: func(); } interface j { use i.{t}; f: func(); }",
    ),
    (
        "interface i { resource r; record s { a: own<r> } f: func() -> s; }",
        "interface i { @unstable(feature = x) resource r; record s { a: own<r> } f: func() -> s; }",
    ),
    (
        "interface i { @unstable(feature = x) resource r; f: func(x: r); }",
        "interface i { resource r; f: func(x: r, y: u32); }",
    ),
    (
        "interface i { type t = option<string>; f: func(); }",
        "interface i { @unstable(feature = x) record t { a: u32 } f: func(); }",
    ),
    (
        "interface i { f: func() -> u32; g: func(); }",
        "interface i { @unstable(feature = x) f: func() -> u64; g: func(); }",
    ),
    (
        "interface i { @unstable(feature = x) flags t { a } resource r { f: static func() -> t; } }",
        "interface i { flags t { a } }",
    ),
];

#[test]
fn the_validator_agrees_about_types_that_move() {
    for (old, new) in MOVES {
        let (before, after) =
            (side("old.wit", old, "1.0.0").expect("WIT"), side("new.wit", new, "2.0.0").expect("WIT"));
        let compared = compare::run(&before, &after, Comparing { window: 0, witness: true });
        assert_eq!(compared.unchecked, Vec::<String>::new(), "{old}\n{new}");
        assert!(!compared.baseline.changes.is_empty(), "{old}");
        assert!(compared.proved > Some(0), "{old}");
    }
}

#[test]
fn what_others_add_is_asked_of_nobody() {
    let package = |version: &str, own: &str, others: &str| {
        let text = format!(
            "interface i {{ use c:d/t@1.0.0.{{r}}; {own} }} package c:d@1.0.0 {{ interface t {{ {others} }} }}"
        );
        side("side.wit", &text, version).expect("WIT")
    };
    let old = package("1.0.0", "f: func(x: r);", "resource r; q: func();");
    let new = package("1.1.0", "@unstable(feature = x) f: func(x: r);", "resource r; flags added { a } p: func();");
    let compared = compare::run(&old, &new, Comparing { window: 0, witness: true });
    assert_eq!(compared.unchecked, Vec::<String>::new());
    assert!(compared.proved > Some(0));
}

#[test]
fn interfaces_that_use_each_other_in_too_many_ways_are_told() {
    let package = |version: &str, last: &str| {
        let steps = (1..40).map(|at| format!("interface i{at} {{ use i{}.{{r, t}}; f: func(x: r){last}; }}", at - 1));
        let text = format!("interface i0 {{ type t = u8; record r {{ a: t }} }} {}", steps.collect::<String>());
        side("side.wit", &text, version).expect("WIT")
    };
    let (old, new) = (package("1.0.0", ""), package("2.0.0", " -> u8"));
    let compared = compare::run(&old, &new, Comparing { window: 0, witness: true });
    assert!(compared.unchecked.iter().any(|line| line.contains("too many ways")), "{:?}", compared.unchecked);
    assert!(compared.proved > Some(0), "the first of them are asked about");
}
