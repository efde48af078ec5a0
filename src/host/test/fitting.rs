//! Whether what a case says of functions that it stands in for, or counts, can ever be: their names, arguments and answers,
//! held against the types before anything runs. What can never be would never be seen either, and pass for "not called".

use super::calling::within;
use super::case::{Answer, Answering, Called, Case, Mock, Row};
use super::fault::{About, Fault};
use super::naming::{counts, function, interface_of, is_of, means};
use super::play::span_of;
use super::{inner, loose};
use crate::model::request::Written;
use compose_engine::{BadValue, Imported, Part, Site};
use std::collections::BTreeSet;
use std::ops::Range;

/// A function that somebody stands at.
struct Seen<'p> {
    site: &'p Site,
    /// As people write it.
    name: String,
    ty: Imported,
}

/// The first thing that can never be.
pub(super) fn all_can_be(case: &Case, parts: &[Part]) -> Result<(), Fault> {
    if case.mocks.is_empty() && case.called.is_empty() && case.calls.is_none() {
        return Ok(());
    }
    let mut seen = Vec::new();
    for part in parts {
        for between in &part.between {
            let functions = part.program.imported(&between.import).into_iter();
            seen.extend(functions.map(|ty| {
                // A function by itself is imported under a label, too.
                let own = if ty.name == between.import { &between.site.import } else { &ty.name };
                Seen { site: &between.site, name: function(&between.site.import, own), ty }
            }));
        }
    }
    case.mocks.iter().try_for_each(|mock| of_mock(mock, &seen))?;
    let inside = inner::looks_inside(case);
    case.called.iter().try_for_each(|called| of_called(called, &seen, inside))?;
    let calls = case.calls.iter().flat_map(|(calls, _)| calls);
    calls.into_iter().try_for_each(|written| of_call(written, &case.mocks, &seen))
}

/// The functions that a name means; that there are none is a fault.
fn meant<'s, 'p>(
    import: &Written,
    name: &str,
    seen: &'s [Seen<'p>],
    stands: impl Fn(&Seen<'p>) -> bool,
) -> Result<Vec<&'s Seen<'p>>, Fault> {
    let there: Vec<&Seen<'p>> = seen.iter().filter(|seen| stands(seen)).collect();
    let found: Vec<&Seen<'p>> = there.iter().copied().filter(|seen| means(name, &seen.name)).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let wanted = interface_of(name);
    let of_it = |seen: &&&Seen<'p>| interface_of(&seen.name) == wanted;
    let some = there.iter().any(|seen| of_it(&seen));
    let known: BTreeSet<String> =
        there.iter().filter(|seen| !some || of_it(seen)).map(|seen| seen.name.clone()).collect();
    let about = About::NoSuchFunction { name: name.to_owned(), known: known.into_iter().collect() };
    let start = import.text.find(name).unwrap_or_default();
    let at = within(import, start, &(0..name.len()));
    Err(Fault { at, about })
}

fn of_mock(mock: &Mock, seen: &[Seen<'_>]) -> Result<(), Fault> {
    let found = meant(&mock.import, &mock.import.text, seen, |seen| is_of(mock.of.as_ref(), seen.site))?;
    match &mock.answer {
        Answering::Always(answer) => answers(answer, &found),
        Answering::Sequence { answers: all, .. } => all.iter().try_for_each(|answer| answers(answer, &found)),
        Answering::Table(rows) => rows.iter().try_for_each(|Row { args, answer }| {
            let patterns: Vec<(&str, Range<usize>)> =
                args.iter().map(|arg| (arg.text.as_str(), span_of(arg))).collect();
            let found = takes(&mock.import, &patterns, &found, |at, bad| within(&args[at], 0, bad))?;
            answers(answer, &found)
        }),
        Answering::Spy | Answering::Component { .. } => Ok(()),
    }
}

/// An answer of several functions has to be that of one of them.
fn answers(answer: &Answer, found: &[&Seen<'_>]) -> Result<(), Fault> {
    let (written, text) = match answer {
        Answer::Returns(written) => (written, written.text.clone()),
        Answer::Error(written) if written.text.trim().is_empty() => (written, "err".to_owned()),
        Answer::Error(written) => (written, format!("err({})", written.text.trim())),
        Answer::Trap(_) => return Ok(()),
    };
    let mut first: Option<(&Seen<'_>, Box<BadValue>)> = None;
    for seen in found {
        match seen.ty.gives(&text) {
            Ok(()) => return Ok(()),
            Err(bad) => drop(first.get_or_insert((seen, bad))),
        }
    }
    let Some((seen, bad)) = first else { return Ok(()) };
    let before = if matches!(answer, Answer::Error(_)) { "err(".len() } else { 0 };
    let shift = |at: usize| at.saturating_sub(before).min(written.text.len());
    let at = within(written, 0, &(shift(bad.at.start)..shift(bad.at.end)));
    let about = About::NoAnswer { function: seen.name.clone(), why: bad.to_string(), ty: Some(seen.ty.signature()) };
    Err(Fault { at, about })
}

/// The functions that take such arguments; that none does is a fault of the first one. `place` finds the place in the file of
/// bytes of a pattern.
fn takes<'s, 'p>(
    import: &Written,
    patterns: &[(&str, Range<usize>)],
    found: &[&'s Seen<'p>],
    place: impl Fn(usize, &Range<usize>) -> Range<usize>,
) -> Result<Vec<&'s Seen<'p>>, Fault> {
    let mut first: Option<Fault> = None;
    let mut taking = Vec::new();
    for seen in found {
        let about = |why: Option<String>| About::NoArgument {
            function: seen.name.clone(),
            why,
            given: patterns.len(),
            taken: seen.ty.arguments(),
            ty: seen.ty.signature(),
        };
        let wrong = if seen.ty.arguments() == patterns.len() {
            let wrong =
                patterns.iter().enumerate().find_map(|(at, (text, _))| Some((at, seen.ty.takes(at, text).err()?)));
            wrong.map(|(at, bad)| Fault { at: place(at, &bad.at), about: about(Some(bad.to_string())) })
        } else {
            let ends = patterns.first().zip(patterns.last()).map(|((_, first), (_, last))| first.start..last.end);
            Some(Fault { at: ends.unwrap_or_else(|| span_of(import)), about: about(None) })
        };
        match wrong {
            None => taking.push(*seen),
            Some(fault) => drop(first.get_or_insert(fault)),
        }
    }
    match first {
        Some(fault) if taking.is_empty() => Err(fault),
        _ => Ok(taking),
    }
}

fn of_called(called: &Called, seen: &[Seen<'_>], inside: bool) -> Result<(), Fault> {
    let stands = |seen: &Seen<'_>| counts(called.of.as_ref(), (&seen.site.from, seen.site.to.as_deref()), inside);
    let found = meant(&called.import, &called.import.text, seen, stands)?;
    let Some(args) = &called.args else { return Ok(()) };
    let patterns: Vec<(&str, Range<usize>)> = args.iter().map(|arg| (arg.text.as_str(), span_of(arg))).collect();
    takes(&called.import, &patterns, &found, |at, bad| within(&args[at], 0, bad)).map(drop)
}

/// One of `calls`: a call that a mock sees.
fn of_call(written: &Written, mocks: &[Mock], seen: &[Seen<'_>]) -> Result<(), Fault> {
    let Some((name, args)) = loose::call(&written.text) else { return Ok(()) };
    let mocked = |seen: &Seen<'_>| {
        mocks.iter().any(|mock| is_of(mock.of.as_ref(), seen.site) && means(&mock.import.text, &seen.name))
    };
    let found = meant(written, name, seen, mocked)?;
    let Some(args) = args else { return Ok(()) };
    let place = |(start, arg): &(usize, &str)| within(written, *start, &(0..arg.len()));
    let patterns: Vec<(&str, Range<usize>)> = args.iter().map(|arg| (arg.1, place(arg))).collect();
    takes(written, &patterns, &found, |at, bad| within(written, args[at].0, bad)).map(drop)
}
