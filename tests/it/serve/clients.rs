//! Good and bad clients.

use super::{answer, reply};
use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

#[test]
fn a_connection_serves_many_requests() {
    let server = reply(&[]);
    let mut stream = server.connect();
    for round in 0..20 {
        stream.write_all(b"POST /echo HTTP/1.1\r\nhost: t\r\ncontent-length: 4\r\n\r\nping").expect("it is open");
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"0\r\n\r\n") {
            let mut piece = [0; 1024];
            let read = stream.read(&mut piece).expect("an answer");
            assert!(read > 0, "closed in round {round}");
            bytes.extend(&piece[..read]);
        }
        assert_eq!(answer(&bytes, false).text(), "ping");
    }
    // Two at once on one connection are answered in order.
    let two = server
        .raw(b"GET /count HTTP/1.1\r\nhost: t\r\n\r\nGET /status/418 HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n");
    assert_eq!(two.status, 200);
    server.hears(r#""status":418"#);
    server.stop();
}

#[test]
fn forms_of_requests() {
    let server = reply(&[]);
    let raw = |text: &str| server.raw(text.as_bytes());
    assert_eq!(
        raw("GET http://a.test:81/host HTTP/1.1\r\nhost: b\r\nconnection: close\r\n\r\n").text(),
        "http a.test:81\n"
    );
    assert_eq!(raw("GET /host HTTP/1.0\r\n\r\n").text(), "http localhost\n");
    assert_eq!(raw("GET /host HTTP/1.1\r\nhost: shop.test\r\nconnection: close\r\n\r\n").text(), "http shop.test\n");
    for bad in ["", "host: a\r\nhost: b\r\n", "host: a b\r\n", "host:\r\n"] {
        assert_eq!(raw(&format!("GET /host HTTP/1.1\r\n{bad}connection: close\r\n\r\n")).status, 400, "{bad:?}");
    }
    assert_eq!(raw("CONNECT a.test:80 HTTP/1.1\r\nhost: a.test\r\nconnection: close\r\n\r\n").status, 501);
    assert_eq!(raw("nonsense\r\n\r\n").status, 400);
    // Who asks for another protocol gets this one.
    let upgrade = "connection: upgrade, close\r\nupgrade: websocket\r\n";
    let answer = server.send("GET", "/", upgrade, b"");
    assert_eq!((answer.status, answer.text().as_str()), (200, "well\n"));
    let head = server.send("HEAD", "/big/500000", "", b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(server.get("/status/204").status, 204);
    let said = server.stop();
    assert!(!said.contains(r#""outcome":"cut""#), "{said}");
}

#[test]
fn a_body_is_asked_for_only_if_somebody_wants_it() {
    let server = reply(&["--max-body", "100"]);
    let head = |path: &str, length: u32| {
        format!(
            "POST {path} HTTP/1.1\r\nhost: t\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: {length}\r\n\r\n"
        )
    };
    let mut stream = server.connect();
    stream.write_all(head("/echo", 4).as_bytes()).expect("it is open");
    let mut bytes = vec![0; 25];
    stream.read_exact(&mut bytes).expect("it is told to go on");
    assert!(bytes.starts_with(b"HTTP/1.1 100 Continue\r\n"), "{}", String::from_utf8_lossy(&bytes));
    stream.write_all(b"ping").expect("it is open");
    assert_eq!(super::read(&mut stream, false).text(), "ping");
    // Nobody asks for what is too large.
    let mut stream = server.connect();
    stream.write_all(head("/echo", 101).as_bytes()).expect("it is open");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    assert!(bytes.starts_with(b"HTTP/1.1 413 "), "{}", String::from_utf8_lossy(&bytes));
    server.stop();
}

#[test]
fn what_is_too_large_is_refused() {
    let server = reply(&["--max-body", "64KiB", "--max-head", "8KiB"]);
    let fits = server.send("POST", "/size", "", &[b'x'; 64 << 10]);
    assert_eq!(fits.text(), "65536\n");
    assert_eq!(server.send("POST", "/size", "", &[b'x'; (64 << 10) + 1]).status, 413);
    // Without a length it is seen when it comes.
    let piece = format!("4000\r\n{}\r\n", "x".repeat(0x4000));
    let head = "POST /size HTTP/1.1\r\nhost: t\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    assert_eq!(server.raw(format!("{head}{}0\r\n\r\n", piece.repeat(4)).as_bytes()).text(), "65536\n");
    assert_eq!(server.raw(format!("{head}{}0\r\n\r\n", piece.repeat(5)).as_bytes()).status, 413);
    assert_eq!(server.send("GET", "/", &format!("x: {}\r\n", "h".repeat(9000)), b"").status, 431);
    assert_eq!(server.send("GET", "/", &"x: y\r\n".repeat(500), b"").status, 431);
    assert_eq!(server.send("GET", &format!("/{}", "p".repeat(70_000)), "", b"").status / 100, 4);
    assert_eq!(server.get("/").text(), "well\n");
    let said = server.stop();
    assert!(said.contains(r#""outcome":"too-large""#) && said.contains(r#""number":0"#), "{said}");
}

#[test]
fn who_sends_too_slowly_is_not_waited_for() {
    let server = reply(&["--head-time", "1s", "--stall-time", "1s", "--keep-alive", "1s"]);
    let started = Instant::now();
    // A byte now and then does not help.
    let mut stream = server.connect();
    stream.write_all(b"GET / HTTP/1.1\r\n").expect("it is open");
    while started.elapsed() < Duration::from_secs(20) && stream.write_all(b"x").is_ok() {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(started.elapsed() < Duration::from_secs(20), "it is still open");
    server.hears(r#""outcome":"slow""#);
    let silent = super::read(&mut server.connect(), false);
    assert_eq!((silent.status, silent.head.as_str()), (0, ""), "nothing is said to who said nothing");
    let half = server.raw(b"GET / HTTP/1.1\r\nhost:");
    assert_eq!(half.status, 408);
    let body = server.raw(b"POST /size HTTP/1.1\r\nhost: t\r\ncontent-length: 10\r\n\r\nabc");
    assert_eq!(body.status, 408);
    // After an answer the connection is closed for want of another request.
    let kept = server.raw(b"GET / HTTP/1.1\r\nhost: t\r\n\r\n");
    assert_eq!((kept.status, kept.whole), (200, true));
    server.stop();
}

#[test]
fn who_reads_too_slowly_is_not_waited_for() {
    let server = reply(&["--stall-time", "400ms", "--concurrency", "1"]);
    let mut stream = server.connect();
    stream.write_all(b"GET /big/20000000 HTTP/1.1\r\nhost: t\r\n\r\n").expect("it is open");
    server.hears(r#""outcome":"cut""#);
    assert_eq!(server.get("/").text(), "well\n");
    server.stop();
}

#[test]
fn a_client_that_goes_away_is_no_harm() {
    let server = reply(&["--limit", "time=5s"]);
    for path in ["/drip/50", "/sleep/300", "/big/9000000"] {
        for _ in 0..5 {
            let mut stream = server.connect();
            stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: t\r\n\r\n").as_bytes()).expect("it is open");
            std::thread::sleep(Duration::from_millis(30));
        }
    }
    server.hears(r#""outcome":"cut""#);
    assert_eq!(server.get("/").text(), "well\n");
    server.stop();
}

#[test]
fn who_has_said_everything_is_still_answered() {
    let server = reply(&[]);
    let mut stream = server.connect();
    stream.write_all(b"GET /sleep/300 HTTP/1.1\r\nhost: t\r\n\r\n").expect("it is open");
    stream.shutdown(std::net::Shutdown::Write).expect("it is open");
    let answer = super::read(&mut stream, false);
    assert_eq!((answer.status, answer.text().as_str(), answer.whole), (200, "slept\n", true));
    let said = server.stop();
    assert!(said.contains(r#""outcome":"done""#), "{said}");
}

#[test]
fn targets_are_judged_before_a_handler_sees_them() {
    let server = reply(&[]);
    let line = |line: &str| server.raw(format!("{line} HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n").as_bytes());
    let refused = [
        ("GET *", 400),
        ("GET t:80", 400),
        ("GET host", 400),
        ("GET ftp://t/host", 400),
        ("GET http://ada:pass@t/host", 400),
        ("GET https://t/host", 421),
        ("GET /host#part", 400),
        ("GET http://t/host#part", 400),
        ("GET /host\u{7f}", 400),
        ("GET /h\u{f6}st", 400),
        ("GET /host\u{1}", 400),
        ("CONNECT t:80", 501),
    ];
    for (target, status) in refused {
        assert_eq!(line(target).status, status, "{target}");
    }
    let said = server.hears(r#""status":501"#);
    assert!(!said.contains(r#""fresh":true"#), "one came to a handler: {said}");
    for target in ["GET http://t/host", "GET //host"] {
        assert_eq!(line(target).text(), "http t\n", "{target}");
    }
    // What is common and harmless, and a server that is asked as a whole, are for the handler to answer.
    for target in ["GET /nothing?a[]=1|2", "OPTIONS *"] {
        assert_eq!(line(target).text(), "nothing there\n", "{target}");
    }
    // What comes behind another request is judged as well, and what stands in headers and bodies is no target.
    let second = "GET /host#part HTTP/1.1\r\nhost: t\r\nconnection: close\r\n\r\n";
    let mut stream = server.connect();
    stream.write_all(format!("GET /count HTTP/1.1\r\nhost: t\r\nx: /a #b\r\n\r\n{second}").as_bytes()).expect("open");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(text.starts_with("HTTP/1.1 200 ") && text.contains("HTTP/1.1 400 "), "{text}");
    // Wherever the body before it ends, and however the bytes come.
    for pause in [false, true] {
        let mut stream = server.connect();
        let first = "POST /echo HTTP/1.1\r\nhost: t\r\ncontent-length: 5\r\n\r\n";
        if pause {
            stream.write_all(first.as_bytes()).expect("it is open");
            std::thread::sleep(Duration::from_millis(50));
            stream.write_all(format!("hello{second}").as_bytes()).expect("it is open");
        } else {
            stream.write_all(format!("{first}hello{second}").as_bytes()).expect("it is open");
        }
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(text.contains("\r\nhello\r\n") && text.contains("HTTP/1.1 400 "), "{text}");
    }
    // What says itself where it ends is the last on its connection.
    let chunked = "POST /echo HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    let answer = server.raw(format!("{chunked}{second}").as_bytes());
    assert!(answer.head.contains("connection: close") && answer.text().starts_with("hello"), "{answer:?}");
    let echoed = server.send("POST", "/echo", "x: #\r\n", b"GET /a#b HTTP/1.1\r\n\r\n");
    assert_eq!((echoed.status, echoed.text().as_str()), (200, "GET /a#b HTTP/1.1\r\n\r\n"));
    server.stop();
}

#[test]
fn who_is_refused_while_sending_hears_why() {
    let server = reply(&["--max-body", "64KiB"]);
    for _ in 0..5 {
        let mut stream = server.connect();
        let head = b"POST /size HTTP/1.1\r\nhost: t\r\ncontent-length: 1000000\r\n\r\n";
        let _ = stream.write_all(&[&head[..], &[b'x'; 1_000_000]].concat());
        let answer = super::read(&mut stream, false);
        assert_eq!((answer.status, answer.whole), (413, true));
        assert!(answer.head.contains("connection: close"), "{}", answer.head);
    }
    server.stop();
}

#[test]
fn a_flood_is_answered_or_turned_away() {
    let server = reply(&["--concurrency", "4", "--queue", "8"]);
    let statuses: Vec<(u16, String)> = std::thread::scope(|scope| {
        let flood: Vec<_> = (0..300)
            .map(|_| {
                scope.spawn(|| {
                    let answer = server.get("/sleep/20");
                    (answer.status, answer.head)
                })
            })
            .collect();
        flood.into_iter().map(|client| client.join().expect("a thread of ours")).collect()
    });
    let (fine, away): (Vec<_>, Vec<_>) = statuses.iter().partition(|(status, _)| *status == 200);
    assert!(fine.len() >= 12, "only {} were answered", fine.len());
    for (status, head) in away {
        assert_eq!(*status, 503, "{head}");
        assert!(head.contains("retry-after: 1"), "{head}");
    }
    assert_eq!(server.get("/").text(), "well\n");
    drop(server);
    // With room to wait all are answered.
    let server = reply(&["--concurrency", "4"]);
    std::thread::scope(|scope| {
        let flood: Vec<_> = (0..200).map(|_| scope.spawn(|| server.get("/").status)).collect();
        assert!(flood.into_iter().all(|client| client.join().expect("a thread of ours") == 200));
    });
    server.stop();
}
