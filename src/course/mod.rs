//! The course's data: what is taught, in which languages and tracks, and how a solution is judged.
//!
//! ```text
//! Course
//!  ├─ Criterion          an exit criterion: id and words per language
//!  └─ Module             one lesson per language, and exercises
//!      └─ Exercise       texts per language, messages, limits
//!          └─ TrackFiles stub, hidden tests, solution and wrong answers of one track
//! ```
//!
//! Ids are folder names without their leading number and never change; the number is only order.

mod language;
mod localized;
mod track;

pub use language::Language;
pub use localized::Localized;
pub use track::Track;
