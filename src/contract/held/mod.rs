//! A composition held against those who are recorded as consumers of its result, by what `contract verify` asks, before
//! anything is written.
//!
//! What is recorded and not of a package that the result exports is silent here: another provider may have it. An instance
//! that is recorded as a consumer itself, and that imports other things by now, is told, since its block says what is no
//! longer true.

mod diags;

use super::finding::Finding;
use super::lock::diags::{Missing, NoEnvironment};
use super::lock::{self, Block, Lock, Scope};
use super::party::Party;
use super::policy::Policy;
use super::rule::Severity;
use crate::diag::Sink;
use crate::model::component::Components;
use crate::model::import_pattern::{ImportPattern, Place};
use crate::model::plan::Plan;
use crate::model::request::{Request, Written};
use crate::sources::{Inputs, Recordings};
use crate::types::shape::Shape;
use diags::{Broken, OutOfDate, Uncompared};

/// What a result is held against.
#[derive(Debug)]
pub struct Held {
    policy: Policy,
    lock: Lock,
    /// Where the lock was asked for.
    written: Written,
    /// The name of the result, if it has one.
    name: Option<String>,
}

/// Reads what a request says of contracts; `None` if there is nobody to be held against, or if it cannot be read, which is
/// in the sink.
pub fn read(request: &Request, inputs: &Inputs, sink: &mut Sink) -> Option<Held> {
    let contracts = request.contracts.as_ref()?;
    let before = sink.diagnostics().len();
    let policy = Policy::of(contracts, request.today, sink);
    let Recordings { written, text } = inputs.recordings.as_ref()?;
    let Some(text) = text else {
        sink.report(Missing { path: &written.text, at: Some(written) });
        return None;
    };
    let mut lock = lock::read(text, &[], sink)?;
    if let Some(environment) = &contracts.environment {
        let of_it = |block: &Block| block.environment.as_ref() == Some(&environment.text);
        if !lock.blocks.iter().any(of_it) {
            sink.report(NoEnvironment { environment, known: &lock.environments() });
        }
        lock.blocks.retain(of_it);
    }
    let name = request.name.as_ref().map(|name| name.text.clone());
    (sink.diagnostics().len() == before).then(|| Held { policy, lock, written: written.clone(), name })
}

/// Holds the world that a result will have against who is recorded.
pub fn run(held: &Held, result: Shape, plan: &Plan, components: &Components, sink: &mut Sink) {
    let root = plan.instances.first().map(|root| &root.name);
    let name = held.name.as_ref().or(root).map_or("result", String::as_str);
    let provider = Party::new(name, format!("{name} (result)"), result);
    let host = ImportPattern::parse("wasi:*", Place::Permission).into_iter().collect();
    let scope = Scope { host, whole: false, all: name.to_owned() };
    let mut judged = lock::verify(&held.lock.blocks, &[provider], &scope);
    // Who is not concerned does not make an exception one that nothing needs.
    judged.links.retain(|link| link.offered.is_some() || link.faults > 0);
    let report = judged.report("build", vec![name.to_owned()], &held.policy);
    let said = |finding: &&Finding| finding.waived.is_none() && finding.severity != Severity::Note;
    for finding in report.findings.iter().filter(said) {
        sink.report(Broken { finding });
    }
    for what in &report.unchecked {
        sink.report(Uncompared { what, lock: &held.written });
    }
    out_of_date(held, plan, components, sink);
}

/// Instances that are recorded as consumers, and import other things by now.
fn out_of_date(held: &Held, plan: &Plan, components: &Components, sink: &mut Sink) {
    for instance in &plan.instances {
        let component = components.get(instance.component);
        let own = held.lock.blocks.iter().filter(|block| block.consumer == instance.name);
        let mut environments: Vec<&Option<String>> = own.map(|block| &block.environment).collect();
        environments.dedup();
        for environment in environments {
            // What cannot be recorded any more is not what is recorded either; why it cannot be is told by `record`.
            let (mut lock, mut unsaid) = (held.lock.clone(), Sink::default());
            let (name, origin) = (instance.name.as_str(), component.origin.as_str());
            let own = held.lock.blocks.iter().filter(|block| block.consumer == name);
            let mut own = own.filter(|block| block.environment == *environment);
            let all = own.any(|block| lock::is_hosts(&block.used.import));
            let wanted = |import: &str| all || !lock::is_hosts(import);
            let shape = (&component.shape, &wanted as &dyn Fn(&str) -> bool);
            let made = lock::record(&mut lock, environment.as_deref(), name, shape, origin, &mut unsaid);
            let is_same =
                |made: &lock::Recorded| made.new.is_empty() && made.changed.is_empty() && made.gone.is_empty();
            if !made.as_ref().is_some_and(is_same) {
                let environment = environment.as_deref();
                sink.report(OutOfDate {
                    consumer: name,
                    origin,
                    environment,
                    lock: &held.written,
                    made: made.as_ref(),
                });
            }
        }
    }
}
