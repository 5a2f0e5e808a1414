//! A lesson's rows: the text in one language or both, what its examples printed, and mistakes of its file in place.

use super::{colours, mark, options};
use crate::course::{Language, Lesson, Page, Problem};
use crate::lesson::{self, Block, Document};
use crate::report;
use crate::runner::example::{Example, ExampleEnd};
use crate::tui::geometry;
use crate::tui::model::{Choices, Model, Reading, Runs};
use crate::tui::msg::Effect;
use crate::tui::screen::LessonView;
use crate::tui::text::{Ink, Row, prose};
use crate::wording::Screen as Words;
use ratatui::layout::Rect;
use std::ops::Range;

/// The most lines of an example's output that are shown.
const MOST_OUTPUT: usize = 200;

/// The parsed pages of a lesson: one, or both languages.
pub fn documents(lesson: &Lesson, choices: Choices) -> Vec<Document> {
    pages(lesson, choices).map(|page| Document::parse_from(&page.body, page.body_line)).collect()
}

fn pages(lesson: &Lesson, choices: Choices) -> impl Iterator<Item = &Page> {
    let languages = match choices.reading {
        Reading::One => vec![choices.language],
        Reading::Both => Language::ALL.to_vec(),
    };
    let pages: Vec<&Page> = languages.into_iter().filter_map(|language| lesson.page(language)).collect();
    let is_twice = pages.len() == 2 && std::ptr::eq(pages[0], pages[1]);
    let count = if is_twice { 1 } else { pages.len() };
    pages.into_iter().take(count)
}

pub fn refresh(model: &mut Model, view: &mut LessonView, body: Rect, todo: &mut Vec<Effect>) {
    let (_, area) = geometry::lesson(model, body);
    view.pager.height = usize::from(area.height);
    let parsed_from = mark((&model.course.digest, model.choices.reading == Reading::Both, model.choices.language));
    if view.parsed_from != parsed_from {
        let course = std::sync::Arc::clone(&model.course);
        if let Some(lesson) = course.lesson(&view.id) {
            view.documents = documents(lesson, model.choices);
        }
        view.parsed_from = parsed_from;
        view.documents.iter().for_each(|document| colours(model, document, todo));
    }
    let made_from = mark((model.edition, area.width, parsed_from));
    if view.pager.made_from != made_from {
        let (rows, output) = rows(model, view, area.width);
        view.pager.replace(rows);
        view.pager.made_from = made_from;
        if let Some(output) = output.filter(|_| std::mem::take(&mut view.reveal)) {
            view.pager.reveal(output);
        }
    }
    if let Some(block) = view.changed.take()
        && let Some(row) = view.pager.first_of(block)
    {
        view.pager.go(row.saturating_sub(1));
    }
    if let Some(wanted) = view.wanted.take()
        && let Some(row) = view.pager.rows.iter().position(|row| row.anchor.as_ref() == Some(&wanted))
    {
        view.pager.go(row);
    }
    view.pager.clamp();
}

/// The rows, and where among them the output of an example is.
fn rows(model: &Model, view: &LessonView, width: u16) -> (Vec<Row>, Option<Range<usize>>) {
    let options = options(model, width);
    let mut lines = match &view.documents[..] {
        [first, second] => lesson::layout_pair(first, second, &options),
        [only] => lesson::layout(only, &options),
        _ => Vec::new(),
    };
    model.highlights.paint(&mut lines);
    let mut rows: Vec<Row> = lines.into_iter().map(Row::from).collect();
    mark_chosen(view, &mut rows);
    add_problems(model, view, width, &mut rows);
    let output = add_output(model, view, width, &mut rows);
    (rows, output)
}

/// A mark before the first row of the example that is chosen.
fn mark_chosen(view: &LessonView, rows: &mut [Row]) {
    let Some(fence) = view.fence else { return };
    let is_of = |row: &Row| row.fence == Some(fence);
    let side_by_side = !rows.iter().any(is_of);
    let first =
        rows.iter_mut().find(|row| row.fence == Some(if side_by_side { fence.saturating_sub(1) } else { fence }));
    if let Some(row) = first {
        row.pieces.push(crate::tui::text::Piece { ink: Ink::Key, text: "  ◀".to_owned() });
    }
}

/// What an example printed stands below its code.
fn add_output(model: &Model, view: &LessonView, width: u16, rows: &mut Vec<Row>) -> Option<Range<usize>> {
    let running = model.running.as_ref().and_then(|running| match &running.what {
        Runs::Example { lesson, fence } if *lesson == view.id => Some(*fence),
        _ => None,
    });
    let (fence, told) = match (running, &view.example) {
        (Some(fence), _) => (fence, vec![Row::of(Ink::WARN, format!("  ▷ {}", model.say(&Words::ExampleRuns)))]),
        (None, Some((fence, result))) => (*fence, output(model, result, width)),
        (None, None) => return None,
    };
    let belongs = |row: &Row| row.fence == Some(fence) || row.fence == fence.checked_sub(1);
    let exact = rows.iter().rposition(|row| row.fence == Some(fence));
    let after = exact.or_else(|| rows.iter().rposition(belongs))? + 1;
    let (block, count) = (rows[after - 1].block, told.len());
    rows.splice(after..after, told.into_iter().map(|row| Row { block, ..row }));
    Some(after..after + count)
}

fn output(model: &Model, result: &Result<Box<Example>, String>, width: u16) -> Vec<Row> {
    let room = usize::from(width).saturating_sub(4).max(1);
    let example = match result {
        Ok(example) => example,
        Err(problem) => return indented(Ink::WARN, problem, room),
    };
    let (ink, words) = match example.end {
        ExampleEnd::Ended | ExampleEnd::Built => (Ink::GOOD, Words::ExampleEnded),
        ExampleEnd::Rejected => (Ink::BAD, Words::ExampleRejected),
        ExampleEnd::Failed => (Ink::BAD, Words::ExampleFailed),
        ExampleEnd::TimedOut => (Ink::BAD, Words::ExampleTimedOut),
    };
    let sign = if example.end.is_good() { "✓" } else { "✗" };
    let mut rows = vec![Row::of(ink, format!("  {sign} {}", model.say(&words)))];
    for diagnostic in &example.diagnostics {
        rows.extend(indented(Ink::PLAIN, &diagnostic.rendered, room));
    }
    let printed = report::printed::lines(&example.printed, usize::from(width));
    rows.extend(printed.into_iter().take(MOST_OUTPUT).map(Row::from));
    rows
}

fn indented(ink: Ink, text: &str, room: usize) -> Vec<Row> {
    let text = text.trim_end().replace('\t', "    ");
    prose(ink, &text, room)
        .into_iter()
        .map(|row| Row { pieces: [Row::of(Ink::FAINT, "  │ ").pieces, row.pieces].concat(), ..row })
        .collect()
}

/// Mistakes of the lesson's files stand where they are, so that an instructor sees them while writing.
fn add_problems(model: &Model, view: &LessonView, width: u16, rows: &mut Vec<Row>) {
    let Some(lesson) = model.course.lesson(&view.id) else { return };
    let mut told: Vec<(usize, &Problem)> = Vec::new();
    for (page, document) in pages(lesson, model.choices).zip(&view.documents) {
        let of_page = model.course.problems.iter().filter(|problem| problem.file == page.file);
        told.extend(of_page.map(|problem| (block_at(document, problem.line), problem)));
    }
    for (block, problem) in told.into_iter().rev() {
        let at = rows.iter().position(|row| row.block >= block).unwrap_or(rows.len());
        let text = prose(Ink::WARN, &format!("! {problem}"), usize::from(width));
        rows.splice(at..at, text.into_iter().map(|row| Row { block, ..row }));
    }
}

/// The block that a line of the source belongs to, as far as blocks know their lines.
fn block_at(document: &Document, line: usize) -> usize {
    let starts = |block: &Block| match block {
        Block::Heading(heading) => Some(heading.line),
        Block::Code(fence) => Some(fence.line),
        Block::Example { rust, .. } => Some(rust.line),
        _ => None,
    };
    document.blocks.iter().rposition(|block| starts(block).is_some_and(|start| start <= line)).unwrap_or(0)
}
