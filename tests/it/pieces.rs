//! Compositions taken apart: the pieces in one store against the artifact, and what an interposer sees and does between.

use component_compose::diag::Sink;
use component_compose::host::blame::{Blame, Culprit};
use component_compose::host::images::Compiled;
use component_compose::host::pieces::{self, Cuts, Pieces};
use component_compose::host::reopen;
use component_compose::model::component::Fingerprint;
use component_compose::model::request::{Input, InputFrom, Request, Written};
use component_compose::pipeline::{self, LinkOptions, Planned};
use compose_engine::{Call, Ended, Engine, Error, Host, Interposer, PassOn, Profile, Program, Reply};
use std::sync::{Arc, LazyLock, Mutex};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Profile::here()).expect("this machine runs components"));

/// The inputs as a plan, and the artifact.
fn planned(inputs: &[(&str, Vec<u8>)]) -> (Planned, Vec<u8>) {
    let mut request = Request::new();
    for (name, bytes) in inputs {
        let from = InputFrom::Memory { origin: (*name).into(), bytes: bytes.clone().into() };
        request.inputs.push(Input { name: Some(Written::new(*name)), from });
    }
    let mut sink = Sink::default();
    let planned = pipeline::plan(&request, &mut sink);
    let checked = pipeline::check(&planned, &mut sink);
    let linked = checked
        .and_then(|checked| pipeline::link(&request, &planned, &checked, LinkOptions::default(), &mut sink))
        .unwrap_or_else(|| panic!("{:#?}", sink.diagnostics()));
    (planned, linked.to_bytes())
}

fn fixtures(names: &[&str]) -> Vec<(String, Vec<u8>)> {
    let read = |name: &&str| {
        let path = crate::support::root().join(format!("fixtures/components/{name}.wasm"));
        ((*name).to_owned(), std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    };
    names.iter().map(read).collect()
}

fn apart(planned: &Planned) -> Pieces {
    let mut sink = Sink::default();
    let cuts = Cuts { apart: true, ..Cuts::default() };
    pieces::cut(planned, &cuts, &mut sink).unwrap_or_else(|| panic!("{:#?}", sink.diagnostics()))
}

fn groups(pieces: &Pieces) -> Vec<String> {
    pieces.pieces.iter().map(|piece| piece.instances.join("+")).collect()
}

/// Writes down what passes, and answers what it is told to.
#[derive(Default)]
struct Notes {
    lines: Mutex<Vec<String>>,
    replies: Vec<(&'static str, Reply)>,
}

impl Interposer for Notes {
    fn call(&self, call: &Call) -> Reply {
        let found = self.replies.iter().find(|(function, _)| *function == call.function);
        found.map_or(Reply::PassOn, |(_, reply)| reply.clone())
    }

    fn ended(&self, call: &Call, ended: &Ended) {
        let arguments: Vec<&str> = call.arguments.iter().map(|(_, value)| value.as_str()).collect();
        let result = match &ended.result {
            Ok(value) => value.clone(),
            Err(why) => format!("failed: {why}"),
        };
        let to = call.site.to.as_deref().unwrap_or("nobody");
        let line = format!("{} -> {to}: {}({}) = {result}", call.site.from, call.function, arguments.join(", "));
        self.lines.lock().expect("nobody panicked").push(line);
    }
}

impl Notes {
    fn lines(&self) -> Vec<String> {
        self.lines.lock().expect("nobody panicked").clone()
    }
}

fn program(pieces: &Pieces, interposer: Arc<dyn Interposer>) -> Program {
    pieces.program(&ENGINE, &Compiled::default(), interposer).unwrap_or_else(|error| panic!("{error}"))
}

const SHOP: [&str; 6] = ["shop-cli", "cart", "inventory", "pricing", "kv", "audit"];

fn shop(names: &[&str]) -> (Planned, Vec<u8>) {
    let inputs = fixtures(names);
    let inputs: Vec<(&str, Vec<u8>)> = inputs.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    planned(&inputs)
}

#[test]
fn the_shop_in_pieces_prints_what_the_artifact_prints() {
    let (planned, bytes) = shop(&SHOP);
    let pieces = apart(&planned);
    assert_eq!(pieces.together, [], "{:?}", groups(&pieces));
    assert_eq!(pieces.pieces.len(), 6);
    let notes = Arc::new(Notes::default());
    let host = Host { args: vec!["shop-cli".into()], ..Host::default() };
    let artifact = ENGINE.program(&bytes).and_then(|program| program.run(&host)).expect("it runs");
    let apart =
        program(&pieces, notes.clone()).run(&host).unwrap_or_else(|error| panic!("{error}\n{:#?}", notes.lines()));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!((apart.exit, text(&apart.stdout)), (artifact.exit, text(&artifact.stdout)));
    assert_ne!(notes.lines(), Vec::<String>::new());
    println!("{:#?}", notes.lines());
}

#[test]
fn streams_and_futures_pass_between_pieces() {
    let (planned, _) = shop(&["ticker-client", "ticker"]);
    let pieces = apart(&planned);
    assert_eq!(groups(&pieces), ["ticker", "ticker-client"]);
    assert_eq!(pieces.together, []);
    let called = program(&pieces, Arc::new(PassOn)).call(&Host::default(), "shop:ticks/report.run", &["4"]);
    let told =
        "\"tick 1, tick 2, tick 3, tick 4; total 10; Ok(\\\"hello\\\"); Err(\\\"nothing to say\\\"); squares 30\"";
    assert_eq!(called.unwrap_or_else(|error| panic!("{error}")), [told]);
}

/// A component that counts, one that asks it under the name `side`, and a root that asks two of these.
fn diamond() -> (Planned, Vec<u8>) {
    let count = r#"(component
        (core module $m (global $n (mut i32) (i32.const 0))
            (func (export "next") (result i32)
                (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))
        (core instance $i (instantiate $m))
        (func $next (result u32) (canon lift (core func $i "next")))
        (instance $c (export "next" (func $next)))
        (export "t:t/count" (instance $c)))"#;
    let middle = |side: &str| {
        format!(
            r#"(component
        (import "t:t/count" (instance $c (export "next" (func (result u32)))))
        (core func $next (canon lower (func $c "next")))
        (core module $m (import "c" "next" (func $n (result i32))) (func (export "go") (result i32) call $n))
        (core instance $i (instantiate $m (with "c" (instance (export "next" (func $next))))))
        (func $go (result u32) (canon lift (core func $i "go")))
        (instance $l (export "go" (func $go)))
        (export "t:t/{side}" (instance $l)))"#
        )
    };
    let root = r#"(component
        (import "t:t/left" (instance $l (export "go" (func (result u32)))))
        (import "t:t/right" (instance $r (export "go" (func (result u32)))))
        (core func $left (canon lower (func $l "go")))
        (core func $right (canon lower (func $r "go")))
        (core module $m
            (import "c" "left" (func $l (result i32))) (import "c" "right" (func $r (result i32)))
            (func (export "run") (result i32) (i32.add (i32.mul (call $l) (i32.const 10)) (call $r))))
        (core instance $i (instantiate $m (with "c" (instance
            (export "left" (func $left)) (export "right" (func $right))))))
        (func (export "run") (result u32) (canon lift (core func $i "run"))))"#;
    let bytes = |text: &str| wat::parse_str(text).unwrap_or_else(|error| panic!("{error}"));
    let (left, right) = (bytes(&middle("left")), bytes(&middle("right")));
    planned(&[("root", bytes(root)), ("left", left), ("right", right), ("count", bytes(count))])
}

#[test]
fn state_that_instances_share_is_shared_between_pieces() {
    let (planned, bytes) = diamond();
    let pieces = apart(&planned);
    assert_eq!(pieces.pieces.len(), 4, "{:?}", groups(&pieces));
    let notes = Arc::new(Notes::default());
    let (one, other) = (ENGINE.program(&bytes).expect("the engine takes it"), program(&pieces, notes.clone()));
    let host = Host::default();
    assert_eq!(one.call(&host, "run", &[]).expect("it runs"), ["12"]);
    assert_eq!(other.call(&host, "run", &[]).unwrap_or_else(|error| panic!("{error}")), ["12"]);
    assert_eq!(
        notes.lines(),
        [
            "left -> count: next() = 1",
            "root -> left: go() = 1",
            "right -> count: next() = 2",
            "root -> right: go() = 2"
        ]
    );
    // And it stays from one call to the next, in both alike.
    let [whole, apart] = [one, other].map(|program| {
        let mut session = program.session(&host).expect("it starts");
        let mut gives = || session.line("run()").expect("it runs").and_then(|returned| returned.value);
        [gives(), gives()].map(|value| value.expect("a number").wave())
    });
    assert_eq!(whole, ["12", "34"]);
    assert_eq!(whole, apart);
}

#[test]
fn an_inner_wire_is_mocked_and_its_provider_is_not_even_made() {
    let (planned, _) = diamond();
    let answered = pieces::sockets(&planned, Some("left"), "t:t/count");
    assert_eq!(answered.len(), 1);
    let cuts = Cuts { apart: false, answered };
    let cut = pieces::cut(&planned, &cuts, &mut Sink::default()).expect("it can be cut");
    assert_eq!(groups(&cut), ["root+left+right+count"], "the other side still counts");
    let mock = |reply: Reply| Arc::new(Notes { replies: vec![("next", reply)], ..Notes::default() });
    let run = |reply: Reply| {
        let notes = mock(reply);
        let called = program(&cut, notes.clone()).call(&Host::default(), "run", &[]);
        (called.map_err(|error| error.to_string()), notes.lines())
    };
    let (called, lines) = run(Reply::Value("7".into()));
    assert_eq!(called, Ok(vec!["71".to_owned()]));
    assert_eq!(lines, ["left -> count: next() = 7"]);
    let (called, _) = run(Reply::Delay(std::time::Duration::from_millis(5), Box::new(Reply::Value("3".into()))));
    assert_eq!(called, Ok(vec!["31".to_owned()]));
    let (called, _) = run(Reply::Trap("out of order".into()));
    assert!(called.is_err_and(|why| why.contains("`t:t/count.next`, called by `left`: out of order")));
    let (called, _) = run(Reply::PassOn);
    assert!(called.is_err_and(|why| why.contains("nobody answers it")));
    let (called, _) = run(Reply::Value("seven".into()));
    assert!(called.is_err_and(|why| why.contains("`seven` is not its answer")));

    let both = pieces::sockets(&planned, None, "t:t/count");
    let cut =
        pieces::cut(&planned, &Cuts { apart: false, answered: both }, &mut Sink::default()).expect("it can be cut");
    assert_eq!(groups(&cut), ["root+left+right"]);
}

#[test]
fn an_artifact_is_opened_again_by_its_plan() {
    let (_, bytes) = diamond();
    let planned = reopen::planned(&bytes.into()).expect("it carries its plan");
    let pieces = apart(&planned);
    assert_eq!(pieces.pieces.len(), 4);
    let called = program(&pieces, Arc::new(PassOn)).call(&Host::default(), "run", &[]);
    assert!(called.is_ok_and(|result| result == ["12"]));
    let none = wat::parse_str("(component)").expect("text");
    assert_eq!(reopen::planned(&none.into()).err(), Some(reopen::Closed::NoPlan));
    // Those whose exports use resources of other instances too: they have imports for these types alone.
    for names in [&SHOP[..], &SHOP[1..], &["inventory", "kv", "audit"], &["kv"]] {
        let (planned, bytes) = shop(names);
        let again = reopen::planned(&bytes.into()).unwrap_or_else(|why| panic!("{names:?}: {why:?}"));
        assert_eq!(groups(&apart(&again)), groups(&apart(&planned)), "{names:?}");
    }
}

/// A component under the name `t:t/NAME` whose `go` calls that of `t:t/NEXT`, or traps if there is none.
fn link(name: &str, next: Option<&str>) -> Vec<u8> {
    let import = next.map_or_else(String::new, |next| {
        format!(
            r#"(import "t:t/{next}" (instance $n (export "go" (func))))
            (core func $go (canon lower (func $n "go")))
            (core instance $c (export "go" (func $go)))"#
        )
    });
    let (given, body) = match next {
        Some(_) => {
            (r#"(with "c" (instance $c))"#, r#"(import "c" "go" (func $n)) (func $pass (export "go") (call $n))"#)
        }
        None => ("", r#"(func $fall (export "go") unreachable)"#),
    };
    let text = format!(
        r#"(component {import}
        (core module $m {body})
        (core instance $i (instantiate $m {given}))
        (func $go (canon lift (core func $i "go")))
        (instance $l (export "go" (func $go)))
        (export "t:t/{name}" (instance $l)))"#
    );
    wat::parse_str(text).expect("text of a component")
}

#[test]
fn a_trap_in_a_piece_has_the_names_of_the_whole() {
    let inputs =
        [("one", link("one", Some("two"))), ("two", link("two", Some("three"))), ("three", link("three", None))];
    let (planned, bytes) = planned(&inputs);
    let pieces = apart(&planned);
    let named = |blame: &Blame, error: Error| {
        let Error::Trap(trap) = error else { panic!("{error}") };
        let names = trap.frames.iter().map(|frame| blame.culprit(frame).map_or("nobody", Culprit::name).to_owned());
        names.collect::<Vec<_>>()
    };
    let fails = |program: &Program| program.call(&Host::default(), "t:t/one.go", &[]).expect_err("it traps");
    let in_pieces = fails(&program(&pieces, Arc::new(PassOn)));
    let blame = Blame::of_pieces(pieces.pieces.iter().map(|piece| piece.bytes.as_slice()));
    assert_eq!(named(&blame, in_pieces), ["three", "two", "one"]);
    let whole = fails(&ENGINE.program(&bytes).expect("the engine takes it"));
    assert_eq!(named(&Blame::of(&bytes), whole), ["three", "two", "one"]);
}

#[test]
fn pieces_are_compiled_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (planned, _) = diamond();
    let pieces = apart(&planned);
    let images = || {
        let found = std::fs::read_dir(folder.path().join("images")).expect("a folder of images");
        let mut names: Vec<_> = found.map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    };
    let run = || {
        let compiled = Compiled::within(folder.path(), "this one");
        let program = pieces.program(&ENGINE, &compiled, Arc::new(PassOn)).unwrap_or_else(|error| panic!("{error}"));
        let called = program.call(&Host::default(), "run", &[]);
        assert!(called.is_ok_and(|result| result == ["12"]));
    };
    run();
    let first = images();
    assert_eq!(first.len(), pieces.pieces.len());
    let compiled = Compiled::within(folder.path(), "this one");
    assert!(pieces.pieces.iter().all(|piece| compiled.find(&ENGINE, &Fingerprint::of(&piece.bytes)).is_some()));
    run();
    assert_eq!(images(), first);
}
