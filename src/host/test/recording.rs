//! Requests that a component sent, and what was answered: as JSON in a file, to be answered again without a network.
//!
//! A request is the same if method, address and body are; headers vary with libraries and are kept for people alone. Equal
//! requests are answered in the order in which they were recorded.

use bytes::Bytes;
use compose_engine::{Outgoing, Whole};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};

/// What a file of recorded requests has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recorded {
    /// Requests and their answers, in the order in which they were sent.
    pub exchanges: Vec<Exchanged>,
}

/// A request and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Exchanged {
    /// What was sent.
    pub request: Sent,
    /// What came back.
    pub response: Answered,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sent {
    /// `GET`.
    pub method: String,
    /// `https://rates.test/eur?day=1`.
    pub uri: String,
    /// Names and values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The body.
    #[serde(default, skip_serializing_if = "Body::is_empty")]
    pub body: Body,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answered {
    /// `200`.
    pub status: u16,
    /// Names and values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<(String, String)>,
    /// The body.
    #[serde(default, skip_serializing_if = "Body::is_empty")]
    pub body: Body,
}

/// A body: text where it is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Body {
    /// A text.
    Text(String),
    /// Other bytes.
    Bytes {
        /// Two digits a byte.
        hex: String,
    },
}

impl Default for Body {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Body {
    fn of(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.into()),
            Err(_) => Self::Bytes { hex: bytes.iter().map(|byte| format!("{byte:02x}")).collect() },
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    /// The bytes; `None` if the digits are none.
    fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.clone().into_bytes()),
            Self::Bytes { hex } => {
                let digits = hex.is_ascii().then_some(hex.as_bytes())?;
                let pairs = digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
                pairs.collect::<Option<Vec<u8>>>().filter(|_| digits.len() % 2 == 0)
            }
        }
    }
}

impl Recorded {
    /// Reads a file of recorded requests.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let recorded: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        for exchange in &recorded.exchanges {
            let bodies = [&exchange.request.body, &exchange.response.body];
            if bodies.iter().any(|body| body.bytes().is_none()) {
                return Err(format!("the body of `{}` is no list of bytes", exchange.request.line()));
            }
            if http::StatusCode::from_u16(exchange.response.status).is_err() {
                return Err(format!("`{}` is no status", exchange.response.status));
            }
        }
        Ok(recorded)
    }

    /// Adds what another case sent. What is there already is not added again, but as often as a case sends it.
    pub fn add(&mut self, other: &Self) {
        let often = |all: &[Exchanged], one: &Exchanged| all.iter().filter(|exchange| *exchange == one).count();
        for (at, exchange) in other.exchanges.iter().enumerate() {
            if often(&self.exchanges, exchange) < often(&other.exchanges[..=at], exchange) {
                self.exchanges.push(exchange.clone());
            }
        }
    }

    /// Takes what was sent anew, each request in the place of the same one before: its answer too, if `answers`.
    pub fn renew(&mut self, new: &Self, answers: bool) {
        let mut taken = vec![false; self.exchanges.len()];
        for exchange in &new.exchanges {
            let same = |at: &usize| !taken[*at] && self.exchanges[*at].request.is(&exchange.request);
            match (0..self.exchanges.len()).find(same) {
                Some(at) => {
                    taken[at] = true;
                    if answers {
                        self.exchanges[at] = exchange.clone();
                    }
                }
                None => {
                    self.exchanges.push(exchange.clone());
                    taken.push(true);
                }
            }
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("texts and numbers are JSON");
        text + "\n"
    }
}

impl Sent {
    fn of(request: &http::Request<Bytes>) -> Self {
        Self {
            method: request.method().to_string(),
            uri: request.uri().to_string(),
            headers: headers(request.headers()),
            body: Body::of(request.body()),
        }
    }

    /// `GET https://rates.test/eur`.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.uri)
    }

    fn is(&self, other: &Self) -> bool {
        self.method == other.method && self.uri == other.uri && self.body.bytes() == other.body.bytes()
    }
}

fn headers(of: &http::HeaderMap) -> Vec<(String, String)> {
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut headers: Vec<(String, String)> = of.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    headers.sort();
    headers
}

/// Answers requests as they were answered before.
#[derive(Debug)]
pub struct Replay {
    left: Mutex<Vec<Exchanged>>,
    missed: Mutex<Vec<String>>,
}

impl Replay {
    /// From what was recorded.
    pub fn new(recorded: Recorded) -> Self {
        Self { left: Mutex::new(recorded.exchanges), missed: Mutex::default() }
    }

    /// The requests that were sent and not recorded, and the recorded ones that were not sent.
    pub fn missed(&self) -> (Vec<String>, Vec<String>) {
        let missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        (missed, left.iter().map(|exchange| exchange.request.line()).collect())
    }

    fn answer(&self, sent: &Sent) -> Result<http::Response<Bytes>, String> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(at) = left.iter().position(|exchange| exchange.request.is(sent)) else {
            let line = sent.line();
            self.missed.lock().unwrap_or_else(PoisonError::into_inner).push(line.clone());
            return Err(format!("`{line}` is not in the recording"));
        };
        let Answered { status, headers, body } = left.remove(at).response;
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(name, value);
        }
        response.body(Bytes::from(body.bytes().unwrap_or_default())).map_err(|error| error.to_string())
    }
}

impl Outgoing for Replay {
    fn send(&self, request: http::Request<Bytes>) -> Whole<http::Response<Bytes>> {
        let answer = self.answer(&Sent::of(&request));
        Box::pin(async move { answer })
    }

    fn stands_alone(&self) -> bool {
        true
    }
}

/// Lets requests pass, and keeps them and what is answered.
pub struct Recorder {
    network: Arc<dyn Outgoing>,
    kept: Arc<Mutex<Vec<Exchanged>>>,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder").finish_non_exhaustive()
    }
}

impl Recorder {
    /// In front of whoever really answers.
    pub fn new(network: Arc<dyn Outgoing>) -> Self {
        Self { network, kept: Arc::default() }
    }

    /// What was sent and answered so far.
    pub fn recorded(&self) -> Recorded {
        Recorded { exchanges: self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone() }
    }
}

impl Outgoing for Recorder {
    fn send(&self, request: http::Request<Bytes>) -> Whole<http::Response<Bytes>> {
        let sent = Sent::of(&request);
        let kept = self.kept.clone();
        let answering = self.network.send(request);
        Box::pin(async move {
            let answer = answering.await?;
            let response = Answered {
                status: answer.status().as_u16(),
                headers: headers(answer.headers()),
                body: Body::of(answer.body()),
            };
            let exchange = Exchanged { request: sent, response };
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
            Ok(answer)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str, body: &[u8]) -> http::Request<Bytes> {
        http::Request::builder().uri(uri).body(Bytes::copy_from_slice(body)).expect("a request")
    }

    fn response(body: &[u8]) -> http::Response<Bytes> {
        http::Response::builder()
            .header("b", "1")
            .header("a", "2")
            .body(Bytes::copy_from_slice(body))
            .expect("an answer")
    }

    struct Echo;

    impl Outgoing for Echo {
        fn send(&self, request: http::Request<Bytes>) -> Whole<http::Response<Bytes>> {
            Box::pin(async move { Ok(response(request.body())) })
        }
    }

    fn done<T>(whole: Whole<T>) -> Result<T, String> {
        let mut whole = whole;
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match whole.as_mut().poll(&mut context) {
            std::task::Poll::Ready(done) => done,
            std::task::Poll::Pending => panic!("nothing waits here"),
        }
    }

    #[test]
    fn what_was_recorded_is_answered_again() {
        let recorder = Recorder::new(Arc::new(Echo));
        done(recorder.send(request("https://a.test/x", b"one"))).expect("an answer");
        done(recorder.send(request("https://a.test/x", b"\xff\x00"))).expect("an answer");
        let text = recorder.recorded().text();
        assert!(text.contains("\"hex\": \"ff00\"") && text.contains("\"body\": \"one\""), "{text}");
        let replay = Replay::new(Recorded::read(&text).expect("a recording"));
        let again = done(replay.send(request("https://a.test/x", b"\xff\x00"))).expect("an answer");
        assert_eq!((again.body().as_ref(), again.headers().len()), (&b"\xff\x00"[..], 2));
        let unknown = done(replay.send(request("https://a.test/y", b"")));
        assert!(unknown.is_err());
        done(replay.send(request("https://a.test/x", b"one"))).expect("an answer");
        assert!(done(replay.send(request("https://a.test/x", b"one"))).is_err(), "it was recorded once");
        let get = "GET https://a.test/y".to_owned();
        assert_eq!(replay.missed(), (vec![get, "GET https://a.test/x".into()], vec![]));
    }

    #[test]
    fn what_a_case_asks_twice_is_recorded_twice() {
        let of = |uris: &[&str]| {
            let recorder = Recorder::new(Arc::new(Echo));
            for uri in uris {
                done(recorder.send(request(uri, b""))).expect("an answer");
            }
            recorder.recorded()
        };
        let mut all = Recorded::default();
        all.add(&of(&["http://a/", "http://b/", "http://a/"]));
        all.add(&of(&["http://a/", "http://c/"]));
        let sent: Vec<String> = all.exchanges.iter().map(|exchange| exchange.request.uri.clone()).collect();
        assert_eq!(sent, ["http://a/", "http://b/", "http://a/", "http://c/"]);
    }

    #[test]
    fn what_others_sent_is_kept() {
        let exchange = |uri: &str, status| Exchanged {
            request: Sent { method: "GET".into(), uri: uri.into(), headers: vec![], body: Body::default() },
            response: Answered { status, headers: vec![], body: Body::default() },
        };
        let of = |all: &[(&str, u16)]| Recorded {
            exchanges: all.iter().map(|(uri, status)| exchange(uri, *status)).collect(),
        };
        let mut kept = of(&[("/a", 200), ("/b", 200), ("/a", 201)]);
        kept.renew(&of(&[("/c", 200), ("/a", 300), ("/c", 201)]), true);
        assert_eq!(kept, of(&[("/a", 300), ("/b", 200), ("/a", 201), ("/c", 200), ("/c", 201)]));
        kept.renew(&of(&[("/b", 500), ("/d", 500)]), false);
        assert_eq!(kept, of(&[("/a", 300), ("/b", 200), ("/a", 201), ("/c", 200), ("/c", 201), ("/d", 500)]));
    }

    #[test]
    fn what_is_no_recording_is_refused() {
        let of = |status: &str, body: &str| {
            let request = r#"{"method": "GET", "uri": "http://a/"}"#;
            Recorded::read(&format!(
                r#"{{"exchanges": [{{"request": {request}, "response": {{"status": {status}, "body": {body}}}}}]}}"#
            ))
        };
        assert!(of("200", "\"x\"").is_ok());
        assert!(of("200", "{\"hex\": \"0\"}").is_err());
        assert!(of("200", "{\"hex\": \"zz\"}").is_err());
        assert!(of("2000", "\"x\"").is_err());
        assert!(Recorded::read("{}").is_err());
    }
}
