//! Tests of `fit` and of the words of its differences.

use super::fit::{Difference, ResourceMap, Step, View, differences, fits};
use super::samples;
use super::shape::{ResourceId, Shape};

fn export<'a>(shape: &'a Shape, name: &str) -> View<'a> {
    View { shape, entity: &shape.exports[name].entity }
}

fn import<'a>(shape: &'a Shape, name: &str) -> View<'a> {
    View { shape, entity: &shape.imports[name].entity }
}

/// Both sides of one interface whose items are given: first what the plug has, then what the socket wants.
fn sides(plug: &str, socket: &str) -> (Shape, Shape) {
    let plug = samples::wit(&format!("package a:b; interface c {{ {plug} }} world w {{ export c; }}"));
    let socket = samples::wit(&format!("package a:b; interface c {{ {socket} }} world w {{ import c; }}"));
    (plug, socket)
}

fn judged(plug: &str, socket: &str) -> String {
    let (plug, socket) = sides(plug, socket);
    let (plug, socket) = (export(&plug, "a:b/c"), import(&socket, "a:b/c"));
    let all = differences(plug, socket);
    match fits(plug, socket) {
        Ok(_) => {
            assert!(all.is_empty());
            "fits".into()
        }
        Err(first) => {
            assert_eq!(all[0], first);
            all.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
    }
}

#[test]
fn an_instance_may_have_more_than_is_asked_for() {
    assert_eq!(judged("f: func(); g: func();", "g: func();"), "fits");
    assert_eq!(judged("g: func();", "f: func(); g: func();"), "`f`: missing");
    assert_eq!(judged("record f { a: u8 }", "f: func();"), "`f`: expected a function, found a type");
}

#[test]
fn functions_must_be_equal() {
    let socket = "f: func(a: u32, b: string) -> u8;";
    assert_eq!(judged("f: func(a: u32) -> u8;", socket), "`f`: expected 2 parameters, found 1");
    assert_eq!(
        judged("f: func(a: u32, c: string) -> u8;", socket),
        "`f`: parameter 2 (`b`): expected the name `b`, found `c`"
    );
    assert_eq!(
        judged("f: func(a: u32, b: u64) -> u8;", socket),
        "`f`: parameter 2 (`b`): expected `string`, found `u64`"
    );
    assert_eq!(judged("f: func(a: u32, b: string);", socket), "`f`: expected a result `u8`, found none");
    assert_eq!(judged("f: func();", "f: async func();"), "`f`: expected an async function, found a sync one");
    assert_eq!(judged("f: async func();", "f: func();"), "`f`: expected a sync function, found an async one");
}

#[test]
fn the_way_leads_through_types() {
    let with = |code: &str| {
        format!(
            "record currency {{ code: {code} }} f: func(at: u64, in: option<list<currency>>) -> result<u8, currency>;"
        )
    };
    let (plug, socket) = sides(&with("u32"), &with("string"));
    let all = differences(export(&plug, "a:b/c"), import(&socket, "a:b/c"));
    assert_eq!(
        all.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "`currency`: field `code`: expected `string`, found `u32`",
            "`f`: parameter 2 (`in`): option: list element: field `code`: expected `string`, found `u32`",
        ]
    );
    assert_eq!(all[0].plug.as_deref(), Some("record currency { code: u32 }"));
    assert_eq!(all[0].socket, "record currency { code: string }");
    // The function reads the same on both sides, so the type that differs is shown with it.
    let func = "f: func(at: u64, in: option<list<currency>>) -> result<u8, currency>";
    assert_eq!(all[1].socket, format!("{func}\nrecord currency {{ code: string }}"));
    assert_eq!(all[1].plug, Some(format!("{func}\nrecord currency {{ code: u32 }}")));
    assert_eq!(all[1].item(), Some("f"));
}

#[test]
fn names_and_their_order_count() {
    // An import keeps only the types that its functions use.
    let first = |plug: &str, socket: &str| {
        let judged = judged(&format!("{plug} f: func(a: e);"), &format!("{socket} f: func(a: e);"));
        judged.lines().next().unwrap().to_owned()
    };
    assert_eq!(
        first("enum e { a, b }", "enum e { b, a }"),
        "`e`: expected cases in the order `b`, `a`, found `a`, `b`"
    );
    assert_eq!(first("flags e { a, b }", "flags e { a }"), "`e`: additional flags `b`");
    assert_eq!(first("record e { a: u8 }", "record e { a: u8, b: u8 }"), "`e`: missing fields `b`");
    assert_eq!(first("variant e { a, c }", "variant e { a, b }"), "`e`: missing cases `b`, additional `c`");
    assert_eq!(first("variant e { a(u8) }", "variant e { a }"), "`e`: case `a`: expected no type, found `u8`");
    assert_eq!(first("type e = result;", "type e = result<_, u8>;"), "`e`: err: expected `u8`, found no type");
    assert_eq!(first("type e = tuple<u8>;", "type e = tuple<u8, u8>;"), "`e`: expected 2 members, found 1");
    assert_eq!(first("type e = list<u8>;", "type e = u8;"), "`e`: expected `u8`, found `list<u8>`");
    assert_eq!(judged("type e = u8; f: func(a: e);", "type e = u8; f: func(a: u8);"), "fits");
}

#[test]
fn handles_and_resources() {
    let with = |handle: &str| format!("resource r; resource s; f: func(a: {handle});");
    assert_eq!(judged(&with("r"), &with("r")), "fits");
    assert_eq!(judged(&with("r"), &with("borrow<r>")), "`f`: parameter 1 (`a`): expected `borrow<r>`, found `r`");
    assert_eq!(
        judged(&with("s"), &with("r")),
        "`f`: parameter 1 (`a`): found resource `a:b/c.{s}`, but `a:b/c.{r}` is `a:b/c.{r}` elsewhere in this item"
    );
    assert_eq!(judged("record r { a: u8 }", "resource r;"), "`r`: expected `resource#0`, found `record { a: u8 }`");
}

#[test]
fn two_resources_of_a_socket_may_be_one_of_the_plug_but_not_the_other_way_round() {
    let one = "resource r; type s = r; f: func(a: r, b: s);";
    let two = "resource r; resource s; f: func(a: r, b: s);";
    let (plug, socket) = sides(one, two);
    let map = fits(export(&plug, "a:b/c"), import(&socket, "a:b/c")).unwrap();
    assert_eq!(map, ResourceMap::from([(ResourceId(0), ResourceId(0)), (ResourceId(1), ResourceId(0))]));
    let (plug, socket) = sides(two, one);
    let mismatch = fits(export(&plug, "a:b/c"), import(&socket, "a:b/c")).unwrap_err();
    assert_eq!(mismatch.path, [Step::Item("s".into())]);
    assert!(matches!(*mismatch.difference, Difference::Resource { .. }), "{mismatch:?}");
}

#[test]
fn resources_of_other_interfaces_pair_by_the_name_they_have_here() {
    let wit = |side: &str| {
        format!(
            "package a:b; interface t {{ resource r; }} interface c {{ use t.{{r}}; f: func(a: borrow<r>); }}
             world w {{ {side} t; {side} c; }}"
        )
    };
    let (plug, socket) = (samples::wit(&wit("export")), samples::wit(&wit("import")));
    let map = fits(export(&plug, "a:b/c"), import(&socket, "a:b/c")).unwrap();
    assert_eq!(map.len(), 1);
}

#[test]
fn what_shapes_do_not_describe_fails_closed() {
    let module = "(component (core module $m) (export \"m\" (core module $m)))";
    let plug = samples::wat(module);
    let socket = samples::wat("(component (import \"m\" (core module)))");
    let mismatch = fits(export(&plug, "m"), import(&socket, "m")).unwrap_err();
    assert_eq!(mismatch.to_string(), "a core module cannot be compared");
}

#[test]
fn members_of_tuples_are_counted_from_one_and_places_are_words() {
    let (plug, socket) = sides("f: func(x: tuple<u8, u16, u32>);", "f: func(x: tuple<u8, u16, s32>);");
    let mismatch = fits(export(&plug, "a:b/c"), import(&socket, "a:b/c")).expect_err("they differ");
    assert_eq!(mismatch.path[2], Step::Member(3));
    assert!(mismatch.place().starts_with("`f`: parameter 1 (`x`): "), "{}", mismatch.place());
    assert!(mismatch.place().contains('3'), "{}", mismatch.place());
}
