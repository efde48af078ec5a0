//! Bytes as choices: a family of components that are wired by what they are, by pins and by chains. What the checks let
//! pass is valid as a whole and has the predicted world; and the order of the inputs shows nowhere.

use super::whole::{input, once_more, open_request, run as whole};
use crate::family::{discordant, family};
use crate::random::Random;
use component_compose::decode::validate::validate;
use component_compose::model::request::{Chain, ExportRequest, InstanceRequest, Pin, PinTo, Request, Written};
use std::sync::OnceLock;
use wasmparser::WasmFeatures;

/// The target.
pub fn run(bytes: &[u8]) {
    let mut random = Random::of(bytes);
    let count = 1 + random.below(4);
    let members = discordant(&mut random, count).members;
    if members.is_empty() {
        return;
    }
    let mut request = request(&mut random, &members);
    let first = whole(&request);
    // The root is named, so that nothing may depend on the order.
    let at = random.below(request.inputs.len());
    request.inputs.rotate_left(at);
    if random.one_in(2) {
        request.inputs.reverse();
    }
    let again = once_more(&request);
    assert_eq!(first.codes, again.codes, "the order of the inputs shows in the codes");
    let texts = || format!("{}\n{}", text(&first.plan), text(&again.plan));
    assert!(first.plan == again.plan, "the order of the inputs shows in the plan: {}", texts());
    assert!(first.bytes == again.bytes, "the order of the inputs shows in the result");
}

/// Components that are made once, for targets that only need some.
pub(super) fn fixed_members() -> &'static [Vec<u8>] {
    static MEMBERS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    MEMBERS.get_or_init(|| (0..3).flat_map(|seed| family(seed, 2).members).map(|(_, bytes)| bytes).collect())
}

fn text(plan: &[u8]) -> String {
    String::from_utf8_lossy(plan).into_owned()
}

fn request(random: &mut Random, members: &[(String, Vec<u8>)]) -> Request {
    let target = ["tools-0.263", "tools-0.263", "wasmtime-48"][random.below(3)];
    let inputs = members.iter().map(|(name, bytes)| input(name, bytes.clone())).collect();
    let mut request = open_request(target, inputs);
    request.root = Some(Written::new(&members[0].0));
    request.allow_unused = !random.one_in(3);
    request.merge_open = !random.one_in(4);
    request.export_root = !random.one_in(6);
    let words = Words::of(members);
    if random.one_in(4) {
        request.allow = (0..random.below(3)).map(|_| Written::new(words.import(random))).collect();
    }
    if random.one_in(6) {
        request.deny = vec![Written::new(words.import(random))];
    }
    for number in 0..random.below(6) / 3 {
        let (name, component) = (format!("more-{number}"), Some(Written::new(words.component(random))));
        request.instances.push(InstanceRequest { name: Written::new(name), component, keep: random.one_in(3) });
    }
    let instances: Vec<String> = request.instances.iter().map(|wanted| wanted.name.text.clone()).collect();
    let instance = |random: &mut Random| match instances.is_empty() || random.one_in(2) {
        true => words.component(random),
        false => instances[random.below(instances.len())].clone(),
    };
    for _ in 0..random.below(6) / 2 {
        let of = if random.one_in(3) { None } else { Some(Written::new(instance(random))) };
        let to = match random.below(8) {
            0 => PinTo::Open(Written::new("open")),
            1 | 2 => {
                let inner = (0..random.below(6) / 4).map(|_| Written::new(words.import(random))).collect();
                PinTo::Export {
                    instance: Written::new(instance(random)),
                    export: Written::new(words.export(random)),
                    inner,
                }
            }
            3 => PinTo::Whole(Written::new(instance(random))),
            4 => PinTo::Fitting(Written::new(instance(random))),
            _ => PinTo::Instance(Written::new(instance(random))),
        };
        let import = if random.one_in(4) { "*".into() } else { words.import(random) };
        request.pins.push(Pin { instance: of, import: Written::new(import), inferred: random.one_in(4), to });
    }
    request.auto_wire = !random.one_in(5);
    for _ in 0..random.below(5) / 4 {
        let members = (0..1 + random.below(3)).map(|_| Written::new(instance(random))).collect();
        request.chains.push(Chain { interface: Written::new(words.export(random)), members });
    }
    for _ in 0..random.below(5) / 3 {
        let name = if random.one_in(2) { words.export(random) } else { format!("as-{}", random.below(3)) };
        let export = random.one_in(2).then(|| Written::new(words.export(random)));
        let mut export =
            ExportRequest::new((!random.one_in(4)).then(|| Written::new(name)), Written::new(instance(random)), export);
        export.whole = export.export.is_none() && random.one_in(4);
        export.all = export.name.is_none() && !export.whole && (export.export.is_none() || random.one_in(2));
        export.implements = !random.one_in(3);
        request.exports.push(export);
    }
    request
}

/// The names that requests can speak of.
struct Words {
    components: Vec<String>,
    imports: Vec<String>,
    exports: Vec<String>,
}

impl Words {
    fn of(members: &[(String, Vec<u8>)]) -> Self {
        let mut words = Self { components: Vec::new(), imports: Vec::new(), exports: Vec::new() };
        for (name, bytes) in members {
            words.components.push(name.clone());
            let shape = validate(bytes, WasmFeatures::all()).expect("a made component is valid").shape;
            words.imports.extend(shape.imports.into_keys());
            words.exports.extend(shape.exports.into_keys());
        }
        words.imports.extend(["fam:*", "fam:ily/*", "*", "fam:ily/i0", "nobody:has/this"].map(str::to_owned));
        words.exports.extend(["fam:ily/i0", "fam:ily/i1", "run"].map(str::to_owned));
        words
    }

    fn component(&self, random: &mut Random) -> String {
        self.components[random.below(self.components.len())].clone()
    }

    fn import(&self, random: &mut Random) -> String {
        self.imports[random.below(self.imports.len())].clone()
    }

    fn export(&self, random: &mut Random) -> String {
        self.exports[random.below(self.exports.len())].clone()
    }
}
