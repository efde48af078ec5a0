//! The fixtures composed by `component_compose` and then run, with the values compared: what decides in the end whether
//! a composition is right. The expected values are those of `fixtures/README.md`.

use component_compose::diag::Sink;
use component_compose::model::request::{Chain, Input, InputFrom, Request as Composition, Written};
use component_compose::pipeline::{self, LinkOptions, Verify};
use compose_engine::{Capability, Engine, Grants, Host, Profile, Program, Request, Response};
use std::error::Error as Fault;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

type Tested = Result<(), Box<dyn Fault>>;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// The composition of some fixtures, every byte validated; the first is the root.
fn compose(names: &[&str], chain: Option<(&str, &[&str])>) -> Vec<u8> {
    let mut composition = Composition::new();
    for name in names {
        let file = format!("{name}.wasm");
        let path = fixtures().join("components").join(&file);
        let from = InputFrom::Path { written: Written::new(file), path };
        composition.inputs.push(Input { name: None, from });
    }
    if let Some((interface, members)) = chain {
        let members = members.iter().copied().map(Written::new).collect();
        composition.chains.push(Chain { interface: Written::new(interface), members });
    }
    finish(&composition, Sink::default())
}

fn finish(composition: &Composition, mut sink: Sink) -> Vec<u8> {
    let planned = pipeline::plan(composition, &mut sink);
    let checked = pipeline::check(&planned, &mut sink);
    let options = LinkOptions { verify: Verify::Full, plan_section: true };
    let linked = checked.and_then(|checked| pipeline::link(composition, &planned, &checked, options, &mut sink));
    linked.unwrap_or_else(|| panic!("{:#?}", sink.diagnostics())).to_bytes()
}

const PARTS: [&str; 5] = ["cart", "inventory", "pricing", "kv", "audit"];

fn with_parts(root: &str) -> Vec<u8> {
    compose(&[&[root], PARTS.as_slice()].concat(), None)
}

static FRONT: LazyLock<Vec<u8>> = LazyLock::new(|| with_parts("front"));

fn program(component: &[u8]) -> compose_engine::Result<Program> {
    Engine::new(Profile::here())?.program(component)
}

/// Every capability there, with nothing behind it: what the standard libraries of guests import and do not use.
fn host(args: &[&str]) -> Host {
    let shut = Capability::ALL.iter().map(|capability| capability.word().to_owned()).collect();
    let args = args.iter().map(|arg| (*arg).to_owned()).collect();
    Host { grants: Grants { shut, ..Grants::default() }, args, ..Host::default() }
}

fn answer(response: &Response) -> (u16, String) {
    (response.status, response.text())
}

#[test]
fn the_command_prints_its_report() -> Tested {
    let shop = with_parts("shop-cli");
    let shop = program(&shop)?;
    let report = shop.run(&host(&["shop-cli"]))?;
    let expected = std::fs::read(fixtures().join("expected/shop-cli.txt"))?;
    assert_eq!((report.exit, report.stdout, report.stderr), (0, expected, Vec::new()));
    let failed = shop.run(&host(&["shop-cli", "--fail"]))?;
    assert_eq!((failed.exit, failed.stderr), (1, b"shop-cli: told to fail\n".to_vec()));
    assert!(failed.stdout.is_empty());
    Ok(())
}

#[test]
fn the_order_of_the_inputs_does_not_show_in_the_bytes() {
    let one = with_parts("front");
    let turned = compose(&["front", "audit", "kv", "pricing", "inventory", "cart"], None);
    assert!(one == turned, "two orders of the same inputs gave different bytes");
    assert!(one == *FRONT, "two runs gave different bytes");
}

#[test]
fn the_front_answers() -> Tested {
    let front = program(&FRONT)?;
    let get = |path: &str| front.answer(&host(&[]), Request::new("GET", path));
    assert_eq!(answer(&get("/")?), (200, "the shop is open\n".into()));
    assert_eq!(
        answer(&get("/catalog/t")?),
        (200, "tea | Green tea | 780 EUR, 858 USD, 1248 JPY\n".into()),
        "pricing answers through front"
    );
    assert_eq!(answer(&get("/nope")?), (404, "nothing at /nope\n".into()));
    Ok(())
}

#[test]
fn orders_pass_through_all_parts() -> Tested {
    let front = program(&FRONT)?;
    let order = |body: &str| front.answer(&host(&[]), Request::new("POST", "/orders").body(body.as_bytes()));
    assert_eq!(
        answer(&order("ada usd TEN\ncup 4\nlamp-oil 1")?),
        (201, "order 1 for ada: 3020 USD\n4 x cup = 1782\n1 x lamp-oil = 1238\n".into())
    );
    assert_eq!(answer(&order("ada eur\nice 3")?), (409, "only 2 of 3 ice left\n".into()));
    assert_eq!(answer(&order("ada eur LUCKY\nice 1")?), (409, "not understood: LUCKY\n".into()));
    Ok(())
}

#[test]
fn nobody_gets_past_the_middleware_of_a_chain() -> Tested {
    let all = [&["front"], PARTS.as_slice(), &["auth"]].concat();
    for members in [["auth", "front"].as_slice(), &["auth", "auth", "front"]] {
        let guarded = compose(&all, Some(("wasi:http/incoming-handler", members)));
        let guarded = program(&guarded)?;
        let get =
            |token: &str| guarded.answer(&host(&[]), Request::new("GET", "/catalog/cup").header("x-shop-token", token));
        let refused = get("wrong")?;
        assert_eq!(answer(&refused), (401, "missing or wrong x-shop-token\n".into()));
        assert_eq!(
            answer(&get("open-sesame")?),
            (200, "cup | Tea cup | 450 EUR, 495 USD, 720 JPY\n".into()),
            "{members:?}"
        );
    }
    Ok(())
}

#[test]
fn the_manifest_of_the_example_composes_the_guarded_front() -> Tested {
    let base = fixtures().join("shop");
    let text = std::fs::read_to_string(base.join("compose.toml"))?;
    let mut sink = Sink::default();
    let composition = component_compose::manifest::parse(&text, "compose.toml", &base, &mut sink);
    let shop = finish(&composition.unwrap_or_else(|| panic!("{:#?}", sink.diagnostics())), sink);
    let shop = program(&shop)?;
    let get = |token: &str| shop.answer(&host(&[]), Request::new("GET", "/").header("x-shop-token", token));
    assert_eq!(answer(&get("wrong")?).0, 401);
    assert_eq!(answer(&get("open-sesame")?), (200, "the shop is open\n".into()));
    Ok(())
}

#[test]
fn streams_and_futures_cross_a_wire() -> Tested {
    let ticker = compose(&["ticker-client", "ticker"], None);
    let ticker = program(&ticker)?;
    let run = |count: &str| ticker.call(&host(&[]), "shop:ticks/report.run", &[count]);
    let four = r#""tick 1, tick 2, tick 3, tick 4; total 10; Ok(\"hello\"); Err(\"nothing to say\"); squares 30""#;
    assert_eq!(run("4")?, [four]);
    assert_eq!(run("0")?, [r#""; total 0; Ok(\"hello\"); Err(\"nothing to say\"); squares 0""#]);
    Ok(())
}
