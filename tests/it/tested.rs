//! The tests of the example: `compose test` over the shop, as anybody would run it.

#![cfg(feature = "host")]

use crate::support::{root, run};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

#[test]
fn the_cases_of_the_shop_go_as_they_say() {
    let folder = root().join("fixtures/shop");
    let args = ["test", "--report", "json"].map(str::to_owned);
    let ran = run::compose(&folder, &args, None, &BTreeMap::new()).expect("a run");
    assert_eq!(ran.exit, 0, "{}\n{}", ran.stdout, ran.stderr);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a report");
    let passed = report["counts"]["passed"].as_u64().expect("a count");
    assert!(passed >= 30, "{passed} cases");
    assert_eq!(report["counts"]["skipped"], 0);
}

#[test]
fn in_pieces_it_does_the_same_and_its_wires_are_counted() {
    let folder = root().join("fixtures/shop");
    let args = ["test", "--differential", "--report", "json"].map(str::to_owned);
    let ran = run::compose(&folder, &args, None, &BTreeMap::new()).expect("a run");
    assert_eq!(ran.exit, 0, "{}\n{}", ran.stdout, ran.stderr);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a report");
    let reached = report["reached"].as_array().expect("components");
    let wires = |name: &str| reached.iter().find(|it| it["component"].as_str().is_some_and(|of| of.ends_with(name)));
    let shop = wires("shop:report").and_then(|it| it["wires"].as_array()).expect("the report is of several");
    let passed = shop.iter().filter(|wire| wire["calls"].as_u64() > Some(0)).count();
    assert!(passed > 0 && passed <= shop.len(), "{shop:?}");
    let alone = wires("pricing.wasm").and_then(|it| it["wires"].as_array()).expect("it was tested");
    assert!(alone.is_empty(), "{alone:?}");
}

#[test]
fn the_cases_of_the_ticker_go_as_they_say_whole_and_in_pieces() {
    let folder = root().join("fixtures/ticks");
    for differential in [&[][..], &["--differential"]] {
        let args = ["test", "--report", "json"].iter().chain(differential).map(|arg| (*arg).to_owned());
        let args: Vec<String> = args.collect();
        let ran = run::compose(&folder, &args, None, &BTreeMap::new()).expect("a run");
        assert_eq!(ran.exit, 0, "{}\n{}", ran.stdout, ran.stderr);
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("a report");
        let passed = report["counts"]["passed"].as_u64().expect("a count");
        assert!(passed >= 20, "{passed} cases");
    }
}

/// The images in a cache: their names, and which file each is.
#[cfg(unix)]
fn images(cache: &Path) -> BTreeMap<String, u64> {
    use std::os::unix::fs::MetadataExt as _;
    let entries = fs::read_dir(cache.join("images")).expect("it was made").flatten();
    let entry = |entry: fs::DirEntry| {
        let file = entry.metadata().expect("it is there").ino();
        (entry.file_name().to_string_lossy().into_owned(), file)
    };
    entries.map(entry).collect()
}

#[cfg(unix)]
#[test]
fn what_was_compiled_is_not_compiled_again() {
    let cache = tempfile::tempdir().expect("a temporary folder");
    let place = cache.path().join("cache");
    let env = BTreeMap::from([("COMPOSE_CACHE".to_owned(), place.display().to_string())]);
    let folder = root().join("fixtures/shop");
    let mut kept = BTreeMap::new();
    // The composition, its pieces, and what stands in; then with fuel counted; then nothing new.
    for (args, more) in [
        (vec!["test", "tests/front.toml"], 6),
        (vec!["test", "tests/pricing.toml"], 2),
        (vec!["test", "tests/front.toml", "tests/pricing.toml"], 0),
        (vec!["test", "tests/front.toml", "--trace"], 0),
    ] {
        let args: Vec<String> = args.into_iter().map(str::to_owned).collect();
        let ran = run::compose(&folder, &args, None, &env).expect("a run");
        assert_eq!(ran.exit, 0, "{}\n{}", ran.stdout, ran.stderr);
        let now = images(&place);
        let same = kept.iter().all(|(name, file)| now.get(name) == Some(file));
        assert!(same, "{args:?} wrote an image again");
        assert!(now.len() >= kept.len() + more, "{args:?}: {} after {}", now.len(), kept.len());
        assert!(more > 0 || now.len() == kept.len(), "{args:?} compiled something else");
        kept = now;
    }
}

/// A server on the loopback: says what it was asked for, until it is told to stop; a body that ends in 0xFF for `/odd`.
struct Server {
    port: u16,
    asked: Arc<AtomicUsize>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let (asked, over) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (counts, ends) = (asked.clone(), over.clone());
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::Relaxed) {
                    return;
                }
                stream.into_iter().for_each(|stream| serve(stream, &counts));
            }
        });
        Self { port, asked, over, thread: Some(thread) }
    }

    /// Stops it; gives how often it was asked.
    fn stop(mut self) -> usize {
        self.over.store(true, Ordering::Relaxed);
        // It looks up when somebody comes.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        self.thread.take().into_iter().for_each(|thread| thread.join().expect("the server ends"));
        self.asked.load(Ordering::Relaxed)
    }
}

fn serve(mut stream: TcpStream, asked: &AtomicUsize) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(60)));
    let (mut sent, mut piece) = (Vec::new(), [0; 1024]);
    while !sent.ends_with(b"\r\n\r\n") {
        let Ok(length @ 1..) = stream.read(&mut piece) else { return };
        sent.extend_from_slice(&piece[..length]);
    }
    let number = asked.fetch_add(1, Ordering::Relaxed);
    let sent = String::from_utf8_lossy(&sent).into_owned();
    let path = sent.split(' ').nth(1).unwrap_or_default();
    let mut body = format!("{path}, the {number}th").into_bytes();
    body.extend((path == "/odd").then_some(0xff));
    let status = if path == "/gone" { "410 Gone" } else { "200 OK" };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

/// Cases over guests that send requests of their own, one as it is asked and one as a command, each to a server of that port.
fn sending(folder: &Path, port: u16, more: &str) {
    for guest in ["reply", "probe"] {
        let name = format!("{guest}.wasm");
        fs::copy(root().join("fixtures/components").join(&name), folder.join(&name)).expect("a copy");
    }
    let host = format!("host = {{ http = [\"http://127.0.0.1:{port}\"] }}\nrecording = \"answers.json\"\n");
    let requests = format!(
        "component = \"reply.wasm\"\n{host}\n\
         [[case]]\nname = \"it passes on\"\nrequest = \"GET /fetch/127.0.0.1:{port}/rates?day=1\"\nstatus = 200\n\
         body = {{ starts-with = \"/rates?day=1, the \" }}\n\n\
         [[case]]\nname = \"with the status\"\nrequest = \"GET /fetch/127.0.0.1:{port}/gone\"\nstatus = 410\n\n\
         [[case]]\nname = \"and what is no text\"\nrequest = \"GET /fetch/127.0.0.1:{port}/odd\"\nstatus = 200\n\
         body = {{ contains = \"/odd, the \" }}\n{more}"
    );
    fs::write(folder.join("requests.toml"), requests).expect("a file");
    let command = format!(
        "component = \"probe.wasm\"\n{}\n\
         [[case]]\nname = \"a command asks, too\"\nargs = [\"http\", \"http://127.0.0.1:{port}/rates\"]\n\
         stdout = {{ starts-with = \"200 /rates, the \" }}\n",
        host.replace("answers.json", "of-command.json")
    );
    fs::write(folder.join("command.toml"), command).expect("a file");
}

fn test(folder: &Path, args: &[&str]) -> run::Ran {
    let args: Vec<String> = ["test"].iter().chain(args).map(|arg| (*arg).to_owned()).collect();
    run::compose(folder, &args, None, &BTreeMap::new()).expect("a run")
}

#[test]
fn what_is_sent_is_recorded_and_replayed_without_the_server() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let server = Server::start();
    let port = server.port;
    sending(folder, port, "");
    let files = ["requests.toml", "command.toml"];
    let before = test(folder, &files);
    assert_eq!(before.exit, 3, "{}\n{}", before.stdout, before.stderr);
    assert_eq!(before.stderr.matches("error[").count(), 2, "each recording is told once: {}", before.stderr);
    assert!(before.stderr.contains("C0837") && before.stderr.contains("answers.json"), "{}", before.stderr);
    let recorded = test(folder, &["requests.toml", "command.toml", "--record", "--jobs", "1"]);
    assert_eq!(recorded.exit, 0, "{}\n{}", recorded.stdout, recorded.stderr);
    assert_eq!(server.stop(), 4, "each request is sent once");
    let recording = fs::read_to_string(folder.join("answers.json")).expect("it was written");
    let value: serde_json::Value = serde_json::from_str(&recording).expect("JSON");
    let exchanges = value["exchanges"].as_array().expect("what was sent");
    let uri = |exchange: &serde_json::Value| exchange["request"]["uri"].as_str().map(str::to_owned);
    let sent: Vec<String> = exchanges.iter().filter_map(uri).collect();
    assert_eq!(sent, ["rates?day=1", "gone", "odd"].map(|path| format!("http://127.0.0.1:{port}/{path}")));
    assert!(exchanges[2]["response"]["body"]["hex"].as_str().is_some_and(|hex| hex.ends_with("ff")), "{recording}");
    // Nobody listens any more, and nobody has to.
    for _ in 0..2 {
        let replayed = test(folder, &["requests.toml", "command.toml", "--repeat", "3"]);
        assert_eq!(replayed.exit, 0, "{}\n{}", replayed.stdout, replayed.stderr);
    }
    assert_eq!(fs::read_to_string(folder.join("answers.json")).expect("it is there"), recording);
    let more = format!(
        "\n[[case]]\nname = \"another day\"\nrequest = \"GET /fetch/127.0.0.1:{port}/rates?day=2\"\nstatus = 200\n"
    );
    sending(folder, port, &more);
    let other = test(folder, &files);
    let missed = format!("`another day`: `GET http://127.0.0.1:{port}/rates?day=2` is not in the recording");
    assert_eq!(other.exit, 1);
    assert!(other.stderr.split_whitespace().collect::<Vec<_>>().join(" ").contains(&missed), "{}", other.stderr);
}

#[test]
fn a_server_that_is_not_granted_is_not_recorded() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let server = Server::start();
    sending(folder, server.port, "");
    let port = server.port.to_string();
    for file in ["requests.toml", "command.toml"] {
        let text = fs::read_to_string(folder.join(file)).expect("it was written");
        let other = text.replace(&format!("[\"http://127.0.0.1:{port}\"]"), "[\"http://elsewhere.test\"]");
        fs::write(folder.join(file), other).expect("a file");
    }
    let refused = test(folder, &["requests.toml", "command.toml", "--record"]);
    assert_eq!(refused.exit, 1, "{}\n{}", refused.stdout, refused.stderr);
    assert_eq!(server.stop(), 0, "nothing was sent");
}

#[test]
fn a_request_is_over_when_its_instance_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::copy(root().join("fixtures/components/reply.wasm"), folder.path().join("reply.wasm")).expect("a copy");
    let case = |name: &str, path: &str, expected: &str| {
        format!("[[case]]\nname = \"{name}\"\nrequest = \"GET {path}\"\ntime = \"1s\"\n{expected}\n")
    };
    let test = |cases: &str| {
        let text = format!("component = \"reply.wasm\"\nhost = {{ shut = [\"http\"] }}\n{cases}");
        fs::write(folder.path().join("cases.toml"), text).expect("a file");
        let args = ["test", "cases.toml"].map(str::to_owned);
        run::compose(folder.path(), &args, None, &BTreeMap::new()).expect("a run")
    };
    let trap = "expect-trap = \"unreachable\"";
    let ran = test(&(case("late", "/late-trap", trap) + &case("slow", "/spin", "expect-trap = \"time\"")));
    assert_eq!(ran.exit, 0, "{}\n{}", ran.stdout, ran.stderr);
    // An answer that breaks off is none, and time that is over is told as such.
    let ran = test(&(case("late", "/late-trap", "status = 200") + &case("slow", "/spin", "status = 200")));
    assert_eq!(ran.exit, 1, "{}\n{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("trapped") && ran.stderr.contains("limit of time"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("worker panicked"), "{}", ran.stderr);
}

/// What the requests of a recording asked for, in its order.
fn asked_for(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("it was written");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let uri = |exchange: &serde_json::Value| {
        exchange["request"]["uri"].as_str().and_then(|uri| Some(uri.rsplit_once('/')?.1.to_owned()))
    };
    value["exchanges"].as_array().expect("what was sent").iter().filter_map(uri).collect()
}

#[test]
fn what_other_cases_need_stays_recorded() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let server = Server::start();
    let port = server.port;
    sending(folder, port, "");
    let answers = folder.join("answers.json");
    let file = ["requests.toml", "--record", "--jobs", "1"];
    // From nothing: what came of one case, and nothing of others.
    let one = test(folder, &[&file[..], &["--filter", "status"]].concat());
    assert_eq!((one.exit, asked_for(&answers)), (0, vec!["gone".to_owned()]), "{}", one.stderr);
    let all = test(folder, &file);
    assert_eq!((all.exit, asked_for(&answers)), (0, ["rates?day=1", "gone", "odd"].map(str::to_owned).to_vec()));
    let before = fs::read_to_string(&answers).expect("it is there");
    let one = test(folder, &[&file[..], &["--filter", "passes"]].concat());
    let after = fs::read_to_string(&answers).expect("it is there");
    assert_eq!(one.exit, 0, "{}", one.stderr);
    assert_eq!(asked_for(&answers), ["rates?day=1", "gone", "odd"]);
    assert!(before != after && after.contains("the 4th"), "it was answered anew: {after}");
    // One that fails takes nothing away, and what was answered to it replaces nothing.
    let text = fs::read_to_string(folder.join("requests.toml")).expect("it was written");
    let wrong = text.replace("starts-with = \"/rates?day=1, the \"", "contains = \"nothing of that\"");
    assert_ne!(text, wrong);
    fs::write(folder.join("requests.toml"), wrong).expect("a file");
    for more in [&[][..], &["--fail-fast"]] {
        let failed = test(folder, &[&file[..], more].concat());
        assert_eq!(failed.exit, 1, "{}", failed.stderr);
        assert_eq!(asked_for(&answers), ["rates?day=1", "gone", "odd"]);
        assert!(fs::read_to_string(&answers).expect("it is there").contains("the 4th"));
    }
    server.stop();
}

#[test]
fn what_is_compared_is_sent_and_recorded_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let server = Server::start();
    sending(folder, server.port, "");
    // A composition of one, which can be run in pieces.
    fs::write(folder.join("compose.toml"), "[composition]\nroot = \"reply\"\n\n[components]\nreply = \"reply.wasm\"\n")
        .expect("a file");
    let text = fs::read_to_string(folder.join("requests.toml")).expect("it was written");
    fs::write(folder.join("requests.toml"), text.replace("\"reply.wasm\"", "\"compose.toml\"")).expect("a file");
    let recorded = test(folder, &["requests.toml", "--record", "--differential", "--jobs", "1"]);
    assert_eq!(recorded.exit, 0, "{}\n{}", recorded.stdout, recorded.stderr);
    assert_eq!(server.stop(), 3, "each request is sent once");
    assert_eq!(asked_for(&folder.join("answers.json")), ["rates?day=1", "gone", "odd"]);
    let replayed = test(folder, &["requests.toml", "--differential"]);
    assert_eq!(replayed.exit, 0, "{}\n{}", replayed.stdout, replayed.stderr);
}

#[cfg(target_os = "linux")]
fn pipe(path: &Path) {
    let (kind, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR);
    rustix::fs::mknodat(rustix::fs::CWD, path, kind, mode, 0).expect("a pipe");
}

#[cfg(target_os = "linux")]
#[test]
fn what_never_ends_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    fs::copy(root().join("fixtures/components/reply.wasm"), folder.join("reply.wasm")).expect("a copy");
    fs::copy(root().join("tests/ui/test/stand-ins-inside/app.wat"), folder.join("app.wat")).expect("a copy");
    for name in ["pipe.wasm", "pipe.json", "pipe.txt", "shots.snap"] {
        pipe(&folder.join(name));
    }
    let get = "component = \"reply.wasm\"\n[[case]]\nname = \"a\"\nrequest = \"GET /\"\n";
    let call = "component = \"app.wat\"\n[[case]]\nname = \"a\"\ncall = \"total(1)\"\nexpect = \"3\"\n";
    for (file, case, more, told, code) in [
        (
            "recording.toml",
            get,
            "status = 200\nrecording = \"pipe.json\"",
            "`pipe.json` cannot be read: it is a pipe",
            3,
        ),
        ("text.toml", get, "body = { file = \"pipe.txt\" }", "`pipe.txt` cannot be read: it is a pipe", 1),
        ("device.toml", get, "body = { file = \"/dev/zero\" }", "`/dev/zero` cannot be read: it is a device", 1),
        ("shots.toml", get, "snapshot = true", "`shots.snap` cannot be used: it is a pipe", 3),
        ("mock.toml", call, "mock = [{ import = \"t:a/rates\", component = \"pipe.wasm\" }]", "it is a pipe", 1),
    ] {
        fs::write(folder.join(file), format!("{case}{more}\n")).expect("a file");
        let ran = test(folder, &[file]);
        let said = ran.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(ran.exit == code && said.contains(told), "{file}: {} {said}", ran.exit);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn cases_that_come_by_a_pipe_are_read_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    fs::copy(root().join("fixtures/components/reply.wasm"), folder.join("reply.wasm")).expect("a copy");
    let path = folder.join("cases.toml");
    pipe(&path);
    let cases = "component = \"reply.wasm\"\n[[case]]\nname = \"a\"\nrequest = \"GET /\"\nstatus = 200\n";
    let writing = thread::spawn(move || fs::write(path, cases));
    let ran = test(folder, &["cases.toml"]);
    assert_eq!(ran.exit, 0, "{}\n{}", ran.stdout, ran.stderr);
    writing.join().expect("it ends").expect("somebody read it");
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_cannot_be_read_are_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    fs::copy(root().join("fixtures/components/reply.wasm"), folder.join("reply.wasm")).expect("a copy");
    let cases = "[[case]]\nname = \"a\"\nrequest = \"GET /\"\nstatus = 200\n";
    let manifest = |cases: &str| {
        let text = "[composition]\nroot = \"reply\"\n\n[components]\nreply = \"reply.wasm\"\n";
        fs::write(folder.join("compose.toml"), format!("{text}\n[test]\ncases = [\"{cases}\"]\n")).expect("a file");
    };
    let told = |code: i32, told: &str| {
        let ran = test(folder, &[]);
        assert!(ran.exit == code && (ran.stdout + &ran.stderr).contains(told), "{told}: {} {}", ran.exit, ran.stderr);
    };
    fs::create_dir(folder.join("odd")).expect("a folder");
    fs::write(folder.join("odd").join(std::ffi::OsStr::from_bytes(b"\xff.toml")), cases).expect("a file");
    manifest("odd/*.toml");
    told(0, "1 passed");
    fs::write(folder.join("odd/good.toml"), cases).expect("a file");
    std::os::unix::fs::symlink("nowhere", folder.join("odd/link.toml")).expect("a link");
    told(3, "error[C0201]");
    std::os::unix::fs::symlink("round", folder.join("round")).expect("a link");
    manifest("round/*.toml");
    told(3, "error[C0202]: `round` cannot be read");
}
