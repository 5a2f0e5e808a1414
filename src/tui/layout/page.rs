//! The rows of pages: help, hints, the solution, attempts, problems.

use super::{colours, mark, options};
use crate::course::{Exercise, Track};
use crate::lesson::{self, Block, Document, Fence};
use crate::progress::Outcome;
use crate::report::difference;
use crate::tui::geometry;
use crate::tui::keys::{self, Place};
use crate::tui::model::Model;
use crate::tui::msg::Effect;
use crate::tui::screen::{Page, PageKind};
use crate::tui::text::{Ink, Row, prose};
use crate::wording::{Judging, Say, Screen as Words, Walking};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

pub fn refresh(model: &mut Model, page: &mut Page, body: Rect, todo: &mut Vec<Effect>) {
    let area = geometry::page(body);
    let made_from = mark((model.edition, area.width, &page.kind));
    if page.pager.made_from != made_from {
        page.pager.rows = rows(model, &page.kind, area.width, todo);
        page.pager.made_from = made_from;
    }
    page.pager.height = usize::from(area.height);
    page.pager.clamp();
}

fn rows(model: &mut Model, kind: &PageKind, width: u16, todo: &mut Vec<Effect>) -> Vec<Row> {
    let course = std::sync::Arc::clone(&model.course);
    let exercise = |id: &str| course.exercise(id).map(|(_, exercise)| exercise);
    match kind {
        PageKind::Help(place) => help(model, *place),
        PageKind::Hints(id) => exercise(id).map(|one| hint_rows(model, one, width, todo)).unwrap_or_default(),
        PageKind::Solution(id) => exercise(id).map(|one| solution(model, one, width, todo)).unwrap_or_default(),
        PageKind::Attempts(id) => attempts(model, id, width),
        PageKind::Problems => {
            let problems = course.problems.iter();
            problems.flat_map(|problem| prose(Ink::WARN, &problem.to_string(), usize::from(width))).collect()
        }
    }
}

/// Every key of a place, from the key table.
fn help(model: &Model, place: Place) -> Vec<Row> {
    let names = |binding: &keys::Binding| {
        let names: Vec<String> = binding.keys.iter().map(|key| key.name()).collect();
        names.join("  ")
    };
    let widest = keys::bindings(place).map(|binding| names(binding).width()).max().unwrap_or(0);
    let mut rows = Vec::new();
    let mut own = true;
    for binding in keys::bindings(place) {
        if own && binding.place != place {
            own = false;
            rows.push(Row::default());
        }
        let names = names(binding);
        let pad = " ".repeat(widest - names.width() + 2);
        rows.push(Row::of(Ink::Key, names).and(Ink::PLAIN, format!("{pad}{}", model.say(&binding.words))));
    }
    rows
}

/// How many hints were shown, and how many there are.
pub fn hints(model: &Model, id: &str) -> (u32, u32) {
    let (track, language) = (model.choices.track, model.choices.language);
    let Some((_, exercise)) = model.course.exercise(id) else { return (0, 0) };
    let total = exercise.text(language).map_or(0, |text| text.hints(track).len());
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let here = model.desks.get(&(id.to_owned(), track)).map_or(0, |desk| desk.hints);
    let before = model.progress.of(id, track).map_or(0, |done| done.hints_seen);
    (here.max(before).min(total), total)
}

fn hint_rows(model: &mut Model, exercise: &Exercise, width: u16, todo: &mut Vec<Effect>) -> Vec<Row> {
    let (language, track) = (model.choices.language, model.choices.track);
    let (seen, total) = hints(model, &exercise.id);
    let texts = exercise.text(language).map(|text| text.hints(track)).unwrap_or_default();
    let mut rows = Vec::new();
    for (number, text) in texts.iter().take(seen as usize).enumerate() {
        let title = Walking::Hint { number: number + 1, total: total as usize }.say(language);
        rows.push(Row::of(Ink::STRONG, title));
        rows.extend(markdown(model, text, width, todo));
        rows.push(Row::default());
    }
    let words = if seen < total { Words::MoreHints { left: total - seen } } else { Words::NoMoreHints };
    rows.extend(prose(Ink::FAINT, &model.say(&words), usize::from(width)));
    rows
}

fn markdown(model: &mut Model, text: &str, width: u16, todo: &mut Vec<Effect>) -> Vec<Row> {
    laid_out(model, &Document::parse(text), width, todo)
}

fn laid_out(model: &mut Model, document: &Document, width: u16, todo: &mut Vec<Effect>) -> Vec<Row> {
    colours(model, document, todo);
    let mut lines = lesson::layout(document, &options(model, width));
    model.highlights.paint(&mut lines);
    lines.into_iter().map(Row::from).collect()
}

fn solution(model: &mut Model, exercise: &Exercise, width: u16, todo: &mut Vec<Effect>) -> Vec<Row> {
    let (language, track) = (model.choices.language, model.choices.track);
    let Some(files) = exercise.tracks.get(&track) else { return Vec::new() };
    let desk = model.desks.get(&(exercise.id.clone(), track));
    let own = desk.and_then(|desk| desk.file.as_ref()).and_then(|file| file.text.clone().ok());
    let mut rows = Vec::new();
    if let Some(own) = own {
        let lines = difference::lines(&own, &files.solution);
        if lines.is_empty() {
            rows.push(Row::of(Ink::GOOD, Walking::SameAsReference.say(language)));
        } else {
            rows.push(Row::of(Ink::STRONG, Walking::DifferenceTitle.say(language)));
            rows.push(Row::default());
            rows.extend(lines.into_iter().flat_map(|line| Row::from(line).fit(usize::from(width))));
        }
        rows.push(Row::default());
    }
    if let Some(why) = exercise.text(language).and_then(|text| text.section("why", track)) {
        rows.push(Row::of(Ink::STRONG, Walking::WhyTitle.say(language)));
        rows.extend(markdown(model, &why, width, todo));
        rows.push(Row::default());
    }
    rows.push(Row::of(Ink::STRONG, Walking::SolutionTitle { id: exercise.id.clone() }.say(language)));
    let fence = Fence {
        index: 0,
        language: track.name().to_owned(),
        marks: Vec::new(),
        unknown: Vec::new(),
        set: None,
        text: files.solution.clone(),
        line: 0,
    };
    rows.extend(laid_out(model, &Document { blocks: vec![Block::Code(fence)] }, width, todo));
    rows
}

fn attempts(model: &Model, id: &str, width: u16) -> Vec<Row> {
    let Some(done) = model.progress.of(id, model.choices.track).filter(|done| done.attempts > 0) else {
        return prose(Ink::FAINT, &model.say(&Words::NoAttempts), usize::from(width));
    };
    let mut rows =
        vec![Row::of(Ink::STRONG, model.say(&Words::AttemptsCount { count: done.attempts })), Row::default()];
    for attempt in done.recent.iter().rev() {
        let (ink, sign) = if attempt.outcome == Outcome::Passed { (Ink::GOOD, "✓") } else { (Ink::BAD, "✗") };
        let when = attempt.when.strftime("%Y-%m-%d %H:%M UTC");
        let outcome = outcome(attempt.outcome, model.choices.track).say(model.choices.language);
        let text = format!("{when}  {outcome}  {}/{}", attempt.tests_passed, attempt.tests_total);
        rows.push(Row::of(ink, format!("{sign} ")).and(Ink::PLAIN, text));
    }
    rows
}

fn outcome(of: Outcome, track: Track) -> Judging {
    match of {
        Outcome::Passed => Judging::Passed,
        Outcome::Failed => Judging::Failed,
        Outcome::DidNotCompile => Judging::DidNotCompile { track },
        Outcome::TimedOut => Judging::TimedOut,
        Outcome::Crashed => Judging::Crashed,
        Outcome::Tampered => Judging::Tampered,
        Outcome::SetupProblem => Judging::SetupProblem,
    }
}
