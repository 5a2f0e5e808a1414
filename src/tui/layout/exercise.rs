//! The rows of an exercise: what is to be done, the code as saved, the verdict, the timeline.

use super::{colours, mark, options, timeline};
use crate::course::{Exercise, Language};
use crate::lesson::{self, Block, Document, Fence, LayoutOptions, Style};
use crate::report::verdict::{Setting, Traces, lines_without_timeline};
use crate::runner::rust::diagnostics::Severity;
use crate::runner::{Outcome, Verdict};
use crate::tui::geometry;
use crate::tui::model::{Desk, Model, Reading};
use crate::tui::msg::Effect;
use crate::tui::screen::{ExerciseView, Pane};
use crate::tui::text::{Ink, Row, prose};
use crate::wording::{Judging, Say, Screen as Words};
use ratatui::layout::Rect;
use std::collections::BTreeMap;

pub fn refresh(model: &mut Model, view: &mut ExerciseView, body: Rect, todo: &mut Vec<Effect>) {
    let course = std::sync::Arc::clone(&model.course);
    let Some((_, exercise)) = course.exercise(&view.id) else { return };
    let panes = geometry::panes(view, body);
    for pane in Pane::ALL {
        let Some(area) = panes.parts[pane.number()] else { continue };
        let made_from = mark((model.edition, area.width, pane, &model.course.digest, &view.test));
        if view.pagers[pane.number()].made_from != made_from {
            let rows = match pane {
                Pane::Task => task(model, exercise, area.width, todo),
                Pane::Code => code(model, exercise, area.width, todo),
                Pane::Verdict => verdict(model, exercise, area.width),
                Pane::Timeline => timeline::rows(model, view, area.width),
            };
            let pager = &mut view.pagers[pane.number()];
            pager.rows = rows;
            pager.made_from = made_from;
        }
        let pager = &mut view.pagers[pane.number()];
        pager.height = usize::from(area.height);
        pager.clamp();
    }
}

fn task(model: &mut Model, exercise: &Exercise, width: u16, todo: &mut Vec<Effect>) -> Vec<Row> {
    let track = model.choices.track;
    let text = |language: Language| {
        let section = exercise.text(language).and_then(|text| text.section("task", track));
        Document::parse(section.as_deref().unwrap_or_default())
    };
    let folder = format!("exercises/{}/{}/", exercise.module_folder, exercise.folder);
    let problems = model.course.problems.iter().filter(|problem| problem.file.starts_with(&folder));
    let mut rows: Vec<Row> =
        problems.flat_map(|problem| prose(Ink::WARN, &format!("! {problem}"), usize::from(width))).collect();
    let layout = options(model, width);
    let mut lines = match model.choices.reading {
        Reading::One => {
            let document = text(model.choices.language);
            colours(model, &document, todo);
            lesson::layout(&document, &layout)
        }
        Reading::Both => {
            let (first, second) = (text(Language::En), text(Language::Zh));
            colours(model, &first, todo);
            lesson::layout_pair(&first, &second, &layout)
        }
    };
    model.highlights.paint(&mut lines);
    rows.extend(lines.into_iter().map(Row::from));
    rows.push(Row::default());
    rows.push(Row::of(Ink::STRONG, Judging::Criteria.say(model.choices.language)));
    for criterion in model.course.criteria.iter().filter(|criterion| exercise.criteria.contains(&criterion.id)) {
        let held = model.progress.of(&exercise.id, track).is_some_and(|done| done.evidence.contains_key(&criterion.id));
        let text = criterion.text.get(model.choices.language);
        let lines = prose(Ink::PLAIN, text, usize::from(width).saturating_sub(4));
        for (number, line) in lines.into_iter().enumerate() {
            let sign = match (number, held) {
                (0, true) => Row::of(Ink::GOOD, "[x] "),
                (0, false) => Row::of(Ink::PLAIN, "[ ] "),
                _ => Row::of(Ink::PLAIN, "    "),
            };
            rows.push(Row { pieces: [sign.pieces, line.pieces].concat(), ..Row::default() });
        }
    }
    let desk = model.desks.get(&(exercise.id.clone(), track));
    if let Some(file) = desk.and_then(|desk| desk.file.as_ref()) {
        rows.push(Row::default());
        rows.extend(prose(
            Ink::FAINT,
            &model.say(&Words::SaveToJudge { path: file.shown.clone() }),
            usize::from(width),
        ));
    }
    rows
}

/// The file as it is on the disk, with line numbers and a mark where the compiler found an error.
fn code(model: &mut Model, exercise: &Exercise, width: u16, todo: &mut Vec<Effect>) -> Vec<Row> {
    let track = model.choices.track;
    let desk = model.desks.get(&(exercise.id.clone(), track));
    let text = match desk.and_then(|desk| desk.file.as_ref()).map(|file| file.text.clone()) {
        Some(Ok(text)) => text,
        Some(Err(problem)) => return prose(Ink::WARN, &problem, usize::from(width)),
        None => return prose(Ink::FAINT, &model.say(&Words::Reading), usize::from(width)),
    };
    let errors = desk.map(error_lines).unwrap_or_default();
    let fence = Fence {
        index: 0,
        language: track.name().to_owned(),
        marks: Vec::new(),
        unknown: Vec::new(),
        set: None,
        text,
        line: 0,
    };
    let numbers = fence.text.lines().count().to_string().len().max(2);
    let document = Document { blocks: vec![Block::Code(fence)] };
    colours(model, &document, todo);
    // The layout indents code; the margin takes that place.
    let room = width.saturating_sub(numbers as u16);
    let mut lines = lesson::layout(&document, &LayoutOptions { ..options(model, room) });
    let is_rest = |line: &lesson::Line| line.spans.iter().any(|span| span.style == Style::Faint);
    let rest: Vec<bool> = lines.iter().map(is_rest).collect();
    model.highlights.paint(&mut lines);
    let mut number = 0;
    let mut rows = Vec::new();
    for (line, is_rest) in lines.into_iter().zip(rest) {
        let row = Row::from(line);
        let margin = if is_rest {
            Row::of(Ink::Margin, " ".repeat(numbers))
        } else {
            number += 1;
            let ink = if errors.contains_key(&number) { Ink::BAD } else { Ink::Margin };
            let sign = if errors.contains_key(&number) { "✗" } else { "" };
            Row::of(ink, format!("{:>numbers$}", format!("{sign}{number}")))
        };
        rows.push(Row { pieces: [margin.pieces, row.pieces].concat(), ..Row::default() });
    }
    rows
}

/// Where the last verdict has errors, as long as it is on this text.
fn error_lines(desk: &Desk) -> BTreeMap<u32, ()> {
    let is_on_this = desk.file.as_ref().is_some_and(|file| file.text.as_ref() == Ok(&desk.judged));
    let verdict = desk.verdict.as_ref().filter(|_| is_on_this);
    let all = verdict.into_iter().flat_map(|verdict| &verdict.diagnostics);
    all.filter(|one| one.severity == Severity::Error).filter_map(|one| Some((one.line?, ()))).collect()
}

fn verdict(model: &Model, exercise: &Exercise, width: u16) -> Vec<Row> {
    let (track, language) = (model.choices.track, model.choices.language);
    let desk = model.desks.get(&(exercise.id.clone(), track));
    let last = desk.and_then(|desk| desk.verdict.as_deref());
    let mut rows = Vec::new();
    let running = model.running.as_ref().filter(|running| running.judges(&exercise.id, track));
    if let Some(running) = running {
        let step = running.step.as_ref().map(|step| step.say(language));
        rows.push(Row::of(Ink::WARN, format!("▷ {}", step.unwrap_or_else(|| model.say(&Words::Judging)))));
        for error in &running.errors {
            rows.extend(prose(Ink::BAD, &format!("✗ {error}"), usize::from(width)));
        }
        rows.extend(running.tests.iter().map(|test| {
            let (ink, sign) = if test.outcome == Outcome::Passed { (Ink::GOOD, "✓") } else { (Ink::BAD, "✗") };
            Row::of(ink, format!("  {sign} ")).and(Ink::PLAIN, &test.name)
        }));
        rows.push(Row::default());
    }
    match last {
        Some(last) => {
            let old = running.is_some();
            let setting =
                Setting { course: &model.course, exercise, language, width: usize::from(width), traces: Traces::Own };
            let lines = lines_without_timeline(last, setting);
            rows.extend(lines.into_iter().map(|line| Row { old, ..Row::from(line) }));
            if !old {
                rows.extend(after(model, exercise, last, width));
            }
        }
        None if running.is_none() => {
            rows.extend(prose(Ink::FAINT, &model.say(&Words::NoVerdictYet), usize::from(width)))
        }
        None => {}
    }
    rows.into_iter().flat_map(|row| row.fit(usize::from(width))).collect()
}

/// What can be done now.
fn after(model: &Model, exercise: &Exercise, verdict: &Verdict, width: u16) -> Vec<Row> {
    let words = if verdict.passed() {
        Words::AfterPass
    } else if exercise.text(model.choices.language).is_some_and(|text| !text.hints(model.choices.track).is_empty()) {
        Words::AfterFailure
    } else {
        return Vec::new();
    };
    let mut rows = vec![Row::default()];
    rows.extend(prose(Ink::FAINT, &model.say(&words), usize::from(width)));
    rows
}
