//! Small files that stand for very much: types that share their parts, instances in instances, names of names.

use super::fit::{View, fits};
use super::samples;
use super::shape::{Entity, Item, Shape, TypeDef, TypeId, ValType};
use crate::decode::validate::{Invalid, validate, validate_up_to};
use wasmparser::WasmFeatures;

fn last(shape: &Shape) -> TypeId {
    TypeId(u32::try_from(shape.types.len() - 1).expect("few"))
}

#[test]
fn a_type_that_many_mention_is_looked_at_once() {
    // Written out, the last of these would have more fields than there are atoms in a cup of tea.
    let mut shape = Shape::default();
    shape.types.push(TypeDef::Record(Vec::new()));
    for _ in 0..80 {
        let before = ValType::Type(last(&shape));
        shape.types.push(TypeDef::Record(vec![("a".into(), before), ("b".into(), before)]));
    }
    assert!(shape.is_plain(last(&shape)));
    assert!(shape.is_types_only(&Entity::Type { created: last(&shape) }));
}

#[test]
fn a_long_way_to_what_is_mentioned_does_not_exhaust_the_stack() {
    let mut shape = Shape::default();
    shape.types.push(TypeDef::Record(Vec::new()));
    for _ in 0..1_000_000 {
        shape.types.push(TypeDef::Alias(last(&shape)));
    }
    assert!(shape.is_plain(last(&shape)));
}

/// The text of a component that imports instances in instances, each level with the one before it twice.
fn doubling(levels: usize) -> String {
    let mut text = "(component (type $t0 (instance (export \"f\" (func))))".to_owned();
    for level in 1..=levels {
        text.push_str(&format!(
            "(type $t{level} (instance (alias outer 1 $t{} (type $x))
                (export \"a\" (instance (type $x))) (export \"b\" (instance (type $x)))))",
            level - 1
        ));
    }
    text + &format!("(import \"a:b/c\" (instance (type $t{levels}))))")
}

#[test]
fn items_are_counted_while_they_are_read() {
    let judged = |levels| {
        let bytes = wat::parse_str(doubling(levels)).expect("a text of WebAssembly");
        validate(&bytes, WasmFeatures::all()).map(|_| ())
    };
    assert_eq!(judged(8), Ok(()));
    for levels in [12, 16] {
        assert_eq!(judged(levels), Err(Invalid::TooManyItems));
    }
}

#[test]
fn an_item_counts_for_where_it_is_and_how_long_its_names_are() {
    let most = |items: &str| {
        let bytes = wat::parse_str(format!("(component {items})")).expect("a text of WebAssembly");
        let is_taken = |most: &usize| validate_up_to(&bytes, WasmFeatures::all(), *most).is_ok();
        (0..).find(is_taken).expect("some limit is high enough") - 1
    };
    let f = r#"(export "f" (func))"#;
    assert_eq!(most(""), 0);
    assert_eq!(most(r#"(import "f" (func)) (import "g" (func))"#), 2);
    assert_eq!(most(&format!(r#"(import "a:b/c" (instance {f}))"#)), 2);
    assert_eq!(most(&format!(r#"(import "a:b/c" (instance (export "i" (instance {f}))))"#)), 4);
    let long = "i".repeat(1000);
    assert_eq!(most(&format!(r#"(import "a:b/c" (instance (export "{long}" (instance {f}))))"#)), 24);
    let names: String = (1..=300).map(|at| format!("(import \"t{at}\" (type $t{at} (eq $t{})))", at - 1)).collect();
    let names = format!("(type $r (record (field \"x\" u8))) (import \"t0\" (type $t0 (eq $r))) {names}");
    assert!(most(&names) > 301 + 100, "{}", most(&names));
}

#[test]
fn in_a_message_types_without_names_are_cut() {
    let of = |leaf: &str| {
        let tuples: String = (1..=15).map(|at| format!("(type $t{at} (tuple $t{0} $t{0}))", at - 1)).collect();
        samples::wat(&format!(
            "(component (import \"a:b/c\" (instance (type $t0 (tuple {leaf} {leaf})) {tuples}
                (export \"f\" (func (param \"x\" $t15))))))"
        ))
    };
    let (plug, socket) = (of("u8"), of("u16"));
    let view = |shape| View { shape, entity: entity(shape) };
    let mismatch = fits(view(&plug), view(&socket)).expect_err("they differ");
    for text in [mismatch.socket.as_str(), mismatch.plug.as_deref().unwrap_or_default(), &mismatch.to_string()] {
        assert!(text.len() < 10_000, "{} bytes", text.len());
    }
    assert!(mismatch.socket.contains('…'), "{}", mismatch.socket);
}

fn entity(shape: &Shape) -> &Entity {
    let Item { entity, .. } = &shape.imports["a:b/c"];
    entity
}
