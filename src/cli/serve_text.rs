//! What a server says while it runs: the access log, and what fails. Failures that are alike are told once and counted, but for
//! machines.

use super::commands::serve::AccessLog;
use super::shell::{self, Shell};
use crate::diag::Diagnostic;
use crate::diag::render::{self, Format, Style};
use crate::host::serve::Inside;
use crate::host::serve::diags::InstanceFailed;
use compose_engine::{Failure, Teller, Told};
use std::thread::JoinHandle;

/// Starts whoever tells it, and the thread that writes, which ends with the log.
pub(super) fn start(
    name: &str,
    inside: Inside,
    access: AccessLog,
    shell: &Shell,
) -> std::io::Result<(Teller, JoinHandle<()>)> {
    let (format, style) = shell.manner();
    let writer = Writer { name: name.into(), inside, access, format, style };
    Teller::start(access != AccessLog::None, format == Format::Json, move |told| writer.words(told), shell::say)
}

struct Writer {
    name: String,
    inside: Inside,
    access: AccessLog,
    format: Format,
    style: Style,
}

impl Writer {
    fn words(&self, told: &Told) -> String {
        match told {
            Told::Answered(answered) if self.access == AccessLog::Json => answered.json(),
            Told::Answered(answered) => answered.line(),
            Told::Failed(failure) => {
                let diagnostic = Diagnostic::from(InstanceFailed { name: &self.name, failure, inside: &self.inside });
                render::render_all(std::iter::once(&diagnostic), self.format, &self.style)
            }
            Told::Again(again) => {
                let failure = Failure { instance: None, requests: Vec::new(), error: again.error.clone() };
                let facts = InstanceFailed { name: &self.name, failure: &failure, inside: &self.inside };
                let diagnostic = Diagnostic::from(facts);
                Told::again(again, &format!("{}: {}", diagnostic.code, diagnostic.message))
            }
            Told::Stopping(_) if self.format == Format::Json => String::new(),
            Told::Stopping(running) => Told::stopping(*running),
            Told::Missing(count) if self.format == Format::Json => Told::missing_json(*count),
            Told::Missing(count) => Told::missing(*count),
        }
    }
}
