//! The timeline of a test: the learner's run above the reference's.

use crate::report::chart::{self, Chart, Window};
use crate::runner::timeline::{Row as Bar, rows_of, telling_test};
use crate::tui::model::{Model, Runs};
use crate::tui::screen::ExerciseView;
use crate::tui::text::{Ink, Row, prose};
use crate::wording::{Judging, Say, Screen as Words};

/// What there is to draw.
#[derive(Debug)]
pub struct Shown {
    /// The test.
    pub test: String,
    /// Every test that recorded anything.
    pub tests: Vec<String>,
    /// The learner's run.
    pub own: Vec<Bar>,
    /// The reference's.
    pub reference: Vec<Bar>,
}

impl Shown {
    /// All of the time.
    pub fn whole(&self) -> Window {
        Window::whole(&[Chart { title: "", rows: &self.own }, Chart { title: "", rows: &self.reference }])
    }
}

/// The timeline that an exercise shows, if its verdict has one.
pub fn of(model: &Model, view: &ExerciseView) -> Option<Shown> {
    let desk = model.desks.get(&(view.id.clone(), model.choices.track))?;
    let verdict = desk.verdict.as_deref()?;
    let recorded = verdict.tests.iter().filter(|test| !test.timeline.is_empty());
    let tests: Vec<String> = recorded.map(|test| test.name.clone()).collect();
    let chosen = view.test.clone().filter(|test| tests.contains(test));
    let test = chosen.or_else(|| telling_test(verdict).map(str::to_owned))?;
    let own = rows_of(verdict, &test);
    let reference = desk.reference.as_deref().map(|reference| rows_of(reference, &test)).unwrap_or_default();
    Some(Shown { test, tests, own, reference })
}

/// The rows of the timeline.
pub fn rows(model: &Model, view: &ExerciseView, width: u16) -> Vec<Row> {
    let (language, width) = (model.choices.language, usize::from(width));
    let Some(shown) = of(model, view) else {
        return prose(Ink::FAINT, &model.say(&Words::NoTimeline), width);
    };
    let titles = [Judging::You, Judging::Reference].map(|title| title.say(language));
    let mut charts = vec![Chart { title: &titles[0], rows: &shown.own }];
    if !shown.reference.is_empty() {
        charts.push(Chart { title: &titles[1], rows: &shown.reference });
    }
    let window = view.window.unwrap_or_else(|| Window::whole(&charts));
    let mut rows = prose(Ink::STRONG, &Judging::Timeline { test: shown.test.clone() }.say(language), width);
    rows.extend(chart::draw(&charts, window, usize::MAX, width).into_iter().map(Row::from));
    let waits = model.running.as_ref().is_some_and(|running| matches!(running.what, Runs::Reference { .. }));
    if shown.reference.is_empty() && waits {
        rows.push(Row::of(Ink::FAINT, format!("  {}", Judging::BuildingReference.say(language))));
    }
    rows.push(Row::default());
    rows.extend(prose(Ink::FAINT, &Judging::Legend.say(language), width));
    let more = shown.tests.len() > 1;
    rows.extend(prose(Ink::FAINT, &model.say(&Words::TimelineKeys { more }), width));
    rows
}
