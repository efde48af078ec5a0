//! Pictures of a wiring: DOT and Mermaid stay what they are whatever the names in them, checked by a small reader of
//! DOT's grammar and by the rules of Mermaid's quoted texts.

use crate::random::Random;
use component_compose::emit::graph::{dot, json, mermaid, tree};
use component_compose::model::graph::{End, Graph, GraphExport, HostImport, Node, Wire};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(&'static str),
}

/// The tokens of DOT: words, texts in quotes, signs. An HTML text or a comment is an error: we write none.
fn tokens(dot: &str) -> Result<Vec<Token>, String> {
    let mut out = Vec::new();
    let mut letters = dot.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            letter if letter.is_whitespace() => {}
            '"' => {
                let mut text = String::new();
                loop {
                    match letters.next().ok_or("a text does not end")? {
                        '"' => break,
                        '\\' => text.extend(['\\', letters.next().ok_or("a text ends in a backslash")?]),
                        letter if letter.is_control() => return Err(format!("a bare {letter:?} in a text")),
                        letter => text.push(letter),
                    }
                }
                out.push(Token::Text(text));
            }
            '-' if letters.next_if_eq(&'>').is_some() => out.push(Token::Sign("->")),
            '{' => out.push(Token::Sign("{")),
            '}' => out.push(Token::Sign("}")),
            '[' => out.push(Token::Sign("[")),
            ']' => out.push(Token::Sign("]")),
            '=' => out.push(Token::Sign("=")),
            ';' => out.push(Token::Sign(";")),
            ',' => out.push(Token::Sign(",")),
            letter if letter.is_ascii_alphabetic() || letter == '_' => {
                let mut word = String::from(letter);
                while let Some(next) = letters.next_if(|next| next.is_ascii_alphanumeric() || *next == '_') {
                    word.push(next);
                }
                out.push(Token::Word(word));
            }
            other => return Err(format!("{other:?} has no meaning")),
        }
    }
    Ok(out)
}

/// What a graph in DOT has: nodes with labels, and arrows.
#[derive(Debug, Default)]
struct Drawn {
    nodes: BTreeSet<String>,
    labels: Vec<String>,
    arrows: Vec<(String, String)>,
}

/// Reads `digraph word { statements }`.
fn read(dot: &str) -> Result<Drawn, String> {
    let tokens = tokens(dot)?;
    let mut rest = tokens.as_slice();
    let mut drawn = Drawn::default();
    eat(&mut rest, &Token::Word("digraph".into()))?;
    word(&mut rest)?;
    block(&mut rest, &mut drawn)?;
    if !rest.is_empty() {
        return Err(format!("more after the end: {rest:?}"));
    }
    Ok(drawn)
}

fn eat(rest: &mut &[Token], token: &Token) -> Result<(), String> {
    match rest.split_first() {
        Some((first, after)) if first == token => {
            *rest = after;
            Ok(())
        }
        other => Err(format!("{token:?} is missing before {other:?}")),
    }
}

fn word(rest: &mut &[Token]) -> Result<String, String> {
    match rest.split_first() {
        Some((Token::Word(word), after)) => {
            *rest = after;
            Ok(word.clone())
        }
        other => Err(format!("a word is missing before {other:?}")),
    }
}

fn block(rest: &mut &[Token], drawn: &mut Drawn) -> Result<(), String> {
    eat(rest, &Token::Sign("{"))?;
    while rest.first() != Some(&Token::Sign("}")) {
        let first = word(rest)?;
        if first == "subgraph" {
            word(rest)?;
            block(rest, drawn)?;
            continue;
        }
        match rest.first() {
            Some(Token::Sign("=")) => drop(value(rest)?),
            Some(Token::Sign("->")) => {
                eat(rest, &Token::Sign("->"))?;
                drawn.arrows.push((first, word(rest)?));
                attributes(rest, drawn)?;
            }
            _ => {
                attributes(rest, drawn)?;
                drawn.nodes.insert(first);
            }
        }
        eat(rest, &Token::Sign(";"))?;
    }
    eat(rest, &Token::Sign("}"))
}

fn value(rest: &mut &[Token]) -> Result<String, String> {
    eat(rest, &Token::Sign("="))?;
    match rest.split_first() {
        Some((Token::Word(text) | Token::Text(text), after)) => {
            *rest = after;
            Ok(text.clone())
        }
        other => Err(format!("a value is missing before {other:?}")),
    }
}

fn attributes(rest: &mut &[Token], drawn: &mut Drawn) -> Result<(), String> {
    if rest.first() != Some(&Token::Sign("[")) {
        return Ok(());
    }
    eat(rest, &Token::Sign("["))?;
    loop {
        let key = word(rest)?;
        let value = value(rest)?;
        if key == "label" {
            drawn.labels.push(value);
        }
        match rest.first() {
            Some(Token::Sign(",")) => eat(rest, &Token::Sign(","))?,
            _ => return eat(rest, &Token::Sign("]")),
        }
    }
}

/// A name made of what could be markup, or of plain letters.
fn name(random: &mut Random) -> String {
    const PIECES: [&str; 24] = [
        "a",
        "kv",
        "\"",
        "\\",
        "\n",
        "#",
        ";",
        "<b>",
        "]",
        "[",
        "{",
        "}",
        "|",
        "`",
        "->",
        "&amp;",
        "%",
        "é",
        "\u{1b}[31m",
        "\\N",
        "end",
        "--",
        "subgraph",
        " ",
    ];
    (0..1 + random.below(5)).map(|_| PIECES[random.below(PIECES.len())]).collect()
}

fn any_graph(random: &mut Random) -> Graph {
    let (instances, imports) = (1 + random.below(6), random.below(4));
    let mut end = |random: &mut Random| match random.below(8) {
        0 => End::Around,
        1 => End::Nothing,
        2 | 3 if imports > 0 => End::Host(random.below(imports)),
        _ => End::Instance(random.below(instances), name(random)),
    };
    let node = |random: &mut Random, end: &mut dyn FnMut(&mut Random) -> End| Node {
        name: name(random),
        component: name(random),
        wires: (0..random.below(4)).map(|_| Wire { import: name(random), from: end(random) }).collect(),
    };
    Graph {
        instances: (0..instances).map(|_| node(random, &mut end)).collect(),
        exports: (0..random.below(3)).map(|_| GraphExport { name: name(random), from: end(random) }).collect(),
        imports: (0..imports)
            .map(|_| HostImport { name: name(random), group: name(random), types_only: random.one_in(3) })
            .collect(),
    }
    .in_order()
}

/// The wires that are drawn: all but those to imports of types alone.
fn arrows_between(graph: &Graph) -> usize {
    let wires = graph.instances.iter().flat_map(|node| &node.wires);
    wires.filter(|wire| !matches!(wire.from, End::Host(import) if graph.imports[import].types_only)).count()
}

#[test]
fn dot_is_dot_whatever_the_names() {
    let mut random = Random::new(7);
    for _ in 0..2_000 {
        let graph = any_graph(&mut random);
        let text = dot(&graph);
        let drawn = read(&text).unwrap_or_else(|why| panic!("{why}\n{text}"));
        let wires = arrows_between(&graph);
        assert_eq!(drawn.arrows.len(), wires + graph.exports.len(), "{text}");
        for (from, to) in &drawn.arrows {
            assert!(drawn.nodes.contains(from) && drawn.nodes.contains(to), "{from} -> {to}\n{text}");
        }
        let instances = drawn.nodes.iter().filter(|node| node.starts_with('i'));
        assert_eq!(instances.count(), graph.instances.len(), "{text}");
    }
}

#[test]
fn the_reader_of_dot_refuses_what_is_none() {
    for bad in [
        "digraph a { b -> ; }",
        "digraph a { b [label=\"c]; }",
        "digraph a { b; } c",
        "graph a {}",
        "digraph a { <b>; }",
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
}

#[test]
fn mermaid_texts_are_quoted_whatever_the_names() {
    let mut random = Random::new(8);
    for _ in 0..2_000 {
        let graph = any_graph(&mut random);
        let text = mermaid(&graph);
        let wires = arrows_between(&graph);
        assert_eq!(text.lines().filter(|line| line.contains(" -->")).count(), wires + graph.exports.len(), "{text}");
        for line in text.lines() {
            // What stands outside of quotes is ours, what stands inside has nothing that Mermaid reads as markup.
            for (index, piece) in line.split('"').enumerate() {
                let markup = match index % 2 {
                    0 => !piece.chars().all(|letter| letter.is_ascii_alphanumeric() || " >-|[]()".contains(letter)),
                    _ => piece.contains(['<', '>', '&', '`', '|', '\\']) || piece.chars().any(char::is_control),
                };
                assert!(!markup, "{line}");
            }
            assert_eq!(line.matches('"').count() % 2, 0, "{line}");
        }
    }
}

#[test]
fn every_instance_is_told_in_text_and_json() {
    let mut random = Random::new(9);
    for _ in 0..2_000 {
        let graph = any_graph(&mut random);
        assert!(!tree(&graph).contains('\u{1b}'), "{:?}", tree(&graph));
        let value: serde_json::Value = serde_json::from_str(&json(&graph)).expect("it is JSON");
        let named = |key: &str| value[key].as_array().map_or(0, Vec::len);
        assert_eq!(named("instances"), graph.instances.len());
        assert_eq!((named("host"), named("exports")), (graph.imports.len(), graph.exports.len()));
        let mut plain = graph.clone();
        for (at, node) in plain.instances.iter_mut().enumerate() {
            node.name = format!("<{at}>");
        }
        let text = tree(&plain);
        for node in &plain.instances {
            assert!(text.contains(&node.name), "{} is left out:\n{text}", node.name);
        }
    }
}

#[test]
fn loops_and_chains_of_any_length_are_drawn() {
    let node = |at: usize, to: usize| Node {
        name: format!("n{at}"),
        component: "c".into(),
        wires: vec![Wire { import: "i".into(), from: End::Instance(to, "i".into()) }],
    };
    let ring = Graph { instances: (0..3).map(|at| node(at, (at + 1) % 3)).collect(), ..Graph::default() }.in_order();
    assert_eq!(tree(&ring).matches("shown above").count(), 1, "{}", tree(&ring));
    let chain = Graph { instances: (0..3_000).map(|at| node(at, (at + 1).min(2_999))).collect(), ..Graph::default() };
    assert_eq!(tree(&chain.in_order()).matches(": n").count(), 3_000);
}
