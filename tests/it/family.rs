//! Random WIT packages made of what linking finds hard: resources, `use` chains, types used by the world itself, labels,
//! interfaces on both sides. A family is one package with worlds that are meant to be wired together.

use crate::guests::guest_of;
use crate::random::Random;
use std::fmt::Write;
use wit_parser::Resolve;

/// One package and a component for each of its worlds.
pub(crate) struct Family {
    pub(crate) seed: u64,
    pub(crate) wit: String,
    /// Name of the world and its component.
    pub(crate) members: Vec<(String, Vec<u8>)>,
}

#[derive(Clone)]
struct Named {
    name: String,
    resource: bool,
    /// Whether a handle is inside, which keeps it out of places where only plain values may stand.
    handles: bool,
}

struct Interface {
    name: String,
    types: Vec<Named>,
}

/// The family of a seed with `worlds` worlds.
pub(crate) fn family(seed: u64, worlds: usize) -> Family {
    let mut random = Random::new(seed ^ 0x00fa_0000);
    let mut wit = String::from(if random.one_in(3) { "package fam:ily;\n" } else { "package fam:ily@0.2.1;\n" });
    let mut interfaces: Vec<Interface> = Vec::new();
    for index in 0..2 + random.below(4) {
        let made = interface(&mut random, index, &interfaces, &mut wit);
        interfaces.push(made);
    }
    let mut members = Vec::new();
    let canonical = random.one_in(3);
    while members.len() < worlds {
        let name = format!("w{}", members.len());
        let mut text = String::new();
        world(&mut random, &name, &interfaces, &mut text);
        let mut resolve = Resolve { all_features: true, ..Resolve::default() };
        // WIT refuses worlds where an exported interface would see one interface on both sides.
        match resolve.push_str("family.wit", &format!("{wit}{text}")) {
            Ok(package) => {
                let world = resolve.packages[package].worlds[&name];
                let bytes = guest_of(&resolve, world, canonical);
                members.push((name, bytes.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{wit}{text}"))));
                wit.push_str(&text);
            }
            Err(error) if format!("{error}").contains("transitively depends") => {}
            Err(error) => panic!("seed {seed}: {error}\n{wit}{text}"),
        }
    }
    Family { seed, members, wit }
}

/// A family whose members need not agree: some are made of a text in which a word was changed, or of another version of
/// the package. Every choice comes from `random`.
pub(crate) fn discordant(random: &mut Random, worlds: usize) -> Family {
    let versions = ["", "@0.2.1", "@0.2.1", "@0.2.4", "@0.3.0", "@1.0.0-rc.1"];
    let mut text = String::new();
    let mut interfaces: Vec<Interface> = Vec::new();
    for index in 0..1 + random.below(5) {
        let made = interface(random, index, &interfaces, &mut text);
        interfaces.push(made);
    }
    let common = versions[random.below(versions.len())];
    let mut members = Vec::new();
    for number in 0..worlds {
        let version = if random.one_in(4) { versions[random.below(versions.len())] } else { common };
        let mut wit = format!("package fam:ily{version};\n{text}");
        if random.one_in(5) {
            wit = change(random, &wit);
        }
        let name = format!("w{number}");
        world(random, &name, &interfaces, &mut wit);
        let canonical = random.one_in(4);
        let mut resolve = Resolve { all_features: true, ..Resolve::default() };
        // A changed text may be no WIT, and a world may see one interface on both sides.
        let Ok(package) = resolve.push_str("family.wit", &wit) else { continue };
        let world = resolve.packages[package].worlds[&name];
        if let Ok(bytes) = guest_of(&resolve, world, canonical) {
            members.push((name, bytes));
        }
    }
    Family { seed: 0, members, wit: text }
}

/// Two components over the same interfaces: one exports what the other imports, and in most seeds a word of the
/// exporting side was changed. `None` if the changed text is no WIT.
pub(crate) fn pair(seed: u64) -> Option<(Vec<u8>, Vec<u8>, String)> {
    let mut random = Random::new(seed ^ 0x9a12_0000);
    let mut wit = String::from("package fam:ily;\n");
    let mut interfaces: Vec<Interface> = Vec::new();
    for index in 0..1 + random.below(3) {
        let made = interface(&mut random, index, &interfaces, &mut wit);
        interfaces.push(made);
    }
    let all = |word: &str| interfaces.iter().map(|it| format!(" {word} {};", it.name)).collect::<String>();
    let worlds =
        format!("world socket {{{} export run: func(); }}\nworld plug {{{} }}\n", all("import"), all("export"));
    let changed = change(&mut random, &wit);
    let make = |wit: &str, name: &str| {
        let mut resolve = Resolve { all_features: true, ..Resolve::default() };
        let package = resolve.push_str("pair.wit", &format!("{wit}{worlds}")).ok()?;
        let world = resolve.packages[package].worlds[name];
        Some(guest_of(&resolve, world, false).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{wit}")))
    };
    let (plug, socket) = (make(&changed, "plug")?, make(&wit, "socket")?);
    Some((plug, socket, format!("{wit}{worlds}plug: {changed}")))
}

/// Changes one place of a WIT text.
fn change(random: &mut Random, wit: &str) -> String {
    const CHANGES: &[(&str, &str)] = &[
        ("u8", "u16"),
        ("string", "u8"),
        ("{ a, b }", "{ b, a }"),
        ("{ a, b }", "{ a, b, c }"),
        ("p0", "q0"),
        ("(p0: ", "(p9: u8, p0: "),
        ("async func", "func"),
        (" func(", " async func("),
        ("option<", "list<"),
        (", b }", " }"),
        ("borrow<t0-0>", "t0-0"),
        ("t0-0", "t0-1"),
        ("t0-1", "t0-0"),
        ("t1-1", "t1-0"),
        (" -> string", ""),
        ("list<string>", "list<list<u8>>"),
        ("f0-0", "f0-9"),
        ("resource t0-0 {", "resource t0-9; resource t0-0 {"),
        ("stream<u8>", "stream<u32>"),
        ("tuple<", "result<"),
        ("a: ", "z: "),
    ];
    let (from, to) = CHANGES[random.below(CHANGES.len())];
    let places: Vec<usize> = wit.match_indices(from).map(|(at, _)| at).collect();
    if places.is_empty() {
        return wit.into();
    }
    let at = places[random.below(places.len())];
    format!("{}{to}{}", &wit[..at], &wit[at + from.len()..])
}

fn interface(random: &mut Random, index: usize, before: &[Interface], wit: &mut String) -> Interface {
    let mut types = Vec::new();
    let _ = writeln!(wit, "interface i{index} {{");
    for from in before {
        for ty in &from.types {
            if random.one_in(4) {
                let name = if random.one_in(3) { format!("u{index}-{}", types.len()) } else { ty.name.clone() };
                if types.iter().any(|known: &Named| known.name == name) {
                    continue;
                }
                let renamed = if name == ty.name { String::new() } else { format!(" as {name}") };
                let _ = writeln!(wit, "  use {}.{{{}{renamed}}};", from.name, ty.name);
                types.push(Named { name, ..ty.clone() });
            }
        }
    }
    for _ in 0..random.below(5) {
        let name = format!("t{index}-{}", types.len());
        let made = type_definition(random, &name, &types, wit);
        types.push(made);
    }
    for function in 0..1 + random.below(4) {
        let _ = writeln!(wit, "  f{index}-{function}: {};", function_type(random, &types));
    }
    wit.push_str("}\n");
    Interface { name: format!("i{index}"), types }
}

fn type_definition(random: &mut Random, name: &str, types: &[Named], wit: &mut String) -> Named {
    let (mut resource, mut handles) = (false, false);
    match random.below(7) {
        0 | 1 => {
            (resource, handles) = (true, true);
            let mut with = types.to_vec();
            with.push(Named { name: name.into(), resource, handles });
            let _ = writeln!(wit, "  resource {name} {{");
            if random.one_in(2) {
                let _ = writeln!(wit, "    constructor(a: {});", value(random, types, 2, &mut false));
            }
            for method in 0..random.below(3) {
                let is_static = if random.one_in(3) { "static " } else { "" };
                let _ = writeln!(wit, "    m{method}: {is_static}{};", function_type(random, &with));
            }
            wit.push_str("  }\n");
        }
        2 | 3 => {
            let (a, b) = (value(random, types, 2, &mut handles), value(random, types, 1, &mut handles));
            let _ = writeln!(wit, "  record {name} {{ a: {a}, b: {b} }}");
        }
        4 => {
            let a = value(random, types, 2, &mut handles);
            let _ = writeln!(wit, "  variant {name} {{ a({a}), b }}");
        }
        5 => {
            let word = if random.one_in(2) { "enum" } else { "flags" };
            let _ = writeln!(wit, "  {word} {name} {{ a, b }}");
        }
        _ => {
            let (of, is) = match types.is_empty() || random.one_in(2) {
                true => (value(random, types, 2, &mut handles), false),
                false => {
                    let of = &types[random.below(types.len())];
                    handles = of.handles;
                    (of.name.clone(), of.resource)
                }
            };
            resource = is;
            let _ = writeln!(wit, "  type {name} = {of};");
        }
    }
    Named { name: name.into(), resource, handles }
}

fn function_type(random: &mut Random, types: &[Named]) -> String {
    let mut params = Vec::new();
    for index in 0..random.below(4) {
        let resources: Vec<_> = types.iter().filter(|ty| ty.resource).collect();
        let ty = match !resources.is_empty() && random.one_in(2) {
            true => format!("borrow<{}>", resources[random.below(resources.len())].name),
            false => value(random, types, 3, &mut false),
        };
        params.push(format!("p{index}: {ty}"));
    }
    let word = if random.one_in(5) { "async func" } else { "func" };
    let result = if random.one_in(3) { String::new() } else { format!(" -> {}", value(random, types, 3, &mut false)) };
    format!("{word}({}){result}", params.join(", "))
}

/// A value type up to some depth; sets `handles` if it holds a handle.
fn value(random: &mut Random, types: &[Named], depth: usize, handles: &mut bool) -> String {
    if !types.is_empty() && random.one_in(2) {
        let ty = &types[random.below(types.len())];
        *handles |= ty.handles;
        return ty.name.clone();
    }
    let mut inner = |random: &mut Random| value(random, types, depth.saturating_sub(1), handles);
    match if depth == 0 { random.below(4) } else { random.below(9) } {
        0 => "u8".into(),
        1 => "string".into(),
        2 => "f64".into(),
        3 => "bool".into(),
        4 => format!("list<{}>", inner(random)),
        5 => format!("option<{}>", inner(random)),
        6 => format!("result<{}, {}>", inner(random), inner(random)),
        7 => format!("tuple<{}, {}>", inner(random), inner(random)),
        _ => format!("stream<{}>", ["u8", "string", "u32"][random.below(3)]),
    }
}

fn world(random: &mut Random, world: &str, interfaces: &[Interface], wit: &mut String) {
    let _ = writeln!(wit, "world {world} {{");
    let mut types: Vec<Named> = Vec::new();
    for interface in interfaces {
        let name = &interface.name;
        if random.one_in(2) {
            let _ = writeln!(wit, "  import {name};");
        }
        if random.one_in(3) {
            let _ = writeln!(wit, "  export {name};");
        }
        if random.one_in(12) {
            let _ = writeln!(wit, "  import {world}-lab-{name}: {name};");
        }
        if random.one_in(12) {
            let _ = writeln!(wit, "  export lab-{name}: {name};");
        }
        for ty in &interface.types {
            if random.one_in(8) && types.iter().all(|known| known.name != ty.name) {
                let _ = writeln!(wit, "  use {name}.{{{}}};", ty.name);
                types.push(ty.clone());
            }
        }
        if random.one_in(10) {
            let side = if random.one_in(2) { "import" } else { "export" };
            let used = interface.types.first().map_or(String::new(), |ty| format!("use {name}.{{{}}}; ", ty.name));
            let known = &interface.types[..interface.types.len().min(1)];
            let _ =
                writeln!(wit, "  {side} {world}-in-{name}: interface {{ {used}g: {}; }}", function_type(random, known));
        }
    }
    for number in 0..random.below(3) {
        let _ = writeln!(wit, "  import {world}-f{number}: {};", function_type(random, &types));
    }
    for number in 0..random.below(3) {
        let _ = writeln!(wit, "  export x{number}: {};", function_type(random, &types));
    }
    let _ = writeln!(wit, "  export run: func();\n}}");
}
