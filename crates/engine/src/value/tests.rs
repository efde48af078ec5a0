//! Values and their texts, over many types. The types are those of imports of components made for it, since types of the
//! engine come from nowhere else; what is random comes from a small generator, the same in each run.

use super::names::{Nameless, fits};
use super::*;
use wasmtime::component::Component;
use wasmtime::component::types::ComponentItem;
use wasmtime::{Config, Engine};

fn engine() -> Engine {
    let mut config = Config::new();
    config.wasm_component_model_map(true).wasm_component_model_fixed_length_lists(true);
    config.wasm_component_model_async(true);
    Engine::new(&config).expect("a configuration that the machine takes")
}

/// The type of that definition; `$a`, `$b` … are types defined before it.
fn ty(engine: &Engine, definitions: &[String]) -> Type {
    let mut text = String::from("(component (import \"i\" (instance\n");
    for (at, definition) in definitions.iter().enumerate() {
        text += &format!("(type $d{at} {definition}) (export \"t{at}\" (type $t{at} (eq $d{at})))\n");
    }
    text += &format!("(export \"f\" (func (param \"x\" $t{}))))))", definitions.len() - 1);
    let bytes = wat::parse_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let component = Component::new(engine, bytes).unwrap_or_else(|error| panic!("{error:#}\n{text}"));
    let imported = component.component_type();
    let Some(ComponentItem::ComponentInstance(instance)) = imported.get_import(engine, "i").map(|it| it.ty) else {
        panic!("{text}")
    };
    match instance.get_export(engine, "f").map(|it| it.ty) {
        Some(ComponentItem::ComponentFunc(func)) => func.params().next().expect("one parameter").1,
        _ => panic!("{text}"),
    }
}

fn one(definition: &str) -> Type {
    ty(&engine(), &[definition.to_string()])
}

/// Numbers that look random and are always the same (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: u64) -> u64 {
        self.roll() % most
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }

    /// A definition over those before it.
    fn definition(&mut self, before: usize) -> String {
        const PLAIN: [&str; 13] =
            ["bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "f32", "f64", "char", "string"];
        let part = |dice: &mut Dice| match dice.below(3) {
            0 | 1 if before > 0 => format!("$t{}", dice.below(before as u64)),
            _ => dice.one(&PLAIN).to_string(),
        };
        let names = ["a", "none", "ok", "true", "x-y", "inf", "B2"];
        match self.below(11) {
            0 => format!("(list {})", part(self)),
            1 => format!("(list {} 2)", part(self)),
            2 => format!("(map {} {})", self.one(&["string", "u8", "s64", "char", "bool"]), part(self)),
            3 => {
                let fields = (0..=self.below(4)).map(|at| format!("(field \"{}\" {})", names[at as usize], part(self)));
                format!("(record {})", fields.collect::<Vec<_>>().join(" "))
            }
            4 => {
                let items = (0..=self.below(3)).map(|_| part(self));
                format!("(tuple {})", items.collect::<Vec<_>>().join(" "))
            }
            5 => {
                let cases = (0..=self.below(5)).map(|at| match self.below(2) {
                    0 => format!("(case \"{}\")", names[at as usize]),
                    _ => format!("(case \"{}\" {})", names[at as usize], part(self)),
                });
                format!("(variant {})", cases.collect::<Vec<_>>().join(" "))
            }
            6 => "(enum \"a\" \"none\" \"err\" \"nan\")".into(),
            7 => "(flags \"read\" \"some\" \"x-y\")".into(),
            8 | 9 => format!("(option {})", part(self)),
            _ => match self.below(4) {
                0 => "(result)".into(),
                1 => format!("(result {})", part(self)),
                2 => format!("(result (error {}))", part(self)),
                _ => format!("(result {} (error {}))", part(self), part(self)),
            },
        }
    }

    fn letter(&mut self) -> char {
        let odd = ['"', '\'', '\\', '\n', '\r', '\t', '\0', '\u{7f}', '\u{202e}', '\u{300}', 'é', '世', '😀', '$', '/'];
        match self.below(3) {
            0 => odd[self.below(odd.len() as u64) as usize],
            1 => char::from_u32(self.below(0x11_0000) as u32).unwrap_or('x'),
            _ => char::from(b' ' + self.below(95) as u8),
        }
    }

    fn value(&mut self, ty: &Type) -> Val {
        let payload = |dice: &mut Dice, ty: Option<Type>| ty.map(|ty| Box::new(dice.value(&ty)));
        match ty {
            Type::Bool => Val::Bool(self.below(2) == 0),
            Type::S8 => Val::S8(self.roll() as i8),
            Type::U8 => Val::U8(self.roll() as u8),
            Type::S16 => Val::S16(self.roll() as i16),
            Type::U16 => Val::U16(self.roll() as u16),
            Type::S32 => Val::S32(self.roll() as i32),
            Type::U32 => Val::U32(self.roll() as u32),
            Type::S64 => Val::S64([i64::MIN, i64::MAX, 1 << 53, self.roll() as i64, 7][self.below(5) as usize]),
            Type::U64 => Val::U64([0, u64::MAX, (1 << 53) + 1, self.roll(), 7][self.below(5) as usize]),
            Type::Float32 => Val::Float32(match self.below(6) {
                0 => f32::NAN,
                1 => -f32::INFINITY,
                2 => -0.0,
                3 => 0.1,
                _ => f32::from_bits(self.roll() as u32),
            }),
            Type::Float64 => Val::Float64(match self.below(6) {
                0 => f64::NAN,
                1 => f64::INFINITY,
                2 => -0.0,
                3 => 1e21,
                _ => f64::from_bits(self.roll()),
            }),
            Type::Char => Val::Char(self.letter()),
            Type::String => Val::String((0..self.below(6)).map(|_| self.letter()).collect()),
            Type::List(list) => Val::List((0..self.below(4)).map(|_| self.value(&list.ty())).collect()),
            Type::FixedLengthList(list) => {
                Val::FixedLengthList((0..list.len()).map(|_| self.value(&list.ty())).collect())
            }
            Type::Map(map) => {
                let entry = |dice: &mut Dice| (dice.value(&map.key()), dice.value(&map.value()));
                let mut entries: Vec<_> = (0..self.below(3)).map(|_| entry(self)).collect();
                // In an object of JSON the keys have the order of their letters.
                entries.sort_by(|a, b| match (&a.0, &b.0) {
                    (Val::String(a), Val::String(b)) => a.cmp(b),
                    _ => std::cmp::Ordering::Equal,
                });
                Val::Map(entries)
            }
            Type::Record(record) => {
                Val::Record(record.fields().map(|field| (field.name.to_string(), self.value(&field.ty))).collect())
            }
            Type::Tuple(tuple) => Val::Tuple(tuple.types().map(|ty| self.value(&ty)).collect()),
            Type::Variant(variant) => {
                let case = variant.cases().nth(self.below(variant.cases().len() as u64) as usize).expect("one of them");
                Val::Variant(case.name.to_string(), payload(self, case.ty))
            }
            Type::Enum(names) => {
                let at = self.below(names.names().len() as u64) as usize;
                Val::Enum(names.names().nth(at).expect("one of them").to_string())
            }
            Type::Flags(flags) => {
                Val::Flags(flags.names().filter(|_| self.below(2) == 0).map(str::to_string).collect())
            }
            Type::Option(some) => Val::Option(if self.below(3) == 0 { None } else { payload(self, Some(some.ty())) }),
            Type::Result(result) => Val::Result(match self.below(2) {
                0 => Ok(payload(self, result.ok())),
                _ => Err(payload(self, result.err())),
            }),
            other => panic!("{other:?} has no value"),
        }
    }
}

#[test]
fn what_is_written_is_read_again() {
    let (engine, mut dice) = (engine(), Dice(0x5eed));
    for _ in 0..120 {
        let definitions: Vec<String> = (0..1 + dice.below(6) as usize).map(|at| dice.definition(at)).collect();
        let ty = ty(&engine, &definitions);
        for _ in 0..8 {
            let value = dice.value(&ty);
            assert!(fits(&value, &ty), "{definitions:?}\n{value:?}");
            let text = wave(&value, &Nameless);
            assert_eq!(from_wave(&text, &ty, &Nameless).as_ref(), Ok(&value), "{definitions:?}\n{text}");
            assert!(!text.contains(['\n', '\r', '\0', '\u{202e}']), "{text:?}");
            let long = pretty(&value, &Nameless);
            assert_eq!(from_wave(&long, &ty, &Nameless).as_ref(), Ok(&value), "{definitions:?}\n{long}");
            let node = pattern(&text, &ty, &Nameless).unwrap_or_else(|bad| panic!("{text}: {bad}"));
            assert_eq!(node.matches(&value, &text, &Nameless), Ok(()), "{text}");
            let json = to_json(&value, &Nameless);
            let again = from_json(&json, &ty, &Nameless);
            assert_eq!(again.as_ref(), Ok(&value), "{definitions:?}\n{json}");
            let reread: serde_json::Value = serde_json::from_str(&json.to_string()).expect("JSON");
            // Its text may be off by the last bit of a float, as that reader of JSON has it.
            let again = from_json(&reread, &ty, &Nameless);
            assert!(again.is_ok_and(|again| fits(&again, &ty)), "{definitions:?}\n{json}");
        }
    }
}

#[test]
fn broken_texts_are_faults_within_the_text() {
    let (engine, mut dice) = (engine(), Dice(77));
    for _ in 0..60 {
        let definitions: Vec<String> = (0..1 + dice.below(5) as usize).map(|at| dice.definition(at)).collect();
        let ty = ty(&engine, &definitions);
        for _ in 0..30 {
            let mut text: Vec<char> = wave(&dice.value(&ty), &Nameless).chars().collect();
            for _ in 0..=dice.below(2) {
                let at = dice.below(text.len() as u64 + 1) as usize;
                match dice.below(3) {
                    0 => text.truncate(at),
                    1 => text.insert(
                        at,
                        ['{', '}', '(', ')', '[', '"', '\'', ',', '.', '_', '%', '$', '\\', ':', '/']
                            [dice.below(15) as usize],
                    ),
                    _ if at < text.len() => drop(text.remove(at)),
                    _ => {}
                }
            }
            let text: String = text.into_iter().collect();
            for read in [from_wave(&text, &ty, &Nameless).err(), pattern(&text, &ty, &Nameless).err()] {
                let Some(bad) = read else { continue };
                assert!(text.get(bad.at.clone()).is_some(), "{text}: {bad:?}");
                assert!(!bad.expected.is_empty() && !bad.found.is_empty(), "{text}: {bad:?}");
            }
        }
    }
}

fn read(definition: &str, text: &str) -> String {
    from_wave(text, &one(definition), &Nameless)
        .map_or_else(|bad| format!("{}: {bad}", bad.at.start), |it| wave(&it, &Nameless))
}

#[test]
fn wave_is_read_as_it_says() {
    let record = "(record (field \"must-have\" u8) (field \"optional\" (option u8)))";
    assert_eq!(read(record, "{must-have: 123}"), "{must-have: 123}");
    assert_eq!(read(record, "{ %optional: none, must-have: 123, } // there"), "{must-have: 123}");
    assert_eq!(read("(record (field \"a\" (option u8)))", "{:}"), "{:}");
    assert_eq!(read("(record (field \"a\" (option u8)))", "{}"), "{:}");
    assert_eq!(read("(option u8)", "123"), "some(123)");
    assert_eq!(read("(result u8)", "123"), "ok(123)");
    assert_eq!(read("(option (option u8))", "some(none)"), "some(none)");
    assert_eq!(read("(enum \"ok\" \"not-found\")", "%ok"), "%ok");
    assert_eq!(read("(enum \"ok\" \"not-found\")", "ok"), "%ok");
    assert_eq!(read("(flags \"read\" \"write\")", "{write, read,}"), "{read, write}");
    assert_eq!(read("(list char)", r"['a', '\'', '\u{1F44B}', '\\']"), r"['a', '\'', '👋', '\\']");
    assert_eq!(read("(tuple u8 string)", "(123, \"abc\",)"), "(123, \"abc\")");
    assert_eq!(read("(list f64)", "[1, -2.5e3, nan, -inf, 1e300]"), "[1, -2500, nan, -inf, 1e300]");
    assert_eq!(read("(list u32)", "[1_000]"), "[1000]");
    assert_eq!(read("(list string)", "[\"\"\"\n    Ind\n      ent\"\"\\\"\n  \"\"\"]"), r#"["  Ind\n    ent\"\"\""]"#);
    assert_eq!(read("(map string u8)", "{\"a\": 1, \"b\": 2}"), "{\"a\": 1, \"b\": 2}");
}

#[test]
fn faults_say_where_and_what() {
    let record = "(record (field \"name\" string) (field \"age\" u8))";
    let kind = "(enum \"eur\" \"usd\")";
    for (definition, text, expected) in [
        (record, "{name: \"x\"}", "10: expected the field `age`, found a record without it"),
        (record, "{nam: \"x\"}", "1: expected a field of the type, found `nam`"),
        (record, "{name: 3}", "7: expected a string, as `\"text\"`, found `3`"),
        (record, "{name: \"x\", name: \"y\"}", "12: expected each field once, found `name` again"),
        (record, "{name: \"x\", age: 256}", "17: expected a `u8`, from 0 to 255, found `256`"),
        (record, "{name: \"x\", age: 2", "18: expected `,` or `}`, found the end"),
        (record, "{name: \"x", "7: expected a closing `\"`, found `\"`"),
        (
            record,
            "{name: \"\\x\", age: 2}",
            "8: expected one of `\\\\`, `\\\"`, `\\'`, `\\n`, `\\t`, `\\r`, `\\u{…}`, found `\\x`",
        ),
        (kind, "euro", "0: expected a case of the type, found `euro`"),
        (kind, "eur usd", "4: expected the end, found `usd`"),
        ("(option (option u8))", "1", "0: expected `some(…)` or `none`, found `1`"),
        ("(option u8)", "x", "0: expected `some(…)`, `none` or a `u8`, from 0 to 255, found `x`"),
        ("(result (error string))", "ok(1)", "2: expected the end, found `(`"),
        ("(result u8 (error string))", "err", "3: expected `(` and the value of `err`, found the end"),
        ("(list u8 2)", "[1]", "2: expected 2 items, not 1, found `]`"),
        ("(list u8 2)", "[1, 2, 3]", "7: expected `]`: the list has 2 items, found `3`"),
        ("(list u8)", "_", "0: expected a list, as `[…]`, found `_`"),
        ("(list f64)", "[1e999]", "1: expected an `f64`: a number, `nan`, `inf` or `-inf`, found `1e999`"),
        ("(list char)", "['ab']", "1: expected one character between the quotes, found `'a`"),
        ("(list u8)", "[$x]", "1: expected a name that was given before, found `$x`"),
    ] {
        assert_eq!(read(definition, text), expected, "{text}");
    }
    let bad = from_wave("{nam: 1}", &one(record), &Nameless).expect_err("there is no such field");
    assert_eq!((bad.known, bad.name.as_deref()), (vec!["name".into(), "age".into()], Some("nam")));
    assert_eq!(bad.ty, "record { name: string, age: u8 }");
}

#[test]
fn patterns_leave_holes() {
    let line = "(record (field \"sku\" string) (field \"count\" u32) (field \"note\" (option string)))";
    let ty = ty(&engine(), &[line.to_string(), "(list $t0)".into()]);
    let text = r#"[{sku: "tea", count: 2}, {sku: "cup", count: 1, note: some("loose")}]"#;
    let value = from_wave(text, &ty, &Nameless).expect("a value");
    let fits = |pattern_text: &str| {
        let node = pattern(pattern_text, &ty, &Nameless).unwrap_or_else(|bad| panic!("{pattern_text}: {bad}"));
        node.matches(&value, pattern_text, &Nameless)
            .map_err(|it| format!("{} {} / {}", it.path, it.expected, it.found))
    };
    for same in [
        "_",
        text,
        "[..]",
        "[_, _]",
        "[.., {sku: \"cup\", ..}]",
        "[{sku: \"tea\", ..}, ..]",
        "[{sku: _, count: 2}, ..]",
        "[{..}, {note: some(_), ..}]",
        "[_, {sku: \"c\" .. \"p\", note: \"lo\"..\"s\"..\"\", ..}]",
        "[{sku: ..\"a\", ..}, {sku: \"\"..\"u\"..\"\", ..}]",
    ] {
        assert_eq!(fits(same), Ok(()), "{same}");
    }
    for (other, where_) in [
        ("[_]", " [_] / [{sku: \"tea\", count: 2}, {sku: \"cup\", count: 1, note: some(\"loose\")}]"),
        ("[.., {sku: \"tea\", ..}]", "[1].sku \"tea\" / \"cup\""),
        ("[_, {sku: _, count: 1}]", "[1].note none / some(\"loose\")"),
        ("[{sku: \"t\"..\"t\", ..}, _]", "[0].sku \"t\"..\"t\" / \"tea\""),
        ("[{sku: \"te\"..\"ea\", ..}, _]", "[0].sku \"te\"..\"ea\" / \"tea\""),
        ("[_, {note: some(\"tight\"), ..}]", "[1].note \"tight\" / \"loose\""),
        ("[{note: some(_), ..}, ..]", "[0].note some(_) / none"),
    ] {
        assert_eq!(fits(other), Err(where_.to_string()), "{other}");
    }
    let flags = one("(flags \"a\" \"b\" \"c\")");
    let set = from_wave("{a, b}", &flags, &Nameless).expect("flags");
    let fits = |text: &str| pattern(text, &flags, &Nameless).map(|node| node.matches(&set, text, &Nameless).is_ok());
    assert_eq!(
        [fits("{a, ..}"), fits("{a}"), fits("{b, a}"), fits("{c, ..}")],
        [Ok(true), Ok(false), Ok(true), Ok(false)]
    );
    // Values have no holes.
    assert!(from_wave("[..]", &ty, &Nameless).is_err() && from_wave("_", &ty, &Nameless).is_err());
}

#[test]
fn json_says_what_it_cannot_be() {
    let record =
        one("(record (field \"name\" string) (field \"id\" (option u64)) (field \"rest\" (option (option u8))))");
    let read = |text: &str| {
        let json = serde_json::from_str(text).expect("JSON");
        from_json(&json, &record, &Nameless)
            .map_or_else(|bad| format!("{}: {bad}", bad.path), |value| to_json(&value, &Nameless).to_string())
    };
    assert_eq!(read(r#"{"name": "a"}"#), r#"{"id":null,"name":"a","rest":null}"#);
    assert_eq!(
        read(r#"{"name": "a", "id": 18446744073709551615, "rest": {"some": null}}"#),
        r#"{"id":"18446744073709551615","name":"a","rest":{"some":null}}"#
    );
    assert_eq!(read(r#"{"name": 1}"#), ".name: expected a string, found `1`");
    assert_eq!(read(r#"{"name": "a", "id": -1}"#), ".id: expected a `u64`, from 0 to 18446744073709551615, found `-1`");
    assert_eq!(read(r#"{"name": "a", "rest": 1}"#), ".rest: expected `null` or `{\"some\": …}`, found `1`");
    assert_eq!(read(r#"{"nam": "a"}"#), ": expected a field of the type, found `\"nam\"`");
    assert_eq!(read("[]"), ": expected an object, found `[]`");
}

#[test]
fn types_are_written_in_wit() {
    for (definition, text) in [
        ("(list (tuple u8 string))", "list<tuple<u8, string>>"),
        ("(result (error string))", "result<_, string>"),
        ("(result)", "result"),
        ("(variant (case \"a\") (case \"b\" u8))", "variant { a, b(u8) }"),
        ("(flags \"a\" \"b\")", "flags { a, b }"),
        ("(list u8 4)", "list<u8, 4>"),
        ("(map string u8)", "map<string, u8>"),
        ("(future u8)", "future<u8>"),
        ("(stream)", "stream"),
    ] {
        assert_eq!(wit(&one(definition), &Nameless), text);
    }
    let fields: String = (0..200).map(|at| format!("(field \"field-{at}\" string)")).collect();
    let long = wit(&one(&format!("(record {fields})")), &Nameless);
    assert!(long.len() < 450 && long.contains('…'), "{long}");
    assert_eq!(
        textless(&one("(list (future (list u8)))")).map(|ty| wit(&ty, &Nameless)),
        Some("future<list<u8>>".into())
    );
    assert!(textless(&one("(tuple (stream string) (future u8))")).is_none());
    assert!(textless(&one("(list u8)")).is_none());
}
