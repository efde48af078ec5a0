//! The command line as a request: what the words mean together, and where each stands.
//!
//! Diagnostics point into texts, so the composition's part of the command line is written out again as one line (a
//! [`Source`] called `command line`) and every word keeps its place there. It is written from what was understood and
//! not from the arguments as they came, so the places are right by construction.

use super::args::Composition;
use super::grammar::{self, NamedFile, Target};
use crate::diag::{Source, is_plain, shell_word, visible_line};
use crate::model::request::{Chain, Input, InputFrom, Offer, Pin, PinTo, Request, Written};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// The written line, with the place where each word begins; `None` for a word whose parts cannot be pointed at because
/// it had to be quoted from within.
pub(super) struct CommandLine<'a> {
    source: Arc<Source>,
    args: &'a Composition,
    files: Vec<Option<usize>>,
    root: Option<Option<usize>>,
    target: Option<Option<usize>>,
    offer: Vec<Option<usize>>,
    wire: Vec<Option<usize>>,
    chain: Vec<Option<usize>>,
    allow: Vec<Option<usize>>,
    deny: Vec<Option<usize>>,
    dep: Vec<Option<usize>>,
    output: Option<Written>,
}

impl<'a> CommandLine<'a> {
    /// Writes the line of a verb with its composition and, if it has one, its output.
    pub(super) fn new(verb: &str, args: &'a Composition, output: Option<&str>) -> Self {
        let mut text = format!("compose {verb}");
        let files = args.files.iter().map(|file| push(&mut text, None, &file.word)).collect();
        let mut one = |option, word: Option<&str>| word.map(|word| push(&mut text, Some(option), word));
        let output_at = one("--output", output);
        for folder in &args.packages.deps {
            one("--deps", Some(folder));
        }
        let dep = args.packages.dep.iter().map(|dep| one("--dep", Some(&dep.word)).flatten()).collect();
        let (root, target) = (one("--root", args.root.as_deref()), one("--target", args.target.as_deref()));
        let mut all = |option, words: &[String]| -> Vec<Option<usize>> {
            words.iter().map(|word| push(&mut text, Some(option), word)).collect()
        };
        let (offer, wire, chain) =
            (all("--offer", &args.offer), all("--wire", &args.wire), all("--chain", &args.chain));
        let (allow, deny) = (all("--allow-import", &args.allow_import), all("--deny-import", &args.deny_import));
        if args.allow_unused {
            text.push_str(" --allow-unused");
        }
        let source = Arc::new(Source::command_line(text));
        let mut line = Self { source, args, files, root, target, offer, wire, chain, allow, deny, dep, output: None };
        line.output = output.zip(output_at).map(|(word, at)| line.word(word, at));
        line
    }

    /// The output as it was written.
    pub(super) fn output(&self) -> Option<&Written> {
        self.output.as_ref()
    }

    /// The places of packages, each as it was written.
    pub(super) fn deps(&self) -> Vec<Written> {
        self.args.packages.dep.iter().zip(&self.dep).map(|(dep, at)| self.word(&dep.word, *at)).collect()
    }

    /// The components that are named, in their order.
    pub(super) fn inputs(&self) -> Vec<Input> {
        self.args.files.iter().zip(&self.files).map(|(file, at)| self.input(file, *at)).collect()
    }

    /// Puts the options into the request: into one of the named components, else over what the manifest says. Gives the
    /// sentence for a usage error if a word cannot be read.
    pub(super) fn apply(&self, request: &mut Request) -> Result<(), String> {
        let args = self.args;
        if let Some((root, at)) = args.root.as_ref().zip(self.root) {
            request.root = Some(self.word(root, at));
        }
        if let Some((target, at)) = args.target.as_ref().zip(self.target) {
            request.target = Some(self.word(target, at));
        }
        let whole = |words: &[String], places: &[Option<usize>]| -> Vec<Written> {
            words.iter().zip(places).map(|(word, at)| self.word(word, *at)).collect()
        };
        let offers = whole(&args.offer, &self.offer).into_iter();
        request.offers.extend(offers.map(|written| Offer { path: PathBuf::from(&written.text), written }));
        request.allow.extend(whole(&args.allow_import, &self.allow));
        request.deny.extend(whole(&args.deny_import, &self.deny));
        request.allow_unused |= args.allow_unused;

        let mut pins = Vec::new();
        for (word, at) in args.wire.iter().zip(&self.wire) {
            pins.push(self.pin(word, *at)?);
        }
        let said = |pin: &Pin| (pin.instance.as_ref().map(|name| name.text.clone()), pin.import.text.clone());
        request.pins.retain(|old| pins.iter().all(|new| said(new) != said(old)));
        pins.append(&mut request.pins);
        request.pins = pins;

        let mut chains = Vec::new();
        for (word, at) in args.chain.iter().zip(&self.chain) {
            chains.push(self.chain(word, *at)?);
        }
        request.chains.retain(|old| chains.iter().all(|new: &Chain| new.interface.text != old.interface.text));
        request.chains.append(&mut chains);
        Ok(())
    }

    /// A part of a word that begins at `at`.
    fn part(&self, word: &str, at: Option<usize>, part: Range<usize>) -> Written {
        let place = at.map(|at| (self.source.clone(), at + part.start..at + part.end));
        Written { text: word[part].to_owned(), at: place }
    }

    fn word(&self, word: &str, at: Option<usize>) -> Written {
        self.part(word, at, 0..word.len())
    }

    fn input(&self, file: &NamedFile, at: Option<usize>) -> Input {
        let written = self.part(&file.word, at, file.file.clone());
        let name = file.name.clone().map(|name| self.part(&file.word, at, name));
        let from = match written.text.as_str() {
            "-" => InputFrom::Stdin(written),
            path => InputFrom::Path { path: PathBuf::from(path), written },
        };
        Input { name, from }
    }

    fn pin(&self, word: &str, at: Option<usize>) -> Result<Pin, String> {
        let wire = grammar::wire(word).map_err(|error| format!("--wire {}: {error}", visible_line(word)))?;
        let part = |range| self.part(word, at, range);
        let to = match wire.target {
            Target::Open(open) => PinTo::Open(part(open)),
            Target::Instance(instance) => PinTo::Instance(part(instance)),
            Target::Export(instance, export) => {
                PinTo::Export { instance: part(instance), export: part(export), inner: Vec::new() }
            }
        };
        Ok(Pin { instance: wire.instance.map(part), import: part(wire.import), inferred: false, to })
    }

    fn chain(&self, word: &str, at: Option<usize>) -> Result<Chain, String> {
        let chain = grammar::chain(word).map_err(|error| format!("--chain {}: {error}", visible_line(word)))?;
        let part = |range| self.part(word, at, range);
        Ok(Chain { interface: part(chain.interface), members: chain.members.into_iter().map(part).collect() })
    }
}

/// The words of a command that composes nothing, each with the option before it, as one line; the places are in the order
/// of the words.
pub(super) struct Line<'w> {
    source: Arc<Source>,
    words: Vec<(&'w str, Option<usize>)>,
}

impl<'w> Line<'w> {
    /// Writes the line.
    pub(super) fn new(command: &str, words: impl IntoIterator<Item = (Option<&'static str>, &'w str)>) -> Self {
        let mut text = command.to_owned();
        let words = words.into_iter().map(|(option, word)| (word, push(&mut text, option, word))).collect();
        Self { source: Arc::new(Source::command_line(text)), words }
    }

    /// A part of the word at a position.
    pub(super) fn part(&self, index: usize, part: Range<usize>) -> Written {
        let (word, at) = self.words[index];
        let place = at.map(|at| (self.source.clone(), at + part.start..at + part.end));
        Written { text: word[part].to_owned(), at: place }
    }

    /// The word at a position as an input.
    pub(super) fn input(&self, index: usize, file: &NamedFile) -> Input {
        let written = self.part(index, file.file.clone());
        let name = file.name.clone().map(|name| self.part(index, name));
        let from = match written.text.as_str() {
            "-" => InputFrom::Stdin(written),
            path => InputFrom::Path { path: PathBuf::from(path), written },
        };
        Input { name, from }
    }
}

/// A word of a command that composes nothing, with its place: the command up to the word, then the word.
pub(super) fn sole_word(command: &str, word: &str) -> Written {
    words(command, &[word]).pop().expect("as many as there were")
}

/// The words of a command that composes nothing, with their places.
pub(super) fn words(command: &str, words: &[&str]) -> Vec<Written> {
    let mut text = command.to_owned();
    let starts: Vec<_> = words.iter().map(|word| push(&mut text, None, word)).collect();
    let source = Arc::new(Source::command_line(text));
    let written = |(word, start): (&&str, Option<usize>)| Written {
        text: (*word).to_owned(),
        at: start.map(|start| (source.clone(), start..start + word.len())),
    };
    words.iter().zip(starts).map(written).collect()
}

/// Adds a word to the line as a shell would need it; gives where its first byte stands.
fn push(text: &mut String, option: Option<&str>, word: &str) -> Option<usize> {
    if let Some(option) = option {
        text.push(' ');
        text.push_str(option);
    }
    text.push(' ');
    text.push_str(&shell_word(word));
    if is_plain(word) {
        return Some(text.len() - word.len());
    }
    (!word.contains(['\'', '\n'])).then(|| text.len() - word.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::super::args::{Cli, Verb};
    use super::*;
    use clap::Parser;

    fn request(args: &[&str], mut request: Request) -> Result<Request, String> {
        let cli = Cli::try_parse_from(["compose", "check"].iter().chain(args)).map_err(|error| error.to_string())?;
        let Verb::Check(check) = cli.verb else { unreachable!("`check` was given") };
        let line = CommandLine::new("check", &check.composition, None);
        request.inputs = line.inputs();
        line.apply(&mut request).map(|()| request)
    }

    /// Every word, with the text at the place it claims.
    fn shown(written: &Written) -> (&str, Option<&str>) {
        (&written.text, written.at.as_ref().map(|(source, span)| &source.text[span.clone()]))
    }

    #[test]
    fn every_word_knows_its_place() {
        let args = [
            "shop.wasm",
            "kv=-",
            "my kv.wasm",
            "--wire",
            "shop:acme:kv/store=kv.acme:kv/x",
            "--chain",
            "a:b/c=m,n",
            "--allow-import",
            "acme:*",
            "--root",
            "shop",
            "--offer",
            "parts",
            "--target=wasmtime-48",
        ];
        let request = request(&args, Request::new()).expect("a request");
        let pin = &request.pins[0];
        let PinTo::Export { instance, export, .. } = &pin.to else { panic!("{pin:?}") };
        let InputFrom::Path { written: spaced, .. } = &request.inputs[2].from else { panic!("a path") };
        let chain = &request.chains[0];
        let words = [
            request.root.as_ref().unwrap(),
            request.target.as_ref().unwrap(),
            request.inputs[1].name.as_ref().unwrap(),
            spaced,
            pin.instance.as_ref().unwrap(),
            &pin.import,
            instance,
            export,
            &chain.interface,
            &chain.members[1],
            &request.allow[1],
        ];
        for word in words {
            assert_eq!(shown(word), (word.text.as_str(), Some(word.text.as_str())));
        }
        let (source, _) = pin.import.at.as_ref().unwrap();
        assert_eq!(
            source.text,
            "compose check shop.wasm kv=- 'my kv.wasm' --root shop --target wasmtime-48 --offer parts \
             --wire shop:acme:kv/store=kv.acme:kv/x --chain a:b/c=m,n --allow-import 'acme:*'"
        );
    }

    #[test]
    fn a_word_with_quotes_has_no_place_but_is_kept() {
        let request = request(&["it's.wasm"], Request::new()).expect("a request");
        let InputFrom::Path { written, .. } = &request.inputs[0].from else { panic!("a path") };
        assert_eq!(shown(written), ("it's.wasm", None));
    }

    #[test]
    fn the_command_line_goes_before_the_manifest() {
        let pin = |import: &str, to: &str| Pin {
            instance: None,
            import: Written::new(import),
            inferred: false,
            to: PinTo::Instance(Written::new(to)),
        };
        let manifest = Request { pins: vec![pin("a:b/c", "old"), pin("a:b/d", "kept")], ..Request::new() };
        let request = request(&["--wire", "a:b/c=new"], manifest).expect("a request");
        let said: Vec<_> = request.pins.iter().map(|pin| (pin.import.text.as_str(), pin.to.clone())).collect();
        assert!(matches!(&said[0], ("a:b/c", PinTo::Instance(to)) if to.text == "new"), "{said:?}");
        assert!(matches!(&said[1], ("a:b/d", PinTo::Instance(to)) if to.text == "kept"), "{said:?}");
        assert_eq!(said.len(), 2);
    }

    #[test]
    fn a_word_that_cannot_be_read_is_told() {
        let error = request(&["--wire", "a:b/c"], Request::new()).expect_err("no wire");
        assert!(error.starts_with("--wire a:b/c: the form is"), "{error}");
    }
}
