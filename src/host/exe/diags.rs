//! What can be wrong with executables of components, in words.

use super::make::Unfit;
use super::stubs::{FOLDER, Missing, NAME};
use crate::diag::{Code, Diagnostic, option, shell_word};
use crate::model::request::Written;
use compose_engine::sealed::note::{Stub, TRIPLE};
use compose_engine::sealed::payload::Damage;

/// C0820: nothing was ever sealed into a file.
#[derive(Debug)]
pub struct NotSealed<'a> {
    /// What the user calls it.
    pub origin: &'a str,
    /// Where it was written.
    pub written: &'a Written,
    /// What it says of itself, if it is a stub.
    pub stub: Option<&'a Stub>,
}

impl From<NotSealed<'_>> for Diagnostic {
    fn from(NotSealed { origin, written, stub }: NotSealed<'_>) -> Self {
        let diagnostic = Self::new(Code::NotSealed, format!("there is no component sealed into `{origin}`"))
            .at(written, "no executable of `compose exe`")
            .fact("input", origin);
        match stub {
            Some(stub) => diagnostic
                .note(format!("it is the stub of `compose` {} for `{}`, as it was built", stub.version, stub.triple)),
            None => diagnostic,
        }
    }
}

/// C0821: what is sealed into an executable is not as it was.
#[derive(Debug)]
pub struct SealedDamaged<'a> {
    /// What the user calls it.
    pub origin: &'a str,
    /// What is wrong.
    pub damage: Damage,
}

impl From<SealedDamaged<'_>> for Diagnostic {
    fn from(SealedDamaged { origin, damage }: SealedDamaged<'_>) -> Self {
        Self::new(Code::SealedDamaged, format!("what is sealed into `{origin}` is damaged: {damage}"))
            .fact("input", origin)
            .help("make it again, or take it again from where it came from")
    }
}

/// C0822: what is around it is not as it was.
#[derive(Debug)]
pub struct StubChanged<'a> {
    /// What the user calls it.
    pub origin: &'a str,
}

impl From<StubChanged<'_>> for Diagnostic {
    fn from(StubChanged { origin }: StubChanged<'_>) -> Self {
        Self::new(Code::StubChanged, format!("the stub of `{origin}` is not as it was when it was made"))
            .note("what is sealed in is as it was, byte for byte")
            .note("`strip` does this, and so does whatever else changes executables; so would somebody who means harm")
            .fact("input", origin)
    }
}

/// C0823: no stub.
#[derive(Debug)]
pub struct NoStub<'a> {
    /// The target, if one was named.
    pub target: Option<&'a str>,
    /// Why not.
    pub missing: &'a Missing,
}

impl From<NoStub<'_>> for Diagnostic {
    fn from(NoStub { target, missing }: NoStub<'_>) -> Self {
        let triple = target.unwrap_or(TRIPLE);
        match missing {
            Missing::Unreadable(path, why) => {
                let path = path.display().to_string();
                Self::new(Code::NoStub, format!("the stub `{path}` cannot be read: {}", why.words())).fact("stub", path)
            }
            Missing::Nowhere(looked) => {
                let diagnostic = Self::new(Code::NoStub, format!("there is no stub for `{triple}`"))
                    .fact("target", triple)
                    .note("none is embedded in `compose`, and none for it stands beside it");
                let diagnostic = match looked {
                    Some(path) => diagnostic.note(format!("there is no `{}`", path.display())),
                    None => diagnostic.note(format!("`{FOLDER}` can name a folder with `{triple}/{NAME}` in it")),
                };
                diagnostic.help(format!("cargo build -p compose-stub --profile stub --target {}", shell_word(triple)))
            }
        }
    }
}

/// C0824: a stub that does not fit.
#[derive(Debug)]
pub struct StubUnfit<'a> {
    /// What the stub is called.
    pub stub: &'a str,
    /// Why it does not fit.
    pub why: &'a Unfit,
}

impl From<StubUnfit<'_>> for Diagnostic {
    fn from(StubUnfit { stub, why }: StubUnfit<'_>) -> Self {
        let new = |message: String| Self::new(Code::StubUnfit, message).fact("stub", stub);
        match why {
            Unfit::NoStub => new(format!("`{stub}` is no stub: it does not say what it can run"))
                .help(format!("leave the option out, or name a `{NAME}`")),
            Unfit::Release(says) => new(format!("the stub `{stub}` is of another release"))
                .note(format!("it is of `compose` {} with wasmtime {}", says.version, says.engine))
                .help("use the stub of this very release, or let the `compose` of that one make it"),
            Unfit::Target(says, wanted) => {
                new(format!("the stub `{stub}` is for `{}`, not for `{wanted}`", says.triple))
                    .help(option("--target", &says.triple))
            }
            Unfit::Cannot(says, feature) => {
                new(format!("the stub `{stub}` cannot do what the component needs: `{feature}`"))
                    .note(format!("it can {}", crate::model::listed::quoted(&says.features)))
            }
            Unfit::Taken => {
                new(format!("there is a component in `{stub}` already")).help("name the stub that it was made of")
            }
            Unfit::Form(form) => new(format!("nothing can be sealed into `{stub}`"))
                .note(format!("it is {form}; what is known is ELF of 64 bits, little-endian, as on Linux")),
        }
    }
}
