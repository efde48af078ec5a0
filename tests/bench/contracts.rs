//! The contracts that are checked for measuring: two versions of a package with many interfaces, and many consumers and
//! providers of some of them.

use super::component_of;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

/// How many interfaces each component of a matrix imports or exports.
const EACH: usize = 5;

/// Makes `old.wit`, `added.wit` (one function more in each interface), `changed.wit` (many kinds of change in each),
/// `chain.wit` and `chain2.wit` (each interface uses the one before, and the type that all get from the first changes), and
/// `both.wit`, which has the worlds of old and added for tools that want them in one package.
pub(super) fn packages(interfaces: usize, folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let package = |version: &str, kind: Kind| {
        let all: String = (0..interfaces).map(|index| interface(index, kind)).collect();
        let imports: String = (0..interfaces).map(|index| format!("  import i{index};\n")).collect();
        (format!("package bench:many@{version};\n"), format!("{all}world host {{\n{imports}}}\n"))
    };
    let (old, added, changed) =
        (package("1.0.0", Kind::Old), package("1.1.0", Kind::Added), package("2.0.0", Kind::Changed));
    for (name, (head, body)) in [("old.wit", &old), ("added.wit", &added), ("changed.wit", &changed)] {
        std::fs::write(folder.join(name), format!("{head}{body}"))?;
    }
    for (name, version, fields) in [("chain.wit", "1.0.0", "a: u32"), ("chain2.wit", "2.0.0", "a: u32, b: u32")] {
        std::fs::write(folder.join(name), chain(interfaces, version, fields))?;
    }
    let nested = |(head, body): &(String, String)| format!("{} {{\n{body}}}\n", head.trim_end().trim_end_matches(';'));
    let worlds = "package bench:both;\nworld prev { include bench:many/host@1.0.0; }\nworld new { include bench:many/host@1.1.0; }\n";
    std::fs::write(folder.join("both.wit"), format!("{worlds}{}{}", nested(&old), nested(&added)))?;
    Ok(())
}

/// A package in which each interface uses the one before.
fn chain(interfaces: usize, version: &str, fields: &str) -> String {
    let first = format!("interface i0 {{ record t {{ {fields} }} f: func(x: t); }}\n");
    let others = (1..interfaces).map(|at| format!("interface i{at} {{ use i{}.{{t}}; f: func(x: t); }}\n", at - 1));
    format!("package bench:chain@{version};\n{first}{}", others.collect::<String>())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Old,
    Added,
    Changed,
}

fn interface(index: usize, kind: Kind) -> String {
    let mut text = format!("interface i{index} {{\n");
    let fields = if kind == Kind::Changed {
        "key: string, value: list<u8>, ttl: option<u32>"
    } else {
        "key: string, value: list<u8>"
    };
    let cases = if kind == Kind::Changed {
        "missing, denied(string), broken(u32), busy"
    } else {
        "missing, denied(string), broken(u32)"
    };
    let count = if kind == Kind::Changed { "u32" } else { "u64" };
    let _ = write!(
        text,
        "  record entry {{ {fields} }}
  variant failure {{ {cases} }}
  enum level {{ low, high }}
  resource store {{
    constructor(name: string);
    get: func(key: string) -> result<option<entry>, failure>;
    put: func(entry: entry) -> result<_, failure>;
  }}
  open: func(name: string, level: level) -> result<store, failure>;
  count: func(of: borrow<store>) -> {count};
"
    );
    if kind != Kind::Old {
        text.push_str("  sweep: func() -> u32;\n");
    }
    text.push_str("}\n");
    text
}

/// Makes `c0.wasm` … and `p0.wasm` …: consumers that import, and providers that export, some of as many interfaces.
pub(super) fn matrix(count: usize, folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    for index in 0..count {
        for (letter, word) in [("c", "import"), ("p", "export")] {
            let all: String = (0..EACH).map(|step| interface((index + step * step) % count, Kind::Old)).collect();
            let lines: String = (0..EACH)
                .map(|step| format!("  {word} bench:many/i{}@1.0.0;\n", (index + step * step) % count))
                .collect();
            let wit = format!(
                "package bench:{letter}{index};\nworld w {{\n{lines}}}\npackage bench:many@1.0.0 {{\n{all}}}\n"
            );
            std::fs::write(folder.join(format!("{letter}{index}.wasm")), component_of(&wit)?)?;
        }
    }
    Ok(())
}
