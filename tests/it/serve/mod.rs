//! `compose serve` on the loopback: what clients get, good and bad ones, from good and bad handlers.
//!
//! Every server has a port of its own, every wait a limit. What requests the guests `reply` (0.2) and `reply-async` (0.3)
//! understand stands in their sources in `fixtures/guests/`.

mod clients;
mod handlers;
mod stopping;

use crate::support::root;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Longer than anything here takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// A server of our own.
struct Server {
    child: Child,
    address: SocketAddr,
    said: tempfile::TempDir,
}

fn fixture(name: &str) -> PathBuf {
    root().join(format!("fixtures/components/{name}.wasm"))
}

/// `compose serve FILE ARGS` at a free port.
fn serve(file: &Path, args: &[&str]) -> Server {
    let said = tempfile::tempdir().expect("a temporary folder");
    let stderr = std::fs::File::create(said.path().join("stderr")).expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_compose"))
        .arg("serve")
        .arg(file)
        .args(["--addr", "127.0.0.1:0", "--access-log", "json"])
        .args(args)
        .env_clear()
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(stderr)
        .spawn()
        .expect("compose starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line).expect("text");
    let address = line.trim().strip_prefix("listening on http://").and_then(|address| address.parse().ok());
    let Some(address) = address else {
        let _ = child.kill().and_then(|()| child.wait());
        panic!("it does not listen: {line}{}", crate::support::read(said.path().join("stderr")));
    };
    Server { child, address, said }
}

/// `reply` with these options.
fn reply(args: &[&str]) -> Server {
    let args: Vec<&str> = ["--shut", "http"].iter().chain(args).copied().collect();
    serve(&fixture("reply"), &args)
}

/// What came back.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
    /// Whether the body came to its end.
    whole: bool,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect_timeout(&self.address, LIMIT).expect("it listens");
        stream.set_read_timeout(Some(LIMIT)).expect("a timeout");
        stream.set_write_timeout(Some(LIMIT)).expect("a timeout");
        stream
    }

    /// Sends these bytes on a connection of their own and reads to its end.
    fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that has heard enough answers and goes; the rest is nobody's.
        let _ = stream.write_all(bytes);
        read(&mut stream, false)
    }

    fn send(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
        let head = format!("{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n{headers}{length}\r\n");
        let mut stream = self.connect();
        let _ = stream.write_all(&[head.as_bytes(), body].concat());
        read(&mut stream, method == "HEAD")
    }

    /// Asks, and waits until the answer begins.
    fn begun(&self, path: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: t\r\n\r\n").as_bytes()).expect("it is open");
        assert_eq!(stream.peek(&mut [0]).expect("an answer"), 1);
        stream
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", b"")
    }

    #[cfg(unix)]
    fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, signal).expect("a child of ours");
    }

    /// Waits for its end; gives the status and what it said on standard error.
    fn end(&mut self) -> (ExitStatus, String) {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return (status, self.said());
            }
            assert!(started.elapsed() < LIMIT, "it does not end: {}", self.said());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn said(&self) -> String {
        crate::support::read(self.said.path().join("stderr"))
    }

    /// Stops it and gives what it said.
    #[cfg(unix)]
    fn stop(mut self) -> String {
        self.signal(rustix::process::Signal::TERM);
        let (status, said) = self.end();
        assert!(status.success(), "{status}: {said}");
        said
    }

    /// Waits until it has said this.
    fn hears(&self, what: &str) -> String {
        let started = Instant::now();
        loop {
            let said = self.said();
            if said.contains(what) {
                return said;
            }
            assert!(started.elapsed() < LIMIT, "it never says {what:?}: {said}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// Reads one answer to its end. `bare` ones have no body, whatever the head says.
fn read(stream: &mut TcpStream, bare: bool) -> Answer {
    let mut bytes = Vec::new();
    // A connection that is broken off shows as an error or as an end; what came counts.
    let _ = stream.read_to_end(&mut bytes);
    answer(&bytes, bare)
}

/// One answer in these bytes.
fn answer(bytes: &[u8], bare: bool) -> Answer {
    let split = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let Some(split) = split else {
        return Answer { status: 0, head: String::from_utf8_lossy(bytes).into_owned(), body: Vec::new(), whole: false };
    };
    let head = String::from_utf8_lossy(&bytes[..split]).to_ascii_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    let rest = &bytes[split + 4..];
    if status == 100 {
        return answer(rest, bare);
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    let (body, whole) = match length {
        _ if bare => (rest.to_vec(), true),
        _ if head.contains("transfer-encoding: chunked") => dechunked(rest),
        Some(length) => (rest.to_vec(), rest.len() == length),
        None => (rest.to_vec(), true),
    };
    Answer { status, head, body, whole }
}

fn dechunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        let Some(line) = rest.windows(2).position(|window| window == b"\r\n") else { return (body, false) };
        let length = std::str::from_utf8(&rest[..line]).ok().and_then(|length| usize::from_str_radix(length, 16).ok());
        match length {
            Some(0) => return (body, true),
            Some(length) if rest.len() >= line + 2 + length + 2 => {
                body.extend(&rest[line + 2..line + 2 + length]);
                rest = &rest[line + 4 + length..];
            }
            _ => return (body, false),
        }
    }
}

/// The composed shop, written to the folder.
fn shop(folder: &Path) -> PathBuf {
    let parts = ["front", "cart", "inventory", "pricing", "kv", "audit"].map(fixture);
    let file = folder.join("shop.wasm");
    let built = Command::new(env!("CARGO_BIN_EXE_compose"))
        .arg("build")
        .args(parts)
        .arg("-o")
        .arg(&file)
        .args(["--no-cache", "-q"])
        .output()
        .expect("compose starts");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    file
}
