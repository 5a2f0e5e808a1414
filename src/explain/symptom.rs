//! What went wrong, as the compiler or the test reported it.

use crate::course::Track;

/// One diagnostic of a compiler, or one exception or panic of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symptom {
    /// The track in which it was printed.
    pub track: Track,
    /// The code of the diagnostic: `E0728`, `clippy::await_holding_lock`. Some diagnostics have none.
    pub code: Option<String>,
    /// The primary message. Of a Python exception its last line, with the type: `TypeError: 'coroutine' object ...`.
    pub text: String,
    /// What was said beside it: notes and help texts, span labels, or the whole rendered diagnostic.
    pub notes: Vec<String>,
}
