//! The report in its formats, one per file.

pub(super) mod github;
pub(super) mod human;
pub(super) mod json;
pub(super) mod rules;
pub(super) mod sarif;
