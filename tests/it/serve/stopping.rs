//! Before and after: what keeps a server from starting, and how it ends.

use super::{fixture, reply};
use rustix::process::Signal;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

/// After this a request has come to its handler, on a busy machine too. Nothing says so from outside.
const BEGUN: Duration = Duration::from_millis(1500);

#[test]
fn two_servers_do_not_share_an_address() {
    let server = reply(&[]);
    let second = Command::new(env!("CARGO_BIN_EXE_compose"))
        .arg("serve")
        .arg(fixture("reply"))
        .args(["--shut", "http", "--addr", &server.address.to_string()])
        .output()
        .expect("compose starts");
    let said = String::from_utf8_lossy(&second.stderr);
    assert_eq!(second.status.code(), Some(3), "{said}");
    assert!(said.contains("C0813") && said.contains("--addr 127.0.0.1:0"), "{said}");
    assert!(second.stdout.is_empty());
    assert_eq!(server.get("/").text(), "well\n");
    server.stop();
}

#[test]
fn needs_are_told_before_anybody_can_connect() {
    let ran = Command::new(env!("CARGO_BIN_EXE_compose"))
        .arg("serve")
        .arg(fixture("reply"))
        .args(["--addr", "127.0.0.1:0"])
        .output()
        .expect("compose starts");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(3), "{said}");
    assert!(said.contains("C0803") && said.contains("outgoing-handler"), "{said}");
    assert!(ran.stdout.is_empty());
}

#[test]
fn what_has_begun_is_finished() {
    for signal in [Signal::INT, Signal::TERM] {
        let mut server = reply(&[]);
        let idle = server.connect();
        std::thread::scope(|scope| {
            let slow = scope.spawn(|| server.get("/sleep/4000"));
            let streamed = scope.spawn(|| server.get("/drip/200"));
            std::thread::sleep(BEGUN);
            server.signal(signal);
            assert_eq!(slow.join().expect("a thread of ours").text(), "slept\n");
            let streamed = streamed.join().expect("a thread of ours");
            assert!(streamed.whole && streamed.body.len() == 1000, "{} bytes", streamed.body.len());
        });
        let (status, said) = server.end();
        assert!(status.success(), "{status}: {said}");
        assert!(said.contains("served 2 requests\n"), "{said}");
        drop(idle);
    }
}

#[test]
fn what_does_not_end_in_time_is_cut_off() {
    let mut server = reply(&["--grace", "300ms"]);
    let mut streams = Vec::new();
    for path in ["/sleep/60000", "/spin"] {
        let mut stream = server.connect();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: t\r\n\r\n").as_bytes()).expect("it is open");
        streams.push(stream);
    }
    std::thread::sleep(BEGUN);
    let started = Instant::now();
    server.signal(Signal::TERM);
    let (status, said) = server.end();
    assert!(status.success(), "{status}: {said}");
    assert!(said.contains("2 of them not to the end"), "{said}");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut server = reply(&["--grace", "10min", "--limit", "time=none"]);
    let mut stream = server.connect();
    stream.write_all(b"GET /sleep/600000 HTTP/1.1\r\nhost: t\r\n\r\n").expect("it is open");
    std::thread::sleep(BEGUN);
    server.signal(Signal::INT);
    server.hears("stopping");
    server.signal(Signal::INT);
    let (status, said) = server.end();
    assert!(status.success(), "{status}: {said}");
}
