//! What examples are too small for: several changes at once, renames within renames, components, and sizes.

use super::run;
use crate::contract::change::Change;
use crate::contract::rule::Effect;
use crate::contract::side::Side;
use std::fmt::Write as _;

fn side(text: &str) -> Side {
    Side::of_text("a.wit", &format!("package a:b@1.0.0;\n{text}")).unwrap_or_else(|error| panic!("{error}"))
}

fn changes(old: &str, new: &str) -> Vec<Change> {
    run(&side(old), &side(new))
}

fn told(old: &str, new: &str) -> Vec<String> {
    let told = |change: &Change| {
        let became = change.became.as_ref().map(|path| format!(" -> {path}")).unwrap_or_default();
        format!("{} {}{became}", change.rule, change.item)
    };
    changes(old, new).iter().map(told).collect()
}

#[test]
fn order_is_only_told_where_layout_does_not_say_so() {
    let old = "interface i { a: func(); b: func(); record r { x: u32 } enum e { one } } interface j {} world w { import i; import j; }";
    let new = "world w { import j; import i; } interface j {} interface i { enum e { one } b: func(); record r { x: u32 } a: func(); }";
    assert_eq!(told(old, new), ["func-reordered a:b/i", "type-reordered a:b/i"]);
}

#[test]
fn a_change_of_a_type_is_told_once_with_whom_it_reaches() {
    let old = "interface t { record r { x: u32 } } interface i { use t.{r}; record s { r: r } } \
               interface j { use i.{s}; f: func() -> list<s>; } interface k { g: func(); } world w { use j.{s}; }";
    let new = old.replace("x: u32", "x: u64");
    let found = changes(old, &new);
    assert_eq!(told(old, &new), ["record-field-type-changed a:b/t.r.x"]);
    assert_eq!(found[0].reaches, ["a:b/i", "a:b/j", "a:b/w"]);
}

#[test]
fn what_is_renamed_is_followed() {
    let old = "interface i { record r { x: u32 } record s { r: r } variant v { c(s) } f: func(v: v); g: func() -> r; h: func(); k: func(); }";
    let new = "interface j { record r2 { x: u32 } record s { r: r2 } variant v { c(s) } f: func(v: v); g: func() -> r2; h: func(); k: func(); }";
    // Two of seven items say another name: too little for the interface to be the same.
    assert_eq!(told(old, new), ["interface-removed a:b/i", "interface-added a:b/j"]);
    let new = new.replace("interface j", "interface i").replace("c(s)", "c2(s)");
    assert_eq!(told(old, &new), ["record-renamed a:b/i.r -> a:b/i.r2", "variant-case-renamed a:b/i.v.c"]);
    let new = old.replace("interface i", "interface j").replace("h: func()", "h: func(x: u8)");
    assert_eq!(told(old, &new), ["interface-renamed a:b/i -> a:b/j", "param-added a:b/i.h.x -> a:b/j.h.x"]);
}

#[test]
fn an_alias_that_many_speak_of_is_told_once() {
    let old = "interface i { f: func(x: u32); g: func() -> list<u32>; record r { x: u32 } h: func() -> r; }";
    let new =
        "interface i { type id = u32; f: func(x: id); g: func() -> list<id>; record r { x: id } h: func() -> r; }";
    assert_eq!(told(old, new), ["alias-introduced a:b/i.id"]);
    assert_eq!(told(new, old), ["alias-inlined a:b/i.id"]);
}

#[test]
fn own_and_a_bare_resource_are_one_type_but_two_declarations() {
    let old = "interface i { resource r; f: func(x: own<r>); type t = r; g: func(x: t); }";
    assert_eq!(told(old, &old.replace("own<r>", "r")), Vec::<String>::new());
    assert_eq!(told(old, &old.replace("type t = r", "type t = own<r>")), ["alias-target-changed a:b/i.t"]);
}

#[test]
fn a_type_that_only_unstable_functions_use_breaks_only_those_who_have_the_feature() {
    let old = "interface i { record r { x: u32 } @unstable(feature = more) f: func() -> r; }";
    let found = changes(old, &old.replace("x: u32", "x: u32, y: u32"));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule.id, found[0].effects.old_consumer), ("record-field-added", Effect::IfUsed));
}

#[test]
fn an_interface_that_goes_takes_its_imports_with_it() {
    let old = "interface i { f: func(); } interface j { g: func(); } world w { import i; import j; export j; }";
    let new = "interface i { f: func(); } world w { import i; }";
    assert_eq!(told(old, new), ["interface-removed a:b/j"]);
}

#[test]
fn an_import_that_only_types_need_is_told_where_they_are_used() {
    let old = "interface t { record r { x: u32 } } interface i { f: func(); } world w { import i; }";
    let new = "interface t { record r { x: u32 } } interface i { use t.{r}; f: func(); } world w { import i; }";
    assert_eq!(told(old, new), ["use-added-unused a:b/i.r"]);
}

#[test]
fn an_interface_inside_of_a_world_is_compared_in_place() {
    let old =
        "world w { import x: interface { record r { a: u32 } f: func(r: r); } export x: interface { g: func(); } }";
    let new = old.replace("a: u32", "a: u64").replace("g: func()", "g: func(y: u8)");
    assert_eq!(
        told(old, &new),
        ["record-field-type-changed a:b/w.x.r.a", "param-added a:b/w.x.g.y"]
            .map(String::from)
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
    );
}

#[test]
fn types_that_double_are_compared_once() {
    let text = |last: &str| {
        let mut text = format!("interface i {{ type t0 = {last};\n");
        for number in 1..2000 {
            writeln!(text, "type t{number} = tuple<t{}, t{}>;", number - 1, number - 1).expect("a string takes it");
        }
        text + "f: func(x: t1999) -> option<t1999>; }"
    };
    let (old, new) = (side(&text("u32")), side(&text("u64")));
    let found = run(&old, &new);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule.id, found[0].item.to_string().as_str()), ("alias-target-changed", "a:b/i.t0"));
}

#[test]
fn each_of_two_hundred_interfaces_is_told_once() {
    let text = |field: &str| {
        let mut text = String::new();
        for number in 0..200 {
            let before = if number > 0 { format!("use i{}.{{r as before}};", number - 1) } else { String::new() };
            writeln!(text, "interface i{number} {{ {before} record r {{ x: u32, {field}: string }}")
                .expect("it is written");
            for function in 0..20 {
                writeln!(text, "f{function}: func(a: r, b: list<r>) -> result<r, string>;").expect("it is written");
            }
            text += "}\n";
        }
        text
    };
    let (old, new) = (side(&text("old")), side(&text("new")));
    let found = run(&old, &new);
    assert_eq!(found.len(), 200);
}

#[test]
fn each_of_very_many_items_of_a_world_has_its_place() {
    let items = |of: &dyn Fn(usize) -> String| (0..2000).map(of).collect::<String>();
    let interfaces = items(&|at| format!("interface i{at} {{ f: func(); }}\n"));
    let old = format!("{interfaces}world w {{}}");
    let new = format!("{interfaces}world w {{ {} }}", items(&|at| format!("import i{at};\n")));
    let (old, new) = (side(&old), side(&new));
    let found = run(&old, &new);
    assert_eq!(found.len(), 2000);
    let last = found.iter().find(|change| change.item.to_string() == "a:b/w.i1999").expect("it came");
    let (source, range) = last.new.as_ref().and_then(|said| said.at.clone()).expect("a place");
    assert_eq!(&source.text[range], "import i1999");
}

#[test]
fn what_becomes_stable_and_changes_breaks_who_had_it() {
    let gated = |gate: &str, around: &str, ty: &str| format!("{around} interface i {{ {gate} f: func(a: {ty}); }}");
    let (unstable, since) = ("@unstable(feature = x)", "@since(version = 1.0.0)");
    let (old, new) = (gated(unstable, "", "u8"), gated(since, "", "u16"));
    let found = changes(&old, &new);
    assert_eq!(told(&old, &new), ["unstable-to-stable a:b/i.f"]);
    assert_eq!((found[0].effects.old_consumer, found[0].effects.host), (Effect::IfUsed, Effect::IfUsed));
    assert_eq!(changes(&old, &gated(since, "", "u8"))[0].effects.old_consumer, Effect::Fine);

    // What is in an unstable interface, or belongs to an unstable resource, is no more stable than that.
    let (old, new) = (gated(unstable, unstable, "u8"), gated(since, unstable, "u8"));
    assert_eq!(told(&old, &new), Vec::<String>::new());
    let new = gated(since, unstable, "u16");
    assert_eq!(told(&old, &new), ["unstable-item-changed a:b/i.f"]);
    let old = "interface i { @unstable(feature = x) resource r { m: func(a: u8); n: func(); } }";
    let new = "interface i { @unstable(feature = x) resource r { m: func(a: u16); } }";
    assert_eq!(told(old, new), ["unstable-item-changed a:b/i.r.m", "unstable-item-removed a:b/i.r.n"]);
}
