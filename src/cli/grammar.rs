//! The small languages of single words: `kv=kv.wasm`, `shop:acme:kv/store=kv`, `wasi:http/handler=auth,log`, `wit=FILE`.
//!
//! Each is read without looking at anything else, so a word means the same whatever the inputs are called. In `--wire`
//! the colons before `=` decide: an interface has one (`acme:kv/store`, `wasi:*`), a plain name none (`log`), so one
//! colon more is an instance in front (`shop:acme:kv/store`, `shop:log`). Interfaces of nested namespaces have more than
//! one; they need an instance or `*` in front (`*:a:b:c/d`). An instance called `open` is meant by `open.EXPORT` or in
//! the manifest only. Offsets are kept, since diagnostics underline the part they speak of.

use crate::model::item_pattern::ItemPattern;
use crate::model::name::is_kebab;
use crate::model::near::nearest;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// `[NAME=]FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedFile {
    /// The whole word.
    pub(super) word: String,
    /// The name's place in it.
    pub(super) name: Option<Range<usize>>,
    /// The file's place in it.
    pub(super) file: Range<usize>,
}

impl NamedFile {
    /// The file.
    pub(super) fn path(&self) -> &Path {
        Path::new(&self.word[self.file.clone()])
    }
}

impl FromStr for NamedFile {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        // What has a slash or a dot before `=` is a path that contains one; `./` in front always makes it a path.
        let split = word.find('=').filter(|equals| !word[..*equals].contains(['/', '\\', '.']));
        let (name, file) = match split {
            Some(equals) => (Some(0..equals), equals + 1..word.len()),
            None => (None, 0..word.len()),
        };
        if word[file.clone()].is_empty() {
            return Err("the file is missing".into());
        }
        if let Some(name) = &name
            && !is_kebab(&word[name.clone()])
        {
            let name = &word[name.clone()];
            return Err(format!(
                "`{name}` cannot be a name: words of letters and digits joined by `-` are (a path with `=` is written `./{word}`)"
            ));
        }
        Ok(Self { word: word.into(), name, file })
    }
}

/// Items of contracts: `acme:kv`, `acme:kv/store.get`, `acme:*`.
pub(super) fn item(word: &str) -> Result<ItemPattern, String> {
    let form = "an item without version is meant: `acme:kv`, `acme:kv/store`, `acme:kv/*`, `acme:*`";
    ItemPattern::parse(word).map_err(|_| form.to_owned())
}

/// `[INSTANCE:]IMPORT=TARGET` as places in the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WireWord {
    /// The instance in front; `None` for all.
    pub(super) instance: Option<Range<usize>>,
    /// The import or pattern.
    pub(super) import: Range<usize>,
    /// What it is wired to.
    pub(super) target: Target,
}

/// The right side of a wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// `open`.
    Open(Range<usize>),
    /// An instance.
    Instance(Range<usize>),
    /// An instance and its export.
    Export(Range<usize>, Range<usize>),
}

/// Reads a `--wire`.
pub(super) fn wire(word: &str) -> Result<WireWord, String> {
    let form = || "the form is `[INSTANCE:]IMPORT=TARGET`, as in `shop:acme:kv/store=kv`".to_owned();
    let equals = word.find('=').ok_or_else(form)?;
    let (left, right) = (&word[..equals], equals + 1..word.len());
    if left.is_empty() || right.is_empty() {
        return Err(form());
    }
    let is_interface = left.contains('/') || left.ends_with(":*");
    let colons = left.bytes().take_while(|byte| *byte != b'/' && *byte != b'@').filter(|byte| *byte == b':').count();
    let has_instance = colons > usize::from(is_interface);
    let (instance, import) = match left.find(':').filter(|_| has_instance) {
        Some(colon) => (Some(0..colon), colon + 1..equals),
        None => (None, 0..equals),
    };
    if import.is_empty() {
        return Err(form());
    }
    let instance = match instance {
        Some(range) if &word[range.clone()] == "*" => None,
        Some(range) => Some(instance_name(word, range)?),
        None => None,
    };
    let target = match word[right.clone()].find('.') {
        _ if &word[right.clone()] == "open" => Target::Open(right),
        Some(dot) => {
            let dot = right.start + dot;
            if dot + 1 == word.len() {
                return Err("the export after `.` is missing".into());
            }
            Target::Export(instance_name(word, right.start..dot)?, dot + 1..word.len())
        }
        None => Target::Instance(instance_name(word, right)?),
    };
    Ok(WireWord { instance, import, target })
}

/// `IFACE=a,b,c` as places in the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChainWord {
    /// The interface.
    pub(super) interface: Range<usize>,
    /// The members, the outermost first.
    pub(super) members: Vec<Range<usize>>,
}

/// Reads a `--chain`.
pub(super) fn chain(word: &str) -> Result<ChainWord, String> {
    let form = || "the form is `IFACE=a,b,c`, as in `wasi:http/incoming-handler=auth,shop`".to_owned();
    let equals = word.find('=').filter(|equals| *equals > 0).ok_or_else(form)?;
    let mut members = Vec::new();
    let mut start = equals + 1;
    for member in word[equals + 1..].split(',') {
        members.push(instance_name(word, start..start + member.len())?);
        start += member.len() + 1;
    }
    Ok(ChainWord { interface: 0..equals, members })
}

fn instance_name(word: &str, range: Range<usize>) -> Result<Range<usize>, String> {
    let name = &word[range.clone()];
    match is_kebab(name) {
        true => Ok(range),
        false => {
            Err(format!("`{name}` cannot be the name of an instance: words of letters and digits joined by `-` are"))
        }
    }
}

/// `NS:PKG[@VERSION]=PATH`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DepWord {
    /// The whole word.
    pub(super) word: String,
    /// `ns:pkg`.
    pub(super) package: String,
    /// The version.
    pub(super) version: Option<String>,
    /// The path.
    pub(super) path: String,
}

impl FromStr for DepWord {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let form = || "the form is `NS:PKG[@VERSION]=PATH`, as in `acme:kv=parts/kv.wasm`".to_owned();
        let (left, path) = word.split_once('=').ok_or_else(form)?;
        let (package, version) = match left.split_once('@') {
            Some((package, version)) => (package, Some(version.to_owned())),
            None => (left, None),
        };
        let named = package.contains(':') && package.split(':').all(is_kebab);
        if !named || path.is_empty() || version.as_deref().is_some_and(str::is_empty) {
            return Err(form());
        }
        Ok(Self { word: word.into(), package: package.into(), version, path: path.into() })
    }
}

/// What `--emit` can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum EmitKind {
    /// The plan as JSON.
    Plan,
    /// The result's WIT.
    Wit,
    /// The result in text form.
    Wat,
    /// A depfile for make, ninja, Bazel.
    Deps,
}

impl EmitKind {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::Plan, Self::Wit, Self::Wat, Self::Deps];

    /// As it is written.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Wit => "wit",
            Self::Wat => "wat",
            Self::Deps => "deps",
        }
    }

    /// The ending of its file beside the component.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Plan => "plan.json",
            Self::Wit => "wit",
            Self::Wat => "wat",
            Self::Deps => "d",
        }
    }
}

/// `KIND[=FILE]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EmitWord {
    /// What.
    pub(super) kind: EmitKind,
    /// Where to; beside the output if not said.
    pub(super) path: Option<PathBuf>,
}

impl FromStr for EmitWord {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let (kind, path) = match word.split_once('=') {
            Some((_, "")) => return Err("the file after `=` is missing".into()),
            Some((kind, path)) => (kind, Some(PathBuf::from(path))),
            None => (word, None),
        };
        let Some(kind) = EmitKind::ALL.into_iter().find(|known| known.word() == kind) else {
            let near = nearest(kind, EmitKind::ALL.map(EmitKind::word));
            let near = near.map_or_else(String::new, |near| format!("\n\n  tip: did you mean `{near}`?"));
            return Err(format!("what can be written is `plan`, `wit`, `wat` and `deps`{near}"));
        };
        Ok(Self { kind, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Instance, import and target of a wire, as texts.
    fn read(word: &str) -> Result<(Option<&str>, &str, String), String> {
        let wire = wire(word)?;
        let target = match wire.target {
            Target::Open(at) => format!("<{}>", &word[at]),
            Target::Instance(at) => word[at].to_owned(),
            Target::Export(instance, export) => format!("{} . {}", &word[instance], &word[export]),
        };
        Ok((wire.instance.map(|at| &word[at]), &word[wire.import], target))
    }

    #[test]
    fn colons_tell_an_instance_from_an_interface() {
        let cases = [
            ("acme:kv/store=kv", None, "acme:kv/store", "kv"),
            ("shop:acme:kv/store=kv", Some("shop"), "acme:kv/store", "kv"),
            ("acme:kv/store@1.2.0=kv", None, "acme:kv/store@1.2.0", "kv"),
            ("shop:acme:kv/store@1.0.0-a.b=kv", Some("shop"), "acme:kv/store@1.0.0-a.b", "kv"),
            ("wasi:*=open", None, "wasi:*", "<open>"),
            ("shop:wasi:*=open", Some("shop"), "wasi:*", "<open>"),
            ("shop:wasi:io/*=io", Some("shop"), "wasi:io/*", "io"),
            ("log=kv", None, "log", "kv"),
            ("shop:log=kv", Some("shop"), "log", "kv"),
            ("*:a:b:c/d=kv", None, "a:b:c/d", "kv"),
            ("shop:a:b:c/d=kv", Some("shop"), "a:b:c/d", "kv"),
            ("a:b/c=kv.a:x/y@1.0.0", None, "a:b/c", "kv . a:x/y@1.0.0"),
            ("a:b/c=open.log", None, "a:b/c", "open . log"),
        ];
        for (word, instance, import, target) in cases {
            assert_eq!(read(word), Ok((instance, import, target.to_owned())), "{word}");
        }
    }

    #[test]
    fn refuses_what_is_no_wire() {
        for word in
            ["", "=", "a:b/c", "a:b/c=", "=kv", "a:b/c=k_v", "a:b/c=kv.", "a:b/c=.x", "S_p:a:b/c=kv", "shop:=kv"]
        {
            assert!(read(word).is_err(), "{word}");
        }
    }

    #[test]
    fn a_chain_has_members() {
        let word = "a:b/c=auth,log-2,shop";
        let chain = chain(word).expect("a chain");
        assert_eq!(&word[chain.interface], "a:b/c");
        let members: Vec<&str> = chain.members.into_iter().map(|at| &word[at]).collect();
        assert_eq!(members, ["auth", "log-2", "shop"]);
        for word in ["a:b/c", "=a", "a:b/c=", "a:b/c=a,,b", "a:b/c=a,"] {
            assert!(super::chain(word).is_err(), "{word}");
        }
    }

    #[test]
    fn a_file_may_have_a_name() {
        let read = |word: &str| {
            let read: NamedFile = word.parse()?;
            Ok((read.name.map(|at| word[at].to_owned()), word[read.file].to_owned()))
        };
        let named = |name: &str, file: &str| Ok((Some(name.to_owned()), file.to_owned()));
        let bare = |file: &str| Ok::<_, String>((None, file.to_owned()));
        assert_eq!(read("kv.wasm"), bare("kv.wasm"));
        assert_eq!(read("-"), bare("-"));
        assert_eq!(read("kv=-"), named("kv", "-"));
        assert_eq!(read("kv=a/b=c.wasm"), named("kv", "a/b=c.wasm"));
        assert_eq!(read("./k=v.wasm"), bare("./k=v.wasm"));
        for word in ["", "kv=", "k_v=a.wasm", "=a.wasm"] {
            assert!(read(word).is_err(), "{word}");
        }
    }

    #[test]
    fn emit_has_a_kind_and_maybe_a_file() {
        assert_eq!("wit".parse(), Ok(EmitWord { kind: EmitKind::Wit, path: None }));
        assert_eq!("deps=a=b.d".parse(), Ok(EmitWord { kind: EmitKind::Deps, path: Some("a=b.d".into()) }));
        for word in ["", "svg", "wit=", "=x"] {
            assert!(word.parse::<EmitWord>().is_err(), "{word}");
        }
    }
}
