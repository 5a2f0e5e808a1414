//! One text in two languages, paragraph by paragraph.

use super::align::align;
use super::block::{Block, Document};
use super::code::same_code;
use super::columns::{beside, split};
use super::layout::{LayoutOptions, Layouter, Page};
use super::line::Line;
use super::style::Style;

/// The lines of two documents that say the same in two languages: side by side where each gets 44
/// columns, else block after block, the first language first. Code that is the same is shown once.
pub fn layout_pair(first: &Document, second: &Document, options: &LayoutOptions) -> Vec<Line> {
    let mut pair = Pair { left: Layouter::new(options), right: Layouter::new(options), page: Page::default() };
    let mut number = 0;
    for (left, right) in align(&first.blocks, &second.blocks) {
        if [left.map(|(_, block)| block), right].into_iter().flatten().any(|block| matches!(block, Block::Heading(_))) {
            pair.add_notes(number);
        }
        number = left.map_or(number, |(at, _)| at);
        pair.add_blocks(left.map(|(_, block)| block), right, number);
    }
    pair.add_notes(number);
    pair.page.lines
}

struct Pair {
    left: Layouter,
    right: Layouter,
    page: Page,
}

impl Pair {
    fn add_blocks(&mut self, left: Option<&Block>, right: Option<&Block>, number: usize) {
        let width = self.left.width();
        match (left, right, split(width)) {
            (Some(left), Some(right), _) if same_code(left, right) || (left == right && *left == Block::Rule) => {
                let lines = self.left.block(left, width, Style::Text);
                self.page.add(lines, number);
            }
            (Some(Block::List(left)), Some(Block::List(right)), Some(column))
                if left.items.len() == right.items.len() =>
            {
                let mut lines = Vec::new();
                for item in 0..left.items.len() {
                    if item > 0 && (left.loose || right.loose) {
                        lines.append(&mut self.beside(vec![Line::default()], Vec::new(), column));
                    }
                    let left = self.left.item(left, item, column, Style::Text);
                    let right = self.right.item(right, item, column, Style::Text);
                    lines.append(&mut self.beside(left, right, column));
                }
                self.page.add(lines, number);
            }
            (left, right, column) => {
                let each = column.unwrap_or(width);
                let left = left.map(|block| self.left.block(block, each, Style::Text)).unwrap_or_default();
                let right = right.map(|block| self.right.block(block, each, Style::Text)).unwrap_or_default();
                self.add(left, right, number);
            }
        }
    }

    fn add_notes(&mut self, number: usize) {
        if self.left.notes.takes_the_same(&mut self.right.notes) {
            let lines = self.left.waiting_notes(self.left.width());
            return self.page.add(lines, number);
        }
        let each = split(self.left.width()).unwrap_or(self.left.width());
        let (left, right) = (self.left.waiting_notes(each), self.right.waiting_notes(each));
        self.add(left, right, number);
    }

    fn add(&mut self, left: Vec<Line>, right: Vec<Line>, number: usize) {
        match split(self.left.width()) {
            Some(column) => {
                let lines = self.beside(left, right, column);
                self.page.add(lines, number);
            }
            None => {
                self.page.add(left, number);
                self.page.add(right, number);
            }
        }
    }

    fn beside(&self, left: Vec<Line>, right: Vec<Line>, column: usize) -> Vec<Line> {
        beside(left, right, column, self.left.options.glyphs)
    }
}
