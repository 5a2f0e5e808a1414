//! The course's data: what is taught, in which languages and tracks, and how a solution is judged.
//!
//! ```text
//! Course
//!  ├─ Criterion          an exit criterion: id and words per language
//!  ├─ Lesson             the overview: a page per language
//!  └─ Module             one lesson, and exercises
//!      └─ Exercise       texts per language, messages, limits
//!          └─ TrackFiles stub, hidden tests, solution and wrong answers of one track; where the learner writes
//!                        the tests, a subject with its faults instead of hidden tests
//! ```
//!
//! Ids are folder names without their leading number and never change; the number is only order.
//! A course is read whole into a [`Snapshot`] and loaded from there: what is usable works, everything
//! that is not is a [`Problem`] with its place.

mod language;
mod load;
mod load_exercise;
mod load_lesson;
mod load_track;
mod localized;
mod model;
mod name;
mod problem;
mod schema;
mod sections;
mod snapshot;
mod track;

pub use language::Language;
pub use load::{LoadError, section_parts};
pub use load_exercise::TEST_LIMIT;
pub use localized::Localized;
pub use model::{
    COMPILE, Course, Criterion, DependencySet, DiskUse, Exercise, ExerciseText, Fault, Lesson, Module, NetworkUse,
    Page, Proof, Reach, Rejection, Subject, TrackFiles, WrongAnswer,
};
pub use problem::Problem;
pub use snapshot::Snapshot;
pub use track::Track;
