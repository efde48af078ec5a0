//! The words for a result that breaks a recorded consumer. What is wrong is said as the report of `contract verify` says it.

use crate::contract::finding::Finding;
use crate::contract::lock::Recorded;
use crate::contract::rule::Severity;
use crate::diag::{self, Code, Diagnostic, shell_word};
use crate::model::listed::quoted;
use crate::model::request::Written;

/// C0930: a finding about the result.
pub(super) struct Broken<'a> {
    pub(super) finding: &'a Finding,
}

/// C0930: something that could not be compared, so that nobody knows whether it is broken.
pub(super) struct Uncompared<'a> {
    pub(super) what: &'a str,
    pub(super) lock: &'a Written,
}

/// C0931: an instance imports other things than are recorded of it.
pub(super) struct OutOfDate<'a> {
    pub(super) consumer: &'a str,
    pub(super) origin: &'a str,
    pub(super) environment: Option<&'a str>,
    pub(super) lock: &'a Written,
    /// What a new recording would change; `None` if there can be none.
    pub(super) made: Option<&'a Recorded>,
}

impl From<Broken<'_>> for Diagnostic {
    fn from(Broken { finding }: Broken<'_>) -> Self {
        let rule = finding.rule.id;
        let mut told = Self::new(Code::ContractBroken, finding.message.clone());
        told.severity = match finding.severity {
            Severity::Error => diag::Severity::Error,
            Severity::Warning | Severity::Note => diag::Severity::Warning,
        };
        told.labels = finding.old.iter().chain(&finding.new).cloned().collect();
        told = told.note(format!("by the rule `{rule}`: {}", finding.rule.says));
        told.notes.extend(finding.notes.iter().cloned());
        told.help.extend(finding.help.iter().cloned());
        told = told.help(format!("more on it: `compose explain {rule}`")).fact("rule", rule);
        if let Some(between) = &finding.between {
            told = told.fact("consumer", &between.consumer).fact("provider", &between.provider);
        }
        told.fact("item", &finding.item).fact("fingerprint", &finding.fingerprint)
    }
}

impl From<Uncompared<'_>> for Diagnostic {
    fn from(Uncompared { what, lock }: Uncompared<'_>) -> Self {
        Self::new(Code::ContractBroken, format!("not checked: {what}")).at(lock, "recorded here")
    }
}

impl From<OutOfDate<'_>> for Diagnostic {
    fn from(OutOfDate { consumer, origin, environment, lock, made }: OutOfDate<'_>) -> Self {
        let place = environment.map_or_else(String::new, |name| format!(" for `{name}`"));
        let mut told = Self::new(
            Code::RecordingOutOfDate,
            format!("what `{consumer}` imports is not what is recorded of it{place}"),
        )
        .at(lock, "recorded here");
        match made {
            None => told = told.note("some of it has no form that can be recorded"),
            Some(Recorded { new, changed, gone, .. }) => {
                for (names, what) in [(new, "new"), (changed, "changed"), (gone, "gone")] {
                    if !names.is_empty() {
                        told = told.note(format!("{what}: {}", quoted(names)));
                    }
                }
            }
        }
        let mut words = vec![format!("{consumer}={origin}"), "--lock".into(), lock.text.clone()];
        words.extend(environment.into_iter().flat_map(|name| ["--environment".to_owned(), name.to_owned()]));
        let words: Vec<_> = words.iter().map(|word| shell_word(word)).collect();
        told.help(format!("record it again: `compose contract record {}`", words.join(" ")))
            .fact("consumer", consumer)
            .fact("component", origin)
    }
}
