//! Any part of a shape in WIT syntax.
