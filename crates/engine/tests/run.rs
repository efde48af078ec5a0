//! The engine on single components: the guests of the fixtures that import nothing but WASI, and small ones in text.

use std::error::Error as Fault;
use std::fs;
use std::path::Path;

use compose_engine::{Engine, Error, Host, Limit, Limits, Profile, Program, Request};

type Tested = Result<(), Box<dyn Fault>>;

fn fixture(name: &str) -> Result<Vec<u8>, Box<dyn Fault>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/components");
    Ok(fs::read(dir.join(format!("{name}.wasm")))?)
}

fn program(component: &[u8]) -> compose_engine::Result<Program> {
    Engine::new(Profile::here())?.program(component)
}

/// Calls a function of a component that is granted nothing.
fn call(component: &[u8], function: &str, args: &[&str]) -> compose_engine::Result<Vec<String>> {
    program(component)?.call(&Host::default(), function, args)
}

#[test]
fn a_world_level_function_in_c_takes_and_gives_records() -> Tested {
    let pricing = fixture("pricing")?;
    let dollars = "{minor: 1001, currency: usd}";
    let given = call(&pricing, "convert", &[dollars, "jpy"])?;
    assert_eq!(given, ["{minor: 1456, currency: jpy}"]);
    Ok(())
}

#[test]
fn an_interface_function_in_c_gives_lists_in_lists() -> Tested {
    let pricing = fixture("pricing")?;
    let given = call(&pricing, "shop:pricing/rates@0.1.0.table", &["[\"tea\", \"coal\"]"])?;
    assert_eq!(
        given,
        ["[[{minor: 780, currency: eur}, {minor: 858, currency: usd}, {minor: 1248, currency: jpy}], []]"]
    );
    Ok(())
}

#[test]
fn an_error_variant_comes_back_as_a_value() -> Tested {
    let pricing = fixture("pricing")?;
    let items = "[{sku: \"tea\", count: 1, handling: {fragile}, note: some(\"loose\")}]";
    let price = "shop:pricing/rates.price";
    let fine = call(&pricing, price, &[items, "eur", "some(\"TEN\")"])?;
    assert_eq!(
        fine,
        ["ok({lines: [{item: {sku: \"tea\", count: 1, handling: {fragile}, note: some(\"loose\")}, \
          unit: {minor: 780, currency: eur}, discount: percent(10), total: {minor: 702, currency: eur}}], \
          total: {minor: 702, currency: eur}, coupon: some(percent(10))})"]
    );
    let refused = call(&pricing, price, &[items, "eur", "some(\"LUCKY\")"])?;
    assert_eq!(refused, ["err(invalid(\"LUCKY\"))"]);
    Ok(())
}

#[test]
fn javascript_and_rust_answer() -> Tested {
    let noted = ["warning", "\"a subject\"", "[(\"key\", \"value\")]"];
    assert_eq!(call(&fixture("audit")?, "shop:audit/log.note", &noted)?, ["1"]);
    assert_eq!(call(&fixture("audit")?, "shop:audit/log.last", &[])?, ["none"]);
    assert_eq!(call(&fixture("kv")?, "shop:kv/admin.usage", &[])?, ["[]"]);
    Ok(())
}

#[test]
fn an_async_function_is_called_like_any_other() -> Tested {
    let ticker = fixture("ticker")?;
    let given = call(&ticker, "shop:ticks/ticker.after", &["5", "\"good day\""])?;
    assert_eq!(given, ["ok(\"good day\")"]);
    Ok(())
}

#[test]
fn handles_and_streams_of_records_have_no_text() -> Tested {
    let copied = call(&fixture("kv")?, "shop:kv/store.copy", &["1", "2"]);
    assert!(matches!(copied, Err(Error::Call(_))), "{copied:?}");
    let streams = call(&fixture("ticker")?, "shop:ticks/ticker.ticks", &["1"]);
    assert!(matches!(streams, Err(Error::Call(_))), "{streams:?}");
    Ok(())
}

#[test]
fn what_is_no_component_is_an_error() -> Tested {
    for bytes in [&b""[..], b"\0asm", b"\0asm\x01\0\0\0", b"not wasm at all", &fixture("kv")?[..5000]] {
        let given = call(bytes, "f", &[]);
        assert!(matches!(given, Err(Error::Component(_))), "{given:?}");
    }
    Ok(())
}

#[test]
fn an_import_that_nobody_fills_is_named_before_anything_runs() -> Tested {
    let Err(Error::Needs(needs)) = program(&fixture("shop-cli")?)?.run(&Host::default()) else {
        return Err("ran without its parts".into());
    };
    let needed = |import: &str| needs.iter().find(|need| need.import == import).map(|need| need.capability);
    assert_eq!(needed("shop:cart/checkout@0.1.0"), Some(None), "{needs:?}");
    let given = program(&fixture("auth")?)?.answer(&Host::default(), Request::new("GET", "/"));
    assert!(given.is_err_and(|told| told.to_string().contains("wasi:http/incoming-handler@0.2.12")));
    Ok(())
}

#[test]
fn a_missing_export_lists_what_there_is() -> Tested {
    let kv = fixture("kv")?;
    let stolen = call(&kv, "shop:kv/store.steal", &[]);
    assert!(matches!(stolen, Err(Error::Call(_))), "{stolen:?}");
    for given in [
        program(&kv)?.run(&Host::default()).err(),
        program(&kv)?.answer(&Host::default(), Request::new("GET", "/")).err(),
    ] {
        let Some(Error::Export { known, .. }) = given else {
            return Err(format!("{given:?}").into());
        };
        assert_eq!(known, ["shop:kv/store@0.1.0", "shop:kv/admin@0.1.0"]);
    }
    Ok(())
}

#[test]
fn arguments_are_checked_before_the_call() -> Tested {
    let pricing = fixture("pricing")?;
    for args in [&["{minor: 1, currency: eur}"][..], &["{minor: 1, currency: gold}", "eur"], &["", ""]] {
        let given = call(&pricing, "convert", args);
        assert!(matches!(given, Err(Error::Call(_))), "{given:?}");
    }
    Ok(())
}

/// A component with one function `f`, of this body.
fn with_body(body: &str) -> Result<Vec<u8>, wat::Error> {
    wat::parse_str(format!(
        r#"(component
            (core module $m (func (export "f") {body}))
            (core instance $i (instantiate $m))
            (func (export "f") (canon lift (core func $i "f"))))"#
    ))
}

#[test]
fn a_trap_is_an_error() -> Tested {
    let given = call(&with_body("unreachable")?, "f", &[]);
    let Err(Error::Trap(told)) = given else {
        return Err(format!("{given:?}").into());
    };
    assert!(told.message.contains("unreachable"), "{told:?}");
    Ok(())
}

#[test]
fn a_loop_without_end_ends() -> Tested {
    let limits = Limits { time: Some(200), ..Limits::default() };
    let host = Host { limits, ..Host::default() };
    let given = program(&with_body("(loop $l (br $l))")?)?.call(&host, "f", &[]);
    assert!(matches!(given, Err(Error::Limit(Limit::Time))), "{given:?}");
    Ok(())
}
