//! What is told about the chosen line of a report.

use super::mark;
use crate::review::{CriterionReport, Finding, Problem, Report, Severity};
use crate::tui::geometry;
use crate::tui::model::Model;
use crate::tui::screen::{ReviewItem, ReviewView};
use crate::tui::text::{Ink, Row, prose};
use crate::wording::Screen as Words;
use ratatui::layout::Rect;

/// How many lines of code are shown before and after a finding.
const AROUND: u32 = 3;

pub fn refresh(model: &Model, view: &mut ReviewView, body: Rect) {
    let (_, _, area) = geometry::review(body);
    let chosen = view.chosen();
    let made_from = mark((model.edition, area.width, chosen));
    if view.detail.made_from != made_from {
        view.detail.rows = match (view.shown(), chosen) {
            (Some(report), Some(item)) => rows(model, report, item, area.width),
            _ => Vec::new(),
        };
        view.detail.top = 0;
        view.detail.made_from = made_from;
    }
    view.detail.height = usize::from(area.height);
    view.detail.clamp();
}

fn rows(model: &Model, report: &Report, item: ReviewItem, width: u16) -> Vec<Row> {
    let width = usize::from(width);
    match item {
        ReviewItem::Criterion(number) => criterion(model, report, &report.criteria[number], width),
        ReviewItem::Finding(number) => finding(model, report, &report.findings[number], width),
        ReviewItem::Problem(number) => problem(&report.problems[number], width),
    }
}

fn criterion(model: &Model, report: &Report, criterion: &CriterionReport, width: usize) -> Vec<Row> {
    let language = model.choices.language;
    let mut rows = prose(Ink::STRONG, criterion.criterion.title(language), width);
    rows.extend(prose(Ink::PLAIN, &criterion.verdict.word(language), width));
    rows.push(Row::default());
    for reason in criterion.reasons.iter().chain([&criterion.cannot_know]) {
        rows.extend(prose(Ink::PLAIN, &format!("- {}", reason.text(language)), width));
    }
    rows.push(Row::default());
    rows.extend(report.summary(language).iter().flat_map(|sentence| prose(Ink::FAINT, sentence, width)));
    rows
}

fn finding(model: &Model, report: &Report, finding: &Finding, width: usize) -> Vec<Row> {
    let language = model.choices.language;
    let ink = match finding.severity {
        Severity::Failure => Ink::BAD,
        Severity::Warning => Ink::WARN,
        Severity::Note => Ink::PLAIN,
    };
    let (place, rule) = (&finding.place, finding.rule());
    let head = format!("{}:{}:{}", place.file, place.line, place.column);
    let mut rows = prose(Ink::FAINT, &head, width);
    let what = format!("{}: {}", finding.severity.word(language), finding.what(language));
    rows.extend(prose(ink, &what, width));
    rows.push(Row::default());
    let code = report.excerpt(finding, AROUND);
    let numbers = code.last().map_or(0, |line| line.number.to_string().len());
    for line in code {
        let marked = line.marked.clone().unwrap_or_default();
        let part = |from: usize, count: usize| line.text.chars().skip(from).take(count).collect::<String>();
        let row = Row::of(Ink::Margin, format!("{:>numbers$} │ ", line.number))
            .and(Ink::PLAIN, part(0, marked.start))
            .and(ink, part(marked.start, marked.len()))
            .and(Ink::PLAIN, part(marked.end, usize::MAX));
        rows.push(row);
        if line.marked.is_some() {
            let columns = |text: String| unicode_width::UnicodeWidthStr::width(text.as_str());
            let (before, carets) = (columns(part(0, marked.start)), columns(part(marked.start, marked.len())).max(1));
            let margin = Row::of(Ink::Margin, format!("{} │ ", " ".repeat(numbers)));
            rows.push(margin.and(ink, format!("{}{}", " ".repeat(before), "^".repeat(carets))));
        }
    }
    if let Some(original) = &finding.original {
        rows.push(Row::default());
        rows.extend(original.trim_end().lines().flat_map(|line| Row::of(Ink::PLAIN, line).fit(width)));
    }
    for (head, text) in [(Words::ReviewWhy, &rule.why), (Words::ReviewFix, &rule.fix)] {
        rows.push(Row::default());
        rows.push(Row::of(Ink::STRONG, model.say(&head)));
        rows.extend(prose(Ink::PLAIN, text.get(language), width));
    }
    rows.push(Row::default());
    let allow = Words::ReviewAllow { rule: finding.rule.to_owned(), section: rule.section.clone() };
    rows.extend(prose(Ink::FAINT, &model.say(&allow), width));
    rows
}

fn problem(problem: &Problem, width: usize) -> Vec<Row> {
    let mut rows = prose(Ink::FAINT, &format!("{}:{}:{}", problem.file, problem.line, problem.column), width);
    rows.extend(prose(Ink::WARN, &problem.text, width));
    rows
}
