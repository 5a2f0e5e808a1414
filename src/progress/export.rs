//! Progress as JSON, for `awaitlings progress --json` and whoever reads it. Version 1:
//!
//! ```json
//! {
//!   "version": 1,
//!   "track": "rust",
//!   "finished": false,
//!   "percent": 50,                  // pieces of evidence, rounded down
//!   "held": 2, "needed": 4,         // pieces of evidence: exercise and criterion
//!   "criteria": ["patterns"],       // ids, in order: the columns
//!   "modules": [{
//!     "module": "basic-patterns",
//!     "cells": [{                   // one for each criterion, in the same order
//!       "criterion": "patterns",
//!       "state": "partly",          // not-applicable, missing, partly, green
//!       "evidence": [{"exercise": "first-await", "track": "rust", "date": "2026-11-25T10:00:00Z", "tests": ["patterns::x"]}],
//!       "missing": ["fan-out"]      // exercises
//!     }]
//!   }],
//!   "next": {"module": "basic-patterns", "exercise": "fan-out", "track": "rust",
//!            "lacking": "solution"},  // or {"evidence": ["patterns"]}; "next" is null when nothing is left
//!   "exercises": [{                 // those of the track, in the course's order
//!     "id": "first-await", "module": "basic-patterns",
//!     "state": "passed",            // new, tried, passed
//!     "attempts": 3, "hints_seen": 0,
//!     "first_passed": "2026-11-25T10:00:00Z", "last_attempt": "2026-11-25T10:00:00Z"   // null: never
//!   }]
//! }
//! ```
//!
//! Times are UTC. Keys may be added within a version; none changes its meaning or goes.

use super::matrix::Matrix;
use super::outline::Outline;
use super::record::{Progress, State};
use crate::course::Track;
use jiff::Timestamp;
use serde::Serialize;

/// The whole document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Export {
    /// The version of this form: 1.
    pub version: u32,
    /// Whether the course is finished in the track.
    pub finished: bool,
    /// How much of the evidence there is.
    pub percent: u8,
    /// Pieces of evidence that there are.
    pub held: usize,
    /// Pieces of evidence that finish the course.
    pub needed: usize,
    /// Track, criteria, modules and what is next.
    #[serde(flatten)]
    pub matrix: Matrix,
    /// Every exercise of the track.
    pub exercises: Vec<ExerciseExport>,
}

/// One exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExerciseExport {
    /// Its id.
    pub id: String,
    /// Its module's id.
    pub module: String,
    /// How far it is.
    pub state: State,
    /// How often it was judged.
    pub attempts: u64,
    /// How many hints were shown.
    pub hints_seen: u32,
    /// When it first passed.
    pub first_passed: Option<Timestamp>,
    /// When it was last judged.
    pub last_attempt: Option<Timestamp>,
}

impl Progress {
    /// The document for a course and a track.
    pub fn export(&self, outline: &Outline, track: Track) -> Export {
        let matrix = self.matrix(outline, track);
        let of_module = |module: &super::ModuleOutline| -> Vec<ExerciseExport> {
            let in_track = module.exercises.iter().filter(|exercise| exercise.criteria.contains_key(&track));
            in_track.map(|exercise| self.export_exercise(&module.id, &exercise.id, track)).collect()
        };
        Export {
            version: 1,
            finished: matrix.is_finished(),
            percent: matrix.percent(),
            held: matrix.held(),
            needed: matrix.needed(),
            matrix,
            exercises: outline.modules.iter().flat_map(of_module).collect(),
        }
    }

    fn export_exercise(&self, module: &str, exercise: &str, track: Track) -> ExerciseExport {
        let done = self.of(exercise, track);
        ExerciseExport {
            id: exercise.to_owned(),
            module: module.to_owned(),
            state: self.state(exercise, track),
            attempts: done.map_or(0, |done| done.attempts),
            hints_seen: done.map_or(0, |done| done.hints_seen),
            first_passed: done.and_then(|done| done.first_passed),
            last_attempt: done.and_then(|done| done.last_attempt),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::course::Track;
    use crate::progress::Outcome;
    use crate::progress::matrix::tests::after;
    use crate::progress::outline::tests::an_outline;
    use serde_json::json;

    #[test]
    fn the_document_is_as_it_is_described() {
        let progress = after(&[("await", Track::Python, Outcome::Passed, &["patterns"])]);
        let document = serde_json::to_value(progress.export(&an_outline(), Track::Python)).unwrap();
        let no =
            |criterion: &str| json!({"criterion": criterion, "state": "not-applicable", "evidence": [], "missing": []});
        let expected = json!({
            "version": 1, "track": "python", "finished": false, "percent": 50, "held": 1, "needed": 2,
            "criteria": ["patterns", "errors"],
            "modules": [
                {"module": "basics", "cells": [
                    {"criterion": "patterns", "state": "partly", "missing": ["fan-out"], "evidence": [
                        {"exercise": "await", "track": "python", "date": "2026-11-25T10:00:00Z", "tests": ["patterns::holds"]},
                    ]},
                    no("errors"),
                ]},
                {"module": "limits", "cells": [no("patterns"), no("errors")]},
            ],
            "next": {"module": "basics", "exercise": "fan-out", "track": "python", "lacking": "solution"},
            "exercises": [
                {"id": "await", "module": "basics", "state": "passed", "attempts": 1, "hints_seen": 0,
                 "first_passed": "2026-11-25T10:00:00Z", "last_attempt": "2026-11-25T10:00:00Z"},
                {"id": "fan-out", "module": "basics", "state": "new", "attempts": 0, "hints_seen": 0,
                 "first_passed": null, "last_attempt": null},
                {"id": "loose", "module": "limits", "state": "new", "attempts": 0, "hints_seen": 0,
                 "first_passed": null, "last_attempt": null},
            ],
        });
        assert_eq!(document, expected);
    }
}
