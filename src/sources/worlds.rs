//! The WIT that a request speaks of besides its inputs: the packages of `[wit]`, the world of the result, declared imports.

use super::stamp::Stamp;
use super::world::{self, World};
use super::{DeclaredWorld, Inputs, declared, describe_fault, wit};
use crate::diag::Sink;
use crate::model::request::Request;
use std::path::PathBuf;
use std::sync::Arc;

/// The packages of `[wit]`.
fn load_packages(request: &Request, read: &mut Vec<(String, PathBuf, Stamp)>, sink: &mut Sink) -> Vec<wit::Package> {
    let packages = world::packages(request, &mut |wanted, fault| {
        sink.report(describe_fault(fault, &wanted.written.text, Some(&wanted.written), &wanted.path));
    });
    packages.iter().for_each(|package| note(package, read));
    packages
}

fn note(package: &wit::Package, read: &mut Vec<(String, PathBuf, Stamp)>) {
    read.extend(package.files.iter().map(|(path, stamp)| (package.origin.clone(), path.clone(), stamp.clone())));
}

/// The world of the imports that the result has by itself.
pub(super) fn load_declared(
    request: &Request,
    read: &mut Vec<(String, PathBuf, Stamp)>,
    sink: &mut Sink,
) -> Option<DeclaredWorld> {
    if request.declared.is_empty() {
        return None;
    }
    // What is wrong with a package was said when the world was read; a lack of it is no further fault.
    let before = sink.is_incomplete();
    let packages = load_packages(request, read, &mut Sink::default());
    match declared::world(&request.declared, packages) {
        Ok(world) => Some(world),
        Err(diagnostic) => {
            if !before {
                sink.report(*diagnostic);
            }
            None
        }
    }
}

/// The world that the result must conform to, if one is asked for. All packages that are read on the way are kept.
pub(super) fn load(request: &Request, inputs: &mut Inputs, sink: &mut Sink) -> Option<World> {
    let packages = load_packages(request, &mut inputs.read, sink);
    let Some(wanted) = request.world.as_ref() else {
        let mut packages = packages.into_iter();
        let resolved = packages.next().map(|first| first.resolve(packages.collect()));
        inputs.wit.extend(resolved.and_then(|resolved| match resolved {
            Ok((resolve, ..)) => Some(Arc::new(resolve)),
            Err(diagnostic) => {
                sink.report(*diagnostic);
                None
            }
        }));
        return None;
    };
    let (origin, written) = (&wanted.written.text, Some(&wanted.written));
    let found = wit::package(&wanted.path, origin, written)
        .map_err(|fault| Box::new(describe_fault(fault, origin, written, &wanted.path)))
        .and_then(|package| {
            note(&package, &mut inputs.read);
            world::world(wanted, package, packages)
        });
    let found = found.map_err(|diagnostic| sink.report(*diagnostic)).ok()?;
    inputs.wit.push(found.resolve.clone());
    Some(found)
}
