//! Streams and futures of calls: what is read from one that a call gave, and one that gives what was written as an argument.
//!
//! In text a stream is the list of what it carries, a future its value. The engine moves only elements whose type its host
//! knows when it is compiled, so there is one reader for each plain type and none for records and other types of components
//! ([`carried`] tells which). All ends of a result are read at once, since their writer may fill them in any order, and to
//! their end: who writes more bytes, or more elements, than may be kept is cut off.

use crate::Result;
use crate::error::{Error, Flooded};
use crate::limits::{Limit, Limits};
use crate::state::State;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::sync::oneshot;
use wasmtime::component::{
    FutureAny, FutureConsumer, FutureReader, Lift, Lower, Source, StreamAny, StreamConsumer, StreamReader,
    StreamResult, Type, Val,
};
use wasmtime::{AsContextMut, Store, StoreContextMut};

/// Bytes that are kept of all streams of a result, if no limit says otherwise: a text counts as its bytes of UTF-8, any other
/// element as its size in the component's memory.
const MOST: u64 = 64 << 20;
/// Elements that are kept at most; each takes more room here than there.
const MANY: usize = 4_000_000;

/// An element that can be moved.
trait Element: Lift + Lower + Unpin + Send + Sync + 'static {
    fn into_val(self) -> Val;
    fn from_val(val: &Val) -> Option<Self>;
}

macro_rules! elements {
    ($($case:ident $rust:ty,)*) => {
        $(impl Element for $rust {
            fn into_val(self) -> Val {
                Val::$case(self)
            }
            fn from_val(val: &Val) -> Option<Self> {
                match val {
                    Val::$case(it) => Some(it.clone()),
                    _ => None,
                }
            }
        })*

        /// Whether elements of this type can be moved.
        fn moves(ty: &Type) -> bool {
            matches!(ty, $(Type::$case)|*)
        }

        /// Begins to read a stream.
        fn begin_stream(store: &mut Store<State>, ty: &Type, any: StreamAny, kept: &Kept) -> wasmtime::Result<End> {
            match ty {
                $(Type::$case => stream::<$rust>(store, any, kept),)*
                _ => Err(immovable()),
            }
        }

        /// Begins to read a future.
        fn begin_future(store: &mut Store<State>, ty: &Type, any: FutureAny, kept: &Kept) -> wasmtime::Result<End> {
            match ty {
                $(Type::$case => future::<$rust>(store, any, kept),)*
                _ => Err(immovable()),
            }
        }

        /// A stream of these values.
        fn made_stream(mut store: StoreContextMut<'_, State>, ty: &Type, items: &[Val]) -> wasmtime::Result<StreamAny> {
            match ty {
                $(Type::$case => {
                    let items: Option<Vec<$rust>> = items.iter().map(Element::from_val).collect();
                    let reader = StreamReader::new(store.as_context_mut(), items.ok_or_else(immovable)?)?;
                    StreamAny::try_from_stream_reader(store, reader)
                })*
                _ => Err(immovable()),
            }
        }

        /// A future of this value.
        fn made_future(mut store: StoreContextMut<'_, State>, ty: &Type, value: &Val) -> wasmtime::Result<FutureAny> {
            match ty {
                $(Type::$case => {
                    let value = <$rust>::from_val(value).ok_or_else(immovable)?;
                    let reader = FutureReader::new(store.as_context_mut(), async move { Ok::<_, wasmtime::Error>(value) })?;
                    FutureAny::try_from_future_reader(store, reader)
                })*
                _ => Err(immovable()),
            }
        }
    };
}

elements! {
    Bool bool,
    S8 i8,
    U8 u8,
    S16 i16,
    U16 u16,
    S32 i32,
    U32 u32,
    S64 i64,
    U64 u64,
    Float32 f32,
    Float64 f64,
    Char char,
    String String,
}

/// Whoever calls has asked [`carried`] before.
fn immovable() -> wasmtime::Error {
    wasmtime::Error::msg("elements of this type cannot be moved")
}

/// What a stream or future carries, if that can be moved.
pub(crate) fn carried(ty: &Type) -> Option<Type> {
    let inner = match ty {
        Type::Stream(stream) => stream.ty(),
        Type::Future(future) => future.ty(),
        _ => None,
    };
    inner.filter(moves)
}

/// Makes ends of what stands for streams and futures in a value that is to be given to a component.
pub(crate) fn put_in(store: &mut StoreContextMut<'_, State>, value: &mut Val, ty: &Type) -> wasmtime::Result<()> {
    visit(value, ty, &mut |value, ty| {
        let inner = carried(ty).ok_or_else(immovable)?;
        *value = match (ty, &*value) {
            (Type::Stream(_), Val::List(items)) => Val::Stream(made_stream(store.as_context_mut(), &inner, items)?),
            (_, value) => Val::Future(made_future(store.as_context_mut(), &inner, value)?),
        };
        Ok(())
    })
}

/// Lets go of the ends in a value that nobody will read.
pub(crate) fn close(store: &mut StoreContextMut<'_, State>, value: &mut Val, ty: &Type) -> wasmtime::Result<()> {
    visit(value, ty, &mut |value, _| match value {
        Val::Stream(any) => any.close(store.as_context_mut()),
        Val::Future(any) => any.close(store.as_context_mut()),
        _ => Ok(()),
    })
}

/// Reads what the ends in a result give, and puts it in their places.
pub(super) async fn read_out(store: &mut Store<State>, value: &mut Val, ty: &Type, limits: &Limits) -> Result<Read> {
    let left = Arc::new(Mutex::new(Left { bytes: limits.output.unwrap_or(MOST), elements: MANY }));
    let mut ends = Vec::new();
    let begun = visit(value, ty, &mut |value, ty| {
        let inner = carried(ty).ok_or_else(immovable)?;
        let kept = Kept { values: Arc::default(), left: left.clone(), full: Arc::default() };
        let end = match value {
            Val::Stream(any) => begin_stream(store, &inner, any.clone(), &kept)?,
            Val::Future(any) => begin_future(store, &inner, any.clone(), &kept)?,
            _ => return Ok(()),
        };
        ends.push((end, kept));
        Ok(())
    });
    if let Err(error) = begun {
        return Ok(Err(error));
    }
    if ends.is_empty() {
        return Ok(Ok(()));
    }
    let mut all = Vec::new();
    let waited = store
        .run_concurrent(async |_| {
            for (end, kept) in ends {
                // It is dropped when the other end is.
                let _ = end.await;
                all.push(kept);
            }
        })
        .await;
    if let Err(error) = waited {
        return Ok(Err(error));
    }
    let mut all = all.into_iter();
    let mut full = None;
    let put = visit(value, ty, &mut |value, ty| {
        let Some(kept) = all.next() else { return Ok(()) };
        full = full.or(*locked(&kept.full));
        let mut values = std::mem::take(&mut *locked(&kept.values));
        match (ty, values.pop()) {
            (Type::Future(_), Some(it)) => *value = it,
            (Type::Future(_), None) if full.is_none() => {
                return Err(wasmtime::Error::msg("a future ended without a value"));
            }
            (_, last) => {
                values.extend(last);
                *value = Val::List(values);
            }
        }
        Ok(())
    });
    match (full, limits.output) {
        (Some(Full::Bytes), Some(_)) => Err(Error::Limit(Limit::Output)),
        (Some(Full::Bytes), None) => Err(Error::Flood { most: MOST, of: Flooded::Bytes }),
        (Some(Full::Elements), _) => Err(Error::Flood { most: MANY as u64, of: Flooded::Elements }),
        (None, _) => Ok(put),
    }
}

/// What became of reading.
pub(super) type Read = wasmtime::Result<()>;
/// Is answered when the other end is gone.
type End = oneshot::Receiver<()>;

/// Where things go that were read.
#[derive(Clone)]
struct Kept {
    values: Arc<Mutex<Vec<Val>>>,
    /// What may still be kept, by all ends together.
    left: Arc<Mutex<Left>>,
    full: Arc<Mutex<Option<Full>>>,
}

/// What may still be kept.
struct Left {
    bytes: u64,
    elements: usize,
}

/// What there was no room for.
#[derive(Clone, Copy)]
enum Full {
    Bytes,
    Elements,
}

impl Kept {
    /// Whether there was room for it.
    fn keep<T: Element>(&self, item: T) -> bool {
        let value = item.into_val();
        let size = if let Val::String(text) = &value { text.len() } else { size_of::<T>() } as u64;
        let mut left = locked(&self.left);
        match (left.bytes.checked_sub(size), left.elements.checked_sub(1)) {
            (Some(bytes), Some(elements)) => {
                *left = Left { bytes, elements };
                locked(&self.values).push(value);
            }
            (None, _) => *locked(&self.full) = Some(Full::Bytes),
            (_, None) => *locked(&self.full) = Some(Full::Elements),
        }
        locked(&self.full).is_none()
    }
}

fn locked<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn stream<T: Element>(store: &mut Store<State>, any: StreamAny, kept: &Kept) -> wasmtime::Result<End> {
    let (done, end) = oneshot::channel();
    let reader = Reader { kept: kept.clone(), _done: done, of: std::marker::PhantomData };
    any.try_into_stream_reader::<T>()?.pipe(store, reader)?;
    Ok(end)
}

fn future<T: Element>(store: &mut Store<State>, any: FutureAny, kept: &Kept) -> wasmtime::Result<End> {
    let (done, end) = oneshot::channel();
    let reader = Reader { kept: kept.clone(), _done: done, of: std::marker::PhantomData };
    any.try_into_future_reader::<T>()?.pipe(store, reader)?;
    Ok(end)
}

/// The end that the host holds.
struct Reader<T> {
    kept: Kept,
    _done: oneshot::Sender<()>,
    of: std::marker::PhantomData<fn() -> T>,
}

impl<T: Element> StreamConsumer<State> for Reader<T> {
    type Item = T;

    fn poll_consume(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        mut store: StoreContextMut<'_, State>,
        mut source: Source<'_, T>,
        _: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        let most = source.remaining(store.as_context_mut()).min(1 << 16);
        let mut items = Vec::with_capacity(most);
        source.read(store, &mut items)?;
        let room = items.into_iter().all(|item: T| self.kept.keep(item));
        Poll::Ready(Ok(if room { StreamResult::Completed } else { StreamResult::Dropped }))
    }
}

impl<T: Element> FutureConsumer<State> for Reader<T> {
    type Item = T;

    fn poll_consume(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        store: StoreContextMut<'_, State>,
        mut source: Source<'_, T>,
        _: bool,
    ) -> Poll<wasmtime::Result<()>> {
        let mut item: Option<T> = None;
        source.read(store, &mut item)?;
        if let Some(item) = item {
            self.kept.keep(item);
        }
        Poll::Ready(Ok(()))
    }
}

/// Every stream and future within a value, or what stands for it.
fn visit(
    value: &mut Val,
    ty: &Type,
    at: &mut dyn FnMut(&mut Val, &Type) -> wasmtime::Result<()>,
) -> wasmtime::Result<()> {
    let payload =
        |value: &mut Option<Box<Val>>, ty: Option<Type>, at: &mut dyn FnMut(&mut Val, &Type) -> _| match (value, ty) {
            (Some(value), Some(ty)) => visit(value, &ty, at),
            _ => Ok(()),
        };
    match (value, ty) {
        (value, Type::Stream(_) | Type::Future(_)) => at(value, ty),
        (Val::List(items), Type::List(list)) => items.iter_mut().try_for_each(|item| visit(item, &list.ty(), at)),
        (Val::FixedLengthList(items), Type::FixedLengthList(list)) => {
            items.iter_mut().try_for_each(|item| visit(item, &list.ty(), at))
        }
        (Val::Tuple(items), Type::Tuple(tuple)) => {
            items.iter_mut().zip(tuple.types()).try_for_each(|(item, ty)| visit(item, &ty, at))
        }
        (Val::Record(fields), Type::Record(record)) => {
            fields.iter_mut().zip(record.fields()).try_for_each(|((_, value), field)| visit(value, &field.ty, at))
        }
        (Val::Map(entries), Type::Map(map)) => {
            entries.iter_mut().try_for_each(|(_, value)| visit(value, &map.value(), at))
        }
        (Val::Variant(name, value), Type::Variant(variant)) => {
            payload(value, variant.cases().find(|case| case.name == name).and_then(|case| case.ty), at)
        }
        (Val::Option(value), Type::Option(some)) => payload(value, Some(some.ty()), at),
        (Val::Result(Ok(value)), Type::Result(result)) => payload(value, result.ok(), at),
        (Val::Result(Err(value)), Type::Result(result)) => payload(value, result.err(), at),
        _ => Ok(()),
    }
}
