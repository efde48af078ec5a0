//! The names of instances and components that a document leaves to us.
//!
//! An instance is called what `let` binds it to; one that is not bound, like its package. A package that is instantiated
//! once gives its instance's name to its component too, so that the plan speaks of one thing by one name.

use std::collections::BTreeSet;

/// Names that are given out once.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Takes a name that the document gives.
    pub(super) fn take(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// A free name near to the last part of `ns:pkg`.
    pub(super) fn of_package(&mut self, package: &str) -> String {
        let name = package.rsplit(':').next().unwrap_or(package).replace('%', "");
        let mut candidate = name.clone();
        for number in 2_usize.. {
            if self.taken.insert(candidate.clone()) {
                break;
            }
            candidate = format!("{name}-{number}");
        }
        candidate
    }
}
