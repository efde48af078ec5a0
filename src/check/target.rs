//! Which host takes the result.

use super::diags::UnknownHost;
use crate::diag::Sink;
use crate::model::host::{HostProfile, PROFILES};
use crate::model::near::nearest;
use crate::model::request::Request;

/// The profile that the request names, or the default one. An unknown name is reported, and the default used to go on.
pub fn profile(request: &Request, sink: &mut Sink) -> HostProfile {
    let Some(written) = &request.target else { return HostProfile::default() };
    HostProfile::named(&written.text).unwrap_or_else(|| {
        let known: Vec<&str> = PROFILES.iter().map(|profile| profile().name).collect();
        let near = nearest(&written.text, known.iter().copied());
        sink.report(UnknownHost { written, known, near });
        HostProfile::default()
    })
}
