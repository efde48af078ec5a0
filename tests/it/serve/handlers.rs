//! Good and bad handlers: what they answer, what is told of those that fail, and that the server lives on.

use super::{Answer, fixture, reply, serve, shop};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

#[test]
fn the_shop_answers_as_it_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = serve(&shop(folder.path()), &[]);
    let orders = |body: &str| server.send("POST", "/orders", "", body.as_bytes());
    let answers: [(Answer, u16, &str); 7] = [
        (server.get("/"), 200, "the shop is open\n"),
        (server.get("/catalog/t"), 200, "tea | Green tea | 780 EUR, 858 USD, 1248 JPY\n"),
        (server.get("/ledger"), 200, "ledger\n"),
        (server.get("/nope"), 404, "nothing at /nope\n"),
        (
            orders("ada usd TEN\ncup 4\nlamp-oil 1"),
            201,
            "order 1 for ada: 3020 USD\n4 x cup = 1782\n1 x lamp-oil = 1238\n",
        ),
        (orders("ada eur\nice 3"), 409, "only 2 of 3 ice left\n"),
        (orders("ada eur LUCKY\nice 1"), 409, "not understood: LUCKY\n"),
    ];
    for (answer, status, body) in answers {
        assert_eq!((answer.status, answer.text().as_str(), answer.whole), (status, body, true));
        assert!(answer.head.contains("content-type: text/plain"), "{}", answer.head);
    }
    // An order is known to the instance that took it, and to no other.
    assert_eq!(server.get("/ledger").text(), "ledger\n");
    let said = server.stop();
    assert!(said.contains(r#""path":"/catalog/t""#) && said.contains(r#""status":409"#), "{said}");
    assert_eq!(said.matches(r#""fresh":true"#).count(), 8, "{said}");
}

#[test]
fn each_request_has_an_instance_to_itself_unless_told_otherwise() {
    let server = reply(&[]);
    assert_eq!(server.get("/count").text(), "0\n");
    assert_eq!(server.get("/count").text(), "0\n");
    drop(server);
    // One place: were it held for longer than a request takes, the next would wait.
    let server = reply(&["--reuse", "3", "--concurrency", "1"]);
    let started = Instant::now();
    let counts: Vec<String> = (0..6).map(|_| server.get("/count").text()).collect();
    assert_eq!(counts, ["0\n", "1\n", "2\n", "0\n", "1\n", "2\n"]);
    assert!(started.elapsed() < Duration::from_secs(20));
    let said = server.stop();
    assert_eq!(said.matches(r#""fresh":true"#).count(), 2, "{said}");
}

#[test]
fn one_instance_of_0_3_answers_several_at_once() {
    let server = serve(&fixture("reply-async"), &["--concurrency", "8"]);
    assert_eq!(server.get("/").text(), "well\n");
    let started = Instant::now();
    std::thread::scope(|scope| {
        let slow = (0..6).map(|_| {
            // One after the other, so that each finds an instance that waits.
            std::thread::sleep(Duration::from_millis(60));
            scope.spawn(|| server.get("/sleep/1500"))
        });
        for answer in slow.collect::<Vec<_>>() {
            assert_eq!(answer.join().expect("a thread of ours").text(), "slept\n");
        }
    });
    assert!(started.elapsed() < Duration::from_secs(8), "one after the other takes 9 s");
    let echoed = server.send("POST", "/echo", "", &[b'e'; 20_000]);
    assert_eq!((echoed.status, echoed.body.len(), echoed.whole), (200, 20_000, true));
    assert_eq!(server.get("/drip/3").text(), "drop\ndrop\ndrop\n");
    let said = server.stop();
    let slow = said.lines().filter(|line| line.contains("/sleep/1500"));
    assert!(slow.filter(|line| line.contains(r#""fresh":true"#)).count() < 6, "{said}");
}

#[test]
fn a_handler_that_traps_is_a_500_and_a_word_in_the_log() {
    for guest in ["reply", "reply-async"] {
        let server = serve(&fixture(guest), if guest == "reply" { &["--shut", "http"] } else { &[] });
        let answer = server.get("/trap");
        assert_eq!((answer.status, answer.text().as_str()), (500, "Internal Server Error\n"));
        let said = server.hears("C0806");
        assert!(said.contains("unreachable") && said.contains("request 1"), "{said}");
        assert_eq!(server.get("/").text(), "well\n");
        let said = server.stop();
        assert_eq!(said.matches("error[").count(), 1, "it is told once: {said}");
    }
}

#[test]
fn a_trap_amid_an_answer_breaks_it_off() {
    let server = reply(&[]);
    let answer = server.get("/late-trap");
    // How much of it the client sees is a matter of chance, but never that it is whole.
    assert!(!answer.whole && [0, 200].contains(&answer.status), "{answer:?}");
    let said = server.hears(r#""outcome":"cut""#);
    assert!(said.contains("C0806") && said.contains("give_up"), "{said}");
    assert_eq!(server.get("/").text(), "well\n");
    server.stop();
}

#[test]
fn no_answer_is_a_500() {
    let server = reply(&[]);
    assert_eq!(server.get("/silent").status, 500);
    server.hears("C0816");
    // Nothing may follow on such a status, and a client would wait for the real one.
    assert_eq!(server.get("/status/101").status, 500);
    server.stop();
    let server = serve(&fixture("reply-async"), &[]);
    assert_eq!(server.get("/error").status, 500);
    assert_eq!(server.get("/").text(), "well\n");
    assert!(server.stop().contains("C0816"));
}

#[test]
fn what_takes_too_long_is_a_504_and_ended() {
    for guest in ["reply", "reply-async"] {
        let args: &[&str] = if guest == "reply" { &["--shut", "http"] } else { &[] };
        let server = serve(&fixture(guest), &[args, &["--limit", "time=600ms", "--concurrency", "2"]].concat());
        for path in ["/spin", "/sleep/60000", "/spin", "/spin", "/sleep/60000"] {
            assert_eq!(server.get(path).status, 504, "{path}");
        }
        // Were they not ended, their places would be taken.
        // A good answer has no more time than a bad one, which on a busy machine may be too little, but not always.
        let answers: Vec<_> = (0..30).map(|_| server.get("/")).take_while(|answer| answer.text() != "well\n").collect();
        assert!(answers.len() < 30, "{answers:?} {}", server.said());
        let said = server.stop();
        assert!(said.contains("C0807") && said.contains("time"), "{said}");
    }
}

#[test]
fn memory_without_end_meets_its_limit() {
    let server = reply(&["--limit", "memory=16MiB"]);
    assert_eq!(server.get("/hoard").status, 500);
    let said = server.hears("C0806");
    assert!(said.contains("limit of memory"), "{said}");
    assert_eq!(server.get("/").text(), "well\n");
    server.stop();
}

#[test]
fn fuel_is_for_each_request() {
    let server = reply(&["--limit", "fuel=3_000_000", "--reuse", "1000"]);
    for _ in 0..40 {
        assert_eq!(server.get("/").text(), "well\n");
    }
    assert_eq!(server.get("/spin").status, 500);
    server.hears("fuel");
    server.stop();
}

#[test]
fn an_answer_has_a_most_of_bytes() {
    let server = reply(&["--limit", "output=10_000"]);
    assert!(server.get("/big/10000").whole);
    let answer = server.get("/big/200000");
    assert!(!answer.whole && answer.body.len() <= 10_000, "{} bytes", answer.body.len());
    server.hears("C0807");
    server.stop();
}

#[test]
fn what_the_log_says_of_a_cut_answer_is_what_the_client_got() {
    let server = reply(&["--limit", "output=100_000"]);
    // Without a length or chunks every byte that comes is one of the body.
    let answers =
        ["/big/90000", "/big/1000000"].map(|path| server.raw(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes()));
    assert_eq!(answers[0].body.len(), 90_000);
    let said = server.stop();
    let lines = said.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let told: Vec<(u64, u64)> =
        lines.filter_map(|line| Some((line["status"].as_u64()?, line["bytes"].as_u64()?))).collect();
    let got = answers.map(|answer| (u64::from(answer.status), answer.body.len() as u64));
    assert_eq!(told, got, "{said}");
}

#[test]
fn the_limit_of_output_is_named_when_stderr_meets_it() {
    let server = reply(&["--limit", "output=50"]);
    assert_eq!(server.get("/trap").status, 500);
    let said = server.stop();
    assert!(said.contains("error[C0807]") && said.contains("limit of output"), "{said}");
    assert_eq!(said.matches("error[").count(), 1, "it is told once: {said}");
}

#[test]
fn a_flood_of_failures_is_counted_but_for_machines() {
    let server = reply(&[]);
    (0..20).for_each(|_| assert_eq!(server.get("/trap").status, 500));
    let said = server.stop();
    assert_eq!(said.matches("error[C0806]").count(), 1, "{said}");
    let counts = said.lines().filter_map(|line| line.split_once(" more in ")?.0.strip_suffix(" times"));
    let counted: u64 = counts.filter_map(|count| count.parse::<u64>().ok()).sum();
    assert!(counted >= 18 || said.contains("once more in "), "{said}");
    let server = reply(&["--message-format", "json"]);
    (0..20).for_each(|_| assert_eq!(server.get("/trap").status, 500));
    let said = server.stop();
    assert_eq!(said.matches(r#""C0806""#).count(), 20, "{said}");
}

#[test]
fn what_no_instance_could_have_is_told_before_it_listens() {
    let starts = |args: &[&str]| {
        let started = std::process::Command::new(env!("CARGO_BIN_EXE_compose"))
            .arg("serve")
            .arg(fixture("reply"))
            .args(["--addr", "127.0.0.1:0", "--no-cache", "--shut", "http"])
            .args(args)
            .env_clear()
            .output()
            .expect("compose starts");
        assert_eq!(started.status.code(), Some(3));
        assert_eq!(String::from_utf8_lossy(&started.stdout), "");
        String::from_utf8_lossy(&started.stderr).into_owned()
    };
    let said = starts(&["--limit", "memory=1"]);
    assert!(said.contains("C0807") && said.contains("limit of memory"), "{said}");
    let said = starts(&["--net", "tcp:shop.invalid:80"]);
    assert!(said.contains("C0802") && said.contains("shop.invalid"), "{said}");
    let said = starts(&["--dir", "nowhere::/data"]);
    assert!(said.contains("C0802") && said.contains("nowhere"), "{said}");
}

#[test]
fn requests_go_to_granted_servers_only_and_survive_them() {
    let upstream = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let there = upstream.local_addr().expect("an address");
    let granted = format!("http://{there}");
    let server = serve(&fixture("reply"), &["--http", &granted, "--limit", "time=2s"]);
    let answers = std::thread::spawn(move || {
        // One that answers, one that closes, one that never says a word.
        let (mut fine, _) = upstream.accept().expect("a connection");
        let mut asked = Vec::new();
        while !asked.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            fine.read_exact(&mut byte).expect("a request");
            asked.extend(byte);
        }
        fine.write_all(b"HTTP/1.1 203 Yes\r\ncontent-length: 3\r\n\r\nyes").expect("it is read");
        drop(upstream.accept().expect("a connection"));
        let (silent, _) = upstream.accept().expect("a connection");
        std::thread::sleep(Duration::from_secs(4));
        drop(silent);
    });
    let fetched = server.get(&format!("/fetch/{there}/x"));
    assert_eq!((fetched.status, fetched.text().as_str()), (203, "yes"));
    let closed = server.get(&format!("/fetch/{there}/x"));
    assert_eq!(closed.status, 502, "{}", closed.text());
    assert_eq!(server.get(&format!("/fetch/{there}/x")).status, 504);
    let refused = server.get("/fetch/127.0.0.1:9/x");
    assert_eq!(refused.status, 502);
    assert!(refused.text().to_lowercase().contains("denied"), "{}", refused.text());
    answers.join().expect("the upstream");
    server.stop();
}

#[test]
fn bodies_are_streams_between_the_parts_of_a_composition() {
    let server = serve(&crate::support::root().join("fixtures/ticks/compose.toml"), &[]);
    assert_eq!(server.get("/3").text(), "tick 1\ntick 2\ntick 3\ntotal 6\n");
    assert_eq!(server.send("POST", "/sum", "", &[1; 100_000]).text(), "100000\n");
    assert_eq!(server.get("/many").status, 404);
    let long = server.get("/20000");
    assert!(long.text().ends_with("tick 20000\ntotal 200010000\n"));
    server.stop();
}
