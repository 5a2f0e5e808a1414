//! Modules and exit criteria, and the evidence behind the chosen cell.

use super::canvas::Canvas;
use crate::progress::{Cell, CellState};
use crate::tui::model::Model;
use crate::tui::screen::MatrixView;
use crate::tui::text::{Ink, Row, prose};
use crate::wording::{Say, Screen as Words, Walking};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

/// The columns of a cell.
const CELL: u16 = 4;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, view: MatrixView, body: Rect) {
    let area = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
    let language = model.choices.language;
    let titles: Vec<&str> = model.outline.modules.iter().map(|module| module.title.get(language)).collect();
    let cells = u16::try_from(model.matrix.criteria.len()).unwrap_or(0) * CELL;
    let widest = titles.iter().map(|title| title.width()).max().unwrap_or(0);
    let names = u16::try_from(widest).unwrap_or(u16::MAX).min(area.width.saturating_sub(cells + 1)).max(4);
    let (row, column) = (view.row.min(titles.len().saturating_sub(1)), view.column);
    let mut line = 0;
    for (number, _) in model.matrix.criteria.iter().enumerate() {
        let x = area.x + names + 1 + u16::try_from(number).unwrap_or(0) * CELL;
        let style = canvas.colours.style(if number == column { Ink::STRONG } else { Ink::FAINT });
        canvas.text(x, area.y, CELL, &format!(" {}", number + 1), style);
    }
    line += 1;
    // On a low screen the rows around the chosen one are shown.
    let room = area.height.saturating_sub(8).max(3);
    let top = row.saturating_sub(usize::from(room) - 1);
    let shown = titles.iter().zip(&model.matrix.modules).enumerate().skip(top).take(usize::from(room));
    for (number, (title, cells)) in shown {
        let y = area.y + line;
        let style = canvas.colours.style(if number == row { Ink::STRONG } else { Ink::PLAIN });
        canvas.text(area.x, y, names, title, style);
        for (at, cell) in cells.cells.iter().enumerate() {
            let x = area.x + names + 1 + u16::try_from(at).unwrap_or(0) * CELL;
            let (ink, sign) = sign(cell.state);
            let style = canvas.colours.style(ink);
            canvas.text(x, y, CELL, &format!(" {sign} "), style);
            if number == row && at == column {
                canvas.style(Rect::new(x, y, 3, 1), canvas.colours.chosen());
            }
        }
        line += 1;
    }
    let below = Rect { y: area.y + line + 1, height: area.height.saturating_sub(line + 1), ..area };
    let cell = model.matrix.modules.get(row).and_then(|row| row.cells.get(column));
    let rows = behind(model, titles.get(row).copied().unwrap_or_default(), column, cell, area.width);
    for (line, row) in (0..below.height).zip(&rows) {
        canvas.row(below, line, row, "");
    }
}

fn sign(state: CellState) -> (Ink, &'static str) {
    match state {
        CellState::NotApplicable => (Ink::FAINT, "·"),
        CellState::Missing => (Ink::PLAIN, "-"),
        CellState::Partly => (Ink::WARN, "~"),
        CellState::Green => (Ink::GOOD, "✓"),
    }
}

/// What the chosen cell rests on.
fn behind(model: &Model, module: &str, column: usize, cell: Option<&Cell>, width: u16) -> Vec<Row> {
    let language = model.choices.language;
    let width = usize::from(width);
    let mut rows = Vec::new();
    if let (Some(cell), Some(criterion)) = (cell, model.outline.criteria.get(column)) {
        let head = format!("{module} × {}. {}", column + 1, criterion.title.get(language));
        rows.extend(prose(Ink::STRONG, &head, width));
        for witness in &cell.evidence {
            let date = witness.date.strftime("%Y-%m-%d").to_string();
            let words = Words::EvidenceOn { exercise: title_of(model, &witness.exercise), date };
            rows.push(Row::of(Ink::GOOD, "  ✓ ").and(Ink::PLAIN, model.say(&words)));
            let tests = prose(Ink::FAINT, &witness.tests.join(", "), width.saturating_sub(6));
            rows.extend(tests.into_iter().map(|row| Row {
                pieces: [Row::of(Ink::FAINT, "      ").pieces, row.pieces].concat(),
                ..Row::default()
            }));
        }
        for exercise in &cell.missing {
            let words = Words::EvidenceMissing { exercise: title_of(model, exercise) };
            rows.push(Row::of(Ink::PLAIN, format!("  - {}", model.say(&words))));
        }
        if cell.state == CellState::NotApplicable {
            rows.push(Row::of(Ink::FAINT, format!("  {}", model.say(&Words::NotAsked))));
        }
        rows.push(Row::default());
    }
    rows.extend(prose(Ink::FAINT, &Walking::MatrixLegend.say(language), width));
    rows.extend(prose(Ink::PLAIN, &Walking::Percent { percent: model.matrix.percent() }.say(language), width));
    rows
}

fn title_of(model: &Model, id: &str) -> String {
    model.course.exercise(id).map_or(id, |(_, exercise)| exercise.title.get(model.choices.language)).to_owned()
}
