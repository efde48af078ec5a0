//! JSON as values, by the type: what `json.rs` writes, and a little more where it can mean only one thing.

use super::fault::BadValue;
use super::names::{Names, fits};
use super::read::{Reader, plain_words};
use super::wit::wit;
use crate::session::carried;
use serde_json::Value;
use wasmtime::component::{Type, Val};

type Read<T> = Result<T, BadValue>;

/// A value of that type.
pub(crate) fn from_json(json: &Value, ty: &Type, names: &dyn Names) -> Read<Val> {
    FromJson { names, path: String::new() }.value(json, ty)
}

struct FromJson<'n> {
    names: &'n dyn Names,
    path: String,
}

impl FromJson<'_> {
    fn bad(&self, json: &Value, ty: &Type, expected: impl Into<String>) -> BadValue {
        let mut found = json.to_string();
        if let Some((cut, _)) = found.char_indices().nth(60) {
            found.truncate(cut);
            found.push('…');
        }
        BadValue {
            at: 0..0,
            path: self.path.clone(),
            expected: expected.into(),
            found: format!("`{found}`"),
            known: Vec::new(),
            name: None,
            ty: wit(ty, self.names),
        }
    }

    fn within(&mut self, step: &str, json: &Value, ty: &Type) -> Read<Val> {
        let length = self.path.len();
        self.path.push_str(step);
        let value = self.value(json, ty)?;
        self.path.truncate(length);
        Ok(value)
    }

    fn value(&mut self, json: &Value, ty: &Type) -> Read<Val> {
        if let Value::String(name) = json
            && let Some(name) = name.strip_prefix('$')
            && matches!(ty, Type::Own(_) | Type::Borrow(_))
        {
            return match self.names.value(name) {
                Some(value) if fits(&value, ty) => Ok(value),
                Some(_) => Err(self.bad(json, ty, format!("`{}`", wit(ty, self.names)))),
                None => {
                    let known = self.names.known().into_iter().map(|name| format!("${name}")).collect();
                    Err(BadValue {
                        known,
                        name: Some(format!("${name}")),
                        ..self.bad(json, ty, "a name that was given before")
                    })
                }
            };
        }
        match ty {
            Type::Bool
            | Type::S8
            | Type::U8
            | Type::S16
            | Type::U16
            | Type::S32
            | Type::U32
            | Type::S64
            | Type::U64
            | Type::Float32
            | Type::Float64 => self.number(json, ty),
            Type::Char => {
                let mut letters = json.as_str().unwrap_or_default().chars();
                match (letters.next(), letters.next()) {
                    (Some(letter), None) => Ok(Val::Char(letter)),
                    _ => Err(self.bad(json, ty, "a string of one character")),
                }
            }
            Type::String => {
                json.as_str().map(|text| Val::String(text.into())).ok_or_else(|| self.bad(json, ty, "a string"))
            }
            Type::List(list) => match json {
                // Bytes may be given as a text.
                Value::String(text) if list.ty() == Type::U8 => Ok(Val::List(text.bytes().map(Val::U8).collect())),
                _ => Ok(Val::List(self.items(json, ty, |_| Some(list.ty()))?)),
            },
            Type::FixedLengthList(list) => {
                let items = self.items(json, ty, |at| (at < list.len() as usize).then(|| list.ty()))?;
                match items.len() == list.len() as usize {
                    true => Ok(Val::FixedLengthList(items)),
                    false => Err(self.bad(json, ty, format!("an array of {} items", list.len()))),
                }
            }
            Type::Tuple(tuple) => {
                let types: Vec<Type> = tuple.types().collect();
                let items = self.items(json, ty, |at| types.get(at).cloned())?;
                match items.len() == types.len() {
                    true => Ok(Val::Tuple(items)),
                    false => Err(self.bad(json, ty, format!("an array of {} items", types.len()))),
                }
            }
            Type::Map(_) => self.map(json, ty),
            Type::Record(_) => self.record(json, ty),
            Type::Variant(variant) => {
                let cases = variant.cases().map(|case| (case.name, case.ty)).collect::<Vec<_>>();
                self.case(json, ty, &cases).map(|(case, value)| Val::Variant(case, value))
            }
            Type::Enum(names) => {
                let cases = names.names().map(|name| (name, None)).collect::<Vec<_>>();
                self.case(json, ty, &cases).map(|(case, _)| Val::Enum(case))
            }
            Type::Option(option) => {
                let some = option.ty();
                match (json, &some) {
                    (Value::Null, _) => Ok(Val::Option(None)),
                    (Value::Object(object), Type::Option(_)) if object.len() == 1 && object.contains_key("some") => {
                        Ok(Val::Option(Some(Box::new(self.within(".some", &object["some"], &some)?))))
                    }
                    (_, Type::Option(_)) => Err(self.bad(json, ty, "`null` or `{\"some\": …}`")),
                    _ => Ok(Val::Option(Some(Box::new(self.value(json, &some)?)))),
                }
            }
            Type::Result(result) => {
                let object = json.as_object().filter(|object| object.len() == 1);
                let sides = [("ok", result.ok()), ("err", result.err())];
                let side = object.and_then(|object| sides.into_iter().find(|(word, _)| object.contains_key(*word)));
                let Some((word, payload)) = side else {
                    return Err(self.bad(json, ty, "`{\"ok\": …}` or `{\"err\": …}`"));
                };
                let value = match payload {
                    Some(payload) => Some(Box::new(self.within(&format!(".{word}"), &json[word], &payload)?)),
                    None if json[word].is_null() => None,
                    None => return Err(self.bad(&json[word], ty, "`null`: there is no value")),
                };
                Ok(Val::Result(if word == "ok" { Ok(value) } else { Err(value) }))
            }
            Type::Flags(flags) => {
                let known: Vec<&str> = flags.names().collect();
                let names = json.as_array().ok_or_else(|| self.bad(json, ty, "an array of flags"))?;
                let mut set = vec![false; known.len()];
                for name in names {
                    let at = known.iter().position(|known| Some(*known) == name.as_str());
                    let at = at.ok_or_else(|| self.unknown(name, ty, "a flag of the type", &known))?;
                    set[at] = true;
                }
                let set = known.iter().zip(set).filter(|(_, set)| *set).map(|(name, _)| (*name).to_string());
                Ok(Val::Flags(set.collect()))
            }
            Type::Own(_) | Type::Borrow(_) => Err(self.bad(json, ty, "a handle that has a name, as `\"$name\"`")),
            Type::Stream(_) | Type::Future(_) => match (json, ty, carried(ty)) {
                (Value::String(text), Type::Stream(_), Some(Type::U8)) => {
                    Ok(Val::List(text.bytes().map(Val::U8).collect()))
                }
                (_, Type::Stream(_), Some(item)) => Ok(Val::List(self.items(json, ty, |_| Some(item.clone()))?)),
                (_, _, Some(value)) => self.value(json, &value),
                (_, _, None) => Err(self.bad(json, ty, "a value that has a text")),
            },
            Type::ErrorContext => Err(self.bad(json, ty, "a value that has a text")),
        }
    }

    /// By the text of it: one place says what a type takes.
    fn number(&self, json: &Value, ty: &Type) -> Read<Val> {
        let words = || plain_words(ty);
        let text = match json {
            Value::Bool(it) if *ty == Type::Bool => it.to_string(),
            Value::String(text) if *ty != Type::Bool => text.clone(),
            Value::Number(number) if *ty != Type::Bool => number.to_string(),
            _ => return Err(self.bad(json, ty, words())),
        };
        let mut reader = Reader::new(&text, self.names);
        let value = reader.value(ty).and_then(|value| reader.end().map(|()| value));
        value.map_err(|_| self.bad(json, ty, words()))
    }

    fn items(&mut self, json: &Value, ty: &Type, item: impl Fn(usize) -> Option<Type>) -> Read<Vec<Val>> {
        let items = json.as_array().ok_or_else(|| self.bad(json, ty, "an array"))?;
        let mut values = Vec::new();
        for (at, json) in items.iter().enumerate() {
            let ty = item(at).ok_or_else(|| self.bad(json, ty, format!("no more than {at} items")))?;
            values.push(self.within(&format!("[{at}]"), json, &ty)?);
        }
        Ok(values)
    }

    fn unknown(&self, json: &Value, ty: &Type, expected: &str, known: &[&str]) -> BadValue {
        let known = known.iter().map(|name| (*name).to_string()).collect();
        let name = json.as_str().map(str::to_string);
        BadValue { known, name, ..self.bad(json, ty, expected) }
    }

    fn case(&mut self, json: &Value, ty: &Type, cases: &[(&str, Option<Type>)]) -> Read<(String, Option<Box<Val>>)> {
        let known: Vec<&str> = cases.iter().map(|(name, _)| *name).collect();
        let object = json.as_object().filter(|object| object.len() == 1);
        let entry = object.and_then(|object| object.iter().next());
        let (name, payload) = match (json.as_str(), entry) {
            (Some(name), _) => (name, None),
            (None, Some((name, payload))) => (name.as_str(), Some(payload)),
            _ => return Err(self.unknown(json, ty, "a case: its name, or an object with it alone", &known)),
        };
        let Some((_, wanted)) = cases.iter().find(|(case, _)| *case == name) else {
            return Err(self.unknown(&Value::from(name), ty, "a case of the type", &known));
        };
        let value = match (wanted, payload) {
            (Some(wanted), Some(payload)) => Some(Box::new(self.within(&format!(".{name}"), payload, wanted)?)),
            (None, None | Some(Value::Null)) => None,
            (Some(_), None) => return Err(self.bad(json, ty, format!("`{{\"{name}\": …}}`"))),
            (None, Some(_)) => return Err(self.bad(json, ty, format!("`\"{name}\"` without a value"))),
        };
        Ok((name.to_string(), value))
    }

    fn record(&mut self, json: &Value, ty: &Type) -> Read<Val> {
        let Type::Record(record) = ty else { return Err(self.bad(json, ty, "a record")) };
        let object = json.as_object().ok_or_else(|| self.bad(json, ty, "an object"))?;
        let known: Vec<&str> = record.fields().map(|field| field.name).collect();
        if let Some(name) = object.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(self.unknown(&Value::from(name.as_str()), ty, "a field of the type", &known));
        }
        let mut fields = Vec::new();
        for field in record.fields() {
            let value = match object.get(field.name) {
                Some(json) => self.within(&format!(".{}", field.name), json, &field.ty)?,
                None if matches!(field.ty, Type::Option(_)) => Val::Option(None),
                None => return Err(self.bad(json, ty, format!("the field `{}`", field.name))),
            };
            fields.push((field.name.to_string(), value));
        }
        Ok(Val::Record(fields))
    }

    fn map(&mut self, json: &Value, ty: &Type) -> Read<Val> {
        let Type::Map(map) = ty else { return Err(self.bad(json, ty, "a map")) };
        let (key, value) = (map.key(), map.value());
        let mut entries = Vec::new();
        match json {
            Value::Object(object) => {
                for (name, json) in object {
                    // Keys of an object are strings; numbers among the keys of a map are read out of them.
                    let found = Value::from(name.as_str());
                    let at = self.value(&found, &key)?;
                    entries.push((at, self.within(&format!(".{name}"), json, &value)?));
                }
            }
            Value::Array(pairs) => {
                for (at, pair) in pairs.iter().enumerate() {
                    let Some([found, json]) = pair.as_array().map(Vec::as_slice) else {
                        return Err(self.bad(pair, ty, "a pair of key and value"));
                    };
                    let step = format!("[{at}]");
                    entries.push((self.within(&step, found, &key)?, self.within(&step, json, &value)?));
                }
            }
            _ => return Err(self.bad(json, ty, "an object, or an array of pairs")),
        }
        Ok(Val::Map(entries))
    }
}
