//! One walk over the bytes: every component and module in the order they begin, with its sections read.
//!
//! The walk is a loop with a stack of its own, so that no nesting of the file can exhaust the stack. It is meant for
//! bytes that the validator accepted, but nothing here relies on it: what does not resolve ends as
//! [`Origin::Outer`], and unreadable custom sections as not there.

use super::anatomy::{Custom, Module, Producer};
use super::sections::{self, Names};
use super::spaces::Spaces;
use wasmparser::{BinaryReaderError, CanonicalFunction, ComponentAlias, Encoding, Instance, Parser, Payload};

/// A component or module at one place in the file.
#[derive(Debug, Default)]
pub(super) struct Occurrence {
    /// Where it begins and ends.
    pub range: std::ops::Range<usize>,
    /// The components and modules directly inside, by their numbers.
    pub inner: Vec<usize>,
    /// What it is made of.
    pub body: Body,
    /// Whether it names components or modules around it.
    pub reaches_out: bool,
    pub names: Names,
    pub custom: Vec<Custom>,
    pub producers: Vec<Producer>,
    pub metadata: Vec<(String, String)>,
}

/// What an occurrence is made of.
#[derive(Debug)]
pub(super) enum Body {
    Module(Module),
    Component(Box<Spaces>),
}

impl Default for Body {
    fn default() -> Self {
        Self::Module(Module::default())
    }
}

/// The plan section of the outermost component, and all occurrences; and the order in which they end.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub occurrences: Vec<Occurrence>,
    pub ended: Vec<usize>,
    pub plan: Option<Vec<u8>>,
    /// How many plan sections there are; the last counts.
    pub plans: usize,
}

/// Reads the bytes of a component or a core module.
pub(super) fn read(bytes: &[u8]) -> Result<Read, BinaryReaderError> {
    let mut read = Read::default();
    // The numbers of what is being read, the outermost first.
    let mut stack: Vec<usize> = Vec::new();
    let mut next = 0..bytes.len();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::Version { encoding, .. } => {
                let body = match encoding {
                    Encoding::Module => Body::default(),
                    Encoding::Component => Body::Component(Box::default()),
                };
                let number = read.occurrences.len();
                if let Some(around) = stack.last() {
                    let around = &mut read.occurrences[*around];
                    around.inner.push(number);
                    if let Body::Component(spaces) = &mut around.body {
                        spaces.define_inner(encoding, number);
                    }
                }
                read.occurrences.push(Occurrence { range: next.clone(), body, ..Occurrence::default() });
                stack.push(number);
            }
            Payload::ModuleSection { unchecked_range, .. } | Payload::ComponentSection { unchecked_range, .. } => {
                next = place(unchecked_range.start)..place(unchecked_range.end);
            }
            Payload::End(_) => read.ended.extend(stack.pop()),
            Payload::ComponentAliasSection(section) => {
                for alias in section {
                    self::alias(alias?, &stack, &mut read.occurrences);
                }
            }
            payload => {
                let Some(at) = stack.last() else { continue };
                let occurrence = &mut read.occurrences[*at];
                if let Payload::CustomSection(section) = &payload {
                    if stack.len() == 1 && section.name() == crate::emit::plan::SECTION {
                        read.plans += 1;
                        read.plan = Some(section.data().to_vec());
                    }
                    sections::custom(section, occurrence);
                    continue;
                }
                match &mut occurrence.body {
                    Body::Module(module) => in_module(payload, module)?,
                    Body::Component(spaces) => in_component(payload, spaces)?,
                }
            }
        }
    }
    Ok(read)
}

fn place(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

fn alias(alias: ComponentAlias<'_>, stack: &[usize], occurrences: &mut [Occurrence]) {
    let Some(at) = stack.last() else { return };
    let mut outer = None;
    if let ComponentAlias::Outer { kind, count, index } = alias {
        let level = usize::try_from(count).ok().and_then(|count| (stack.len() - 1).checked_sub(count));
        if let Some(level) = level
            && let Body::Component(spaces) = &occurrences[stack[level]].body
        {
            outer = spaces.inner_at(kind, index);
        }
        if Spaces::is_code(kind) {
            let inside = level.map_or(0, |level| level + 1);
            stack[inside..].iter().for_each(|number| occurrences[*number].reaches_out = true);
        }
    }
    if let Body::Component(spaces) = &mut occurrences[*at].body {
        spaces.alias(alias, outer);
    }
}

fn in_module(payload: Payload<'_>, module: &mut Module) -> Result<(), BinaryReaderError> {
    match payload {
        Payload::ImportSection(section) => {
            for import in section.into_imports() {
                let import = import?;
                module.imports.push((import.module.into(), import.name.into()));
            }
        }
        Payload::ExportSection(section) => {
            for export in section {
                module.exports.push(export?.name.into());
            }
        }
        Payload::FunctionSection(section) => module.functions += u64::from(section.count()),
        Payload::MemorySection(section) => module.memories += u64::from(section.count()),
        Payload::TableSection(section) => module.tables += u64::from(section.count()),
        Payload::CodeSectionStart { size, .. } => module.code_bytes += size as usize,
        Payload::DataSection(section) => {
            module.data_bytes += place(section.range().end).saturating_sub(place(section.range().start));
        }
        _ => {}
    }
    Ok(())
}

fn in_component(payload: Payload<'_>, spaces: &mut Spaces) -> Result<(), BinaryReaderError> {
    match payload {
        Payload::ComponentImportSection(section) => {
            for import in section {
                spaces.import(&import?);
            }
        }
        Payload::ComponentExportSection(section) => {
            for export in section {
                spaces.export(&export?);
            }
        }
        Payload::ComponentInstanceSection(section) => {
            for instance in section {
                spaces.instance(&instance?);
            }
        }
        Payload::InstanceSection(section) => {
            for instance in section {
                match instance? {
                    Instance::Instantiate { module_index, .. } => spaces.core_instance(module_index),
                    Instance::FromExports(_) => {}
                }
            }
        }
        Payload::ComponentTypeSection(section) => {
            // Not by the count that the section gives: nobody may have checked it.
            for ty in section {
                ty?;
                spaces.define_type();
            }
        }
        Payload::ComponentCanonicalSection(section) => {
            for function in section {
                spaces.canonicals += 1;
                if let CanonicalFunction::Lift { .. } = function? {
                    spaces.lift();
                }
            }
        }
        Payload::ComponentStartSection { start, .. } => spaces.start(start.results),
        _ => {}
    }
    Ok(())
}
