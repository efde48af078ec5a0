//! That the last check notices a result which is not what the plan says.

use super::*;
use crate::model::host::HostProfile;

#[test]
fn a_skeleton_that_does_not_fit_its_components_is_refused() {
    let part = guest("package a:app; interface f { get: func(); } world w { import f; }", None);
    let other = guest("package a:app; interface f { get: func() -> u32; } world w { import f; }", None);
    let draft = Draft::new(&[part]);
    let mut linked = draft.link();
    let stranger = Draft::new(&[other]);
    assert!(verify::skeleton(&linked, &stranger.components, WasmFeatures::all()).is_err());
    linked.skeleton.truncate(linked.skeleton.len() - 1);
    assert!(verify::skeleton(&linked, &draft.components, WasmFeatures::all()).is_err());
}

#[test]
fn a_result_of_another_world_than_predicted_is_refused() {
    let part = guest("package a:app; interface f { get: func(); } world w { import f; export run: func(); }", None);
    let mut draft = Draft::new(&[part]);
    let linked = draft.link();
    let profile = HostProfile::default();
    assert_eq!(verify::run(&linked, &draft.plan, &draft.components, &profile), Ok(()));
    draft.plan.exports.clear();
    let refused = verify::run(&linked, &draft.plan, &draft.components, &profile);
    assert!(refused.is_err_and(|broken| broken.0.contains("predicted world")));
}
