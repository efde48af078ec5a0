//! The files a case makes, in forms that can be read in a review: a component as WAT or as WIT, the rest as text.

use std::path::Path;
use wit_component::{DecodedWasm, WitPrinter};

/// What `out/<name>` should hold, made from the files in the folder: `x.wat` and `x.wit` from `x.wasm` unless a file of
/// that very name was made.
pub fn form(folder: &Path, name: &str) -> Result<String, String> {
    let path = folder.join(name);
    if path.is_file() {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        return Ok(super::run::redact(&text, folder));
    }
    let bytes = std::fs::read(path.with_extension("wasm")).map_err(|error| format!("out/{name}: {error}"))?;
    let text = match path.extension().and_then(|extension| extension.to_str()) {
        Some("wat") => wasmprinter::print_bytes(&bytes).map_err(|error| format!("out/{name}: {error:#}"))?,
        Some("wit") => wit(&bytes).map_err(|error| format!("out/{name}: {error:#}"))?,
        _ => return Err(format!("out/{name}: no such file was made")),
    };
    Ok(super::run::redact(&text, folder))
}

fn wit(bytes: &[u8]) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let decoded = wit_component::decode(bytes)?;
    let (resolve, package) = match &decoded {
        DecodedWasm::Component(resolve, world) => (resolve, resolve.worlds[*world].package),
        DecodedWasm::WitPackage(resolve, package) => (resolve, Some(*package)),
    };
    let package = package.ok_or("a decoded world has a package")?;
    let others: Vec<_> = resolve.packages.iter().map(|(id, _)| id).filter(|id| *id != package).collect();
    let mut printer = WitPrinter::default();
    printer.print(resolve, package, &others)?;
    Ok(printer.output.to_string())
}

/// Whether a made component is valid by the validator alone, whatever `compose` thought of it.
pub fn validate(folder: &Path, name: &str) -> Result<(), String> {
    let bytes = std::fs::read(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
    let mut validator = wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all());
    validator.validate_all(&bytes).map(|_| ()).map_err(|error| format!("{name} is not valid: {error}"))
}
