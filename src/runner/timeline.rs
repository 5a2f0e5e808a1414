//! What the tasks of a test did, as rows that can be drawn as bars.

use super::verdict::{TimelineEvent, Verdict, What};
use crate::course::Exercise;

/// An operation from its start to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub label: String,
    /// The task that did it, where it is known.
    pub task: Option<String>,
    /// When it started, in microseconds of the test's own time.
    pub from_us: u64,
    /// When it ended, or when the test did.
    pub to_us: u64,
    /// How it ended.
    pub end: End,
}

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Well.
    Done,
    /// With an error.
    Failed,
    /// It was dropped.
    Cancelled,
    /// It had not ended when the test did.
    Open,
    /// It is a point in time that the test names.
    Mark,
}

/// The rows of a test's events, in the order in which they started.
pub fn rows(events: &[TimelineEvent]) -> Vec<Row> {
    let last = events.iter().map(|event| event.at_us).max().unwrap_or(0);
    let starts = events.iter().filter(|event| matches!(event.what, What::Begin | What::Mark));
    let row = |start: &TimelineEvent| {
        let is_end = |event: &&TimelineEvent| {
            event.id == start.id && matches!(event.what, What::Done | What::Failed | What::Cancelled)
        };
        let (to_us, end) = match start.what {
            What::Mark => (start.at_us, End::Mark),
            _ => match events.iter().find(is_end) {
                Some(event) => (event.at_us, end_of(event.what)),
                None => (last, End::Open),
            },
        };
        Row { label: start.label.clone(), task: start.task.clone(), from_us: start.at_us, to_us, end }
    };
    starts.map(row).collect()
}

fn end_of(what: What) -> End {
    match what {
        What::Done => End::Done,
        What::Failed => End::Failed,
        What::Cancelled => End::Cancelled,
        What::Begin => End::Open,
        What::Mark => End::Mark,
    }
}

/// The test whose timeline tells most: the first that did not pass, if it recorded anything; else the one with
/// the most operations.
pub fn telling_test(verdict: &Verdict) -> Option<&str> {
    let recorded = |test: &&super::TestReport| !test.timeline.is_empty();
    let failed = verdict.first_failure().filter(recorded);
    let busiest =
        || verdict.tests.iter().filter(recorded).reduce(|a, b| if b.timeline.len() > a.timeline.len() { b } else { a });
    failed.or_else(busiest).map(|test| test.name.as_str())
}

/// Whether the reference has a timeline to show beside the one of a verdict. Not where the learner writes the tests: the
/// reference has others.
pub fn has_counterpart(verdict: &Verdict, exercise: &Exercise) -> bool {
    let is_judged_by_others = exercise.tracks.get(&verdict.track).is_some_and(|files| files.subject().is_none());
    is_judged_by_others && telling_test(verdict).is_some()
}

/// The rows of one test of a verdict.
pub fn rows_of(verdict: &Verdict, test: &str) -> Vec<Row> {
    verdict.tests.iter().find(|report| report.name == test).map(|report| rows(&report.timeline)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(what: What, id: u64, at_us: u64) -> TimelineEvent {
        TimelineEvent { what, id, label: format!("op {id}"), at_us, task: None }
    }

    #[test]
    fn every_operation_is_a_row_from_its_start_to_its_end() {
        let events = [
            event(What::Begin, 1, 0),
            event(What::Begin, 2, 5),
            event(What::Done, 1, 10),
            event(What::Mark, 0, 12),
            event(What::Cancelled, 2, 20),
            event(What::Begin, 3, 20),
            event(What::Mark, 0, 30),
        ];
        let seen: Vec<_> = rows(&events).into_iter().map(|row| (row.from_us, row.to_us, row.end)).collect();
        let expected = [
            (0, 10, End::Done),
            (5, 20, End::Cancelled),
            (12, 12, End::Mark),
            (20, 30, End::Open),
            (30, 30, End::Mark),
        ];
        assert_eq!(seen, expected);
    }
}
