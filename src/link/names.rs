//! Names as the binary spells them, and the names for debuggers.

use crate::model::component::Components;
use crate::model::name::{ExternName, InterfaceName};
use crate::model::plan::Plan;
use crate::types::shape::Attrs;
use std::borrow::Cow;
use wasm_encoder::{ComponentExternName, ComponentNameSection, NameMap};

/// The name of an import or export of the result. Without canonical names, versions are written out in full.
pub(super) fn extern_name(name: &ExternName, attrs: &Attrs, canonical_names: bool) -> ComponentExternName<'static> {
    let lower = |name: &InterfaceName| if canonical_names { name.clone() } else { name.legacy() };
    let (text, suffix) = match name {
        ExternName::Interface(name) => lower(name).spelled(),
        ExternName::Plain(text) => (text.clone(), None),
    };
    let (implements, implements_suffix) = match &attrs.implements {
        None => (None, None),
        Some(text) => match InterfaceName::parse(text, attrs.version_suffix.as_deref()) {
            None => (Some(text.clone()), None),
            Some(name) => {
                let (text, suffix) = lower(&name).spelled();
                (Some(text), suffix)
            }
        },
    };
    ComponentExternName {
        name: Cow::Owned(text),
        implements: implements.map(Cow::Owned),
        version_suffix: suffix.or(implements_suffix).map(Cow::Owned),
        external_id: attrs.external_id.clone().map(Cow::Owned),
    }
}

/// The name of an item inside an instance type, as its component spelled it.
pub(super) fn inner_name<'a>(name: &'a str, attrs: &'a Attrs) -> ComponentExternName<'a> {
    ComponentExternName {
        name: Cow::Borrowed(name),
        implements: attrs.implements.as_deref().map(Cow::Borrowed),
        version_suffix: attrs.version_suffix.as_deref().map(Cow::Borrowed),
        external_id: attrs.external_id.as_deref().map(Cow::Borrowed),
    }
}

/// The name section: the result itself, its components and its instances.
pub(super) fn section(
    name: Option<&str>,
    plan: &Plan,
    components: &Components,
    embedded: &[crate::model::component::ComponentId],
    instances: impl Iterator<Item = (crate::model::plan::InstanceId, u32)>,
) -> ComponentNameSection {
    let mut section = ComponentNameSection::new();
    if let Some(name) = name {
        section.component(name);
    }
    let mut names = NameMap::new();
    for (index, id) in (0u32..).zip(embedded) {
        names.append(index, &components.get(*id).name);
    }
    section.components(&names);
    let mut numbered: Vec<_> = instances.map(|(id, index)| (index, id)).collect();
    numbered.sort();
    let mut names = NameMap::new();
    for (index, id) in numbered {
        names.append(index, &plan.instance(id).name);
    }
    section.instances(&names);
    section
}
