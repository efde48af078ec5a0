//! What the host gives to components, linked as far as a component asks for it.
//!
//! All of WASI is several hundred functions, and defining them takes longer than a small program runs. So a linker holds the
//! packages of the imports that it is made for and nothing else; programs that import of the same packages share one.

use crate::state::State;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use wasmtime::component::{Component, Linker};
use wasmtime_wasi::WasiView as _;
use wasmtime_wasi::cli::{WasiCli, WasiCliView as _};
use wasmtime_wasi::filesystem::{WasiFilesystem, WasiFilesystemView as _};
use wasmtime_wasi::random::WasiRandom;
use wasmtime_wasi::sockets::{WasiSockets, WasiSocketsView as _};
use wasmtime_wasi::{p2, p3};
use wasmtime_wasi_config::WasiConfig;
use wasmtime_wasi_keyvalue::WasiKeyValue;

type Defined = wasmtime::Result<()>;

/// Some packages of WASI, of one version.
struct Group {
    /// How the imports begin that it answers.
    package: &'static str,
    /// What the version begins with; another version is asked of all groups of the package.
    version: &'static str,
    define: fn(&mut Linker<State>) -> Defined,
}

const GROUPS: [Group; 14] = [
    // First, since what it defines is asked for by all that follow.
    Group { package: "wasi:", version: "0.2", define: p2::add_to_linker_proxy_interfaces_async },
    Group { package: "wasi:cli/", version: "0.2", define: cli },
    Group { package: "wasi:random/", version: "0.2", define: random },
    Group { package: "wasi:filesystem/", version: "0.2", define: filesystem },
    Group { package: "wasi:sockets/", version: "0.2", define: sockets },
    Group { package: "wasi:http/", version: "0.2", define: wasmtime_wasi_http::p2::add_only_http_to_linker_async },
    Group { package: "wasi:cli/", version: "0.3", define: cli_3 },
    Group { package: "wasi:clocks/", version: "0.3", define: p3::clocks::add_to_linker },
    Group { package: "wasi:random/", version: "0.3", define: p3::random::add_to_linker },
    Group { package: "wasi:filesystem/", version: "0.3", define: p3::filesystem::add_to_linker },
    Group { package: "wasi:sockets/", version: "0.3", define: p3::sockets::add_to_linker },
    Group { package: "wasi:http/", version: "0.3", define: wasmtime_wasi_http::p3::add_to_linker },
    Group { package: "wasi:config/", version: "", define: config },
    Group { package: "wasi:keyvalue/", version: "", define: keyvalue },
];

/// A bit for each of [`GROUPS`].
type Groups = u16;

fn cli(linker: &mut Linker<State>) -> Defined {
    use p2::bindings::cli;
    cli::exit::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::environment::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_input::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_output::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_stdin::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_stdout::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    cli::terminal_stderr::add_to_linker::<State, WasiCli>(linker, State::cli)?;
    crate::asked::listen(linker, "wasi:cli/environment@0.2.12")
}

fn cli_3(linker: &mut Linker<State>) -> Defined {
    p3::cli::add_to_linker(linker)?;
    crate::asked::listen(linker, "wasi:cli/environment@0.3.0")
}

fn random(linker: &mut Linker<State>) -> Defined {
    use p2::bindings::random;
    random::insecure::add_to_linker::<State, WasiRandom>(linker, |state| state.ctx().ctx.random())?;
    random::insecure_seed::add_to_linker::<State, WasiRandom>(linker, |state| state.ctx().ctx.random())
}

fn filesystem(linker: &mut Linker<State>) -> Defined {
    use p2::bindings::filesystem;
    filesystem::types::add_to_linker::<State, WasiFilesystem>(linker, State::filesystem)?;
    filesystem::preopens::add_to_linker::<State, WasiFilesystem>(linker, State::filesystem)
}

fn sockets(linker: &mut Linker<State>) -> Defined {
    use p2::bindings::{LinkOptions, sockets};
    sockets::tcp::add_to_linker::<State, WasiSockets>(linker, State::sockets)?;
    sockets::tcp_create_socket::add_to_linker::<State, WasiSockets>(linker, State::sockets)?;
    sockets::udp::add_to_linker::<State, WasiSockets>(linker, State::sockets)?;
    sockets::udp_create_socket::add_to_linker::<State, WasiSockets>(linker, State::sockets)?;
    sockets::instance_network::add_to_linker::<State, WasiSockets>(linker, State::sockets)?;
    let options = (&LinkOptions::default()).into();
    sockets::network::add_to_linker::<State, WasiSockets>(linker, &options, State::sockets)?;
    sockets::ip_name_lookup::add_to_linker::<State, WasiSockets>(linker, State::sockets)
}

fn config(linker: &mut Linker<State>) -> Defined {
    wasmtime_wasi_config::add_to_linker(linker, |state: &mut State| WasiConfig::from(&state.config))
}

fn keyvalue(linker: &mut Linker<State>) -> Defined {
    wasmtime_wasi_keyvalue::add_to_linker(linker, |state: &mut State| {
        WasiKeyValue::new(&state.keyvalue, &mut state.table)
    })
}

/// The groups that can answer one of these imports.
fn asked<'i>(imports: impl Iterator<Item = &'i str>) -> Groups {
    let answers = |group: &Group, import: &str| {
        let version = import.split_once('@').map_or("", |(_, version)| version);
        let known = ["0.2", "0.3"].into_iter().find(|known| version.starts_with(known));
        import.starts_with(group.package)
            && (group.version.is_empty() || known.is_none_or(|known| known == group.version))
    };
    let bit = |import: &str| {
        let of = GROUPS.iter().enumerate().filter(|(_, group)| answers(group, import));
        of.fold(0, |groups: Groups, (at, _)| groups | 1 << at)
    };
    imports.fold(0, |groups, import| groups | bit(import))
}

/// The linkers of an engine.
#[derive(Default)]
pub(crate) struct Links {
    made: Mutex<BTreeMap<Groups, Arc<Linker<State>>>>,
}

impl Links {
    /// One with everything of the host's that a component may import.
    pub(crate) fn of(&self, component: &Component) -> wasmtime::Result<Arc<Linker<State>>> {
        let engine = component.engine();
        let ty = component.component_type();
        let groups = asked(ty.imports(engine).map(|(name, _)| name));
        let mut made = self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(linker) = made.get(&groups) {
            return Ok(linker.clone());
        }
        let mut linker = Linker::new(engine);
        for (at, group) in GROUPS.iter().enumerate() {
            if groups & (1 << at) != 0 {
                (group.define)(&mut linker)?;
            }
        }
        let linker = Arc::new(linker);
        made.insert(groups, linker.clone());
        Ok(linker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages(imports: &[&str]) -> Vec<(&'static str, &'static str)> {
        let groups = asked(imports.iter().copied());
        let of = GROUPS.iter().enumerate().filter(|(at, _)| groups & (1 << at) != 0);
        of.map(|(_, group)| (group.package, group.version)).collect()
    }

    #[test]
    fn what_nobody_asks_for_is_not_linked() {
        assert_eq!(packages(&["shop:pricing/rates@0.1.0", "log"]), []);
        assert_eq!(packages(&["wasi:io/streams@0.2.3"]), [("wasi:", "0.2")]);
        assert_eq!(packages(&["wasi:cli/stdout@0.2.0"]), [("wasi:", "0.2"), ("wasi:cli/", "0.2")]);
        assert_eq!(packages(&["wasi:clocks/types@0.3.0-rc-2"]), [("wasi:clocks/", "0.3")]);
        assert_eq!(packages(&["wasi:config/store@0.2.0-rc.1"]), [("wasi:", "0.2"), ("wasi:config/", "")]);
        let both = [("wasi:", "0.2"), ("wasi:http/", "0.2"), ("wasi:http/", "0.3")];
        assert_eq!(packages(&["wasi:http/types"]), both, "without a version it may be either");
    }

    #[test]
    fn all_of_it_can_be_linked_at_once() {
        let engine = crate::Engine::new(crate::Profile::here()).expect("this machine runs components").engine;
        let mut linker = Linker::new(&engine);
        for group in &GROUPS {
            (group.define)(&mut linker).unwrap_or_else(|error| panic!("{}{}: {error:#}", group.package, group.version));
        }
    }
}
