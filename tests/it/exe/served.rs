//! An executable that serves HTTP, at any free port of the loopback.

use super::{folder, make, shop, start};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than a server takes to start or to stop on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);

#[test]
fn the_shop_is_served_and_stops_when_it_is_told() {
    let folder = folder();
    shop(folder.path(), "front");
    make(folder.path(), "shop.wasm", &["--addr", "127.0.0.1:1", "--access-log", "json"]);
    let app = folder.path().join("app");
    let mut child = Command::new(&app)
        .args(["--addr", "127.0.0.1:0"])
        .env_clear()
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut said = BufReader::new(child.stderr.take().expect("it is ours"));
    let mut line = String::new();
    said.read_line(&mut line).expect("it says where");
    let address = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("it says where: {line}"));
    for (path, told) in [("/", "the shop is open\n"), ("/ledger", "ledger\n")] {
        let mut stream = TcpStream::connect(address).expect("it listens");
        stream.set_read_timeout(Some(LIMIT)).expect("it is a time");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: shop.test\r\nconnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(told), "{answer}");
    }
    kill_process(Pid::from_child(&child), Signal::TERM).expect("it runs");
    let asked = Instant::now();
    let status = loop {
        match child.try_wait().expect("a child of ours") {
            Some(status) => break status,
            None if asked.elapsed() > LIMIT => {
                child.kill().expect("it runs");
                panic!("it does not stop");
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    assert_eq!(status.code(), Some(0));
    let mut log = String::new();
    said.read_to_string(&mut log).expect("it has ended");
    let paths: Vec<serde_json::Value> = log
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .map(|line: serde_json::Value| serde_json::json!([line["event"], line["path"], line["status"]]))
        .collect();
    let answered = |path: &str| serde_json::json!(["answered", path, 200]);
    assert_eq!(paths, [answered("/"), answered("/ledger")], "{log}");
    // What it cannot do it says before.
    let refused = |args: &[&str]| {
        let output = start(&app, args);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (status, said) = refused(&["--addr", "nowhere"]);
    assert!(status == Some(2) && said.starts_with("error: `nowhere` is no address"), "{said}");
    let (status, said) = refused(&["--verbose"]);
    assert!(status == Some(2) && said.starts_with("error: a server takes no `--verbose`"), "{said}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let (status, said) = refused(&["--addr", &taken.local_addr().expect("it has one").to_string()]);
    assert!(status == Some(3) && said.starts_with("error[C0813]"), "{said}");
}
