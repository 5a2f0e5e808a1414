//! Rows that are longer than their place: where one is in them, and searching.

use super::action::Action;
use super::text::Row;
use std::ops::Range;

/// Rows and the one at the top.
#[derive(Debug, Clone, Default)]
pub struct Pager {
    /// All rows.
    pub rows: Vec<Row>,
    /// The row at the top.
    pub top: usize,
    /// How many rows are seen.
    pub height: usize,
    /// What the rows were made from; they are made again when it differs.
    pub made_from: u64,
}

impl Pager {
    /// The last row that can be at the top.
    pub fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(self.height.max(1))
    }

    /// Moves as an action asks; `false` when the action does not move anything.
    pub fn scroll(&mut self, action: Action) -> bool {
        let page = self.height.saturating_sub(2).max(1);
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top.saturating_add(1),
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top.saturating_add(page),
            Action::Top => 0,
            Action::Bottom => usize::MAX,
            _ => return false,
        };
        self.clamp();
        true
    }

    /// Brings the place back into the rows.
    pub fn clamp(&mut self) {
        self.top = self.top.min(self.last_top());
    }

    /// Puts a row at the top, as far as there are rows below.
    pub fn go(&mut self, row: usize) {
        self.top = row;
        self.clamp();
    }

    /// Moves as little as it takes to see some rows: their start, where they are more than can be seen.
    pub fn reveal(&mut self, rows: Range<usize>) {
        self.top = self.top.max(rows.end.saturating_sub(self.height)).min(rows.start);
        self.clamp();
    }

    /// The rows that are seen.
    pub fn seen(&self) -> &[Row] {
        let top = self.top.min(self.rows.len());
        &self.rows[top..self.rows.len().min(top + self.height)]
    }

    /// Replaces the rows; the block that was at the top stays there.
    pub fn replace(&mut self, rows: Vec<Row>) {
        let at = self.rows.get(self.top).map(|row| row.block);
        let into = at.map_or(0, |block| self.top - self.first_of(block).unwrap_or(self.top));
        let was_at_top = self.top == 0;
        self.rows = rows;
        if let Some(block) = at.filter(|_| !was_at_top)
            && let Some(first) = self.first_of(block)
        {
            self.top = first + into.min(self.rows[first..].iter().take_while(|row| row.block == block).count());
        }
        self.clamp();
    }

    /// The first row of a block.
    pub fn first_of(&self, block: usize) -> Option<usize> {
        self.rows.iter().position(|row| row.block == block)
    }

    /// How far down the end of what is seen is, in percent.
    pub fn percent(&self) -> usize {
        if self.rows.len() <= self.height {
            100
        } else {
            (self.top + self.height).min(self.rows.len()) * 100 / self.rows.len()
        }
    }

    /// The next row with `text`, without regard to case, after the top (or before it), round the end.
    pub fn find(&self, text: &str, direction: Direction) -> Option<usize> {
        let wanted = text.to_lowercase();
        if wanted.is_empty() || self.rows.is_empty() {
            return None;
        }
        let count = self.rows.len();
        let has = |at: &usize| self.rows[*at].text().to_lowercase().contains(&wanted);
        let top = self.top.min(count - 1);
        match direction {
            Direction::Here => (top..count).chain(0..top).find(has),
            Direction::Forward => (top + 1..count).chain(0..=top).find(has),
            Direction::Back => (0..top).rev().chain((top..count).rev()).find(has),
        }
    }
}

/// Which way to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the row at the top, that one included.
    Here,
    /// Downwards.
    Forward,
    /// Upwards.
    Back,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::text::Ink;

    fn pager(texts: &[&str], height: usize) -> Pager {
        let rows = texts.iter().map(|text| Row::of(Ink::PLAIN, *text)).collect();
        Pager { rows, height, ..Pager::default() }
    }

    #[test]
    fn one_cannot_scroll_past_the_ends() {
        let mut pager = pager(&["a", "b", "c", "d"], 3);
        for (action, top) in [(Action::Up, 0), (Action::Bottom, 1), (Action::Down, 1), (Action::Top, 0)] {
            assert!(pager.scroll(action));
            assert_eq!(pager.top, top, "{action:?}");
        }
    }

    #[test]
    fn rows_are_brought_into_sight_and_not_moved_when_they_are() {
        let mut pager = pager(&["a"; 20], 5);
        for (rows, top) in [(3..5, 0), (8..10, 5), (6..8, 5), (2..4, 2), (4..12, 4)] {
            pager.reveal(rows);
            assert_eq!(pager.top, top);
        }
    }

    #[test]
    fn a_search_goes_round_the_end() {
        let mut pager = pager(&["One", "two", "one", "three"], 1);
        assert_eq!(pager.find("one", Direction::Here), Some(0));
        assert_eq!(pager.find("ONE", Direction::Forward), Some(2));
        pager.go(2);
        assert_eq!(pager.find("one", Direction::Forward), Some(0));
        assert_eq!(pager.find("two", Direction::Back), Some(1));
        assert_eq!(pager.find("four", Direction::Here), None);
    }
}
