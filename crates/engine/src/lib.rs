//! The one wasmtime configuration, linker set-up and run loop of `compose`.
//!
//! Bytes and text cross this border, nothing else: a component comes in as bytes, arguments and results are strings and
//! WAVE text, and no type of wasmtime shows in a signature. So the toolchain never depends on the parser line that the
//! engine happens to use. WASI 0.2 and 0.3 are always linked, with nothing behind them that was not granted; what a
//! component imports beyond its grants is an error before it runs, not a trap later.
//!
//! ```
//! use compose_engine::{Engine, Host, Profile};
//! let engine = Engine::new(Profile::here())?;
//! let add = wat::parse_str(
//!     r#"(component
//!         (core module $m (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))
//!         (core instance $i (instantiate $m))
//!         (func (export "add") (param "a" u32) (param "b" u32) (result u32) (canon lift (core func $i "add"))))"#,
//! )?;
//! let program = engine.program(&add)?;
//! assert_eq!(program.call(&Host::default(), "add", &["40", "2"])?, ["42"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod alike;
mod asked;
mod command;
mod connect;
mod cross;
mod drive;
mod engine;
mod error;
mod grants;
mod host;
mod http;
mod imported;
mod in_place;
mod interpose;
mod limits;
mod links;
mod needs;
mod outgoing;
mod outlet;
mod passing;
mod pool;
mod profile;
mod program;
pub mod sealed;
mod serve;
mod session;
mod spoken;
mod state;
#[cfg(feature = "compile")]
pub mod steady;
mod tick;
mod trap;
mod value;

pub use alike::Unlike;
pub use asked::Asked;
pub use command::Outcome;
pub use engine::{Engine, Image};
pub use error::{Error, Flooded};
pub use grants::{Address, Directory, Grants, Origin, Transport};
pub use host::{Clock, Host, Random, Stream};
pub use http::{Request, Response};
pub use imported::Imported;
pub use interpose::{Between, Call, Ended, Interposer, Part, PassOn, Reply, Site};
pub use limits::{Limit, Limits};
pub use needs::{Capability, Need};
pub use outgoing::{Network, Outgoing, Whole};
pub use profile::{Profile, WASMTIME};
pub use program::{Kind, Program};
pub use serve::{
    AccessLog, Again, Answered, Door, Failure, ServeLog, ServeOptions, ServeOutcome, Served, Stop, Teller, Told,
};
pub use session::{Argument, BadCall, Function, Returned, Session, Value, Why};
pub use trap::{Frame, Trap};
pub use value::{BadValue, Mismatch};

/// What every operation of this crate gives.
pub type Result<T> = std::result::Result<T, Error>;
