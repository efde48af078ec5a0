//! Compositions taken apart: the pieces in one store against the artifact, and what an interposer sees and does between.

use component_compose::diag::Sink;
use component_compose::host::pieces::{self, Cuts, Pieces, Why};
use component_compose::model::request::{Input, InputFrom, Request, Written};
use component_compose::pipeline::{self, LinkOptions, Planned};
use compose_engine::{Call, Ended, Engine, Host, Interposer, PassOn, Profile, Program, Reply};
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
    pieces.program(&ENGINE, interposer).unwrap_or_else(|error| panic!("{error}"))
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
fn streams_are_not_cut_and_told() {
    let (planned, _) = shop(&["ticker-client", "ticker"]);
    let pieces = apart(&planned);
    assert_eq!(groups(&pieces), ["ticker-client+ticker"]);
    assert_eq!(pieces.together.len(), 1);
    assert_eq!(pieces.together[0].why, Why::Carries("streams"));
    let called = program(&pieces, Arc::new(PassOn)).call(&Host::default(), "shop:ticks/report.run", &["4"]);
    assert!(called.is_ok_and(|result| result[0].contains("total 10")));
}
