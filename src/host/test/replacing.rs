//! Components that stand in for imports: each becomes one more program in the store of its case, behind the places that it is
//! meant for. One file is one instance, whatever it stands in for.

use super::case::{Answering, Case};
use super::fault::{About, Fault};
use super::naming::{is_of, reaches, without_version};
use super::play::{Programs, span_of};
use compose_engine::{Part, Program};
use std::path::PathBuf;

/// The parts of a case, with the components that stand in for some of their imports before them.
pub(super) fn replaced(
    case: &Case,
    mut parts: Vec<Part>,
    programs: &Programs,
    beside: &Program,
) -> Result<Vec<Part>, Fault> {
    let mut stand_ins: Vec<(PathBuf, Part)> = Vec::new();
    let mut behind = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        for (place, between) in part.between.iter().enumerate() {
            let site = &between.site;
            let component = case.mocks.iter().find_map(|mock| match &mock.answer {
                Answering::Component { path, written }
                    if is_of(mock.of.as_ref(), site) && reaches(&mock.import.text, &site.import) =>
                {
                    Some((mock, path, written))
                }
                _ => None,
            });
            let Some((mock, path, written)) = component else { continue };
            if mock.of.is_some() && without_version(&mock.import.text) != without_version(&site.import) {
                let about = About::PartReplaced { import: without_version(&site.import) };
                return Err(Fault { at: span_of(&mock.import), about });
            }
            let known = stand_ins.iter().position(|(known, _)| known == path);
            let number = match known {
                Some(number) => number,
                None => {
                    let program = programs.stand_in(path, beside).map_err(|message| {
                        let about = About::Word { message, notes: Vec::new(), help: Vec::new() };
                        Fault { at: span_of(written), about }
                    })?;
                    stand_ins.push((path.clone(), Part::new(&written.text, &program)));
                    stand_ins.len() - 1
                }
            };
            let program = &stand_ins[number].1.program;
            let exports = program.exports();
            let fits = |export: &&String| without_version(export) == without_version(&site.import);
            let Some(export) = exports.iter().find(fits).cloned() else {
                let (component, import) = (written.text.clone(), site.import.clone());
                let about = About::NotReplaced { component, import, known: exports };
                return Err(Fault { at: span_of(written), about });
            };
            let has = program.functions();
            let missing = part.program.imported(&between.import).into_iter().find(|function| {
                let within = |known: &compose_engine::Function| known.interface.as_deref() == Some(export.as_str());
                // A function by itself is the export.
                function.name != between.import && !has.iter().any(|known| within(known) && known.name == function.name)
            });
            if let Some(function) = missing {
                let import = format!("{}.{}", site.import, function.name);
                let about = About::NotReplaced { component: written.text.clone(), import, known: Vec::new() };
                return Err(Fault { at: span_of(written), about });
            }
            behind.push((at, place, number, export));
        }
    }
    let before = stand_ins.len();
    let providers = parts.iter_mut().flat_map(|part| &mut part.between).filter_map(|between| between.provider.as_mut());
    providers.for_each(|(part, _)| *part += before);
    for (at, place, number, export) in behind {
        parts[at].between[place].provider = Some((number, export));
    }
    Ok(stand_ins.into_iter().map(|(_, part)| part).chain(parts).collect())
}
