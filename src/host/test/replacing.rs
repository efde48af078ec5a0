//! Components that stand in for imports: each becomes one more program in the store of its case, behind the places that it is
//! meant for. One file is one instance, whatever it stands in for.

use super::case::{Answering, Case};
use super::fault::{About, Fault};
use super::naming::{self, is_of, reaches, without_version};
use super::play::{Programs, span_of};
use crate::model::name::{InterfaceName, InterfaceVersion, Track};
use compose_engine::{Part, Program, Unlike};
use std::path::PathBuf;

/// The export that stands in for an import: the one of its name and version, else one whose version may take its place.
fn meant_by<'e>(import: &str, exports: &'e [String]) -> Option<&'e String> {
    let parts = |name: &str| {
        let name = InterfaceName::parse(name, None)?;
        let track = name.version.as_ref().map_or(Track::Unversioned, InterfaceVersion::track);
        Some((name.namespace, name.package, name.interface, track))
    };
    let wanted = parts(import);
    let fits = |export: &&String| wanted.is_some() && parts(export) == wanted;
    exports.iter().find(|export| *export == import).or_else(|| exports.iter().find(fits))
}

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
            let Some(export) = meant_by(&site.import, &exports).cloned() else {
                let (component, import) = (written.text.clone(), site.import.clone());
                let about = About::NotReplaced { component, import, known: exports };
                return Err(Fault { at: span_of(written), about });
            };
            for function in part.program.imported(&between.import) {
                let Some(unlike) = program.unlike(&export, &function) else { continue };
                // A function by itself is imported under a label, too.
                let import = match function.name == between.import {
                    true => site.import.clone(),
                    false => naming::function(&site.import, &function.name),
                };
                let component = written.text.clone();
                let about = match unlike {
                    Unlike::Missing => About::NotReplaced { component, import, known: Vec::new() },
                    Unlike::Other(given) => {
                        About::OtherType { component, function: import, wanted: function.signature(), given }
                    }
                };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_that_is_meant_goes_before_others_of_its_track() {
        let exports = ["f", "a:b/c@0.2.0", "a:b/c@0.2.1", "a:b/c@1.0.0", "a:b/d"].map(str::to_owned);
        let of = |import: &str| meant_by(import, &exports).map(String::as_str);
        assert_eq!(of("a:b/c@0.2.1"), Some("a:b/c@0.2.1"));
        assert_eq!(of("a:b/c@0.2.7"), Some("a:b/c@0.2.0"));
        assert_eq!(of("a:b/c@1.4.0"), Some("a:b/c@1.0.0"));
        assert_eq!((of("a:b/c@2.0.0"), of("a:b/c@0.3.0"), of("a:b/c"), of("a:b/d@1.0.0")), (None, None, None, None));
        assert_eq!((of("a:b/d"), of("f"), of("g")), (Some("a:b/d"), Some("f"), None));
    }
}
