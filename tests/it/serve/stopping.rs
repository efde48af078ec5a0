//! Before and after: what keeps a server from starting, and how it ends.

use super::{LIMIT, fixture, reply};
use rustix::process::Signal;
use std::io::Write as _;
use std::process::Command;
use std::time::Instant;

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
        let streams = [server.begun("/drip/50"), server.begun("/drip/40")];
        server.signal(signal);
        for (mut stream, bytes) in streams.into_iter().zip([250, 200]) {
            let answer = super::read(&mut stream, false);
            assert!(answer.whole && answer.body.len() == bytes, "{} bytes", answer.body.len());
        }
        let (status, said) = server.end();
        assert!(status.success(), "{status}: {said}");
        assert!(said.contains("served 2 requests\n"), "{said}");
        drop(idle);
    }
}

#[test]
fn what_does_not_end_in_time_is_cut_off() {
    let mut server = reply(&["--grace", "300ms", "--limit", "time=none"]);
    let mut streams = vec![server.begun("/drip/1000000"), server.begun("/drip/1000000")];
    // One that is busy has nothing to show for it.
    streams.push(server.connect());
    streams[2].write_all(b"GET /spin HTTP/1.1\r\nhost: t\r\n\r\n").expect("it is open");
    let started = Instant::now();
    server.signal(Signal::TERM);
    let (status, said) = server.end();
    assert!(status.success(), "{status}: {said}");
    assert!(said.contains("of them not to the end"), "{said}");
    assert!(!said.contains("error["), "none of them failed: {said}");
    assert!(started.elapsed() < LIMIT);
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut server = reply(&["--grace", "10min", "--limit", "time=none"]);
    let _stream = server.begun("/drip/1000000");
    server.signal(Signal::INT);
    server.hears("stopping");
    server.signal(Signal::INT);
    let (status, said) = server.end();
    assert!(status.success(), "{status}: {said}");
}
