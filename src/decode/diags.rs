//! What can be wrong with the bytes of an input, in words.

pub(crate) mod limits;

use super::sniff::Kind;
use crate::diag::{Code, Diagnostic, shell_word};
use crate::model::request::Written;
use crate::types::read::MOST_ITEMS;

/// The input that a diagnostic of this stage is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// What the user calls it.
    pub origin: &'a str,
    /// Where it was written.
    pub written: Option<&'a Written>,
}

impl About<'_> {
    fn diagnostic(&self, code: Code, message: String, label: &str) -> Diagnostic {
        Diagnostic::new(code, message).fact("input", self.origin).at(self.written, label)
    }

    /// A file name for what is made of the input.
    fn component_file(&self) -> String {
        let stem = self.origin.strip_suffix(".wasm").or(self.origin.strip_suffix(".wat")).unwrap_or(self.origin);
        format!("{stem}.component.wasm")
    }
}

/// C0301: the bytes are not WebAssembly.
#[derive(Debug)]
pub struct NotWasm<'a> {
    /// The input.
    pub about: About<'a>,
    /// What they seem to be.
    pub kind: Kind,
    /// The bytes, of which the first are shown.
    pub bytes: &'a [u8],
}

impl From<NotWasm<'_>> for Diagnostic {
    fn from(facts: NotWasm<'_>) -> Self {
        let origin = facts.about.origin;
        let (what, help) = match facts.kind {
            Kind::Wat => ("WebAssembly text".into(), Some("give text a name that ends in `.wat`".into())),
            Kind::Wit => ("WIT, which describes a component and is none".into(), None),
            Kind::Html => {
                ("an HTML page".into(), Some("download it again; this is likely a page that says why not".into()))
            }
            Kind::Json => ("JSON".into(), None),
            Kind::LfsPointer => ("a stand-in for a large file".into(), Some("git lfs pull".into())),
            Kind::Packed("gzip") => ("packed with gzip".into(), Some(format!("gunzip {origin}"))),
            Kind::Packed("zstd") => ("packed with zstd".into(), Some(format!("unzstd {origin}"))),
            Kind::Packed("xz") => ("packed with xz".into(), Some(format!("unxz {origin}"))),
            Kind::Packed(format @ ("zip" | "tar" | "ar")) => {
                (format!("an archive ({format})"), Some("unpack it and give the component inside".into()))
            }
            Kind::Packed(format) => (format!("packed with {format}"), None),
            Kind::Native(format) => (
                format!("a binary of another kind ({format})"),
                Some("build it for WebAssembly: `cargo build --target wasm32-wasip2`".into()),
            ),
            Kind::OtherWasm(version) => {
                (format!("WebAssembly of version {version:#x}, which is neither a module nor a component"), None)
            }
            Kind::CutWasm => ("the first bytes of WebAssembly only, cut off".into(), None),
            Kind::Text => ("text".into(), None),
            Kind::Empty | Kind::Component | Kind::CoreModule | Kind::Unknown => ("of an unknown kind".into(), None),
        };
        let shown: Vec<String> = facts.bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let message = format!("`{origin}` is not WebAssembly: it is {what}");
        let diagnostic = facts.about.diagnostic(Code::NotWasm, message, "not WebAssembly");
        // Of WIT that was read as text no bytes are at hand.
        let diagnostic = match shown.is_empty() {
            true => diagnostic,
            false => diagnostic.note(format!(
                "its first bytes are {}; a component begins with 00 61 73 6d 0d 00 01 00",
                shown.join(" ")
            )),
        };
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

/// C0302: a core module.
#[derive(Debug)]
pub struct CoreModule<'a> {
    /// The input.
    pub about: About<'a>,
    /// Whether it imports `wasi_snapshot_preview1`.
    pub preview1: bool,
    /// Whether it carries its component type (a custom section whose name begins with `component-type`).
    pub typed: bool,
}

impl From<CoreModule<'_>> for Diagnostic {
    fn from(facts: CoreModule<'_>) -> Self {
        let origin = facts.about.origin;
        let out = facts.about.component_file();
        let message = format!("`{origin}` is a core module, not a component");
        let mut diagnostic = facts.about.diagnostic(Code::CoreModule, message, "a core module");
        let embedded = if facts.typed {
            origin.to_owned()
        } else {
            diagnostic = diagnostic
                .note("it does not say what its functions mean as interfaces; `embed` adds that from WIT")
                .help(format!("wasm-tools component embed wit {} -o embedded.wasm", shell_word(origin)));
            "embedded.wasm".into()
        };
        if facts.preview1 {
            diagnostic
                .note("it uses WASI preview 1, which an adapter translates; a target like `wasm32-wasip2` needs none")
                .help(format!(
                    "wasm-tools component new {embedded} --adapt wasi_snapshot_preview1=ADAPTER.wasm -o {out}"
                ))
        } else {
            diagnostic.help(format!("wasm-tools component new {embedded} -o {out}"))
        }
    }
}

/// C0308: more items than shapes are made of.
#[derive(Debug)]
pub struct TooManyItems<'a> {
    /// The input.
    pub about: About<'a>,
}

impl From<TooManyItems<'_>> for Diagnostic {
    fn from(facts: TooManyItems<'_>) -> Self {
        let message = format!("the imports and exports of `{}` have too much in them", facts.about.origin);
        let diagnostic = facts.about.diagnostic(Code::TooManyItems, message, "too large a type");
        diagnostic
            .note(format!(
                "the limit is {MOST_ITEMS} functions, types and instances, counted once more for each instance around their own"
            ))
            .fact("max", MOST_ITEMS)
    }
}

/// C0303: the validator refuses it.
#[derive(Debug)]
pub struct InvalidComponent<'a> {
    /// The input.
    pub about: About<'a>,
    /// Where, in bytes from the start.
    pub offset: u64,
    /// How many bytes there are.
    pub len: u64,
    /// The validator's words.
    pub message: &'a str,
    /// Whether it begins like a core module.
    pub module: bool,
    /// What stands there, if that can be told.
    pub place: Option<&'a str>,
}

impl From<InvalidComponent<'_>> for Diagnostic {
    fn from(facts: InvalidComponent<'_>) -> Self {
        let origin = facts.about.origin;
        let cut = facts.offset >= facts.len || facts.message.contains("unexpected end");
        let mut lines = facts.message.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next().unwrap_or("it is refused").trim_end_matches('.');
        let place = facts.place.map(|place| format!(", in {place}")).unwrap_or_default();
        let message = if cut {
            format!("`{origin}` is cut off after {} bytes{place}", facts.len)
        } else {
            let what = if facts.module { "core module" } else { "component" };
            format!("`{origin}` is not a valid {what}{place}")
        };
        let mut diagnostic = facts
            .about
            .diagnostic(Code::InvalidComponent, message, "not valid")
            .note(format!("{first}, at byte {:#x} of {:#x}", facts.offset, facts.len))
            .fact("offset", facts.offset);
        for line in lines {
            diagnostic = diagnostic.note(line);
        }
        diagnostic.help(if cut {
            "build or download it again"
        } else {
            "build it again; if that does not help, the tool that made it has a fault"
        })
    }
}

/// C0304: valid for others, not for the host that is to run the result.
#[derive(Debug)]
pub struct FeatureNotSupported<'a> {
    /// The input.
    pub about: About<'a>,
    /// What it needs: the validator's words without the host's features.
    pub feature: &'a str,
    /// Where it needs it, in bytes from the start.
    pub offset: u64,
    /// What stands there, if that can be told.
    pub place: Option<&'a str>,
    /// The host.
    pub host: &'a str,
    /// A host that takes it.
    pub other: Option<&'a str>,
}

impl From<FeatureNotSupported<'_>> for Diagnostic {
    fn from(facts: FeatureNotSupported<'_>) -> Self {
        let feature = facts.feature.lines().next().unwrap_or_default().trim_end_matches('.');
        let place = facts.place.map(|place| format!(" in {place}")).unwrap_or_default();
        let message = format!("`{}` needs{place} a feature that `{}` does not have", facts.about.origin, facts.host);
        let diagnostic = facts
            .about
            .diagnostic(Code::FeatureNotSupported, message, "needs more than the host has")
            .note(format!("{feature}, at byte {:#x}", facts.offset))
            .fact("host", facts.host);
        match facts.other {
            Some(other) => diagnostic.help(format!("--target {other}")),
            None => diagnostic,
        }
    }
}

/// C0305: no bytes.
#[derive(Debug)]
pub struct EmptyInput<'a> {
    /// The input.
    pub about: About<'a>,
}

impl From<EmptyInput<'_>> for Diagnostic {
    fn from(facts: EmptyInput<'_>) -> Self {
        let message = format!("`{}` is empty", facts.about.origin);
        let diagnostic = facts.about.diagnostic(Code::EmptyInput, message, "0 bytes");
        if facts.about.origin == "<stdin>" {
            diagnostic.help("give it a file: `< FILE`")
        } else {
            diagnostic.help("build it again; a build that was stopped leaves such a file")
        }
    }
}

/// C0306: an import or export that cannot be wired.
#[derive(Debug)]
pub struct UnsupportedExtern<'a> {
    /// The input.
    pub about: About<'a>,
    /// `import` or `export`.
    pub side: &'a str,
    /// Its name.
    pub name: &'a str,
    /// What it is: `core module`, `component`, `value`.
    pub what: &'a str,
}

impl From<UnsupportedExtern<'_>> for Diagnostic {
    fn from(facts: UnsupportedExtern<'_>) -> Self {
        let message = format!("the {} `{}` of `{}` is a {}", facts.side, facts.name, facts.about.origin, facts.what);
        facts
            .about
            .diagnostic(Code::UnsupportedExtern, message, "cannot be composed")
            .note("interfaces, functions and types can be wired; modules, components and values cannot")
            .help(match facts.side {
                "import" => {
                    format!("link the {} into the component when that is built, or import an interface", facts.what)
                }
                _ => format!("leave the {} out when the component is built, or export an interface", facts.what),
            })
            .fact(if facts.side == "import" { "import" } else { "export" }, facts.name)
    }
}

/// C0307: an import that the result is to have by itself and cannot have.
#[derive(Debug)]
pub struct DeclaredUnusable<'a> {
    /// The import; `None` if it is not known which.
    pub name: Option<&'a Written>,
    /// Why.
    pub why: &'a str,
}

impl From<DeclaredUnusable<'_>> for Diagnostic {
    fn from(facts: DeclaredUnusable<'_>) -> Self {
        let what = match facts.name {
            Some(name) => format!("the declared import `{}`", name.text),
            None => "the declared imports".into(),
        };
        let diagnostic = Self::new(Code::DeclaredUnusable, format!("{what} cannot be had: {}", facts.why));
        match facts.name {
            Some(name) => {
                diagnostic.at(name, "declared here").help("leave the declaration out").fact("import", &name.text)
            }
            None => diagnostic,
        }
    }
}
