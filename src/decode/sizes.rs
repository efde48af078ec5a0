//! What hosts limit, counted while a file is validated.
//!
//! The validator knows the index spaces of each component and module when it has come to its end, so those cost nothing.
//! The types of components and instances have index spaces too, which are gone by then: their declarations are counted.

use crate::model::sizes::Sizes;
use wasmparser::types::TypesRef;
use wasmparser::{
    BinaryReaderError, ComponentAlias, ComponentExternalKind, ComponentOuterAliasKind, ComponentType,
    ComponentTypeDeclaration, ComponentTypeSectionReader, Encoding, InstanceTypeDeclaration,
};

/// Takes in the index spaces of a component or module that has been read to its end.
pub(super) fn ended(sizes: &mut Sizes, encoding: Encoding, types: TypesRef<'_>) {
    match encoding {
        Encoding::Module => raise(&mut sizes.tables, types.table_count() as usize),
        Encoding::Component => {
            raise(&mut sizes.instances, (types.component_instance_count() + types.core_instance_count()) as usize);
            raise(&mut sizes.modules, types.module_count() as usize);
            raise(&mut sizes.components, types.component_count() as usize);
        }
    }
}

/// Takes in the index spaces of the types in a section.
pub(super) fn types(sizes: &mut Sizes, section: ComponentTypeSectionReader<'_>) -> Result<(), BinaryReaderError> {
    let mut left: Vec<ComponentType<'_>> = Vec::new();
    for ty in section {
        left.push(ty?);
        while let Some(ty) = left.pop() {
            let mut space = Sizes::default();
            match ty {
                ComponentType::Component(declarations) => {
                    for declaration in declarations {
                        match declaration {
                            ComponentTypeDeclaration::Type(ty) => left.push(ty),
                            ComponentTypeDeclaration::Alias(alias) => self::alias(&mut space, &alias),
                            ComponentTypeDeclaration::Export { ty, .. } => item(&mut space, ty.kind()),
                            ComponentTypeDeclaration::Import(import) => item(&mut space, import.ty.kind()),
                            ComponentTypeDeclaration::CoreType(_) => {}
                        }
                    }
                }
                ComponentType::Instance(declarations) => {
                    for declaration in declarations {
                        match declaration {
                            InstanceTypeDeclaration::Type(ty) => left.push(ty),
                            InstanceTypeDeclaration::Alias(alias) => self::alias(&mut space, &alias),
                            InstanceTypeDeclaration::Export { ty, .. } => item(&mut space, ty.kind()),
                            InstanceTypeDeclaration::CoreType(_) => {}
                        }
                    }
                }
                _ => continue,
            }
            raise(&mut sizes.instances, space.instances);
            raise(&mut sizes.modules, space.modules);
            raise(&mut sizes.components, space.components);
        }
    }
    Ok(())
}

fn item(space: &mut Sizes, kind: ComponentExternalKind) {
    match kind {
        ComponentExternalKind::Instance => space.instances += 1,
        ComponentExternalKind::Module => space.modules += 1,
        ComponentExternalKind::Component => space.components += 1,
        _ => {}
    }
}

fn alias(space: &mut Sizes, alias: &ComponentAlias<'_>) {
    match alias {
        ComponentAlias::InstanceExport { kind, .. } => item(space, *kind),
        ComponentAlias::Outer { kind: ComponentOuterAliasKind::CoreModule, .. } => space.modules += 1,
        ComponentAlias::Outer { kind: ComponentOuterAliasKind::Component, .. } => space.components += 1,
        _ => {}
    }
}

fn raise(most: &mut usize, other: usize) {
    *most = (*most).max(other);
}

#[cfg(test)]
mod tests {
    use crate::decode::validate::validate;
    use crate::model::sizes::Sizes;
    use wasmparser::WasmFeatures;

    #[track_caller]
    fn sizes(text: &str, expected: Sizes) {
        let bytes = wat::parse_str(text).expect("a component");
        assert_eq!(validate(&bytes, WasmFeatures::all()).expect("valid").sizes, expected, "{text}");
    }

    #[test]
    fn the_largest_index_space_counts_and_core_instances_are_instances() {
        sizes("(component)", Sizes::default());
        let inner = r#"(component (import "i" (instance)) (core module $m (table 1 funcref) (table 1 funcref))
            (core instance (instantiate $m)) (core instance))"#;
        let of_inner = Sizes { instances: 3, modules: 1, components: 0, inner: 2, tables: 2 };
        sizes(&format!("(component {inner})"), Sizes { components: 1, ..of_inner });
        let four =
            "(import \"a\" (instance)) (import \"b\" (instance)) (import \"c\" (instance)) (export \"d\" (instance 0))";
        sizes(&format!("(component {four} {inner})"), Sizes { instances: 4, components: 1, ..of_inner });
    }

    #[test]
    fn types_have_index_spaces_too() {
        let ty = r#"(type (component
            (import "a" (instance)) (import "b" (component)) (import "c" (component))
            (type (instance (type $i (instance)) (export "x" (instance (type $i))) (export "y" (instance (type $i)))))))"#;
        sizes(&format!("(component {ty})"), Sizes { instances: 2, components: 2, ..Sizes::default() });
    }
}
