//! The catalogue of messages that compilers, runtimes and test tools print when async code goes wrong: what each
//! one means, what to do about it, and which lesson section teaches it. The original text is never replaced; an
//! explanation is shown below it.
//!
//! ```text
//! Catalogue                    catalogue/{rust-compile,rust-run,python}.toml, embedded
//!  └─ Explanation              one message: meaning, fix, section, example
//!      └─ Matcher              how the message is recognised: code, primary message, notes
//!          └─ Pattern          a small text with `*`, `^` and `$`, compared without regard to case
//! ```
//!
//! An explanation is identified by its id, which is also the name of its recorded sample (`samples/<id>.txt`,
//! `samples/<id>--<variant>.txt`). Within a file the order matters: the first row that fits a line explains it, so
//! special rows stand above general ones.

mod catalogue;
mod explanation;
mod matcher;
mod output;
mod pattern;
#[cfg(test)]
mod samples;
mod symptom;

pub use explanation::{Explanation, Place};
pub use output::explain_output;
pub use symptom::Symptom;

/// The explanation of one diagnostic or exception, if the catalogue has one.
pub fn explain(symptom: &Symptom) -> Option<&'static Explanation> {
    catalogue::of(symptom.track).explain(symptom)
}

/// Every explanation of the catalogue: Rust before Python, and in the order in which rows are tried.
pub fn all() -> impl Iterator<Item = &'static Explanation> {
    crate::course::Track::ALL.into_iter().flat_map(|track| catalogue::of(track).explanations())
}
