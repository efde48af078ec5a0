//! Lints of interfaces that may be reached over a network. They look only at interfaces that are named remote.
//!
//! Behind a link over a network stands something that a call in one process has not: it may be slow, be gone, or have done
//! its work and not say so. A contract that has no place for that makes a trap of it.

use crate::contract::rule::Severity::{Error, Note, Warning};
use crate::contract::rule::{Area, Example, Kind, Level, Rule};

/// No place for a failed transport.
pub static NOT_FALLIBLE: Rule = Rule {
    id: "remote-link-not-fallible",
    area: Area::RemoteLink,
    level: Level::Behaviour,
    says: "has no place for a failed transport",
    why: "A transport that fails can be told to the caller only as an error that the contract has: that of wRPC (`result<T, error>` with \
          the resource of `wrpc:rpc/error`), or one with a string or a case with a string that a bridge can fill. Everything else, a \
          `result` with another error included, ends as a trap of the whole caller.",
    fix: "Return `result<T, E>` where `E` is `wrpc:rpc/error.error`, or a variant with a case like `other(string)`.",
    kind: Kind::Lint(Error),
    examples: &[
        Example::Lint {
            bad: "interface store { get: func(key: string) -> option<string>; }",
            good: "interface store { variant failure { denied, other(string) } get: func(key: string) -> result<option<string>, failure>; }",
        },
        Example::Lint {
            bad: "interface store { enum failure { denied, gone } get: func(key: string) -> result<string, failure>; }",
            good: "interface store { get: func(key: string) -> result<string, string>; }",
        },
    ],
};

/// A stream, a future or an error context.
pub static ASYNC_TYPE: Rule = Rule {
    id: "remote-link-async-type",
    area: Area::RemoteLink,
    level: Level::Link,
    says: "speaks of a type that transports cannot carry",
    why: "A `stream`, a `future` or an `error-context` is a channel inside one process. The codec of wRPC refuses functions that have one, so \
          the link cannot be made.",
    fix: "Pass lists in pages with a cursor, or keep the stream on one side of the network.",
    kind: Kind::Lint(Error),
    examples: &[Example::Lint {
        bad: "interface logs { tail: func(name: string) -> result<stream<u8>, string>; }",
        good: "interface logs { tail: func(name: string, start: u64, most: u32) -> result<list<u8>, string>; }",
    }],
};

/// A resource.
pub static RESOURCE: Rule = Rule {
    id: "remote-link-resource",
    area: Area::RemoteLink,
    level: Level::Behaviour,
    says: "is a resource behind a network",
    why: "A handle names something inside one process. Over a network someone has to keep it alive for a caller that may never come back, every \
          method is a round trip, and transports differ in whether they carry handles at all.",
    fix: "Use an id in the place of the handle: a record or a string that the functions take.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface store { resource bucket { get: func(key: string) -> result<string, string>; } }",
        good: "interface store { type bucket = string; get: func(bucket: bucket, key: string) -> result<string, string>; }",
    }],
};

/// A borrowed handle.
pub static BORROW: Rule = Rule {
    id: "remote-link-borrow",
    area: Area::RemoteLink,
    level: Level::Behaviour,
    says: "borrows a handle across a network",
    why: "A borrow ends when the call returns. Over a network nobody knows when that is if the answer is lost, so the lender can neither use \
          nor drop what it lent.",
    fix: "Take an id, or the data itself.",
    kind: Kind::Lint(Warning),
    examples: &[Example::Lint {
        bad: "interface store { resource bucket; copy: func(source: borrow<bucket>) -> result<_, string>; }",
        good: "interface store { copy: func(source: string) -> result<_, string>; }",
    }],
};

/// Many small questions.
pub static CHATTY: Rule = Rule {
    id: "remote-link-chatty",
    area: Area::RemoteLink,
    level: Level::Behaviour,
    says: "answers in many small pieces",
    why: "Each function that gives one plain value costs a caller a round trip, and several of them do not even speak of the same moment.",
    fix: "Give the values together: one function that returns a record.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface user { name: func(id: u64) -> string; mail: func(id: u64) -> string; age: func(id: u64) -> u8; city: func(id: u64) -> \
              string; street: func(id: u64) -> string; since: func(id: u64) -> u64; }",
        good: "interface user { record user { name: string, mail: string, age: u8, city: string, street: string, since: u64 } \
               get: func(id: u64) -> user; }",
    }],
};

/// Whether to try again.
pub static NO_IDEMPOTENCY_NOTE: Rule = Rule {
    id: "remote-link-no-idempotency-note",
    area: Area::RemoteLink,
    level: Level::Behaviour,
    says: "does not say whether it may be tried again",
    why: "After a timeout the caller does not know whether the call was carried out. Only the contract can say whether a second one does harm.",
    fix: "Write into its documentation that it is idempotent, or that it must not be retried and how to find out what became of it.",
    kind: Kind::Lint(Note),
    examples: &[Example::Lint {
        bad: "interface bank { /// Moves money.\n  pay: func(to: string, cents: u64) -> result<_, string>; }",
        good: "interface bank { /// Moves money. Idempotent: a payment with the same key is made once.\n  \
               pay: func(key: string, to: string, cents: u64) -> result<_, string>; }",
    }],
};

/// The rules of this file, in the order of the manual.
pub static RULES: &[&Rule] = &[&NOT_FALLIBLE, &ASYNC_TYPE, &RESOURCE, &BORROW, &CHATTY, &NO_IDEMPOTENCY_NOTE];
