//! Which host takes the result.

use crate::diag::Sink;
use crate::manifest::UnknownHost;
use crate::model::host::HostProfile;
use crate::model::request::Request;

/// The profile that the request names, or the default one. An unknown name is reported, and the default used to go on.
pub fn profile(request: &Request, sink: &mut Sink) -> HostProfile {
    let Some(written) = &request.target else { return HostProfile::default() };
    HostProfile::named(&written.text).unwrap_or_else(|| {
        sink.report(UnknownHost { written });
        HostProfile::default()
    })
}
