//! What a request is aimed at, judged by RFC 9112 §3.2 before a handler sees it: its target and its `host`.
//!
//! A target is a path, or `*` with OPTIONS, or an address as a proxy is told one, of which the scheme has to be `http` and
//! whose server then counts in the place of `host`. What else comes (a fragment, a name and a password, bytes that no address
//! has) is refused rather than corrected: two who correct differently are how requests are smuggled. Letters that are not
//! ASCII are such bytes. What is not valid in a path and harmless, as `[`, `|` or a lone `%`, is common and passes.

use http::header::{HOST, HeaderValue};
use http::uri::{Authority, PathAndQuery, Scheme};
use http::{HeaderMap, Method, Request, StatusCode, Uri, Version};

/// Gives the request an absolute address, which a handler asks for.
///
/// # Errors
/// The status that it is refused with. `fragment` says whether the target had one, which its parsed form has no more.
pub(super) fn addressed<B>(request: Request<B>, fragment: bool) -> Result<Request<B>, StatusCode> {
    let (mut head, body) = request.into_parts();
    let told = told(&head.headers, head.version)?;
    let mut parts = std::mem::take(&mut head.uri).into_parts();
    let path = parts.path_and_query.get_or_insert_with(|| PathAndQuery::from_static("/"));
    let odd = |text: &str| text.bytes().any(|byte| !byte.is_ascii_graphic());
    if fragment || odd(path.as_str()) {
        return Err(StatusCode::BAD_REQUEST);
    }
    match (&parts.scheme, &parts.authority) {
        (None, None) => {
            let server_as_a_whole = path == "*" && head.method == Method::OPTIONS;
            if !server_as_a_whole && !path.as_str().starts_with('/') {
                return Err(StatusCode::BAD_REQUEST);
            }
            parts.authority = Some(told);
        }
        (Some(scheme), Some(authority)) if *scheme == Scheme::HTTP => {
            judged(authority)?;
            let host = HeaderValue::from_str(authority.as_str()).map_err(|_| StatusCode::BAD_REQUEST)?;
            head.headers.insert(HOST, host);
        }
        // It came without what `https` stands for, so it is not for this server.
        (Some(scheme), Some(_)) if *scheme == Scheme::HTTPS => return Err(StatusCode::MISDIRECTED_REQUEST),
        // An address alone is what CONNECT has.
        _ => return Err(StatusCode::BAD_REQUEST),
    }
    parts.scheme = Some(Scheme::HTTP);
    head.uri = Uri::from_parts(parts).map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok(Request::from_parts(head, body))
}

/// The server that `host` names.
fn told(headers: &HeaderMap, version: Version) -> Result<Authority, StatusCode> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => {
            let text = host.to_str().map_err(|_| StatusCode::BAD_REQUEST)?;
            let authority = text.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
            judged(&authority)?;
            Ok(authority)
        }
        // Who spoke 1.0 did not have to say.
        (None, _) if version < Version::HTTP_11 => Ok(Authority::from_static("localhost")),
        _ => Err(StatusCode::BAD_REQUEST),
    }
}

/// Refuses what is more or less than a server and a port.
fn judged(authority: &Authority) -> Result<(), StatusCode> {
    let text = authority.as_str();
    let port = text.strip_prefix(authority.host()).unwrap_or_default();
    let port_is_one = port.is_empty() || port == ":" || authority.port_u16().is_some();
    let fine = !authority.host().is_empty() && !text.contains('@') && port_is_one;
    if fine && text.bytes().all(|byte| byte.is_ascii_graphic()) { Ok(()) } else { Err(StatusCode::BAD_REQUEST) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a request of this method and target goes, or the status that it is refused with.
    fn aimed(method: &str, target: &str, host: Option<&str>) -> Result<String, u16> {
        let Ok(uri) = target.parse::<Uri>() else { return Err(400) };
        let mut request = Request::builder().method(method).uri(uri);
        if let Some(host) = host {
            request = request.header(HOST, host);
        }
        let Ok(request) = request.body(()) else { return Err(400) };
        let request = addressed(request, target.contains('#')).map_err(|status| status.as_u16())?;
        if let Some(host) = request.headers().get(HOST) {
            assert_eq!(host.to_str().ok(), request.uri().authority().map(Authority::as_str), "two names of one server");
        }
        let path = request.uri().path_and_query().map_or("", PathAndQuery::as_str);
        Ok(format!("{} {path}", request.uri().authority().map_or("", Authority::as_str)))
    }

    #[test]
    fn targets_are_judged_by_their_form() {
        let get = |target| aimed("GET", target, Some("shop.test"));
        let goes = |to: &str| Ok(to.to_owned());
        assert_eq!(get("/a?b"), goes("shop.test /a?b"));
        assert_eq!(get("//a"), goes("shop.test //a"));
        assert_eq!(get("/a?x[0]=1|2%"), goes("shop.test /a?x[0]=1|2%"));
        assert_eq!(get("http://other.test:81/a"), goes("other.test:81 /a"));
        assert_eq!(get("HTTP://other.test"), goes("other.test /"));
        assert_eq!(aimed("OPTIONS", "*", Some("shop.test")), goes("shop.test *"));
        assert_eq!(get("*"), Err(400));
        assert_eq!(get("a"), Err(400));
        assert_eq!(get("a.test:80"), Err(400));
        assert_eq!(get("https://shop.test/"), Err(421));
        assert_eq!(get("ftp://shop.test/"), Err(400));
        assert_eq!(get("http://ada:pass@shop.test/"), Err(400));
        assert_eq!(get("http://shop.test:99999/"), Err(400));
        assert_eq!(get("/a#b"), Err(400));
        assert_eq!(get("/a\u{7f}"), Err(400));
        assert_eq!(get("/\u{e9}"), Err(400));
    }

    #[test]
    fn hosts_are_one_server() {
        let of = |host| aimed("GET", "/", host);
        assert_eq!(of(Some("shop.test:")), Ok("shop.test: /".into()));
        assert_eq!(of(Some("[::1]:80")), Ok("[::1]:80 /".into()));
        for bad in [None, Some(""), Some("a b"), Some("ada@shop.test"), Some("a/b"), Some("a:99999"), Some(":80")] {
            assert_eq!(of(bad), Err(400), "{bad:?}");
        }
        assert_eq!(aimed("GET", "http://shop.test/", None), Err(400), "1.1 has to say it");
    }
}
