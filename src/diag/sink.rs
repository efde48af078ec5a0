//! Where the stages put what they have to say, so that one run reports everything it knows.

use super::code::{Code, Severity};
use super::diagnostic::Diagnostic;
use super::watch::{Watch, Watcher};
use std::sync::Arc;

/// Collects diagnostics in the order they were reported.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    warnings_denied: bool,
    watcher: Watcher,
}

impl Sink {
    /// One whose run somebody looks at.
    pub fn watched(watch: Arc<dyn Watch>) -> Self {
        Self { watcher: Watcher(Some(watch)), ..Self::default() }
    }

    /// What to tell of the work itself.
    pub fn watcher(&self) -> Watcher {
        self.watcher.clone()
    }

    /// Takes one.
    pub fn report(&mut self, diagnostic: impl Into<Diagnostic>) {
        let mut diagnostic = diagnostic.into();
        if self.warnings_denied {
            diagnostic.severity = Severity::Error;
        }
        self.diagnostics.push(diagnostic);
    }

    /// Takes those of another one.
    pub fn take(&mut self, other: Self) {
        other.diagnostics.into_iter().for_each(|diagnostic| self.report(diagnostic));
    }

    /// All of them so far.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether there are so many that nobody reads what is suggested for each.
    pub fn is_crowded(&self) -> bool {
        self.diagnostics.len() >= 1000
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Whether there is an error that may hide something: without its cause other words may mean other things. The host alone
    /// changes nothing of what is wired to what.
    pub fn is_incomplete(&self) -> bool {
        let hides = |told: &Diagnostic| told.severity == Severity::Error && told.code != Code::UnknownHost;
        self.diagnostics.iter().any(hides)
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// How many errors and how many warnings there are.
    pub fn totals(&self) -> (usize, usize) {
        (self.count(Severity::Error), self.count(Severity::Warning))
    }

    /// Makes errors of the warnings, of those that are here and of those to come (`--deny warnings`).
    pub fn deny_warnings(&mut self) {
        self.warnings_denied = true;
        for diagnostic in &mut self.diagnostics {
            diagnostic.severity = Severity::Error;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denied_warnings_are_errors_whenever_they_come() {
        let warning = || Diagnostic { severity: Severity::Warning, ..Diagnostic::new(Code::Internal, "m") };
        let mut sink = Sink::default();
        sink.report(warning());
        assert_eq!((sink.totals(), sink.has_errors()), ((0, 1), false));
        sink.deny_warnings();
        sink.report(warning());
        assert_eq!((sink.totals(), sink.has_errors()), ((2, 0), true));
    }
}
