//! Components out of text: a `.wit` file becomes a component of that world whose functions trap, a `.wat` file is
//! assembled as it stands. So a case needs no compiler for any guest language and stays readable.
//!
//! Directives, as comments on lines of their own in a `.wit` file: `// world: name` picks a world where there are
//! several; `// names: canonical` writes versions in their canonical spelling with a suffix.

use super::guests::guest_of;
use std::path::Path;
use wit_parser::Resolve;

/// The component of a WIT text.
pub fn component(wit: &str) -> Result<Vec<u8>, String> {
    let mut resolve = Resolve { all_features: true, ..Resolve::default() };
    let package = resolve.push_str("case.wit", wit).map_err(|error| format!("{error:#}"))?;
    let world = resolve.select_world(&[package], directive(wit, "world")).map_err(|error| format!("{error:#}"))?;
    let canonical = match directive(wit, "names") {
        None => false,
        Some("canonical") => true,
        Some(other) => return Err(format!("`// names: {other}` is not known")),
    };
    guest_of(&resolve, world, canonical)
}

fn directive<'a>(wit: &'a str, name: &str) -> Option<&'a str> {
    wit.lines()
        .find_map(|line| line.trim().strip_prefix("//")?.trim().strip_prefix(name)?.strip_prefix(':'))
        .map(str::trim)
}

/// Makes a `.wasm` beside each `.wit` and `.wat` file below the folder. WIT below a folder called `wit` is a package
/// and stays what it is.
pub fn make_components(folder: &Path) -> Result<(), String> {
    for file in super::files_below(folder) {
        let path = folder.join(&file);
        let bytes = if file.ends_with(".wit") && !format!("/{file}").contains("/wit/") {
            component(&super::read(&path))
        } else if file.ends_with(".wat") {
            wat::parse_file(&path).map_err(|error| error.to_string())
        } else {
            continue;
        };
        let bytes = bytes.map_err(|error| format!("{file}: {error}"))?;
        std::fs::write(path.with_extension("wasm"), bytes).map_err(|error| format!("{file}: {error}"))?;
    }
    Ok(())
}
