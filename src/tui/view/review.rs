//! A review of the person's own code: the criteria with their findings, and what is told about the chosen line.

use super::canvas::Canvas;
use crate::review::{Report, Severity, Verdict};
use crate::tui::geometry;
use crate::tui::model::Model;
use crate::tui::screen::{ReviewItem, ReviewView};
use crate::tui::text::{Ink, Row, prose};
use crate::wording::Screen as Words;
use ratatui::layout::Rect;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, view: &ReviewView, body: Rect) {
    let (list, between, detail) = geometry::review(body);
    let report = match &view.report {
        Some(Ok(report)) => report,
        Some(Err(problem)) => return text(canvas, body, &prose(Ink::BAD, problem, usize::from(list.width))),
        None => return text(canvas, body, &prose(Ink::FAINT, &model.say(&Words::Reading), usize::from(list.width))),
    };
    let items = view.items();
    let at = view.at.min(items.len().saturating_sub(1));
    let height = usize::from(list.height).max(1);
    let top = at.saturating_sub(height / 2).min(items.len().saturating_sub(height));
    for (line, (number, item)) in (0..list.height).zip(items.iter().enumerate().skip(top)) {
        canvas.row(list, line, &row(model, report, *item), "");
        if number == at {
            canvas.style(Rect { y: list.y + line, height: 1, ..list }, canvas.colours.chosen());
        }
    }
    let border = canvas.colours.border(false);
    for y in between.y..between.bottom() {
        let line = if between.width == 1 { "│".to_owned() } else { "─".repeat(usize::from(between.width)) };
        canvas.text(between.x, y, between.width, &line, border);
    }
    canvas.pager(detail, &view.detail, "");
}

fn text(canvas: &mut Canvas<'_>, body: Rect, rows: &[Row]) {
    let area = geometry::page(body);
    for (line, row) in (0..area.height).zip(rows) {
        canvas.row(area, line, row, "");
    }
}

fn row(model: &Model, report: &Report, item: ReviewItem) -> Row {
    let language = model.choices.language;
    match item {
        ReviewItem::Criterion(number) => {
            let criterion = &report.criteria[number];
            let (ink, sign) = match criterion.verdict {
                Verdict::Pass => (Ink::GOOD, "✓"),
                Verdict::Fail => (Ink::BAD, "✗"),
                Verdict::NotAssessed => (Ink::FAINT, "?"),
            };
            let title = Row::of(ink, format!("{sign} {}  ", criterion.verdict.word(language)));
            title.and(Ink::STRONG, criterion.criterion.title(language))
        }
        ReviewItem::Finding(number) => {
            let finding = &report.findings[number];
            let (ink, sign) = match finding.severity {
                Severity::Failure => (Ink::BAD, "✗"),
                Severity::Warning => (Ink::WARN, "!"),
                Severity::Note => (Ink::FAINT, "·"),
            };
            let place = format!("{}:{}  ", finding.place.file, finding.place.line);
            Row::of(ink, format!("  {sign} ")).and(Ink::PLAIN, place).and(Ink::FAINT, finding.rule)
        }
        ReviewItem::Problem(number) => {
            let problem = &report.problems[number];
            Row::of(Ink::WARN, "! ").and(Ink::PLAIN, format!("{}:{}", problem.file, problem.line))
        }
    }
}
