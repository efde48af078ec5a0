//! The function bodies of core modules: most of what there is to validate.
//!
//! Languages with a runtime put the same core modules into all their components, perhaps with other data. So the bodies of
//! a large module are kept aside until all files have been looked at, and then validated once for all modules that have
//! the same ones; what an earlier run validated need not be validated again. Whether a body is valid is decided by its
//! module's sections other than data and custom ones, and by the features (WebAssembly core specification, "Validation":
//! the context of functions). Modules where those sections are the same bytes are therefore judged alike.
//!
//! Bodies that are refused are not told about here: whoever asks validates that file by itself, to say where.

use super::memory::{Memory, Valid, is_known, note};
use crate::model::component::Fingerprint;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{FuncToValidate, FuncValidatorAllocations, FunctionBody, Payload, ValidatorResources, WasmFeatures};

/// Sections by the numbers of the binary format.
const CUSTOM: u8 = 0;
const CODE: u8 = 10;
const DATA: u8 = 11;
/// Code of fewer bytes is validated faster than it is compared.
const WORTH_SHARING: usize = 1 << 16;
/// Work is handed out in runs: a body is often too small to be worth the hand-over.
const RUN: usize = 128;

/// A function body with what it is validated against.
pub(super) type Body<'a> = (FuncToValidate<ValidatorResources>, FunctionBody<'a>);

/// The bodies of a core module.
#[derive(Default)]
pub(super) struct Module<'a> {
    bodies: Vec<Body<'a>>,
    /// The sections that decide whether the bodies are valid.
    decided_by: Vec<(u8, &'a [u8])>,
}

impl<'a> Module<'a> {
    /// Notes a section, if it is one that decides.
    pub(super) fn section(&mut self, payload: &Payload<'_>, bytes: &'a [u8]) {
        if let Some((kind, range)) = payload.as_section()
            && kind != CUSTOM
            && kind != DATA
            && let (Ok(start), Ok(end)) = (usize::try_from(range.start), usize::try_from(range.end))
            && let Some(section) = bytes.get(start..end)
        {
            self.decided_by.push((kind, section));
        }
    }

    /// Adds a body.
    pub(super) fn body(&mut self, body: Body<'a>) {
        self.bodies.push(body);
    }

    /// Whether other modules may well have the same bodies.
    pub(super) fn is_worth_sharing(&self) -> bool {
        self.decided_by.iter().any(|(kind, code)| *kind == CODE && code.len() >= WORTH_SHARING)
    }

    /// Modules of the same one are judged alike.
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_parts(self.decided_by.iter().flat_map(|(kind, section)| [std::slice::from_ref(kind), section]))
    }
}

/// Validates the bodies of modules on all threads. Of several errors the one nearest to the start of the file is given,
/// so that the answer does not depend on timing.
pub(super) fn validate(modules: Vec<Module<'_>>) -> wasmparser::Result<()> {
    let runs: Vec<_> = modules.into_iter().flat_map(|module| runs(module.bodies)).collect();
    let errors = runs.into_par_iter().map(validate_run).filter_map(Result::err);
    errors.min_by_key(wasmparser::BinaryReaderError::offset).map_or(Ok(()), Err)
}

/// Validates the bodies that modules of several files have, each once. Gives for each file whether all of its are valid.
pub(super) fn validate_shared(files: Vec<Vec<Module<'_>>>, features: WasmFeatures, memory: &dyn Memory) -> Vec<bool> {
    let needs: Vec<Vec<Fingerprint>> =
        files.par_iter().map(|modules| modules.par_iter().map(Module::fingerprint).collect()).collect();
    let bodies = files.into_iter().flatten().map(|module| module.bodies);
    let distinct: BTreeMap<_, _> = needs.iter().flatten().copied().zip(bodies).collect();
    let unknown = distinct.into_par_iter().filter(|(module, _)| !is_known(memory, Valid::Bodies, *module, features));
    let judged: BTreeMap<_, _> = unknown.map(|(module, bodies)| (module, all_valid(bodies))).collect();
    let refused: BTreeSet<_> = judged.iter().filter(|(_, valid)| !**valid).map(|(module, _)| *module).collect();
    for module in judged.into_keys().filter(|module| !refused.contains(module)) {
        note(memory, Valid::Bodies, module, features);
    }
    needs.iter().map(|needed| needed.iter().all(|module| !refused.contains(module))).collect()
}

fn all_valid(bodies: Vec<Body<'_>>) -> bool {
    runs(bodies).into_par_iter().all(|run| validate_run(run).is_ok())
}

fn runs(bodies: Vec<Body<'_>>) -> Vec<Vec<Body<'_>>> {
    let mut runs = Vec::with_capacity(bodies.len().div_ceil(RUN));
    let mut rest = bodies.into_iter();
    loop {
        let run: Vec<_> = rest.by_ref().take(RUN).collect();
        if run.is_empty() {
            return runs;
        }
        runs.push(run);
    }
}

fn validate_run(run: Vec<Body<'_>>) -> wasmparser::Result<()> {
    let mut allocations = FuncValidatorAllocations::default();
    for (func, body) in run {
        let mut validator = func.into_validator(std::mem::take(&mut allocations));
        validator.validate(&body)?;
        allocations = validator.into_allocations();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::memory::tests::InMemory;
    use crate::decode::validate::{Invalid, all_but_shared, validate};

    /// A component around a core module with a large function of that type, and with those data.
    fn component(result: &str, data: &str) -> Vec<u8> {
        let nops = "nop ".repeat(WORTH_SHARING);
        let module = format!("(core module (memory 1) (func (result {result}) {nops} i32.const 1) (data \"{data}\"))");
        wat::parse_str(format!("(component {module} (@custom \"who\" \"{data}\") {module})")).expect("a component")
    }

    fn judge(files: &[Vec<u8>], memory: &InMemory) -> Vec<bool> {
        let features = WasmFeatures::default();
        let modules = files.iter().map(|file| all_but_shared(file, features).expect("all else is valid").1);
        validate_shared(modules.collect(), features, memory)
    }

    #[test]
    fn bodies_in_common_are_validated_once_whatever_data_they_come_with() {
        let (files, memory) = ([component("i32", "a"), component("i32", "another")], InMemory::default());
        let modules = all_but_shared(&files[0], WasmFeatures::default()).expect("all else is valid").1;
        assert_eq!(modules.len(), 2, "both are large");
        assert_eq!(judge(&files, &memory), [true, true]);
        assert_eq!(memory.len(), 1, "one and the same");
    }

    #[test]
    fn what_decides_is_all_of_the_module_and_not_its_code_alone() {
        let (files, memory) =
            ([component("i32", "a"), component("f32", "a"), component("i32", "")], InMemory::default());
        for _ in 0..2 {
            assert_eq!(judge(&files, &memory), [true, false, true]);
            assert_eq!(memory.len(), 1, "nothing is remembered of what was refused");
        }
    }

    #[test]
    fn bodies_remembered_as_valid_are_not_validated() {
        let (file, memory, features) = (component("f32", "a"), InMemory::default(), WasmFeatures::default());
        let modules = all_but_shared(&file, features).expect("all else is valid").1;
        note(&memory, Valid::Bodies, modules[0].fingerprint(), features);
        assert_eq!(judge(std::slice::from_ref(&file), &memory), [true], "a lie is believed, so it was asked for");
        assert!(!is_known(&memory, Valid::Bodies, modules[0].fingerprint(), WasmFeatures::all()), "of other features");
    }

    #[test]
    fn the_first_error_of_a_file_is_told_whichever_bodies_it_is_in() {
        let large = "nop ".repeat(WORTH_SHARING);
        let (wrong, right) = ("(func (result i32))", "(func)");
        let module = |large: &str, func: &str| format!("(core module {func} (func {large}))");
        for (first, second) in [(large.as_str(), ""), ("", large.as_str())] {
            let text = |one: &str, two: &str| format!("(component {} {})", module(first, one), module(second, two));
            let offset = |one: &str, two: &str| {
                let bytes = wat::parse_str(text(one, two)).expect("a component");
                let refused = validate(&bytes, WasmFeatures::default()).expect_err("an empty body gives no number");
                // Kept aside or not, what is told is the same.
                if let Err(own) = all_but_shared(&bytes, WasmFeatures::default()) {
                    assert_eq!(own, refused);
                }
                let Invalid::Refused { offset, .. } = refused else { panic!("{refused:?}") };
                offset
            };
            assert_eq!(offset(wrong, wrong), offset(wrong, right));
            assert!(offset(right, wrong) > offset(wrong, right));
        }
    }
}
