//! Tests of whole stages against oracles: the validator, the predicted world, other composers.

mod family;
#[path = "../support/guests.rs"]
mod guests;
#[path = "../support/plans.rs"]
mod plans;
mod random;
mod worlds;
