//! Tables: a grid whose columns shrink and wrap; where even that is too wide, the cells of each
//! row under one another behind their heads.

use super::block::{Alignment, Table};
use super::inline::Inline;
use super::layout::{Layouter, MIN_TEXT};
use super::line::{Line, Span, hang};
use super::shrink::{Need, share};
use super::style::Style;
use super::text::Text;

/// The columns between two columns: a space, a line, a space.
const GAP: usize = 3;

/// How far the continued lines of a stacked cell are indented, where there is room.
const STACK_INDENT: usize = 2;

impl Layouter {
    pub(super) fn table(&mut self, table: &Table, width: usize, base: Style) -> Vec<Line> {
        let head = self.cells(&table.head, Style::TableHead, width);
        let rows: Vec<Vec<Text>> = table.rows.iter().map(|row| self.cells(row, base, width)).collect();
        let needs: Vec<Need> = (0..head.len())
            .map(|column| {
                let cells = std::iter::once(&head).chain(&rows).filter_map(|row| row.get(column));
                cells.fold(Need { word: 0, line: 0 }, |need, cell| {
                    let (word, line) = self.wrapper.extent(cell);
                    Need { word: need.word.max(word), line: need.line.max(line) }
                })
            })
            .collect();
        let gaps = GAP * needs.len().saturating_sub(1);
        match width.checked_sub(gaps).and_then(|room| share(&needs, room)) {
            Some(widths) => self.grid(&head, &rows, &widths, &table.alignments),
            None => self.stack(&head, &rows, width),
        }
    }

    fn cells(&mut self, row: &[Vec<Inline>], base: Style, width: usize) -> Vec<Text> {
        row.iter().map(|cell| self.text(cell, base, width)).collect()
    }

    fn grid(&mut self, head: &[Text], rows: &[Vec<Text>], widths: &[usize], alignments: &[Alignment]) -> Vec<Line> {
        let glyphs = self.options.glyphs;
        let rule = |style| {
            let parts: Vec<String> = widths.iter().map(|&width| glyphs.horizontal.repeat(width)).collect();
            let joint = format!("{0}{1}{0}", glyphs.horizontal, glyphs.cross);
            Line::of(vec![Span::new(parts.join(&joint), style)])
        };
        let mut lines = self.row(head, widths, alignments);
        lines.push(rule(Style::Border));
        let rows: Vec<Vec<Line>> = rows.iter().map(|row| self.row(row, widths, alignments)).collect();
        // Where a row takes several lines, only a rule tells where the next one starts.
        let ruled = rows.iter().any(|row| row.len() > 1);
        for (number, mut row) in rows.into_iter().enumerate() {
            if ruled && number > 0 {
                lines.push(rule(Style::Faint));
            }
            lines.append(&mut row);
        }
        lines
    }

    fn row(&mut self, cells: &[Text], widths: &[usize], alignments: &[Alignment]) -> Vec<Line> {
        let columns: Vec<Vec<Line>> =
            cells.iter().zip(widths).map(|(cell, &width)| self.wrapper.wrap(cell, width)).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
        let border = Span::new(format!(" {} ", self.options.glyphs.vertical), Style::Border);
        let mut lines = Vec::with_capacity(height);
        for _ in 0..height {
            let mut line = Line::default();
            for (number, column) in columns.iter_mut().enumerate() {
                if number > 0 {
                    line.spans.push(border.clone());
                }
                let mut cell = column.next().unwrap_or_default();
                align(&mut cell, widths[number], alignments.get(number).copied().unwrap_or(Alignment::Left));
                line.spans.append(&mut cell.spans);
            }
            line.trim_end();
            lines.push(line);
        }
        lines
    }

    fn stack(&mut self, head: &[Text], rows: &[Vec<Text>], width: usize) -> Vec<Line> {
        let indent = if width >= STACK_INDENT + MIN_TEXT { STACK_INDENT } else { 0 };
        let rest = [Span::new(" ".repeat(indent), Style::Text)];
        let mut lines = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                let columns = width.min(8);
                lines.push(Line::of(vec![Span::new(self.options.glyphs.horizontal.repeat(columns), Style::Faint)]));
            }
            for (key, value) in head.iter().zip(row) {
                let entry = entry(key, value);
                if entry.as_str().is_empty() {
                    continue;
                }
                let mut wrapped = self.wrapper.wrap(&entry, width - indent);
                hang(&mut wrapped, &[], &rest);
                lines.append(&mut wrapped);
            }
        }
        if rows.is_empty() {
            head.iter().for_each(|key| lines.append(&mut self.wrapper.wrap(key, width)));
        }
        lines
    }
}

/// `key: value`.
fn entry(key: &Text, value: &Text) -> Text {
    let mut entry = key.clone();
    if !key.as_str().is_empty() && !value.as_str().is_empty() {
        entry.push(if key.ends_ideographic() { "：" } else { ": " }, Style::TableHead);
    }
    entry.append(value);
    entry
}

fn align(cell: &mut Line, columns: usize, alignment: Alignment) {
    let missing = columns.saturating_sub(cell.width());
    let before = match alignment {
        Alignment::Left => 0,
        Alignment::Center => missing / 2,
        Alignment::Right => missing,
    };
    if before > 0 {
        cell.spans.insert(0, Span::new(" ".repeat(before), Style::Text));
    }
    cell.pad_to(columns);
}
