//! What the learner has done: the record, the store that keeps it, and how far it goes towards the exit criteria.
//!
//! ```text
//! Store                     .awaitlings/progress.toml: read, merged, saved; Notices about it
//!  └─ Progress              by exercise id
//!      └─ TrackProgress     by track: attempts, first pass, hints seen
//!          ├─ Evidence      by criterion id: since when, by which hidden tests
//!          └─ AttemptRecord the newest attempts
//! Outline (of the course) + Progress + a track = Matrix -> report (markdown), Export (JSON)
//! ```
//!
//! Ids only, never numbers of order, so progress survives a reordered course. Progress is kept per track, and so is the
//! matrix: solving an exercise in Rust is no evidence for Python.

mod attempt;
mod export;
mod matrix;
mod merge;
mod notice;
mod outline;
mod read;
mod record;
mod recover;
mod report;
mod store;
#[cfg(test)]
mod store_tests;

pub use attempt::{Attempt, AttemptRecord, Outcome};
pub use export::{ExerciseExport, Export};
pub use matrix::{Cell, CellState, Lacking, Matrix, Next, Row, Witness};
pub use notice::{Notice, SetAside};
pub use outline::{CriterionOutline, ExerciseOutline, ModuleOutline, Outline};
pub use record::{Evidence, Progress, State, TrackProgress};
pub use report::{ReportHead, report};
pub use store::Store;
