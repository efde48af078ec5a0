//! Every grant: with it the guest can, without it is refused before it starts, shut it starts and finds nothing.
//!
//! The guests are `probe` of WASI 0.2 and `probe-async` of 0.3, which do what their arguments say; servers are threads of this
//! process, on the loopback.

use crate::support::{root, run};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

/// A guest, and what it imports that has to be granted: the word that shuts it, the flag, the interface.
struct Guest {
    file: &'static str,
    doors: &'static [[&'static str; 3]],
}

const SYNC: Guest = Guest {
    file: "probe.wasm",
    doors: &[
        ["dir", "--dir .::/", "wasi:filesystem/preopens@0.2"],
        ["net", "--net tcp:127.0.0.1:5432", "wasi:sockets/tcp-create-socket@0.2"],
        ["http", "--http https://localhost", "wasi:http/outgoing-handler@0.2"],
        ["config", "--config KEY=VALUE", "wasi:config/store@0.2.0-rc.1"],
        ["keyvalue", "--keyvalue KEY=VALUE", "wasi:keyvalue/store@0.2.0-draft"],
    ],
};

const ASYNC: Guest = Guest {
    file: "probe-async.wasm",
    doors: &[
        ["dir", "--dir .::/", "wasi:filesystem/preopens@0.3"],
        ["net", "--net tcp:127.0.0.1:5432", "wasi:sockets/types@0.3"],
        ["net", "--net tcp:127.0.0.1:5432", "wasi:sockets/ip-name-lookup@0.3"],
        ["http", "--http https://localhost", "wasi:http/client@0.3"],
    ],
};

const GUESTS: [Guest; 2] = [SYNC, ASYNC];

/// A cache that all tests here share: `probe` is compiled once.
static CACHE: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a temporary folder"));

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for guest in &GUESTS {
        fs::copy(root().join("fixtures/components").join(guest.file), folder.path().join(guest.file)).expect("a copy");
    }
    folder
}

fn compose(folder: &Path, args: &[&str], env: &[(&str, &str)], stdin: Option<&str>) -> run::Ran {
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    let mut env: BTreeMap<String, String> =
        env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    env.insert("COMPOSE_CACHE".into(), CACHE.path().join("cache").display().to_string());
    run::compose(folder, &args, stdin, &env).expect("a run")
}

impl Guest {
    /// Words that shut what it imports, each once.
    fn words(&self) -> Vec<&'static str> {
        let mut words: Vec<&str> = self.doors.iter().map(|[word, ..]| *word).collect();
        words.dedup();
        words
    }

    /// Runs it with these flags, everything else shut, and these words.
    fn probe(&self, folder: &Path, flags: &[&str], words: &[&str]) -> run::Ran {
        self.probe_with(folder, &[], None, flags, words)
    }

    /// The same with variables that `compose` has, and an input.
    fn probe_with(
        &self,
        folder: &Path,
        env: &[(&str, &str)],
        stdin: Option<&str>,
        flags: &[&str],
        words: &[&str],
    ) -> run::Ran {
        let shut: Vec<String> = self.words().iter().map(|word| format!("--shut={word}")).collect();
        let shut = shut.iter().map(String::as_str);
        let args: Vec<&str> = ["run", self.file]
            .into_iter()
            .chain(flags.iter().copied())
            .chain(shut)
            .chain(["--"])
            .chain(words.iter().copied())
            .collect();
        compose(folder, &args, env, stdin)
    }
}

#[track_caller]
fn gives(ran: &run::Ran, stdout: &str) {
    assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (0, stdout, ""));
}

#[track_caller]
fn fails(ran: &run::Ran, why: &str) {
    assert_eq!((ran.exit, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains(why), "{}", ran.stderr);
}

/// Answers so many connections, each by what `answer` makes of what was sent.
fn server(answer: fn(&str) -> String) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("it is bound").port();
    thread::spawn(move || {
        for stream in listener.incoming().take(4) {
            let Ok(mut stream) = stream else { return };
            let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
            let mut sent = Vec::new();
            let mut piece = [0; 1024];
            while let Ok(length @ 1..) = stream.read(&mut piece) {
                sent.extend_from_slice(&piece[..length]);
                if sent.ends_with(b"\r\n\r\n") {
                    break;
                }
            }
            let _ = stream.write_all(answer(&String::from_utf8_lossy(&sent)).as_bytes());
        }
    });
    port
}

#[test]
fn what_is_not_granted_is_told_before_anything_runs() {
    let folder = folder();
    for guest in &GUESTS {
        let ran = compose(folder.path(), &["run", guest.file, "--", "args", "started"], &[], None);
        assert_eq!((ran.exit, ran.stdout.as_str()), (3, ""));
        for [_, flag, import] in guest.doors {
            let told =
                ran.stderr.split("note:").any(|note| note.contains(&format!("`{flag}`")) && note.contains(import));
            assert!(told, "{flag} grants {import}: {}", ran.stderr);
        }
        for word in guest.words() {
            let others = guest.words().into_iter().filter(|other| *other != word);
            let others: Vec<String> = others.map(|other| format!("--shut={other}")).collect();
            let args: Vec<&str> = ["run", guest.file].into_iter().chain(others.iter().map(String::as_str)).collect();
            let ran = compose(folder.path(), &args, &[], None);
            assert_eq!(ran.exit, 3, "{word}: {}", ran.stderr);
            assert!(ran.stderr.starts_with("error[C0803]"), "{}", ran.stderr);
            assert!(ran.stderr.contains(&format!("`--shut {word}`")), "{}", ran.stderr);
        }
        gives(&guest.probe(folder.path(), &[], &["args", "a", "b c"]), "a|b c\n");
    }
}

#[test]
fn directories() {
    GUESTS.iter().for_each(directories_of);
}

fn directories_of(guest: &Guest) {
    let outer = folder();
    let folder = outer.path();
    fs::create_dir(folder.join("data")).expect("a folder");
    fs::write(folder.join("data/a.txt"), "inside").expect("a file");
    fs::write(folder.join("secret.txt"), "outside").expect("a file");
    let rw = ["--dir", "data::/data"];
    gives(&guest.probe(folder, &rw, &["read", "/data/a.txt"]), "inside");
    gives(&guest.probe(folder, &rw, &["write", "/data/b.txt", "new"]), "");
    gives(&guest.probe(folder, &rw, &["list", "/data"]), "a.txt\nb.txt\n");
    assert_eq!(fs::read_to_string(folder.join("data/b.txt")).expect("it was written"), "new");
    for way in ["/data/../secret.txt", "/secret.txt", "secret.txt"] {
        fails(&guest.probe(folder, &rw, &["read", way]), "probe: ");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.txt", folder.join("data/link")).expect("a link");
        fails(&guest.probe(folder, &rw, &["read", "/data/link"]), "probe: ");
    }
    let ro = ["--dir", "data::/data:ro"];
    gives(&guest.probe(folder, &ro, &["read", "/data/a.txt"]), "inside");
    fails(&guest.probe(folder, &ro, &["write", "/data/a.txt", "changed"]), "probe: /data/a.txt");
    fails(&guest.probe(folder, &ro, &["remove", "/data/a.txt"]), "probe: /data/a.txt");
    assert_eq!(fs::read_to_string(folder.join("data/a.txt")).expect("it is there"), "inside");
    fails(&guest.probe(folder, &[], &["read", "/data/a.txt"]), "probe: /data/a.txt");
    let missing = guest.probe(folder, &["--dir", "nowhere::/data"], &["args"]);
    assert_eq!(missing.exit, 3);
    assert!(missing.stderr.starts_with("error[C0802]"), "{}", missing.stderr);
}

#[test]
fn the_environment() {
    GUESTS.iter().for_each(environment_of);
}

fn environment_of(guest: &Guest) {
    let folder = folder();
    let variables = [("PASSED", "on"), ("KEPT", "back")];
    let run = |flags: &[&str], words: &[&str]| guest.probe_with(folder.path(), &variables, None, flags, words);
    gives(&run(&["--env", "A=b=c", "--env", "PASSED"], &["env"]), "A=b=c\nPASSED=on\n");
    let empty = run(&[], &["env", "KEPT"]);
    fails(&empty, "probe: KEPT: ");
    assert!(empty.stderr.contains("`--env NAME=VALUE`"), "{}", empty.stderr);
    let given = run(&["--env", "A=b"], &["env", "KEPT"]);
    assert!(!given.stderr.contains("--env"), "it was not empty: {}", given.stderr);
}

#[test]
fn standard_input() {
    GUESTS.iter().for_each(input_of);
}

fn input_of(guest: &Guest) {
    let folder = folder();
    fs::write(folder.path().join("in"), "said\n").expect("a file");
    let run = |flags: &[&str]| guest.probe_with(folder.path(), &[], Some("in"), flags, &["stdin"]);
    gives(&run(&["--stdin"]), "said\n");
    gives(&run(&["--inherit-stdio"]), "said\n");
    let shut = run(&[]);
    fails(&shut, "probe: stdin: nothing");
    assert!(shut.stderr.contains("`--stdin`"), "{}", shut.stderr);
}

#[test]
fn tcp_and_udp() {
    GUESTS.iter().for_each(sockets_of);
}

fn sockets_of(guest: &Guest) {
    let folder = folder();
    let port = server(|sent| format!("got {sent}"));
    let address = format!("127.0.0.1:{port}");
    let to = |kind: &str, port: &str| format!("--net={kind}:127.0.0.1:{port}");
    let own = port.to_string();
    gives(&guest.probe(folder.path(), &[&to("tcp", &own)], &["tcp", &address, "hello"]), "got hello\n");
    gives(&guest.probe(folder.path(), &[&to("tcp", "*")], &["tcp", &address, "again"]), "got again\n");
    for other in [to("tcp", "1"), to("udp", &own), to("tcp-listen", &own)] {
        fails(&guest.probe(folder.path(), &[&other], &["tcp", &address, "hello"]), "probe: tcp: ");
    }
    fails(&guest.probe(folder.path(), &[], &["tcp", &address, "hello"]), "probe: tcp: ");

    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    socket.set_read_timeout(Some(Duration::from_secs(60))).expect("a time");
    let address = socket.local_addr().expect("it is bound");
    thread::spawn(move || {
        let mut piece = [0; 64];
        if let Ok((length, from)) = socket.recv_from(&mut piece) {
            let _ = socket.send_to(&piece[..length], from);
        }
    });
    let (own, address) = (address.port().to_string(), address.to_string());
    fails(&guest.probe(folder.path(), &[&to("tcp", &own)], &["udp", &address, "hello"]), "probe: udp");
    gives(&guest.probe(folder.path(), &[&to("udp", &own)], &["udp", &address, "hello"]), "hello\n");
}

#[test]
fn listening() {
    GUESTS.iter().for_each(listening_of);
}

fn listening_of(guest: &Guest) {
    let folder = folder();
    // A port that was free a moment ago.
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let (port, address) = (free.port().to_string(), free.to_string());
    for grant in [format!("--net=tcp:127.0.0.1:{port}"), "--net=tcp-listen:127.0.0.1:1".to_owned()] {
        fails(&guest.probe(folder.path(), &[&grant], &["listen", &address]), "probe: listen: ");
    }
    let client = thread::spawn(move || {
        for _ in 0..3000 {
            if let Ok(mut stream) = TcpStream::connect(free) {
                stream
                    .write_all(b"echo")
                    .and_then(|()| stream.shutdown(std::net::Shutdown::Write))
                    .expect("it is open");
                let mut text = String::new();
                stream.read_to_string(&mut text).expect("it answers");
                return text;
            }
            thread::sleep(Duration::from_millis(10));
        }
        "nobody listened".to_owned()
    });
    let grant = format!("--net=tcp-listen:127.0.0.1:{port}");
    gives(
        &guest.probe(folder.path(), &[&grant, "--limit", "time=60s"], &["listen", &address]),
        &format!("{address}\n"),
    );
    assert_eq!(client.join().expect("no panic"), "echo");
}

#[test]
fn names_are_looked_up_if_one_is_granted() {
    GUESTS.iter().for_each(lookups_of);
}

fn lookups_of(guest: &Guest) {
    let folder = folder();
    let named = guest.probe(folder.path(), &["--net", "tcp:localhost:1"], &["lookup", "localhost"]);
    assert_eq!(named.exit, 0, "{}", named.stderr);
    assert!(named.stdout.lines().any(|line| line == "127.0.0.1" || line == "::1"), "{}", named.stdout);
    fails(&guest.probe(folder.path(), &["--net", "tcp:127.0.0.1:1"], &["lookup", "localhost"]), "probe: lookup: ");
}

#[test]
fn http() {
    GUESTS.iter().for_each(requests_of);
}

fn requests_of(guest: &Guest) {
    let folder = folder();
    let port = server(|_| "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi".into());
    let url = format!("http://127.0.0.1:{port}/x");
    let origin = format!("http://127.0.0.1:{port}");
    gives(&guest.probe(folder.path(), &["--http", &origin], &["http", &url]), "200 hi\n");
    for other in ["https://127.0.0.1", "http://127.0.0.1", "localhost"] {
        fails(&guest.probe(folder.path(), &["--http", other], &["http", &url]), "HttpRequestDenied");
    }
    fails(&guest.probe(folder.path(), &[], &["http", &url]), "HttpRequestDenied");
}

/// The lines of a text, in order.
fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn configuration_and_keys() {
    let folder = folder();
    let two = ["--config", "b=2", "--config", "a=1"];
    // The engine keeps them without an order.
    let all = SYNC.probe(folder.path(), &two, &["config"]);
    assert_eq!(sorted(&all.stdout), ["a=1", "b=2"], "{}", all.stderr);
    gives(&SYNC.probe(folder.path(), &two, &["config", "b"]), "2\n");
    fails(&SYNC.probe(folder.path(), &[], &["config", "b"]), "probe: config: no b");
    gives(&SYNC.probe(folder.path(), &["--keyvalue", "k=v"], &["kv", "get", "k"]), "v\n");
    gives(&SYNC.probe(folder.path(), &["--keyvalue", ""], &["kv", "set", "k", "new"]), "true\n");
    fails(&SYNC.probe(folder.path(), &["--keyvalue", ""], &["kv", "get", "k"]), "probe: kv: no k");
}

#[test]
fn a_manifest_grants_with_paths_of_its_own_and_the_command_line_adds() {
    let outer = folder();
    let folder = outer.path();
    fs::create_dir_all(folder.join("app/data")).expect("folders");
    fs::rename(folder.join("probe.wasm"), folder.join("app/probe.wasm")).expect("a file");
    fs::write(folder.join("app/data/a.txt"), "inside").expect("a file");
    let manifest = r#"
[components]
probe = "probe.wasm"

[imports]
allow = ["wasi:*"]

[host]
dir = ["data::/data:ro"]
env = { FROM = "manifest", ONLY = "here" }
config = { a = "1" }
keyvalue = {}
shut = ["net", "http"]
limit = { time = "60s" }
"#;
    fs::write(folder.join("app/compose.toml"), manifest).expect("a file");
    let run = |flags: &[&str], words: &[&str]| {
        let args: Vec<&str> = ["run", "app/compose.toml"]
            .into_iter()
            .chain(flags.iter().copied())
            .chain(["--"])
            .chain(words.iter().copied())
            .collect();
        compose(folder, &args, &[], None)
    };
    let read = run(&[], &["read", "/data/a.txt"]);
    assert_eq!((read.exit, read.stdout.as_str()), (0, "inside"), "{}", read.stderr);
    assert_eq!(run(&["--env", "FROM=flag"], &["env"]).stdout, "FROM=flag\nONLY=here\n");
    assert_eq!(sorted(&run(&["--config", "b=2"], &["config"]).stdout), ["a=1", "b=2"]);
    assert_eq!(run(&[], &["kv", "set", "k", "v"]).stdout, "true\n");
    // WASI 0.2 knows no other status of a failure.
    assert_eq!(run(&[], &["exit", "7"]).exit, 1);
    assert_eq!(run(&[], &["exit", "0"]).exit, 0);
}

#[test]
fn doors_of_wasi_0_3_are_refused_alike_and_what_no_host_has_is_said() {
    let folder = folder();
    for (import, told) in [
        ("wasi:filesystem/preopens@0.3.0", "`--dir .::/` grants"),
        ("wasi:sockets/types@0.3.0", "`--net tcp:127.0.0.1:5432` grants"),
        ("wasi:sockets/ip-name-lookup@0.3.0", "`--net tcp:127.0.0.1:5432` grants"),
        ("wasi:http/client@0.3.0", "`--http https://localhost` grants"),
        ("acme:kv/store@1.0.0", "no host has"),
    ] {
        let text = format!(r#"(component (import "{import}" (instance (export "f" (func)))))"#);
        fs::write(folder.path().join("app.wasm"), wat::parse_str(text).expect("it is a component")).expect("a file");
        let ran = compose(folder.path(), &["run", "app.wasm"], &[], None);
        assert_eq!(ran.exit, 3, "{}", ran.stderr);
        assert!(ran.stderr.starts_with("error[C0803]"), "{}", ran.stderr);
        assert!(ran.stderr.contains(told) && ran.stderr.contains(import), "{}", ran.stderr);
    }
}
