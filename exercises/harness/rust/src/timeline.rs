//! What the tasks did and when: spans and marks, recorded in virtual time by the fakes (and by tests that want more).
//!
//! A [`Timeline`] is a handle. Each thread has a current one, made at its first use; a fake takes the current one when
//! it is made and keeps it, so what it records lands in the timeline of the test that made it, whichever task or thread
//! the learner's code moves it to. Tests of one process therefore never mix, and the free functions below serve the
//! test itself.
//!
//! Time is tokio's clock, counted from the first use inside a runtime, so under `start_paused = true` two runs of the same
//! code give the same figures. Where no runtime is there (a span dropped after its runtime has ended, a `#[test]`
//! before its first `block_on`) the last known time counts. [`by_steps`] replaces the clock by a count of events, for tests
//! that cannot pause time.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::task;
use tokio::time::Instant;

use crate::{protocol, thread_time};

/// Most events a timeline reports, so that a loop without end does not flood the runner: what follows is counted by the
/// fakes but no longer drawn. A span counts as two, one of them kept for its end.
pub const MAX_EVENTS: usize = 2_000;

/// How long one event lasts under [`by_steps`].
const STEP: Duration = Duration::from_millis(1);

/// Ids of spans as the runner sees them, unique in the process.
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

thread_local! {
    static CURRENT: RefCell<Option<Timeline>> = const { RefCell::new(None) };
}

/// How a span ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has not ended.
    Running,
    /// It came to its end.
    Done,
    /// It came to its end with an error, whose text this is.
    Failed(String),
    /// It was dropped before its end: its task was aborted, its future dropped, or its runtime ended.
    Cancelled,
}

/// One bar of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanRecord {
    /// What was done: "fetch 3".
    pub label: String,
    /// When it began, since the test began.
    pub start: Duration,
    /// When it ended; `None` while it runs.
    pub end: Option<Duration>,
    /// How it ended.
    pub outcome: Outcome,
    /// The tokio task that began it: "main" outside any spawned task, else "1", "2", ... in the order in which tasks
    /// first showed up.
    pub task: String,
}

/// A moment worth a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What happened.
    pub label: String,
    /// When, since the test began.
    pub at: Duration,
    /// The task that said so, as in [`SpanRecord::task`].
    pub task: String,
}

/// A handle to one test's timeline. Clones share it.
#[derive(Clone, Default)]
pub struct Timeline {
    recorder: Arc<Mutex<Recorder>>,
}

#[derive(Default)]
struct Recorder {
    by_steps: bool,
    epoch: Option<Instant>,
    last: Duration,
    tasks: Vec<task::Id>,
    spans: Vec<(u64, SpanRecord)>,
    marks: Vec<Mark>,
    events: usize,
}

impl Recorder {
    /// Time since the test began; never runs backwards, so that a second runtime with a clock of its own is in order.
    fn now(&mut self) -> Duration {
        let now = match Handle::try_current() {
            _ if self.by_steps => self.last,
            Ok(_) => self.epoch.get_or_insert_with(Instant::now).elapsed(),
            Err(_) => self.last,
        };
        self.last = self.last.max(now);
        self.last
    }

    /// The time of an event that is recorded: under [`by_steps`] it takes a step.
    fn tick(&mut self) -> Duration {
        let now = self.now();
        if self.by_steps {
            self.last += STEP;
        }
        now
    }

    fn task(&mut self) -> String {
        let Some(id) = task::try_id() else { return "main".to_owned() };
        let index = self.tasks.iter().position(|known| *known == id).unwrap_or_else(|| {
            self.tasks.push(id);
            self.tasks.len() - 1
        });
        (index + 1).to_string()
    }

    fn has_room_for(&mut self, events: usize) -> bool {
        let room = self.events + events <= MAX_EVENTS;
        if room {
            self.events += events;
        }
        room
    }
}

impl Timeline {
    /// The timeline of this thread's test.
    pub fn current() -> Timeline {
        CURRENT.with(|current| current.borrow_mut().get_or_insert_default().clone())
    }

    /// Begins a bar, which lasts until the returned [`Span`] is done, has failed, or is dropped.
    pub fn begin(&self, label: impl Into<String>) -> Span {
        let mut recorder = self.lock();
        let start = recorder.tick();
        let record =
            SpanRecord { label: label.into(), start, end: None, outcome: Outcome::Running, task: recorder.task() };
        let index = recorder.has_room_for(2).then(|| {
            let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
            report(|| event("span", Some(id), Some("begin"), &record.label, start, &record.task));
            recorder.spans.push((id, record));
            recorder.spans.len() - 1
        });
        drop(recorder);
        Span { timeline: self.clone(), index, ended: false }
    }

    /// Marks a moment.
    pub fn mark(&self, label: impl Into<String>) {
        let mut recorder = self.lock();
        let mark = Mark { label: label.into(), at: recorder.tick(), task: recorder.task() };
        if recorder.has_room_for(1) {
            report(|| event("mark", None, None, &mark.label, mark.at, &mark.task));
            recorder.marks.push(mark);
        }
    }

    /// Virtual time since the test began.
    pub fn now(&self) -> Duration {
        self.lock().now()
    }

    /// Every span so far, in the order in which they began.
    pub fn spans(&self) -> Vec<SpanRecord> {
        self.lock().spans.iter().map(|(_, span)| span.clone()).collect()
    }

    /// Every mark so far, in order.
    pub fn marks(&self) -> Vec<Mark> {
        self.lock().marks.clone()
    }

    fn end(&self, index: usize, outcome: Outcome) {
        let mut recorder = self.lock();
        let at = recorder.tick();
        let (id, span) = &mut recorder.spans[index];
        span.end = Some(at);
        span.outcome = outcome;
        let what = match &span.outcome {
            Outcome::Running => "begin",
            Outcome::Done => "done",
            Outcome::Failed(_) => "failed",
            Outcome::Cancelled => "cancelled",
        };
        report(|| {
            let mut record = event("span", Some(*id), Some(what), &span.label, at, &span.task);
            if let Outcome::Failed(text) = &span.outcome {
                record["text"] = json!(text);
            }
            record
        });
    }

    fn lock(&self) -> MutexGuard<'_, Recorder> {
        self.recorder.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A bar that has begun. Dropped before its end it counts as cancelled: that is what dropping a future means.
#[must_use = "a span that is dropped at once counts as cancelled"]
pub struct Span {
    timeline: Timeline,
    index: Option<usize>,
    ended: bool,
}

impl Span {
    /// Ends the bar: the work was done.
    pub fn done(mut self) {
        self.end(Outcome::Done);
    }

    /// Ends the bar: the work failed with this text.
    pub fn failed(mut self, text: impl Into<String>) {
        self.end(Outcome::Failed(text.into()));
    }

    fn end(&mut self, outcome: Outcome) {
        self.ended = true;
        if let Some(index) = self.index {
            self.timeline.end(index, outcome);
        }
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        if !self.ended {
            self.end(Outcome::Cancelled);
        }
    }
}

/// Begins a fresh timeline for this thread, whose time starts now. The runner calls it as a test begins.
pub fn start() -> Timeline {
    let timeline = Timeline::default();
    timeline.now();
    CURRENT.with(|current| *current.borrow_mut() = Some(timeline.clone()));
    timeline
}

/// Counts events instead of time on this thread's timeline, each a millisecond long: for tests that drive a runtime whose
/// clock they cannot pause, so that the picture is the same in every run.
pub fn by_steps() {
    Timeline::current().lock().by_steps = true;
}

/// [`Timeline::begin`] on this thread's timeline.
pub fn begin(label: impl Into<String>) -> Span {
    Timeline::current().begin(label)
}

/// [`Timeline::mark`] on this thread's timeline.
pub fn mark(label: impl Into<String>) {
    Timeline::current().mark(label);
}

/// [`Timeline::spans`] of this thread's timeline.
pub fn spans() -> Vec<SpanRecord> {
    Timeline::current().spans()
}

/// [`Timeline::marks`] of this thread's timeline.
pub fn marks() -> Vec<Mark> {
    Timeline::current().marks()
}

/// Tells the runner, at no cost to the code under test.
fn report(event: impl FnOnce() -> Value) {
    thread_time::uncounted(|| protocol::emit(event()));
}

fn event(kind: &str, id: Option<u64>, what: Option<&str>, label: &str, at: Duration, task: &str) -> Value {
    let mut event = json!({ "event": kind, "label": label, "at_us": at.as_micros() as u64, "task": task });
    if let (Some(id), Some(what)) = (id, what) {
        event["id"] = json!(id);
        event["what"] = json!(what);
    }
    event
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::sleep;

    const SECOND: Duration = Duration::from_secs(1);

    fn shape(spans: &[SpanRecord]) -> Vec<(&str, u64, Option<u64>, Outcome, &str)> {
        let ms = |time: Duration| time.as_millis() as u64;
        spans
            .iter()
            .map(|s| (s.label.as_str(), ms(s.start), s.end.map(ms), s.outcome.clone(), s.task.as_str()))
            .collect()
    }

    #[tokio::test(start_paused = true)]
    async fn spans_carry_exact_virtual_times_and_their_task() {
        let first = begin("first");
        sleep(SECOND).await;
        let spawned = tokio::spawn({
            let timeline = Timeline::current();
            async move {
                let span = timeline.begin("second");
                sleep(SECOND).await;
                span.failed("no luck");
            }
        });
        spawned.await.unwrap();
        first.done();
        drop(begin("third"));
        let running = begin("fourth");
        assert_eq!(
            shape(&spans()),
            [
                ("first", 0, Some(2_000), Outcome::Done, "main"),
                ("second", 1_000, Some(2_000), Outcome::Failed("no luck".into()), "1"),
                ("third", 2_000, Some(2_000), Outcome::Cancelled, "main"),
                ("fourth", 2_000, None, Outcome::Running, "main"),
            ]
        );
        running.done();
    }

    #[test]
    fn a_span_that_ends_with_its_runtime_keeps_the_virtual_time() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let timeline = Timeline::current();
            timeline.mark("begun");
            tokio::spawn(async move {
                let _span = timeline.begin("left behind");
                sleep(60 * SECOND).await;
            });
            sleep(SECOND).await;
        });
        drop(runtime);
        mark("after");
        assert_eq!(shape(&spans()), [("left behind", 0, Some(1_000), Outcome::Cancelled, "1")]);
        assert_eq!(marks()[1].at, SECOND);
    }

    #[test]
    fn a_handle_records_from_any_thread_into_the_timeline_it_came_from() {
        let timeline = Timeline::current();
        std::thread::spawn(move || timeline.begin("elsewhere").done()).join().unwrap();
        assert_eq!(spans().len(), 1);
        assert_eq!(std::thread::spawn(spans).join().unwrap(), []);
    }

    #[test]
    fn steps_stand_in_for_a_clock_that_cannot_be_paused() {
        by_steps();
        let span = begin("a");
        mark("b");
        span.done();
        assert_eq!(shape(&spans()), [("a", 0, Some(2), Outcome::Done, "main")]);
        assert_eq!(marks()[0].at, STEP);
    }

    #[test]
    fn starting_afresh_forgets_what_was() {
        mark("old");
        start();
        assert_eq!(marks(), []);
    }

    #[test]
    fn a_flood_is_cut_and_every_span_that_began_still_ends() {
        for _ in 0..MAX_EVENTS {
            begin("again").done();
            mark("again");
        }
        assert_eq!(spans().len() * 2 + marks().len(), MAX_EVENTS);
        assert!(spans().iter().all(|span| span.outcome == Outcome::Done));
    }

    #[test]
    fn events_have_the_fields_the_runner_reads() {
        assert_eq!(
            event("span", Some(7), Some("begin"), "fetch 3", SECOND, "2"),
            json!({"event": "span", "id": 7, "what": "begin", "label": "fetch 3", "at_us": 1_000_000, "task": "2"})
        );
        assert_eq!(
            event("mark", None, None, "stop", SECOND, "main"),
            json!({"event": "mark", "label": "stop", "at_us": 1_000_000, "task": "main"})
        );
    }
}
