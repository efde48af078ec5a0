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
        if !self.allows(request.uri()) {
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
