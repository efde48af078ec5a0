//! Limits of hosts, and an input that is above those of the validator: it may be sound, but nobody here can tell.

use super::About;
use crate::diag::{Code, Diagnostic};
use crate::model::host::HostProfile;
use crate::model::sizes::Limited;

/// The code for too many of something.
pub(crate) fn code(limited: Limited) -> Code {
    match limited {
        Limited::Instances => Code::TooManyInstances,
        Limited::Modules | Limited::Components | Limited::ModulesAndComponents => Code::TooManyComponents,
        Limited::Tables => Code::TooManyTables,
    }
}

/// What the validator says of a limit of its own, which has no kind of its own there, only words.
pub(in crate::decode) fn of_validator(message: &str) -> Option<(Limited, usize)> {
    let (what, max) = message.split_once(" count exceeds limit of ")?;
    let limited = Limited::ALL.into_iter().find(|limited| {
        what == match limited {
            Limited::Modules => "modules",
            other => other.words(),
        }
    })?;
    Some((limited, max.trim().parse().ok()?))
}

/// An input has more of something than the validator takes.
pub(in crate::decode) struct AboveValidator<'a> {
    pub(in crate::decode) about: About<'a>,
    pub(in crate::decode) limited: Limited,
    pub(in crate::decode) max: usize,
    pub(in crate::decode) host: &'a HostProfile,
}

impl From<AboveValidator<'_>> for Diagnostic {
    fn from(AboveValidator { about, limited, max, host }: AboveValidator<'_>) -> Self {
        let (what, place) = (limited.words(), limited.place());
        let has = format!("`{}` has more than {max} {what}{place}", about.origin);
        let diagnostic = match host.limit(limited).filter(|limit| *limit <= max) {
            Some(limit) => {
                let message = format!("{has}, and `{}` takes {limit}", host.name);
                about
                    .diagnostic(code(limited), message, "too much for the host")
                    .fact("host", host.name)
                    .fact("limit", limit)
            }
            None => {
                let message = format!("{has}, which is more than can be validated here");
                about.diagnostic(code(limited), message, "too much").fact("limit", max)
            }
        };
        diagnostic.help("build it of fewer parts, and compose those")
    }
}
