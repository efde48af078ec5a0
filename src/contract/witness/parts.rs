//! The components that are linked: of one side, a consumer of one item and a provider of one interface.
//!
//! Packages have one version for each track, as linkers see them. That is taken off a package that is compared with one of
//! another track when it is asked about itself, for names are matched before types and a major version would hide all that
//! follows; to others that use it, it is another package.

use super::pair::Offer;
use crate::contract::gate::is_unstable;
use crate::contract::side::Side;
use crate::contract::unstable::{is_unstable_function, spoken_of};
use crate::contract::wit_types::{needed, reached, used_from};
use crate::decode::validate::validate;
use crate::link::{component_type, component_type_with};
use crate::model::name::Track;
use crate::types::shape::Shape;
use indexmap::{IndexMap, IndexSet};
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;
use wasm_encoder::{
    CodeSection, ComponentType, EntityType, ExportKind, ExportSection, FunctionSection, ImportSection, Instruction,
    MemorySection, MemoryType, Module, TypeSection, ValType,
};
use wasmparser::WasmFeatures;
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::abi::WasmType;
use wit_parser::{
    Docs, Function, InterfaceId, ManglingAndAbi, Package, PackageId, PackageName, Resolve, ResourceIntrinsic, Span,
    Stability, Type, TypeId, WasmExport, WasmImport, World, WorldId, WorldItem, WorldKey,
};

/// What a consumer uses of an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use<'a> {
    /// A function, by the name that the interface has it under.
    Function(&'a str),
    /// A resource of which handles are dropped.
    Resource(TypeId),
}

/// What components of one side are made of.
pub(super) struct Parts {
    resolve: Resolve,
    /// For each interface with a name, the worlds that import and export it and those it needs.
    interfaces: IndexMap<InterfaceId, Worlds>,
    /// The world that exports all of them.
    all: WorldId,
    /// The component of it, from which providers of some of them are taken: interfaces that build on each other would otherwise
    /// be encoded again with each that builds on them.
    made: OnceLock<Option<Shape>>,
}

struct Worlds {
    /// It imports the interface and all it needs.
    consumer: WorldId,
    /// It exports them.
    provider: WorldId,
    /// The interface and all it needs, as components spell their names.
    names: BTreeSet<String>,
    /// What the component of it offers, made once for all that is asked of it.
    offer: OnceLock<Result<Offer, String>>,
}

impl Parts {
    /// The parts of a side, with unstable items or without; `own` has no version.
    pub(super) fn new(side: &Side, unstable: bool, own: Option<PackageId>) -> Self {
        let mut resolve = side.resolve.clone();
        if !unstable {
            without_unstable(&mut resolve);
        }
        of_tracks(&mut resolve, own);
        let interfaces: Vec<_> =
            side.packages.iter().flat_map(|id| resolve.packages[*id].interfaces.values()).collect();
        let needs: Vec<_> = interfaces.into_iter().map(|id| (*id, needed(&resolve, *id))).collect();
        let name = PackageName { namespace: "compose".into(), name: "witness".into(), version: None };
        let (docs, interfaces, worlds) = (Docs::default(), IndexMap::new(), IndexMap::new());
        let package = resolve.packages.alloc(Package { name: name.clone(), docs, interfaces, worlds });
        resolve.package_names.insert(name, package);
        let mut world = |imports: &[InterfaceId], exports: &[InterfaceId]| {
            let items = |list: &[InterfaceId]| list.iter().map(|id| (WorldKey::Interface(*id), item(*id))).collect();
            resolve.worlds.alloc(World {
                name: "witness".into(),
                imports: items(imports),
                exports: items(exports),
                package: Some(package),
                docs: Docs::default(),
                stability: Stability::Unknown,
                includes: Vec::new(),
                span: Span::default(),
            })
        };
        let every: IndexSet<InterfaceId> = needs.iter().flat_map(|(_, needs)| needs).copied().collect();
        let all = world(&[], &every.into_iter().collect::<Vec<_>>());
        let made: Vec<_> =
            needs.into_iter().map(|(id, needs)| (id, world(&needs, &[]), world(&[], &needs), needs)).collect();
        let interfaces = made
            .into_iter()
            .map(|(id, consumer, provider, needs)| {
                let names = needs.into_iter().filter_map(|id| resolve.id_of(id)).collect();
                (id, Worlds { consumer, provider, names, offer: OnceLock::new() })
            })
            .collect();
        Self { resolve, interfaces, all, made: OnceLock::new() }
    }

    /// A component that imports what a use of an interface needs, and nothing else.
    pub(super) fn consumer(&self, interface: InterfaceId, used: Use<'_>) -> Result<Vec<u8>, String> {
        let module = self.consumer_module(interface, used)?;
        encode(&self.resolve, module, self.interfaces[&interface].consumer)
    }

    /// The packages, as the components are made of them.
    pub(super) fn resolve(&self) -> &Resolve {
        &self.resolve
    }

    /// Whether there is such an interface.
    pub(super) fn has(&self, interface: InterfaceId) -> bool {
        self.interfaces.contains_key(&interface)
    }

    /// The name of an interface as the components spell it.
    pub(super) fn name(&self, interface: InterfaceId) -> String {
        self.resolve.id_of(interface).unwrap_or_default()
    }

    /// What a component offers that exports an interface and those it needs.
    pub(super) fn provider(&self, interface: InterfaceId) -> Result<&Offer, String> {
        let worlds = &self.interfaces[&interface];
        let made = worlds.offer.get_or_init(|| {
            let names = worlds.names.clone();
            if let Some(shape) = self.made.get_or_init(|| shape(&self.resolve, self.all).ok()) {
                let ty = component_type_with(shape, |name| names.contains(name));
                return ty.map(|ty| Offer { names, ty }).map_err(|_| NO_TYPE.into());
            }
            // One of the others cannot be made.
            let ty = component_type(&shape(&self.resolve, worlds.provider)?).map_err(|_| NO_TYPE)?;
            Ok(Offer { names, ty })
        });
        made.as_ref().map_err(Clone::clone)
    }

    /// Whether an interface needs some that are not judged.
    pub(super) fn asks_others(&self, interface: InterfaceId) -> bool {
        let mut asked = self.resolve.worlds[self.interfaces[&interface].provider].exports.keys();
        asked.any(|key| matches!(key, WorldKey::Interface(id) if !self.has(*id)))
    }

    /// What is asked for with an interface where these interfaces are not offered: of them, and of those that are not judged,
    /// only the types that the others speak of.
    pub(super) fn asked_for(&self, interface: InterfaceId, lacking: &BTreeSet<&String>) -> Result<Offer, String> {
        let world = self.interfaces[&interface].provider;
        let mut resolve = self.resolve.clone();
        let (lacking, there): (Vec<_>, Vec<_>) = needed(&resolve, interface)
            .into_iter()
            .partition(|id| !self.has(*id) || resolve.id_of(*id).is_some_and(|name| lacking.contains(&name)));
        let spoken_of = there.iter().map(|id| &resolve.interfaces[*id]).flat_map(|interface| {
            let of_functions = interface.functions.values().flat_map(Function::parameter_and_result_types);
            interface.types.values().copied().map(Type::Id).chain(of_functions)
        });
        let spoken_of = reached(&resolve, spoken_of);
        for id in lacking {
            let interface = &mut resolve.interfaces[id];
            interface.functions.clear();
            interface.types.retain(|_, ty| spoken_of.contains(&Type::Id(*ty)));
            if interface.types.is_empty() {
                resolve.worlds[world].exports.shift_remove(&WorldKey::Interface(id));
            }
        }
        let names = resolve.worlds[world].exports.keys().map(|key| resolve.name_world_key(key)).collect();
        let ty = component_type(&shape(&resolve, world)?).map_err(|_| NO_TYPE)?;
        Ok(Offer { names, ty })
    }

    fn consumer_module(&self, interface: InterfaceId, used: Use<'_>) -> Result<Vec<u8>, String> {
        let resolve = &self.resolve;
        let key = WorldKey::Interface(interface);
        let (name, params, results) = match used {
            Use::Function(name) => {
                let function = &resolve.interfaces[interface].functions[name];
                let mangling = ManglingAndAbi::Standard32.for_func(function);
                let signature = resolve.wasm_signature(mangling.import_variant(), function);
                let import = WasmImport::Func { interface: Some(&key), func: function };
                (resolve.wasm_import_name(mangling, import), signature.params, signature.results)
            }
            Use::Resource(resource) => {
                let intrinsic = ResourceIntrinsic::ImportedDrop;
                let import = WasmImport::ResourceIntrinsic { interface: Some(&key), resource, intrinsic };
                (resolve.wasm_import_name(ManglingAndAbi::Standard32, import), vec![WasmType::I32], Vec::new())
            }
        };
        Ok(module(resolve, &name, &params, &results))
    }
}

/// A component of a world, made of a core module.
pub(super) fn encode(resolve: &Resolve, mut module: Vec<u8>, world: WorldId) -> Result<Vec<u8>, String> {
    if ways(resolve, world) > WAYS {
        return Err("its interfaces use each other in too many ways".into());
    }
    embed_component_metadata(&mut module, resolve, world, StringEncoding::UTF8, false)
        .map_err(|error| format!("{error:#}"))?;
    let mut encoder = ComponentEncoder::default();
    encoder.module(&module).and_then(|encoder| encoder.encode()).map_err(|error| format!("{error:#}"))
}

/// How many ways may lead through the interfaces of a world.
const WAYS: u64 = 1 << 16;

/// How many ways lead through the interfaces of a world, which has each after those it uses: the encoder goes all of them, and
/// each type that is used from one is another way.
fn ways(resolve: &Resolve, world: WorldId) -> u64 {
    let world = &resolve.worlds[world];
    let mut ways: HashMap<InterfaceId, u64> = HashMap::new();
    for item in world.imports.values().chain(world.exports.values()) {
        let WorldItem::Interface { id, .. } = item else { continue };
        let used =
            resolve.interfaces[*id].types.values().filter_map(|ty| used_from(resolve, *ty)).filter(|of| of != id);
        let found = used.fold(1_u64, |sum, of| sum.saturating_add(ways.get(&of).copied().unwrap_or(1)));
        ways.insert(*id, found);
    }
    ways.into_values().fold(0, u64::saturating_add)
}

const NO_TYPE: &str = "the witness has no type";

/// The type of a component.
pub(super) fn of_bytes(component: &[u8]) -> Result<ComponentType, String> {
    component_type(&shape_of(component)?).map_err(|_| NO_TYPE.into())
}

/// The shape of a component of a world.
fn shape(resolve: &Resolve, world: WorldId) -> Result<Shape, String> {
    let module = dummy_module(resolve, world, ManglingAndAbi::Standard32);
    shape_of(&encode(resolve, module, world)?)
}

fn shape_of(component: &[u8]) -> Result<Shape, String> {
    let validated = validate(component, WasmFeatures::all()).map_err(|_| "the witness is no component".to_owned())?;
    Ok(validated.shape)
}

/// A core module that imports one function and nothing else.
fn module(resolve: &Resolve, (module, field): &(String, String), params: &[WasmType], results: &[WasmType]) -> Vec<u8> {
    let mangling = ManglingAndAbi::Standard32;
    let mut types = TypeSection::new();
    types.ty().function(params.iter().map(value), results.iter().map(value));
    types.ty().function([ValType::I32; 4], [ValType::I32]);
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    imports.import(module, field, EntityType::Function(0));
    let mut functions = FunctionSection::new();
    functions.function(1).function(2);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 0, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut exports = ExportSection::new();
    let name = |export| resolve.wasm_export_name(mangling, export);
    exports.export(&name(WasmExport::Memory), ExportKind::Memory, 0);
    exports.export(&name(WasmExport::Realloc), ExportKind::Func, 1);
    exports.export(&name(WasmExport::Initialize), ExportKind::Func, 2);
    let mut code = CodeSection::new();
    let trap = |instructions: &[Instruction<'_>]| {
        let mut body = wasm_encoder::Function::new([]);
        for instruction in instructions {
            body.instruction(instruction);
        }
        body
    };
    code.function(&trap(&[Instruction::Unreachable, Instruction::End])).function(&trap(&[Instruction::End]));
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&memories).section(&exports).section(&code);
    module.finish()
}

fn value(ty: &WasmType) -> ValType {
    match ty {
        WasmType::I32 | WasmType::Pointer | WasmType::Length => ValType::I32,
        WasmType::I64 | WasmType::PointerOrI64 => ValType::I64,
        WasmType::F32 => ValType::F32,
        WasmType::F64 => ValType::F64,
    }
}

fn item(id: InterfaceId) -> WorldItem {
    let (stability, external_id) = (Stability::Unknown, None);
    WorldItem::Interface { id, stability, external_id, docs: Docs::default(), span: Span::default() }
}

/// Takes out what is there only with a feature; types that something stable speaks of stay.
pub(super) fn without_unstable(resolve: &mut Resolve) {
    let spoken_of = spoken_of(resolve);
    let mut gone = Vec::new();
    for (id, interface) in resolve.interfaces.iter() {
        let functions = interface.functions.values().filter(|function| is_unstable_function(resolve, function));
        let functions: Vec<String> = functions.map(|function| function.name.clone()).collect();
        let unstable = |ty: &TypeId| is_unstable(&resolve.types[*ty].stability) && !spoken_of.contains(&Type::Id(*ty));
        let types: Vec<TypeId> = interface.types.values().copied().filter(unstable).collect();
        gone.push((id, functions, types));
    }
    for (id, functions, types) in gone {
        let interface = &mut resolve.interfaces[id];
        interface.functions.retain(|name, _| !functions.contains(name));
        interface.types.retain(|_, ty| !types.contains(ty));
    }
    let interfaces = &resolve.interfaces;
    for (_, package) in resolve.packages.iter_mut() {
        package.interfaces.retain(|_, id| !is_unstable(&interfaces[*id].stability));
    }
}

/// Makes the versions of packages the least of their track, and takes it off one.
pub(super) fn of_tracks(resolve: &mut Resolve, own: Option<PackageId>) {
    let mut names = IndexMap::new();
    for (id, package) in resolve.packages.iter() {
        let version = package.name.version.as_ref().filter(|_| own != Some(id)).map(Track::first);
        let name = PackageName { version, ..package.name.clone() };
        // Two of one track keep their names.
        let name = if names.contains_key(&name) { package.name.clone() } else { name };
        names.insert(name, id);
    }
    for (name, id) in &names {
        resolve.packages[*id].name = name.clone();
    }
    resolve.package_names = names;
}
