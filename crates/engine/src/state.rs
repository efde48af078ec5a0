//! What stands behind the imports of one instance: the grants made real.

use crate::asked::{Asking, AtEnd};
use crate::connect::Ledger;
use crate::grants::{Grants, Transport};
use crate::host::{Clock, Host, Random, Stream};
use crate::limits::Meter;
use crate::outgoing::Gate;
use crate::outlet::{Outlet, To, Written};
use crate::{Error, Result};
use bytes::Bytes;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::p2::pipe::{MemoryInputPipe, MemoryOutputPipe};
use wasmtime_wasi::sockets::SocketAddrUse;
use wasmtime_wasi::{FsPerms, HostMonotonicClock, HostWallClock, WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};
use wasmtime_wasi_config::WasiConfigVariables;
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};
use wasmtime_wasi_keyvalue::{WasiKeyValueCtx, WasiKeyValueCtxBuilder};

/// The most bytes kept of an output that is captured and not limited.
const CAPTURED: usize = 16 << 20;

pub(crate) struct State {
    wasi: WasiCtx,
    http: WasiHttpCtx,
    gate: Gate,
    pub(crate) table: ResourceTable,
    pub(crate) config: WasiConfigVariables,
    pub(crate) keyvalue: WasiKeyValueCtx,
    pub(crate) meter: Meter,
    /// The calls between the parts of a program.
    pub(crate) ledger: Ledger,
    /// Its environment.
    pub(crate) env: Vec<(String, String)>,
    pub(crate) asking: Asking,
    /// What became of the output that goes to this process.
    pub(crate) written: Arc<Written>,
    /// What was written, if it is captured.
    pub(crate) stdout: Option<MemoryOutputPipe>,
    pub(crate) stderr: Option<MemoryOutputPipe>,
}

impl State {
    /// # Errors
    /// If a grant cannot be given: a directory that cannot be opened.
    pub(crate) fn new(host: &Host, network: &Network) -> Result<Self> {
        let Host { grants, limits, .. } = host;
        let mut wasi = WasiCtx::builder();
        wasi.args(&host.args);
        for dir in &grants.dirs {
            let perms = if dir.read_only { FsPerms::ReadOnly } else { FsPerms::ReadWrite };
            wasi.preopened_dir(&dir.host, &dir.guest, perms)
                .map_err(|error| Error::Grant { grant: format!("--dir {}", dir.host), why: format!("{error:#}") })?;
        }
        network.give(&mut wasi);
        let captured = limits.output.map_or(CAPTURED, |most| usize::try_from(most).unwrap_or(usize::MAX));
        let written = Arc::new(Written::default());
        let outlet = |to| Outlet { to, most: limits.output, written: written.clone() };
        let stdout = output(&host.stdout, captured, |stream| match stream {
            Some(pipe) => drop(wasi.stdout(pipe)),
            None => drop(wasi.stdout(outlet(To::Stdout))),
        });
        let stderr = output(&host.stderr, captured, |stream| match stream {
            Some(pipe) => drop(wasi.stderr(pipe)),
            None => drop(wasi.stderr(outlet(To::Stderr))),
        });
        let asking = Asking::default();
        match &host.stdin {
            Stream::Shut | Stream::Captured => drop(wasi.stdin(AtEnd(asking.stdin.clone()))),
            Stream::Inherit => drop(wasi.inherit_stdin()),
            Stream::Bytes(bytes) => drop(wasi.stdin(MemoryInputPipe::new(bytes.clone()))),
        }
        if let Clock::Fixed { nanoseconds } = host.clock {
            wasi.wall_clock(Stopped(nanoseconds));
            wasi.monotonic_clock(Stopped(0));
        }
        if let Random::Seed(seed) = host.random {
            wasi.secure_random(crate::host::rng(seed));
            wasi.insecure_random(crate::host::rng(seed ^ 1));
            wasi.insecure_random_seed(u128::from(seed));
        }
        let keyvalue = grants.keyvalue.iter().flatten().map(|(key, value)| (key.clone(), value.clone().into_bytes()));
        let mut table = ResourceTable::new();
        if let Some(most) = limits.handles {
            table.set_max_capacity(usize::try_from(most).unwrap_or(usize::MAX));
        }
        Ok(State {
            wasi: wasi.build(),
            http: WasiHttpCtx::new(),
            gate: Gate::new(grants.http.clone(), host.outgoing.clone()),
            table,
            config: grants.config.iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect(),
            keyvalue: WasiKeyValueCtxBuilder::new().in_memory_data(keyvalue).build(),
            meter: Meter::new(limits.clone()),
            ledger: Ledger::default(),
            env: grants.env.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            asking,
            written,
            stdout,
            stderr,
        })
    }

    /// What it wrote to stderr so far, if that is captured.
    pub(crate) fn said(&self) -> Bytes {
        self.stderr.as_ref().map(MemoryOutputPipe::contents).unwrap_or_default()
    }
}

/// Connects one output; gives the pipe if it is to be read later.
fn output(stream: &Stream, most: usize, mut connect: impl FnMut(Option<MemoryOutputPipe>)) -> Option<MemoryOutputPipe> {
    match stream {
        Stream::Shut | Stream::Bytes(_) => None,
        Stream::Inherit => {
            connect(None);
            None
        }
        Stream::Captured => {
            let pipe = MemoryOutputPipe::new(most);
            connect(Some(pipe.clone()));
            Some(pipe)
        }
    }
}

/// The network that is granted, its names looked up: once for all instances of a server, so that asking is not repeated and
/// what is reachable does not change while the component runs.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    allowed: Arc<[(Transport, IpAddr, Option<u16>)]>,
    /// Whether the component may look up names.
    named: bool,
}

impl Network {
    /// # Errors
    /// If a host name is not known.
    pub(crate) fn of(grants: &Grants) -> Result<Self> {
        let mut allowed: Vec<(Transport, IpAddr, Option<u16>)> = Vec::new();
        for address in &grants.net {
            let found = (address.host.as_str(), address.port.unwrap_or(0))
                .to_socket_addrs()
                .map_err(|error| Error::Grant { grant: format!("--net {}", address.host), why: error.to_string() })?;
            allowed.extend(found.map(|found| (address.transport, found.ip(), address.port)));
        }
        let named = grants.net.iter().any(|address| address.host.parse::<IpAddr>().is_err());
        Ok(Network { allowed: allowed.into(), named })
    }

    fn give(&self, wasi: &mut WasiCtxBuilder) {
        let Network { allowed, named } = self.clone();
        wasi.allow_tcp(allowed.iter().any(|(transport, ..)| *transport != Transport::Udp));
        wasi.allow_udp(allowed.iter().any(|(transport, ..)| *transport == Transport::Udp));
        wasi.allow_ip_name_lookup(named);
        wasi.socket_addr_check(move |address, used| {
            let fits = allows(&allowed, address, used);
            Box::pin(async move { fits })
        });
    }
}

fn allows(allowed: &[(Transport, IpAddr, Option<u16>)], address: SocketAddr, used: SocketAddrUse) -> bool {
    let named = |transport: Transport| {
        allowed.iter().any(|(of, ip, port)| {
            *of == transport && *ip == address.ip() && port.is_none_or(|port| port == address.port())
        })
    };
    // Whoever connects binds to no address in particular first; that gives nothing away.
    let unbound = address.ip().is_unspecified() && address.port() == 0;
    match used {
        SocketAddrUse::TcpConnect => named(Transport::Tcp),
        SocketAddrUse::TcpBind => named(Transport::TcpListen) || unbound,
        SocketAddrUse::TcpListen => named(Transport::TcpListen),
        // The address is the client's; whoever may listen may hear anybody.
        SocketAddrUse::TcpAccept => allowed.iter().any(|(of, ..)| *of == Transport::TcpListen),
        SocketAddrUse::UdpBind => named(Transport::Udp) || unbound,
        SocketAddrUse::UdpSend | SocketAddrUse::UdpReceive => named(Transport::Udp),
    }
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for State {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { hooks: &mut self.gate, table: &mut self.table, ctx: &mut self.http }
    }
}

/// A clock that stands, at so many nanoseconds.
struct Stopped(u64);

impl HostWallClock for Stopped {
    fn resolution(&self) -> Duration {
        Duration::from_nanos(1)
    }

    fn now(&self) -> Duration {
        Duration::from_nanos(self.0)
    }
}

impl HostMonotonicClock for Stopped {
    fn resolution(&self) -> u64 {
        1
    }

    fn now(&self) -> u64 {
        self.0
    }
}
