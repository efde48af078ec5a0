//! Tests of `identity`: who owns what, and which plans split a resource.

use super::guests::guest;
use super::identity::{Identity, LinkTo, Owner, Split, judge};
use super::plans::{components, plan};
use super::samples;
use super::shape::Side;
use crate::model::component::Components;
use crate::model::plan::{InstanceId, Plan};

/// A bucket that a store hands out and a lock speaks of; whoever exports an interface makes its resources, and the same
/// names imported are somebody else's.
const WIT: &str = "
package a:b;
interface types { resource bucket { size: func() -> u32; } }
interface store { use types.{bucket}; open: func() -> bucket; }
interface lock { use types.{bucket}; lock: func(b: borrow<bucket>); }
world app { import store; import lock; export run: func(); }
world maker { export types; export store; export lock; }
world keeper { import types; export store; }
world locker { import types; export lock; }
world sealed { export types; export lock; }
world middle { import types; export types; export store; }
";

fn set(inputs: &[&str]) -> Components {
    let made: Vec<_> = inputs.iter().map(|world| (*world, guest(WIT, Some(world)))).collect();
    components(&made, samples::of)
}

/// The judgement and, in words, the splits.
fn judged(inputs: &[&str], wires: &[(&str, &str, &str, &str)]) -> (Identity, Vec<String>) {
    let components = set(inputs);
    let instances: Vec<_> = inputs.iter().map(|name| (*name, *name)).collect();
    let made = plan(&components, &instances, wires);
    let identity = judge(&made, &components);
    // The same plan numbered the other way round must give the same words.
    let turned: Vec<_> = instances[..1].iter().chain(instances[1..].iter().rev()).copied().collect();
    let other = plan(&components, &turned, wires);
    let words = |identity: &Identity, plan: &Plan| {
        identity.splits.iter().map(|split| told(split, plan, &components)).collect::<Vec<_>>()
    };
    assert_eq!(words(&identity, &made), words(&judge(&other, &components), &other));
    let words = words(&identity, &made);
    (identity, words)
}

fn told(split: &Split, plan: &Plan, components: &Components) -> String {
    let mut out = format!("{} holds {}", plan.instance(split.holder).name, split.resource);
    for side in &split.sides {
        let owner = match &side.owner {
            Owner::Instance { instance, .. } => plan.instance(*instance).name.as_str(),
            Owner::Host { .. } => "host",
        };
        out.push_str(&format!("; {owner} makes {} by", side.resource));
        for link in &side.chain {
            let instance = plan.instance(link.socket.instance);
            let import = components.get(instance.component).extern_at(Side::Import, link.socket.import);
            let to = match &link.to {
                LinkTo::Plug(plug) => plan.instance(plug.instance).name.as_str(),
                LinkTo::Open(_) => "open",
                LinkTo::TypeOf(_) => "used",
            };
            let crate::model::name::ExternName::Interface(name) = import.0 else { panic!("an interface") };
            let arrow = if link.backwards { "<-" } else { "->" };
            out.push_str(&format!(" {}.{}{arrow}{to}", instance.name, name.interface));
        }
    }
    out
}

#[test]
fn one_maker_for_all_is_no_split() {
    let (identity, splits) = judged(
        &["app", "maker"],
        &[
            ("app", "a:b/types", "maker", "a:b/types"),
            ("app", "a:b/store", "maker", "a:b/store"),
            ("app", "a:b/lock", "maker", "a:b/lock"),
        ],
    );
    assert_eq!(splits, [""; 0]);
    let owner = identity.owner(InstanceId(0), super::shape::ResourceId(0)).unwrap();
    assert!(matches!(owner, Owner::Instance { instance: InstanceId(1), .. }));
}

#[test]
fn an_open_import_is_one_owner_for_all_who_use_it() {
    let wires = [("app", "a:b/store", "keeper", "a:b/store"), ("app", "a:b/lock", "locker", "a:b/lock")];
    let (identity, splits) = judged(&["app", "keeper", "locker"], &wires);
    assert_eq!(splits, [""; 0]);
    for instance in 0..3 {
        let owner = identity.owner(InstanceId(instance), super::shape::ResourceId(0)).unwrap();
        assert!(matches!(owner, Owner::Host { path, .. } if path == &["bucket"]), "{owner:?}");
    }
}

#[test]
fn the_diamond_splits_when_one_side_stays_open() {
    let wires = [
        ("app", "a:b/types", "maker", "a:b/types"),
        ("app", "a:b/store", "maker", "a:b/store"),
        ("app", "a:b/lock", "locker", "a:b/lock"),
    ];
    let (identity, splits) = judged(&["app", "maker", "locker"], &wires);
    assert_eq!(
        splits,
        ["app holds a:b/types.{bucket}; host makes a:b/types.{bucket} by app.lock->locker locker.types->open; \
          maker makes a:b/types.{bucket} by app.types->maker"]
    );
    assert_eq!(identity.owner(InstanceId(0), super::shape::ResourceId(0)), None);
    // The same, closed: the locker gets the maker's types as well.
    let mut closed = wires.to_vec();
    closed.push(("locker", "a:b/types", "maker", "a:b/types"));
    assert_eq!(judged(&["app", "maker", "locker"], &closed).1, [""; 0]);
}

#[test]
fn two_makers_split() {
    let wires = [
        ("app", "a:b/types", "maker", "a:b/types"),
        ("app", "a:b/store", "maker", "a:b/store"),
        ("app", "a:b/lock", "sealed", "a:b/lock"),
    ];
    let (_, splits) = judged(&["app", "maker", "sealed"], &wires);
    assert_eq!(
        splits,
        ["app holds a:b/types.{bucket}; maker makes a:b/types.{bucket} by app.types->maker; \
          sealed makes a:b/types.{bucket} by app.lock->sealed"]
    );
}

#[test]
fn a_middle_component_hands_on_or_makes_anew() {
    // `keeper` hands on what it got, `middle` makes its own of the same name.
    let handed = [
        ("app", "a:b/types", "maker", "a:b/types"),
        ("app", "a:b/store", "keeper", "a:b/store"),
        ("app", "a:b/lock", "maker", "a:b/lock"),
        ("keeper", "a:b/types", "maker", "a:b/types"),
    ];
    assert_eq!(judged(&["app", "keeper", "maker"], &handed).1, [""; 0]);
    let anew = [
        ("app", "a:b/types", "middle", "a:b/types"),
        ("app", "a:b/store", "middle", "a:b/store"),
        ("app", "a:b/lock", "maker", "a:b/lock"),
        ("middle", "a:b/types", "maker", "a:b/types"),
    ];
    let (_, splits) = judged(&["app", "middle", "maker"], &anew);
    assert_eq!(splits.len(), 1);
    assert!(splits[0].contains("maker makes a:b/types.{bucket} by app.lock->maker"), "{}", splits[0]);
    assert!(splits[0].contains("middle makes a:b/types.{bucket} by app."), "{}", splits[0]);
}

#[test]
fn two_instances_of_one_component_make_two_resources() {
    let components = set(&["app", "maker"]);
    let instances = [("app", "app"), ("one", "maker"), ("two", "maker")];
    let wires = [
        ("app", "a:b/types", "one", "a:b/types"),
        ("app", "a:b/store", "one", "a:b/store"),
        ("app", "a:b/lock", "two", "a:b/lock"),
    ];
    let made = plan(&components, &instances, &wires);
    let splits = judge(&made, &components).splits;
    assert_eq!(splits.len(), 1);
    assert!(splits[0].sides.iter().all(|side| side.chain.len() == 1));
}

#[test]
fn versions_kept_side_by_side_are_two_owners_once_wired_together() {
    let types = |version: &str| {
        format!(
            "package w:t@{version} {{ interface io {{ resource pipe {{ flush: func(); }} }} }}
             package w:out@{version} {{ interface out {{ use w:t/io@{version}.{{pipe}}; get: func() -> pipe; }}
             world maker {{ import w:t/io@{version}; export out; }}
             world app {{ import w:t/io@{version}; import out; export run: func(x: borrow<s>); use w:t/io@{version}.{{pipe as s}}; }} }}"
        )
    };
    let (old, new) = (format!("package x:x; {}", types("0.2.1")), format!("package x:x; {}", types("0.2.3")));
    let made = [("app", guest(&old, Some("w:out/app@0.2.1"))), ("maker", guest(&new, Some("w:out/maker@0.2.3")))];
    let components = components(&made, samples::of);
    let instances = [("app", "app"), ("maker", "maker")];
    let wires = [("app", "w:out/out@0.2.1", "maker", "w:out/out@0.2.3")];
    let apart = judge(&plan(&components, &instances, &wires), &components);
    assert_eq!(apart.splits.len(), 1, "{apart:?}");
    assert!(apart.splits[0].sides.iter().all(|side| matches!(side.owner, Owner::Host { .. })));
    // Merged into one open import they are one.
    let merged = [wires[0], ("app", "w:t/io@0.2.1", "", "w:t/io@0.2.3")];
    let merged = judge(&plan(&components, &instances, &merged), &components);
    assert_eq!(merged.splits, []);
}

#[test]
fn what_is_used_from_two_interfaces_of_the_host_has_two_owners() {
    let text = |from: &str| {
        format!(
            "package a:b;
             interface one {{ resource r; resource s; }}
             interface two {{ use one.{{{from} as t}}; get: func() -> t; }}
             world w {{ import one; import two; export run: func(); }}"
        )
    };
    let made = [("app", guest(&text("r"), None)), ("other", guest(&text("s"), None))];
    let components = components(&made, samples::of);
    let judged = |instances: &[(&str, &str)]| judge(&plan(&components, instances, &[]), &components).splits;
    assert_eq!(judged(&[("app", "app"), ("again", "app")]), []);
    let splits = judged(&[("app", "app"), ("other", "other")]);
    assert_eq!(splits.len(), 1, "{splits:?}");
    assert!(splits[0].sides.iter().all(|side| matches!(side.owner, Owner::Host { .. })));
}

#[test]
fn labels_keep_resources_apart() {
    let text = "package a:b;
        interface kv { resource bucket; open: func() -> bucket; }
        world app { import hot: kv; import cold: kv; export run: func(); }
        world maker { export kv; }";
    let made = [("app", guest(text, Some("app"))), ("maker", guest(text, Some("maker")))];
    let components = components(&made, samples::of);
    let instances = [("app", "app"), ("one", "maker"), ("two", "maker")];
    let wires = [("app", "hot", "one", "a:b/kv"), ("app", "cold", "two", "a:b/kv")];
    let plan = plan(&components, &instances, &wires);
    let identity = judge(&plan, &components);
    assert_eq!(identity.splits, []);
    let owners: Vec<_> =
        (0..2).map(|at| identity.owner(InstanceId(0), super::shape::ResourceId(at)).unwrap().clone()).collect();
    assert_ne!(owners[0], owners[1]);
}
