//! The matrix of modules and exit criteria, for one track.
//!
//! - A cell is **green** when every exercise of the module that evidences the criterion *in this track* has done so in this
//!   track. An exercise that does not exist in the track is not asked for; evidence from the other track does not count,
//!   since knowing tokio is not yet knowing asyncio. Who does both tracks has two matrices.
//! - The course is **finished** when there is at least one cell with evidence to give, and all such cells are green.
//! - The **percentage** counts pieces of evidence (exercise and criterion), not cells, so that it moves with every exercise. It
//!   is rounded down: 100 is everything.

use super::outline::Outline;
use super::record::{Progress, State};
use crate::course::Track;
use jiff::Timestamp;
use serde::Serialize;

/// Progress through the exit criteria in one track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// The track that it is about.
    pub track: Track,
    /// The criteria's ids: the columns.
    pub criteria: Vec<String>,
    /// The modules: the rows.
    pub modules: Vec<Row>,
    /// What to do next; `None` when there is nothing left.
    pub next: Option<Next>,
}

/// A module's cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The module's id.
    pub module: String,
    /// One cell for each criterion, in the order of the columns.
    pub cells: Vec<Cell>,
}

/// A module and a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The criterion's id.
    pub criterion: String,
    /// How far it is.
    pub state: CellState,
    /// The evidence that there is, in the order of the exercises.
    pub evidence: Vec<Witness>,
    /// The ids of the exercises whose evidence is missing.
    pub missing: Vec<String>,
}

/// How far a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellState {
    /// No exercise of the module evidences the criterion in this track.
    NotApplicable,
    /// There is no evidence yet.
    Missing,
    /// Some exercises have given their evidence.
    Partly,
    /// All have.
    Green,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// The exercise's id.
    pub exercise: String,
    /// The track.
    pub track: Track,
    /// Since when, UTC.
    pub date: Timestamp,
    /// The hidden tests that passed.
    pub tests: Vec<String>,
}

/// The exercise to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Next {
    /// The module's id.
    pub module: String,
    /// The exercise's id.
    pub exercise: String,
    /// The track.
    pub track: Track,
    /// Why this one.
    pub lacking: Lacking,
}

/// What an exercise lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lacking {
    /// It has never passed.
    Solution,
    /// It passed, before it was to give evidence for these criteria (a newer version of the course).
    Evidence(Vec<String>),
}

impl Progress {
    /// The matrix of a course in a track.
    pub fn matrix(&self, outline: &Outline, track: Track) -> Matrix {
        let cell = |module: &super::ModuleOutline, criterion: &str| {
            let mut cell = Cell::empty(criterion);
            for exercise in &module.exercises {
                if !exercise.criteria.get(&track).is_some_and(|ids| ids.iter().any(|id| id == criterion)) {
                    continue;
                }
                match self.of(&exercise.id, track).and_then(|done| done.evidence.get(criterion)) {
                    Some(evidence) => cell.evidence.push(Witness {
                        exercise: exercise.id.clone(),
                        track,
                        date: evidence.date,
                        tests: evidence.tests.clone(),
                    }),
                    None => cell.missing.push(exercise.id.clone()),
                }
            }
            cell.state = match (cell.evidence.is_empty(), cell.missing.is_empty()) {
                (true, true) => CellState::NotApplicable,
                (true, false) => CellState::Missing,
                (false, false) => CellState::Partly,
                (false, true) => CellState::Green,
            };
            cell
        };
        let criteria: Vec<_> = outline.criteria.iter().map(|criterion| criterion.id.clone()).collect();
        let row = |module: &super::ModuleOutline| Row {
            module: module.id.clone(),
            cells: criteria.iter().map(|criterion| cell(module, criterion)).collect(),
        };
        let modules = outline.modules.iter().map(row).collect();
        Matrix { track, modules, criteria, next: self.next(outline, track) }
    }

    /// The first exercise, in the course's order, that lacks something in the track.
    fn next(&self, outline: &Outline, track: Track) -> Option<Next> {
        outline.modules.iter().find_map(|module| {
            module.exercises.iter().find_map(|exercise| {
                let lacking = if self.state(&exercise.id, track) != State::Passed {
                    exercise.criteria.get(&track).map(|_| Lacking::Solution)?
                } else {
                    let done = self.of(&exercise.id, track)?;
                    let is_lacking = |id: &&String| outline.criterion(id).is_some() && !done.evidence.contains_key(*id);
                    let ids: Vec<_> = exercise.criteria.get(&track)?.iter().filter(is_lacking).cloned().collect();
                    (!ids.is_empty()).then_some(Lacking::Evidence(ids))?
                };
                Some(Next { module: module.id.clone(), exercise: exercise.id.clone(), track, lacking })
            })
        })
    }
}

impl Matrix {
    /// Whether all cells that have evidence to give are green.
    pub fn is_finished(&self) -> bool {
        self.needed() > 0 && self.held() == self.needed()
    }

    /// Pieces of evidence that there are.
    pub fn held(&self) -> usize {
        self.cells().map(|cell| cell.evidence.len()).sum()
    }

    /// Pieces of evidence that finish the course.
    pub fn needed(&self) -> usize {
        self.cells().map(Cell::needed).sum()
    }

    /// How much of the evidence there is, in whole percent, rounded down.
    pub fn percent(&self) -> u8 {
        let percent = (self.held() * 100).checked_div(self.needed()).unwrap_or(0);
        u8::try_from(percent).unwrap_or(100)
    }

    /// All cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.modules.iter().flat_map(|row| &row.cells)
    }
}

impl Cell {
    fn empty(criterion: &str) -> Cell {
        let (evidence, missing) = (Vec::new(), Vec::new());
        Cell { criterion: criterion.to_owned(), state: CellState::NotApplicable, evidence, missing }
    }

    /// Pieces of evidence that make it green.
    pub fn needed(&self) -> usize {
        self.evidence.len() + self.missing.len()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::progress::attempt::tests::an_attempt;
    use crate::progress::outline::tests::an_outline;
    use crate::progress::record::Change;
    use crate::progress::{Attempt, Outcome};
    use CellState::{Green, Missing, NotApplicable, Partly};

    /// Progress after attempts: exercise, track, outcome, criteria passed. The first is on 2026-11-25, one a day.
    pub(in crate::progress) fn after(attempts: &[(&str, Track, Outcome, &[&str])]) -> Progress {
        let mut progress = Progress::default();
        let mut second = 1_795_600_800;
        for (exercise, track, outcome, criteria) in attempts {
            let criteria = criteria.iter().map(|id| (id.to_string(), vec![format!("{id}::holds")])).collect();
            let attempt = Attempt { track: *track, criteria, ..an_attempt(exercise, second, *outcome) };
            progress.apply(&Change::Attempt(attempt));
            second += 86_400;
        }
        progress
    }

    fn states(matrix: &Matrix) -> Vec<CellState> {
        matrix.cells().map(|cell| cell.state).collect()
    }

    fn next(matrix: &Matrix) -> (&str, &Lacking) {
        let next = matrix.next.as_ref().unwrap();
        (next.exercise.as_str(), &next.lacking)
    }

    #[test]
    fn at_the_start_everything_is_missing_and_the_first_exercise_is_next() {
        let matrix = Progress::default().matrix(&an_outline(), Track::Rust);
        assert_eq!(states(&matrix), [Missing, Missing, NotApplicable, Missing]);
        assert_eq!((matrix.held(), matrix.needed(), matrix.percent()), (0, 4, 0));
        assert_eq!(next(&matrix), ("await", &Lacking::Solution));
        assert!(!matrix.is_finished());
    }

    #[test]
    fn a_cell_fills_exercise_by_exercise() {
        let progress = after(&[
            ("await", Track::Rust, Outcome::Passed, &["patterns"]),
            ("fan-out", Track::Rust, Outcome::Failed, &["errors"]),
        ]);
        let matrix = progress.matrix(&an_outline(), Track::Rust);
        assert_eq!(states(&matrix), [Partly, Green, NotApplicable, Missing]);
        assert_eq!(matrix.percent(), 50);
        let cell = &matrix.modules[0].cells[0];
        assert_eq!(cell.missing, ["fan-out"]);
        assert_eq!((cell.evidence[0].exercise.as_str(), cell.evidence[0].track), ("await", Track::Rust));
        assert_eq!(cell.evidence[0].date.to_string(), "2026-11-25T10:00:00Z");
        assert_eq!(cell.evidence[0].tests, ["patterns::holds"]);
        assert_eq!(next(&matrix), ("fan-out", &Lacking::Solution));
    }

    #[test]
    fn each_track_has_its_own_matrix() {
        let progress = after(&[
            ("await", Track::Rust, Outcome::Passed, &["patterns"]),
            ("fan-out", Track::Rust, Outcome::Passed, &["patterns", "errors"]),
        ]);
        let python = progress.matrix(&an_outline(), Track::Python);
        // What exists in Rust only is not asked for in Python.
        assert_eq!(states(&python), [Missing, NotApplicable, NotApplicable, NotApplicable]);
        assert_eq!((python.held(), python.needed()), (0, 2));
        assert_eq!(next(&python), ("await", &Lacking::Solution));
    }

    #[test]
    fn the_course_is_finished_when_every_cell_is_green_and_not_a_piece_earlier() {
        let mut attempts: Vec<(&str, Track, Outcome, &[&str])> = vec![
            ("await", Track::Rust, Outcome::Passed, &["patterns"]),
            ("fan-out", Track::Rust, Outcome::Passed, &["patterns", "errors"]),
        ];
        let matrix = after(&attempts).matrix(&an_outline(), Track::Rust);
        assert_eq!((matrix.percent(), matrix.is_finished()), (75, false));
        attempts.push(("gate", Track::Rust, Outcome::Passed, &["errors"]));
        let matrix = after(&attempts).matrix(&an_outline(), Track::Rust);
        assert_eq!((matrix.percent(), matrix.is_finished()), (100, true));
        // An exercise without criteria is still worth doing.
        assert_eq!(next(&matrix), ("loose", &Lacking::Solution));
        attempts.push(("loose", Track::Rust, Outcome::Passed, &[]));
        assert_eq!(after(&attempts).matrix(&an_outline(), Track::Rust).next, None);
    }

    #[test]
    fn a_solved_exercise_that_now_has_more_to_show_comes_up_again() {
        let progress = after(&[
            ("await", Track::Rust, Outcome::Passed, &["patterns"]),
            ("fan-out", Track::Rust, Outcome::Passed, &["patterns"]),
        ]);
        let matrix = progress.matrix(&an_outline(), Track::Rust);
        assert_eq!(next(&matrix), ("fan-out", &Lacking::Evidence(vec!["errors".into()])));
    }

    #[test]
    fn one_missing_piece_of_many_is_never_a_hundred_percent() {
        let mut matrix = Progress::default().matrix(&an_outline(), Track::Rust);
        let cell = &mut matrix.modules[0].cells[0];
        let date = Timestamp::UNIX_EPOCH;
        let witness = Witness { exercise: "x".into(), track: Track::Rust, date, tests: vec![] };
        cell.evidence = vec![witness; 999];
        cell.missing = vec!["y".into()];
        for cell in matrix.modules.iter_mut().flat_map(|row| &mut row.cells).skip(1) {
            cell.missing.clear();
        }
        assert_eq!((matrix.held(), matrix.needed(), matrix.percent()), (999, 1000, 99));
        assert!(!matrix.is_finished());
    }

    #[test]
    fn an_empty_course_is_not_finished() {
        let matrix = Progress::default().matrix(&Outline::default(), Track::Rust);
        assert_eq!((matrix.percent(), matrix.is_finished(), matrix.next), (0, false, None));
    }
}
