//! The arguments of a call: read by the types of its parameters, from texts one by one or from between parentheses, and
//! which handles among them are given away.

use super::book::handles;
use super::fault::{BadCall, Why};
use super::functions::Found;
use super::line::{self, Head};
use super::returned::Argument;
use super::{Bad, Session};
use crate::Result;
use crate::value::{BadValue, Reader, from_json, from_wave, signature, textless, wave, wit};
use std::ops::Range;
use wasmtime::component::types::ComponentFunc;
use wasmtime::component::{ResourceAny, Type, Val};

impl Session {
    /// Refuses a function with streams and the like.
    fn with_text(&self, found: &Found, at: &Range<usize>) -> Bad<()> {
        let types = found.ty.params().map(|(_, ty)| ty).chain(found.ty.results());
        match types.filter_map(|ty| textless(&ty)).next() {
            None => Ok(()),
            Some(ty) => {
                let signature = signature(&found.ty, &self.book);
                let why = Why::NoText { function: found.full(), signature, ty: wit(&ty, &self.book) };
                Err((at.clone(), None, why))
            }
        }
    }

    /// `own` are the arguments that are given anyway: the handle before a method.
    fn count(&self, found: &Found, own: usize, given: Option<usize>) -> Why {
        let parameters = found.ty.params().skip(own).map(|(name, _)| name.to_string()).collect();
        Why::Count { function: found.full(), signature: signature(&found.ty, &self.book), parameters, given }
    }

    /// Reads arguments that are given one by one.
    pub(super) fn arguments(
        &self,
        found: usize,
        this: Option<ResourceAny>,
        args: &[Argument<'_>],
        at: &Range<usize>,
    ) -> Bad<Vec<Val>> {
        let found = &self.functions[found];
        self.with_text(found, at)?;
        let mut params: Vec<Val> = this.map(Val::Resource).into_iter().collect();
        let types: Vec<(&str, Type)> = found.ty.params().skip(params.len()).collect();
        if args.len() > types.len() || types[args.len()..].iter().any(|(_, ty)| !matches!(ty, Type::Option(_))) {
            let given = (args.len() <= types.len()).then_some(args.len());
            return Err((at.clone(), None, self.count(found, params.len(), given)));
        }
        for (at, ((name, ty), arg)) in types.iter().zip(args).enumerate() {
            let read = match arg {
                Argument::Wave(text) => from_wave(text, ty, &self.book),
                Argument::Json(json) => from_json(json, ty, &self.book),
            };
            params.push(read.map_err(|bad| (bad.at.clone(), Some(at), value_of(found, name, bad)))?);
        }
        params.extend(types[args.len()..].iter().map(|_| Val::Option(None)));
        Ok(params)
    }

    /// Reads arguments that stand between parentheses, and demands that nothing follows.
    pub(super) fn listed(&self, text: &str, found: usize, this: Option<ResourceAny>, head: &Head) -> Bad<Vec<Val>> {
        let found = &self.functions[found];
        self.with_text(found, &head.function)?;
        let mut params: Vec<Val> = this.map(Val::Resource).into_iter().collect();
        let types: Vec<(&str, Type)> = found.ty.params().skip(params.len()).collect();
        let mut reader = Reader::new(text, &self.book);
        reader.scan.jump(head.arguments);
        let mut more = !reader.scan.eat(")");
        let before = params.len();
        for (at, (name, ty)) in types.iter().enumerate() {
            if !more {
                if types[at..].iter().any(|(_, ty)| !matches!(ty, Type::Option(_))) {
                    let closing = reader.scan.at() - 1..reader.scan.at();
                    return Err((closing, None, self.count(found, before, Some(at))));
                }
                params.extend(types[at..].iter().map(|_| Val::Option(None)));
                break;
            }
            let value = reader.value(ty);
            params.push(value.map_err(|bad| (bad.at.clone(), None, value_of(found, name, bad)))?);
            let last = params.len() - before == types.len();
            more = match reader.scan.eat(")") {
                true => false,
                false if reader.scan.eat(",") => !reader.scan.eat(")"),
                false if last => return Err(syntax(&mut reader, "a closing `)`")),
                false => return Err(syntax(&mut reader, "`,` and the next argument")),
            };
        }
        if more {
            return Err((reader.scan.ahead(), None, self.count(found, before, None)));
        }
        match line::ends(&mut reader.scan) {
            true => Ok(params),
            false => Err(syntax(&mut reader, "the end of the call")),
        }
    }

    /// The handles that a call gives away; each of them may be in it only once.
    pub(super) fn given(&self, ty: &ComponentFunc, params: &[Val], at: Range<usize>) -> Result<Vec<ResourceAny>> {
        let (mut given, mut all) = (Vec::new(), Vec::new());
        for ((_, ty), value) in ty.params().zip(params) {
            moved(value, &ty, &mut given);
            handles(value, &mut all);
        }
        let twice = given.iter().find(|handle| all.iter().filter(|other| other == handle).count() > 1);
        match twice {
            None => Ok(given),
            Some(handle) => {
                let why = Why::Twice { name: wave(&Val::Resource(*handle), &self.book) };
                Err(BadCall { text: String::new(), at, argument: None, why }.into())
            }
        }
    }
}

fn value_of(found: &Found, parameter: &str, bad: BadValue) -> Why {
    Why::Value { function: found.full(), parameter: parameter.into(), bad: Box::new(bad) }
}

fn syntax(reader: &mut Reader<'_>, expected: &str) -> (Range<usize>, Option<usize>, Why) {
    (reader.scan.ahead(), None, Why::Syntax { expected: expected.into() })
}

/// The handles in a value that go to whoever is given it.
fn moved(value: &Val, ty: &Type, found: &mut Vec<ResourceAny>) {
    let payload = |value: &Option<Box<Val>>, ty: Option<Type>, found: &mut Vec<ResourceAny>| {
        if let (Some(value), Some(ty)) = (value, ty) {
            moved(value, &ty, found);
        }
    };
    match (value, ty) {
        (Val::Resource(handle), Type::Own(_)) => found.push(*handle),
        (Val::List(items), Type::List(list)) => items.iter().for_each(|item| moved(item, &list.ty(), found)),
        (Val::FixedLengthList(items), Type::FixedLengthList(list)) => {
            items.iter().for_each(|item| moved(item, &list.ty(), found));
        }
        (Val::Tuple(items), Type::Tuple(tuple)) => {
            items.iter().zip(tuple.types()).for_each(|(item, ty)| moved(item, &ty, found));
        }
        (Val::Record(fields), Type::Record(record)) => {
            fields.iter().zip(record.fields()).for_each(|((_, value), field)| moved(value, &field.ty, found));
        }
        (Val::Map(entries), Type::Map(map)) => {
            entries.iter().for_each(|(_, value)| moved(value, &map.value(), found));
        }
        (Val::Variant(name, value), Type::Variant(variant)) => {
            payload(value, variant.cases().find(|case| case.name == name).and_then(|case| case.ty), found);
        }
        (Val::Option(value), Type::Option(some)) => payload(value, Some(some.ty()), found),
        (Val::Result(Ok(value)), Type::Result(result)) => payload(value, result.ok(), found),
        (Val::Result(Err(value)), Type::Result(result)) => payload(value, result.err(), found),
        _ => {}
    }
}
