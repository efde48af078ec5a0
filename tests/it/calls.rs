//! Sessions of the engine as `compose test` uses them: several calls of one instance, by text and by JSON, what each of them
//! took, and what is left after one that fails. How the command line shows it is in `tests/ui/run/`.

use crate::support::root;
use compose_engine::{Argument, Engine, Error, Host, Limit, Limits, Mismatch, Profile, Program, Session, Why};
use serde_json::json;
use std::sync::OnceLock;

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::new(Profile::here().metered()).expect("an engine"))
}

fn fixture(name: &str) -> Program {
    let bytes = std::fs::read(root().join(format!("fixtures/components/{name}.wasm"))).expect("a committed file");
    engine().program(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn wat(text: &str) -> Program {
    let bytes = ::wat::parse_str(text).expect("text of a component");
    engine().program(&bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn session(program: &Program, limits: Limits) -> Session {
    program.session(&Host { limits, ..Host::default() }).unwrap_or_else(|error| panic!("{error}"))
}

/// Counts its calls, loops, traps, and takes memory.
const COUNTER: &str = r#"(component
    (core module $m
        (memory (export "memory") 1)
        (global $n (mut i32) (i32.const 0))
        (func (export "next") (result i32)
            (global.set $n (i32.add (global.get $n) (i32.const 1)))
            (global.get $n))
        (func (export "spin") (param $turns i32)
            (loop $again
                (local.set $turns (i32.sub (local.get $turns) (i32.const 1)))
                (br_if $again (local.get $turns))))
        (func (export "grow") (result i32) (memory.grow (i32.const 16)))
        (func (export "trap") unreachable))
    (core instance $i (instantiate $m))
    (func (export "next") (result u32) (canon lift (core func $i "next")))
    (func (export "spin") (param "turns" u32) (canon lift (core func $i "spin")))
    (func (export "grow") (result s32) (canon lift (core func $i "grow")))
    (func (export "trap") (canon lift (core func $i "trap"))))"#;

#[test]
fn calls_share_one_instance_and_each_has_its_own_limits() {
    let limits = Limits { fuel: Some(100_000), memory: Some(2 << 20), ..Limits::default() };
    let mut session = session(&wat(COUNTER), limits);
    for number in 1..=3 {
        let returned = session.call("next", &[]).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(returned.value.map(|value| value.wave()), Some(number.to_string()));
    }
    // Two calls that would be too much together.
    let mut spent = Vec::new();
    for _ in 0..2 {
        let returned = session.line("spin(9_000)").unwrap_or_else(|error| panic!("{error}")).expect("a call");
        assert!(returned.value.is_none());
        spent.push(returned.fuel.expect("fuel is counted"));
    }
    assert!(spent[0] == spent[1] && spent[0] > 27_000 && spent[0] < 100_000, "{spent:?}");
    // Memory stays: of a second MiB there is room for the rest only.
    let grown: Vec<String> = (0..2)
        .map(|_| session.call("grow", &[]).unwrap_or_else(|error| panic!("{error}")).value.expect("a number").wave())
        .collect();
    assert_eq!(grown, ["1", "-1"]);
    assert!(matches!(session.call("spin", &[Argument::Wave("4000000000")]), Err(Error::Limit(Limit::Fuel))));
    assert_eq!(session.ended(), Some("spin"));
    assert!(matches!(session.call("next", &[]), Err(Error::Ended(by)) if by == "spin"));
}

#[test]
fn time_ends_a_call_and_the_session() {
    let mut session = session(&wat(COUNTER), Limits { time: Some(200), ..Limits::default() });
    assert!(session.call("next", &[]).is_ok());
    assert!(matches!(session.line("spin(0)"), Err(Error::Limit(Limit::Time))));
    assert!(matches!(session.line("next()"), Err(Error::Ended(_))));
}

#[test]
fn after_a_trap_the_session_says_so_and_after_a_wrong_call_it_goes_on() {
    let mut session = session(&wat(COUNTER), Limits::default());
    for wrong in ["nxt()", "next(1)", "spin(-1)", "spin()", "next", "next() next()", "drop $x", "$x.next()"] {
        assert!(matches!(session.line(wrong), Err(Error::Call(_))), "{wrong}");
    }
    assert!(session.ended().is_none());
    assert_eq!(session.line("next()").ok().flatten().and_then(|it| it.value).map(|it| it.wave()), Some("1".into()));
    let Err(Error::Trap(trap)) = session.line("trap()") else { panic!("it traps") };
    assert!(trap.message.contains("unreachable"), "{}", trap.message);
    assert!(matches!(session.line("next()"), Err(Error::Ended(by)) if by == "trap"));
}

#[test]
fn values_go_in_and_come_out_as_json() {
    let mut session = session(&fixture("pricing"), Limits::default());
    let amount = json!({ "minor": "1001", "currency": "usd" });
    let args = [Argument::Json(&amount), Argument::Wave("jpy")];
    let returned = session.call("convert", &args).unwrap_or_else(|error| panic!("{error}"));
    let value = returned.value.expect("an amount");
    assert_eq!(value.json(), json!({ "minor": 1456, "currency": "jpy" }));
    assert_eq!(value.equals(&json!({ "currency": "jpy", "minor": 1456 })), Ok(true));
    assert_eq!(value.matches("{minor: _, currency: jpy}"), Ok(Ok(())));
    let differs = value.matches("{currency: eur, ..}").expect("a pattern").expect_err("another currency");
    let Mismatch { path, at, expected, found } = *differs;
    assert_eq!((path.as_str(), at, expected.as_str(), found.as_str()), (".currency", 11..14, "eur", "jpy"));
    assert!(value.matches("{currency: yen, ..}").is_err());
    let wrong = json!({ "minor": 1.5, "currency": "usd" });
    let Err(Error::Call(bad)) = session.call("convert", &[Argument::Json(&wrong), Argument::Wave("jpy")]) else {
        panic!("half a cent");
    };
    let Why::Value { bad: value, parameter, .. } = &bad.why else { panic!("{bad}") };
    assert_eq!((bad.argument, parameter.as_str(), value.path.as_str()), (Some(0), "amount", ".minor"));
}

#[test]
fn handles_have_names_and_are_released() {
    let host = Host { limits: Limits { handles: Some(8), ..Limits::default() }, ..Host::default() };
    let mut session = fixture("kv").session(&host).unwrap_or_else(|error| panic!("{error}"));
    let line = |session: &mut Session, text: &str| {
        let returned = session.line(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        returned.and_then(|returned| returned.value).map_or_else(String::new, |value| value.wave())
    };
    // More handles than there may be at once: each is lent many times and dropped.
    for round in 0..12 {
        line(&mut session, &format!("$b = bucket.new(\"b{round}\", {{read, write}})"));
        assert_eq!(line(&mut session, "$b.set(\"k\", [1])"), "ok");
        assert_eq!(line(&mut session, "copy($b, $b)"), "ok(1)");
        assert_eq!(session.handles(), ["$b"]);
        line(&mut session, "drop $b");
        assert!(session.handles().is_empty());
    }
    let args = [Argument::Wave("\"c\""), Argument::Wave("{read}")];
    let returned = session.call("shop:kv/store.bucket.new", &args).unwrap_or_else(|error| panic!("{error}"));
    let value = returned.value.clone().expect("a handle");
    assert!(value.wave().starts_with("<bucket #"), "{}", value.wave());
    session.name("c", &returned);
    assert_eq!((value.wave().as_str(), value.json()), ("$c", json!("$c")));
    assert!(session.call("$c.name", &[]).is_ok());
    assert!(session.call("seal", &[Argument::Wave("$c")]).is_ok());
    let Err(Error::Call(bad)) = session.call("$c.name", &[]) else { panic!("it was given away") };
    assert!(matches!(&bad.why, Why::NoHandle { gone: Some(gone), .. } if gone.contains("seal")), "{bad}");
    assert!(session.ended().is_none());
}

#[test]
fn async_functions_are_called_like_others() {
    let mut session = session(&fixture("ticker"), Limits::default());
    for _ in 0..3 {
        let returned = session.line("after(5, \"good day\")").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(returned.and_then(|it| it.value).map(|it| it.wave()), Some("ok(\"good day\")".into()));
    }
    let functions = fixture("ticker").functions();
    let full: Vec<String> = functions.iter().map(compose_engine::Function::full).collect();
    assert_eq!(full, ["ticks", "after", "sum"].map(|name| format!("shop:ticks/ticker@0.1.0.{name}")));
    assert_eq!(functions[1].signature, "async func(turns: u32, greeting: string) -> result<string, string>");
}

#[test]
fn streams_and_futures_of_plain_values_are_lists_and_values() {
    let mut session = session(&fixture("streams"), Limits::default());
    let mut gives = |call: &str, expected: &str| {
        let returned = session.line(call).unwrap_or_else(|error| panic!("{call}: {error}"));
        assert_eq!(returned.and_then(|it| it.value).map(|it| it.wave()).as_deref(), Some(expected), "{call}");
    };
    gives("count(5)", "[0, 1, 2, 3, 4]");
    gives("count(0)", "[]");
    gives("words(\"a few  words\")", "[\"a\", \"few\", \"words\"]");
    gives("letters(\"née\")", "([110, 233, 101], 'e')");
    gives("$d = doubled([1, -2])", "[2, -4]");
    gives("doubled($d)", "[4, -8]");
    gives("later(\"abc\")", "ok(3)");
    gives("later(\"\")", "err(\"nothing to wait for\")");
    gives("awaited(1.5)", "1.5");
    let many = format!("[{}]", vec!["7"; 100_000].join(", "));
    gives(&format!("doubled({many})"), &many.replace('7', "14"));
    let returned = session.line("letters(\"x\")").ok().flatten().and_then(|it| it.value).expect("a value");
    assert_eq!(returned.ty(), "tuple<stream<u32>, future<char>>");
    assert!(returned.matches("([..], 'x')").is_ok_and(|same| same.is_ok()));
    assert!(returned.matches("([1], _)").is_ok_and(|same| same.is_err()));
    assert_eq!(returned.equals(&serde_json::json!([[120], "x"])), Ok(true));
    let json = serde_json::json!([1, "2"]);
    let doubled = session.call("doubled", &[Argument::Json(&json)]).ok().and_then(|it| it.value);
    assert_eq!(doubled.map(|it| it.json()), Some(serde_json::json!([2, 4])));
    let Err(Error::Call(bad)) = session.line("points()") else { panic!("its elements are records") };
    assert!(matches!(&bad.why, Why::NoText { ty, .. } if ty == "stream<record { x: u32, y: u32 }>"), "{bad}");
    let Err(Error::Call(bad)) = session.line("doubled([1, true])") else { panic!("it is no number") };
    assert!(matches!(&bad.why, Why::Value { parameter, .. } if parameter == "numbers"), "{bad}");
}
