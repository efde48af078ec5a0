//! A session: one instance, and several calls one after another.
//!
//! Arguments and results are text (`docs/values.md`). What a call gives can have a name and be an argument of later ones, so
//! handles of resources can be used although they have no text. Every limit holds for one call by itself, but for memory and
//! tables, which the instance keeps. After a trap, or a limit that was met, the instance is gone and the session says so.

mod arguments;
mod book;
mod fault;
mod functions;
mod line;
mod returned;
mod streams;

pub use fault::{BadCall, Why};
pub use functions::Function;
pub use returned::{Argument, Returned, Value};
pub(crate) use streams::{carried, close, put_in};

use crate::drive::{Own, drive, runtime};
use crate::error::{Error, text};
use crate::host::Host;
use crate::program::Program;
use crate::state::State;
use crate::value::wave;
use crate::{Result, trap};
pub(crate) use book::Types;

use book::Book;
use functions::Found;
use line::{Head, Line};
use std::ops::Range;
use std::time::Instant;
use wasmtime::component::{Instance, ResourceAny, Type, Val};
use wasmtime::{AsContextMut, Store};

/// An instance that is called.
pub struct Session {
    host: Host,
    functions: Vec<Found>,
    book: Book,
    instance: Instance,
    store: Store<State>,
    /// The call that ended it.
    ended: Option<String>,
    /// How much of its output was told already.
    told: [usize; 2],
    // Last: what the store holds may be at work in it.
    runtime: Own,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("ended", &self.ended).finish_non_exhaustive()
    }
}

/// A fault within the text at hand.
type Bad<T> = std::result::Result<T, (Range<usize>, Option<usize>, Why)>;

impl Program {
    /// Starts an instance to be called.
    ///
    /// # Errors
    /// If it needs what is not granted, or fails as it starts.
    pub fn session(&self, host: &Host) -> Result<Session> {
        let pre = self.ready(host)?;
        let mut store = self.store(host)?;
        let runtime = runtime()?;
        let started = drive(&runtime, host, async {
            if let Err(error) = self.begin(&mut store).await {
                return Ok(Err(error));
            }
            Ok(pre.instantiate_async(&mut store).await)
        })?;
        let instance = started.map_err(|error| trap::not_made(&error, store.data()))?;
        let mut functions = functions::all(&self.component);
        let book = Book::default();
        let mut types = Types::of(&self.component);
        // From here on types are those of this instance, by which its handles are known.
        for found in &mut functions {
            if let Some(func) = instance.get_func(&mut store, found.index) {
                found.ty = func.ty(&store);
            }
        }
        for (ty, name) in functions::resources(&self.component, &instance, &mut store) {
            types.add(ty, &name);
        }
        let linker = self.engine.linker(&self.component);
        if let Ok(ty) = linker.and_then(|linker| linker.substituted_component_type(&self.component)) {
            types.imports(&ty, &self.engine.engine);
        }
        book.write().types = types;
        let host = host.clone();
        Ok(Session { host, functions, book, instance, store, ended: None, told: [0; 2], runtime })
    }

    /// Calls one function in a fresh instance, arguments and results as WAVE text.
    ///
    /// # Errors
    /// If there is no such function, an argument is not what it takes, or the call fails.
    pub fn call(&self, host: &Host, function: &str, args: &[&str]) -> Result<Vec<String>> {
        let args: Vec<Argument<'_>> = args.iter().map(|arg| Argument::Wave(arg)).collect();
        let returned = self.session(host)?.call(function, &args)?;
        Ok(returned.value.iter().map(Value::wave).collect())
    }
}

impl Session {
    /// Calls a function by its name, with its arguments one by one. `$b.get` is a method of the handle that is called `$b`.
    ///
    /// # Errors
    /// [`Error::Call`] if the call cannot be made, after which the session goes on; else whatever ended it.
    pub fn call(&mut self, function: &str, args: &[Argument<'_>]) -> Result<Returned> {
        self.alive()?;
        let head = match line::read(&format!("{function}()")) {
            Ok(Line::Call(head)) if head.to.is_none() => head,
            _ => return Err(line::syntax(function, 0..function.len(), "the name of a function").into()),
        };
        let bad = |(at, argument, why): (Range<usize>, Option<usize>, Why)| {
            let text = match argument.map(|at| &args[at]) {
                Some(Argument::Wave(text)) => (*text).to_string(),
                Some(Argument::Json(json)) => json.to_string(),
                None => function.to_string(),
            };
            Error::from(BadCall { text, at, argument, why })
        };
        let (found, this) = self.target(function, &head).map_err(bad)?;
        let params = self.arguments(found, this, args, &head.function).map_err(bad)?;
        self.invoke(found, params, head.function).map_err(|error| self.told(error, function))
    }

    /// Runs one line of a script: a call, `$name = call`, `drop $name`; `None` for one that is empty or a remark (`#`).
    ///
    /// # Errors
    /// As [`Session::call`].
    pub fn line(&mut self, text: &str) -> Result<Option<Returned>> {
        let head = match line::read(text)? {
            Line::Empty => return Ok(None),
            Line::Drop(name) => {
                self.alive()?;
                let at = name.clone();
                let dropped = self.handle(text, name);
                let handle = dropped.map_err(|why| BadCall { text: text.into(), at, argument: None, why })?;
                return self.release(handle).map(|()| None);
            }
            Line::Call(head) => head,
        };
        self.alive()?;
        let bad = |(at, argument, why)| Error::from(BadCall { text: text.into(), at, argument, why });
        let (found, this) = self.target(text, &head).map_err(bad)?;
        let params = self.listed(text, found, this, &head).map_err(bad)?;
        let returned = self.invoke(found, params, head.function).map_err(|error| self.told(error, text))?;
        if let (Some(name), Some(value)) = (&head.to, &returned.value) {
            self.book.write().name(name, &value.val);
        }
        Ok(Some(returned))
    }

    /// Gives what was returned a name, as `$name = …` does.
    pub fn name(&mut self, name: &str, returned: &Returned) {
        if let Some(value) = &returned.value {
            self.book.write().name(name, &value.val);
        }
    }

    /// The names of the handles it holds, each with its `$`.
    pub fn handles(&self) -> Vec<String> {
        self.book.read().named()
    }

    /// The call that trapped or met a limit; after it nothing can be called any more.
    pub fn ended(&self) -> Option<&str> {
        self.ended.as_deref()
    }

    fn alive(&self) -> Result<()> {
        self.ended.as_ref().map_or(Ok(()), |by| Err(Error::Ended(by.clone())))
    }

    /// Points a fault that only showed at the call into the text of it.
    fn told(&self, error: Error, text: &str) -> Error {
        match error {
            Error::Call(bad) => BadCall { text: text.into(), ..*bad }.into(),
            error => error,
        }
    }

    /// The handle of a name with its `$`.
    fn handle(&self, text: &str, at: Range<usize>) -> std::result::Result<ResourceAny, Why> {
        let name = &text[at];
        let pages = self.book.read();
        match pages.value(name.trim_start_matches('$')) {
            Some(Val::Resource(handle)) => Ok(*handle),
            _ => {
                let gone = pages.gone(name.trim_start_matches('$'));
                Err(Why::NoHandle { name: name.into(), gone, known: pages.named() })
            }
        }
    }

    /// The function that a head means, and the handle if it is a method of one.
    fn target(&self, text: &str, head: &Head) -> Bad<(usize, Option<ResourceAny>)> {
        let at = |why| (head.function.clone(), None, why);
        let wanted = &text[head.function.clone()];
        let Some(of) = &head.of else { return Ok((functions::find(&self.functions, wanted).map_err(at)?, None)) };
        let handle = self.handle(text, of.clone()).map_err(|why| (of.clone(), None, why))?;
        let ty = Type::Borrow(handle.ty());
        let method = functions::method(&self.functions, &ty, wanted);
        let found = method.ok_or_else(|| {
            let within = Some(self.book.read().types.resource_name(handle.ty()));
            at(Why::NoFunction { wanted: wanted.into(), within, known: functions::methods(&self.functions, &ty) })
        })?;
        Ok((found, Some(handle)))
    }

    /// Makes the call.
    fn invoke(&mut self, found: usize, mut params: Vec<Val>, at: Range<usize>) -> Result<Returned> {
        let Found { index, ty, .. } = &self.functions[found];
        let (index, name) = (*index, self.functions[found].full());
        let given = self.given(ty, &params, at)?;
        let result = ty.results().next();
        for (value, (_, ty)) in params.iter_mut().zip(ty.params()) {
            put_in(&mut self.store.as_context_mut(), value, &ty).map_err(|error| Error::Engine(text(&error)))?;
        }
        let Some(func) = self.instance.get_func(&mut self.store, index) else {
            return Err(Error::Engine(format!("`{name}` is not where it was")));
        };
        let fuel = self.host.limits.fuel.unwrap_or(u64::MAX);
        let metered = self.store.set_fuel(fuel).is_ok();
        self.store.data_mut().meter.hit = None;
        let mut results = vec![Val::Bool(false); usize::from(result.is_some())];
        let start = Instant::now();
        let (store, host) = (&mut self.store, &self.host);
        let called = drive(&self.runtime, host, async {
            match (func.call_async(&mut *store, &params, &mut results).await, results.first_mut().zip(result.as_ref()))
            {
                (Ok(()), Some((value, ty))) => streams::read_out(store, value, ty, &host.limits).await,
                (called, _) => Ok(called),
            }
        });
        let time = start.elapsed();
        let failed = match called {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(trap::failed(&error, self.store.data())),
            Err(error) => Some(error),
        };
        if let Some(error) = failed {
            self.ended = Some(name);
            return Err(error);
        }
        let mut pages = self.book.write();
        for handle in given {
            pages.part(handle, &format!("given to `{name}`"));
        }
        let val = result.and_then(|ty| Some((results.pop()?, ty)));
        if let Some((val, _)) = &val {
            pages.note(val);
        }
        drop(pages);
        let value = val.map(|(val, ty)| Value { val, ty, book: self.book.clone() });
        let [stdout, stderr] = self.output();
        let state = self.store.data();
        let memory = state.meter.memory();
        let fuel = metered.then(|| fuel - self.store.get_fuel().unwrap_or(fuel));
        Ok(Returned { function: name, value, fuel, memory, time, stdout, stderr })
    }

    /// Ends the life of a resource.
    fn release(&mut self, handle: ResourceAny) -> Result<()> {
        let name = wave(&Val::Resource(handle), &self.book);
        let store = &mut self.store;
        let dropped = drive(&self.runtime, &self.host, async { Ok(handle.resource_drop_async(&mut *store).await) });
        let failed = match dropped {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(trap::failed(&error, self.store.data())),
            Err(error) => Some(error),
        };
        if let Some(error) = failed {
            self.ended = Some(format!("drop {name}"));
            return Err(error);
        }
        self.book.write().part(handle, "dropped");
        Ok(())
    }

    /// What was written to stdout and stderr since it was asked last.
    fn output(&mut self) -> [Vec<u8>; 2] {
        let state = self.store.data();
        let pipes = [&state.stdout, &state.stderr];
        let mut told = self.told;
        let new = std::array::from_fn(|at| {
            let whole = pipes[at].as_ref().map(|pipe| pipe.contents()).unwrap_or_default();
            let from = told[at].min(whole.len());
            told[at] = whole.len();
            whole[from..].to_vec()
        });
        self.told = told;
        new
    }
}

impl From<BadCall> for Error {
    fn from(bad: BadCall) -> Self {
        Error::Call(Box::new(bad))
    }
}
