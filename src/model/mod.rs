//! The data that flows between the stages: names, components, plans, host profiles.
//!
//! Nothing here reads files, decides anything or prints anything.

pub mod component;
pub mod contracts;
pub mod day;
pub mod graph;
pub mod host;
pub mod import_pattern;
pub mod item_pattern;
pub mod kebab;
pub mod listed;
pub mod name;
pub mod near;
pub mod places;
pub mod plan;
pub mod request;
pub mod search;
pub mod sizes;
