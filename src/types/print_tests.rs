//! Tests of the printed forms.

use super::guests::guest;
use super::print::{Home, Printer};
use super::samples;
use super::shape::{Place, Shape, Side, TypeDef, TypeId};
use super::world_text::{Order, canonical_text, printed_world, world_text};

const SHOP: &str = "
package a:b@1.0.0;
interface poll {
  resource pollable { ready: func() -> bool; }
  poll: func(in: list<borrow<pollable>>) -> list<u32>;
}
interface t { record price { amount: u64, code: string } type p2 = price; }
interface c {
  use t.{price, p2 as p3};
  use poll.{pollable as pp};
  resource r { constructor(a: price); get: func(x: pp) -> option<price>; s: static func() -> r; }
  variant v { a(price), b, c(r) }
  f: async func(a: p3, b: borrow<r>, s: stream<u8>, t: future) -> result<v, price>;
  enum e { x, y }
  flags fl { q, w }
  g: func(e: e, f: fl, t: tuple<u8, string>) -> result<_, list<f32>>;
}
interface d { use c.{r, v}; h: func(a: r, v: v); }
world w {
  use c.{r as rr, v};
  import d;
  export d;
  export c;
  import log: func(a: string, b: borrow<rr>);
  export run: async func(x: rr) -> v;
  import inl: interface { use t.{price}; z: func(p: price); }
}";

#[test]
fn a_whole_world() {
    let text = "\
world {
  import a:b/t@1.0.0: interface {
    record price { amount: u64, code: string }
    type p2 = price;
  }
  import a:b/poll@1.0.0: interface {
    resource pollable {
      ready: func() -> bool;
    }
    poll: func(in: list<borrow<pollable>>) -> list<u32>;
  }
  import a:b/c@1.0.0: interface {
    resource r {
      constructor(a: price);
      get: func(x: pp) -> option<price>;
      s: static func() -> r;
    }
    use a:b/t@1.0.0.{price};
    variant v { a(price), b, c(r) }
    use a:b/poll@1.0.0.{pollable as pp};
    use a:b/t@1.0.0.{p2 as p3};
    enum e { x, y }
    flags fl { q, w }
    f: async func(a: p3, b: borrow<r>, s: stream<u8>, t: future) -> result<v, price>;
    g: func(e: e, f: fl, t: tuple<u8, string>) -> result<_, list<f32>>;
  }
  import a:b/d@1.0.0: interface {
    use a:b/c@1.0.0.{r};
    use a:b/c@1.0.0.{v};
    h: func(a: r, v: v);
  }
  import inl: interface {
    use a:b/t@1.0.0.{price};
    z: func(p: price);
  }
  use a:b/c@1.0.0.{r as rr};
  use a:b/c@1.0.0.{v};
  import log: func(a: string, b: borrow<rr>);
  export run: async func(x: rr) -> v;
  export a:b/c@1.0.0: interface {
    use a:b/t@1.0.0.{price};
    use a:b/t@1.0.0.{p2 as p3};
    use a:b/poll@1.0.0.{pollable as pp};
    resource r {
      constructor(a: price);
      get: func(x: pp) -> option<price>;
      s: static func() -> r;
    }
    variant v { a(price), b, c(r) }
    enum e { x, y }
    flags fl { q, w }
    f: async func(a: p3, b: borrow<r>, s: stream<u8>, t: future) -> result<v, price>;
    g: func(e: e, f: fl, t: tuple<u8, string>) -> result<_, list<f32>>;
  }
  export a:b/d@1.0.0: interface {
    use export a:b/c@1.0.0.{r};
    use export a:b/c@1.0.0.{v};
    h: func(a: r, v: v);
  }
}
";
    assert_eq!(world_text(&samples::wit(SHOP)), text);
}

#[test]
fn spans_point_at_what_they_are_named_for() {
    let shape = samples::wit(SHOP);
    let printed = printed_world(&shape, Order::AsIs);
    let at = |side, item: &str, path: &[&str]| {
        let item = shape.side(side).get_index_of(item).unwrap();
        let place = Place { side, item, path: path.iter().map(ToString::to_string).collect() };
        &printed.text[printed.spans[&place].clone()]
    };
    assert_eq!(at(Side::Import, "log", &[]), "import log: func(a: string, b: borrow<rr>)");
    assert_eq!(at(Side::Export, "a:b/d@1.0.0", &[]), "export a:b/d@1.0.0: interface");
    assert_eq!(at(Side::Export, "a:b/d@1.0.0", &["h"]), "h: func(a: r, v: v)");
    assert_eq!(at(Side::Import, "a:b/c@1.0.0", &["[method]r.get"]), "get: func(x: pp) -> option<price>");
    let items = |side| {
        shape.side(side).values().map(|item| match &item.entity {
            super::shape::Entity::Instance(items) => items.len() + 1,
            _ => 1,
        })
    };
    assert_eq!(printed.spans.len(), items(Side::Import).chain(items(Side::Export)).sum::<usize>());
}

/// A world with an instance `one`, an instance `two`, and what stands in them.
fn pair(one: &str, two: &str) -> Shape {
    samples::wat(&format!("(component {one} {two})"))
}

#[test]
fn the_order_of_imports_does_not_show_in_the_canonical_text() {
    let one = "(import \"one\" (instance (export \"f\" (func)) (export \"g\" (func))))";
    let turned = "(import \"one\" (instance (export \"g\" (func)) (export \"f\" (func))))";
    let two = "(import \"two\" (func (param \"x\" u8)))";
    assert_eq!(canonical_text(&pair(one, two)), canonical_text(&pair(two, turned)));
    assert_ne!(world_text(&pair(one, two)), world_text(&pair(two, one)));
}

#[test]
fn whether_two_resources_are_one_shows() {
    let one =
        "(import \"one\" (instance $one (export \"r\" (type (sub resource))))) (alias export $one \"r\" (type $r))";
    let same = "(import \"two\" (instance (alias outer 1 $r (type $r)) (export \"r\" (type (eq $r)))))";
    let other = "(import \"two\" (instance (export \"r\" (type (sub resource)))))";
    assert!(canonical_text(&pair(one, same)).contains("use one.{r};"));
    assert!(!canonical_text(&pair(one, other)).contains("use"));
    assert_ne!(canonical_text(&pair(one, same)), canonical_text(&pair(one, other)));
}

#[test]
fn attributes_show() {
    let plain = samples::wat("(component (import \"one\" (func)))");
    let noted = samples::wat("(component (import \"one\" (external-id \"x\") (func)))");
    assert_eq!(canonical_text(&noted), "world {\n  @external-id(\"x\")\n  import one: func();\n}\n");
    assert_ne!(canonical_text(&plain), canonical_text(&noted));
}

#[test]
fn a_type_without_a_name_is_written_out() {
    let text = "(component (type $m (map string u8)) (type $l (list u8 4)) (type $o (option $l))
        (import \"f\" (func (param \"a\" $m) (param \"b\" $o))))";
    assert!(world_text(&samples::wat(text)).contains("f: func(a: map<string, u8>, b: option<list<u8, 4>>);"));
}

#[test]
fn a_type_of_the_world_is_qualified_inside_an_interface() {
    let shape = samples::wit(SHOP);
    let super::shape::Entity::Func(log) = &shape.imports["log"].entity else { panic!("a function") };
    let home = Home::Instance(Place { side: Side::Import, item: 1, path: Vec::new() });
    assert_eq!(Printer::new(&shape, home).func(log), "func(a: string, b: borrow<world.{rr}>)");
}

#[test]
fn who_introduces_a_resource_is_no_matter_of_names() {
    let shape = samples::of(&guest(
        "package p:q; interface z { resource r { m: func(); } } interface a { use z.{r}; f: func(x: r); }
         world w { export z; export a; }",
        None,
    ));
    let text = world_text(&shape);
    assert!(text.contains("use p:q/z.{r};") && text.contains("resource r {") && !text.contains("use p:q/a"), "{text}");
    // For comparisons it is: whoever comes first by name.
    let text = canonical_text(&shape);
    assert!(text.contains("use p:q/a.{r};") && !text.contains("use p:q/z"), "{text}");
}

#[test]
fn imports_do_not_speak_of_exports() {
    let mut shape = samples::wat(
        r#"(component
             (import "a:b/one" (instance $one (export "r" (type (sub resource)))))
             (alias export $one "r" (type $r))
             (import "a:b/two" (instance (alias outer 1 $r (type $t)) (export "r" (type (eq $t)))))
             (export "a:b/also" (instance $one)))"#,
    );
    let at = |side, item| Place { side, item, path: vec!["r".into()] };
    let (two, also) = (at(Side::Import, 1), at(Side::Export, 0));
    let id_at = |shape: &Shape, place: &Place| {
        *shape.bindings.iter().find(|(_, places)| places.contains(place)).expect("it has a name").0
    };
    // A type of the export's own, which is what the second import's leads to on its way to the first one's.
    let (one, of_two) = (id_at(&shape, &at(Side::Import, 0)), id_at(&shape, &two));
    let own = TypeId(u32::try_from(shape.types.len()).expect("few"));
    shape.types.push(TypeDef::Alias(one));
    shape.types[of_two.0 as usize] = TypeDef::Alias(own);
    shape.bindings.get_mut(&one).expect("it has names").retain(|place| *place != also);
    shape.bindings.insert(own, vec![also]);
    let text = canonical_text(&shape);
    let imports = text.split("export a:b/also:").next().expect("a text");
    assert!(imports.contains("use a:b/one.{r}"), "{text}");
}
