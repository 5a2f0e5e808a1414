//! Lists: every line of an item stands behind its bullet or number.

use super::block::{Block, List};
use super::cluster::width as width_of;
use super::layout::{Layouter, MIN_TEXT};
use super::line::{Line, Span, hang};
use super::style::Style;
use super::text::Text;

impl Layouter {
    pub(super) fn list(&mut self, list: &List, width: usize, base: Style) -> Vec<Line> {
        let mut lines = Vec::new();
        for number in 0..list.items.len() {
            if number > 0 && list.loose {
                lines.push(Line::default());
            }
            lines.append(&mut self.item(list, number, width, base));
        }
        lines
    }

    /// The lines of the item `number`, from 0. Where there is no room beside the marker, text goes below it.
    pub(super) fn item(&mut self, list: &List, number: usize, width: usize, base: Style) -> Vec<Line> {
        let marker = self.marker(list, number);
        let indent = width_of(&marker);
        let fits = width >= indent + MIN_TEXT;
        self.depth += 1;
        let mut lines =
            self.item_blocks(&list.items[number], list.loose, if fits { width - indent } else { width }, base);
        self.depth -= 1;
        if fits {
            if lines.is_empty() {
                lines.push(Line::default());
            }
            hang(&mut lines, &[Span::new(marker, Style::Marker)], &[Span::new(" ".repeat(indent), Style::Text)]);
        } else {
            let mut below = std::mem::take(&mut lines);
            lines = self.wrapper.wrap(&Text::of(&marker, Style::Marker), width);
            lines.append(&mut below);
        }
        lines
    }

    /// In a tight list, a list or a paragraph follows the text of its item without an empty line.
    fn item_blocks(&mut self, blocks: &[Block], loose: bool, width: usize, base: Style) -> Vec<Line> {
        if loose {
            return self.blocks(blocks, width, base);
        }
        let mut lines: Vec<Line> = Vec::new();
        for block in blocks {
            let mut next = self.block(block, width, base);
            let is_text = matches!(block, Block::Paragraph(_) | Block::List(_));
            if !is_text && !lines.is_empty() && !next.is_empty() {
                lines.push(Line::default());
            }
            lines.append(&mut next);
        }
        lines
    }

    /// The bullet or the number of an item, as wide as the widest of the list.
    fn marker(&self, list: &List, number: usize) -> String {
        let Some(start) = list.start else {
            let bullets = &self.options.glyphs.bullets;
            return format!("{} ", bullets[self.depth % bullets.len()]);
        };
        let last = start.saturating_add(list.items.len() as u64 - 1);
        let number = start.saturating_add(number as u64);
        format!("{number:>columns$}. ", columns = last.to_string().len())
    }
}
