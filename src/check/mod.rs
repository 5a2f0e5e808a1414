//! Checks a course: that it says the same in every language, that its examples do what they claim, and that every
//! exercise judges right: the stub fails, the solution passes, each wrong answer is rejected by its named test with
//! its message.
//!
//! ```text
//! Plan      what there is to check, one item an exercise and track, a lesson, and the files themselves
//!  └─ Item  -> Finding: ok, failed with reasons, or skipped with a reason
//! Report    the findings, as text, JSON or JUnit
//! ```

mod agreement;
mod exercise;
mod fences;
mod junit;
mod lesson;
mod load;
mod report;

pub use load::Load;
pub use report::{Finding, Report, Result};

use crate::course::{Course, Exercise, Lesson, Track};
use crate::runner::{Runner, SetupError};
use futures::{Stream, StreamExt, stream};

/// How thoroughly to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thoroughness {
    /// How often solutions and wrong answers are run.
    pub repeat: u32,
}

/// Something to check.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    /// The files of the course.
    Files,
    /// A lesson's texts and examples.
    Lesson(&'a Lesson),
    /// An exercise's texts.
    Texts(&'a Exercise),
    /// An exercise in a track.
    Exercise(&'a Exercise, Track),
}

impl Item<'_> {
    /// What reports call it.
    pub fn name(&self) -> String {
        match self {
            Item::Files => "course files".to_owned(),
            Item::Lesson(lesson) => format!("lesson {}", lesson.id),
            Item::Texts(exercise) => format!("texts of {}", exercise.id),
            Item::Exercise(exercise, track) => format!("exercise {} ({track})", exercise.id),
        }
    }

    /// The id of the lesson or exercise.
    pub fn id(&self) -> &str {
        match self {
            Item::Files => "course",
            Item::Lesson(lesson) => &lesson.id,
            Item::Texts(exercise) | Item::Exercise(exercise, _) => &exercise.id,
        }
    }
}

/// Everything that a course has to be checked.
pub fn plan(course: &Course) -> Vec<Item<'_>> {
    let lessons = course.overview.iter().chain(course.modules.iter().filter_map(|module| module.lesson.as_ref()));
    let exercises = course.exercises().map(|(_, exercise)| exercise);
    let exercises = exercises.flat_map(|exercise| {
        let tracks = exercise.tracks.keys().map(move |track| Item::Exercise(exercise, *track));
        std::iter::once(Item::Texts(exercise)).chain(tracks)
    });
    std::iter::once(Item::Files).chain(lessons.map(Item::Lesson)).chain(exercises).collect()
}

/// Checks items, as many at a time as there are processors; the findings come in the items' order.
///
/// # Errors
/// When something other than the course keeps an item from being checked.
pub fn check<'a>(
    course: &'a Course,
    items: Vec<Item<'a>>,
    thoroughness: Thoroughness,
    runner: &'a Runner,
) -> impl Stream<Item = std::result::Result<Finding, SetupError>> + 'a {
    let at_a_time = std::thread::available_parallelism().map_or(1, usize::from);
    stream::iter(items).map(move |item| check_one(course, item, thoroughness, runner)).buffered(at_a_time)
}

async fn check_one(
    course: &Course,
    item: Item<'_>,
    thoroughness: Thoroughness,
    runner: &Runner,
) -> std::result::Result<Finding, SetupError> {
    let started = std::time::Instant::now();
    let result = match item {
        Item::Files => Result::of(course.problems.iter().map(ToString::to_string).collect()),
        Item::Texts(exercise) => Result::of(agreement::exercise(course, exercise)),
        Item::Lesson(lesson) => lesson::check(course, lesson, runner).await?,
        Item::Exercise(exercise, track) => exercise::check(course, exercise, track, thoroughness, runner).await?,
    };
    Ok(Finding { item: item.name(), result, took_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX) })
}
