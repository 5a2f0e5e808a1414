//! The review of Rust.
use super::Outcome;
use super::source::SourceFile;
use super::tables::Family;

pub(super) fn review(files: Vec<SourceFile>, _own: &[Family]) -> (Vec<SourceFile>, Result<Outcome, String>) {
    (files, Ok(Outcome::default()))
}
