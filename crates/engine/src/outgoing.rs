//! The door for HTTP requests that a component sends: shut but for the servers that were granted.
//!
//! Who carries a request that may pass is a matter of its own ([`Outgoing`]): the network, or a recording.

use crate::grants::Origin;
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use std::pin::Pin;
use std::sync::Arc;
use wasmtime_wasi_http::{RequestOptions, WasiBody, WasiHttpHooks};

/// A request with its whole body, or the answer to it.
pub type Whole<T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send>>;

/// Carries requests in the place of the network.
pub trait Outgoing: Send + Sync {
    /// Answers the request; an error is what the component sees as a failed connection.
    fn send(&self, request: http::Request<Bytes>) -> Whole<http::Response<Bytes>>;

    /// Whether it answers by itself, so that it is asked about every server, granted or not.
    fn stands_alone(&self) -> bool {
        false
    }
}

/// The network, for those who carry requests and pass some on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Network;

impl Outgoing for Network {
    fn send(&self, request: http::Request<Bytes>) -> Whole<http::Response<Bytes>> {
        let request = request.map(|body| Full::new(body).map_err(|never| match never {}).boxed_unsync());
        Box::pin(async move {
            let sent = wasmtime_wasi_http::default_send_request(request, None).await;
            let (answer, transfer) = sent.map_err(|error| error.to_string())?;
            let (parts, body) = answer.into_parts();
            // The body comes while the transfer goes on.
            let transferring = Box::into_pin(Box::new(transfer) as Transfer);
            let (body, _) = tokio::join!(body.collect(), transferring);
            let body = body.map_err(|error| error.to_string())?.to_bytes();
            Ok(http::Response::from_parts(parts, body))
        })
    }
}

type Transfer = Box<dyn Future<Output = wasmtime_wasi_http::Result<()>> + Send>;
type Sent = wasmtime_wasi_http::Result<(http::Response<WasiBody>, Transfer)>;

/// Lets pass what is granted.
pub(crate) struct Gate {
    origins: Vec<Origin>,
    outgoing: Option<Arc<dyn Outgoing>>,
}

impl Gate {
    pub(crate) fn new(origins: Vec<Origin>, outgoing: Option<Arc<dyn Outgoing>>) -> Self {
        Gate { origins, outgoing }
    }

    fn allows(&self, uri: &http::Uri) -> bool {
        let scheme = uri.scheme_str().unwrap_or("https");
        let host = uri.host().unwrap_or_default();
        self.origins.iter().any(|origin| origin.allows(scheme, host, uri.port_u16()))
    }
}

impl WasiHttpHooks for Gate {
    fn send_request(
        &mut self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
        _transfer: Transfer,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let alone = self.outgoing.as_ref().is_some_and(|outgoing| outgoing.stands_alone());
        if !alone && !self.allows(request.uri()) {
            return Box::new(async { Err(wasmtime_wasi_http::Error::HttpRequestDenied) });
        }
        let Some(outgoing) = self.outgoing.clone() else {
            return Box::new(async move {
                let (answer, transfer) = wasmtime_wasi_http::default_send_request(request, options).await?;
                Ok((answer.map(http_body_util::BodyExt::boxed_unsync), Box::new(transfer) as Transfer))
            });
        };
        Box::new(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let answer = outgoing.send(http::Request::from_parts(parts, body)).await;
            let answer = answer.map_err(|why| wasmtime_wasi_http::Error::InternalError(Some(why)))?;
            let answer = answer.map(|body| Full::new(body).map_err(|never| match never {}).boxed_unsync());
            Ok((answer, Box::new(async { Ok(()) }) as Transfer))
        })
    }
}
