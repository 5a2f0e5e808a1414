//! Blocks to lines.

use super::block::{Block, Document, Heading};
use super::glyphs::Glyphs;
use super::line::{Line, Span, hang};
use super::notes::Notes;
use super::style::Style;
use super::wrap::Wrapper;
use crate::course::{Language, Track};

/// The widest layout, in columns; wider ones are laid out as this.
pub const MAX_WIDTH: usize = 500;

/// The columns that text needs beside a bullet, a bar or an indent: enough that a word and the
/// punctuation around it find room on one line.
pub(super) const MIN_TEXT: usize = 8;

/// Which tracks of an example are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tracks {
    /// The reader's own.
    One(Track),
    /// Both, side by side where there is room.
    Both,
}

/// How code and what no longer holds are told from the text around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// By their style.
    Styled,
    /// By characters, `` ` `` and `~~`: for output without styles.
    Written,
}

/// How to lay out. The default is 80 columns, Rust, English, box-drawing characters and styles.
#[derive(Debug, Clone, Copy)]
pub struct LayoutOptions {
    /// The columns that there are; 1 to [`MAX_WIDTH`].
    pub width: usize,
    /// Which tracks are shown.
    pub tracks: Tracks,
    /// The language of labels.
    pub language: Language,
    /// What is drawn around text.
    pub glyphs: &'static Glyphs,
    /// How code is told from text.
    pub markup: Markup,
}

impl Default for LayoutOptions {
    fn default() -> LayoutOptions {
        LayoutOptions {
            width: 80,
            tracks: Tracks::One(Track::default()),
            language: Language::default(),
            glyphs: &Glyphs::UNICODE,
            markup: Markup::Styled,
        }
    }
}

/// The lines of a document.
pub fn layout(document: &Document, options: &LayoutOptions) -> Vec<Line> {
    let mut layouter = Layouter::new(options);
    let width = layouter.width();
    let mut page = Page::default();
    for (number, block) in document.blocks.iter().enumerate() {
        if matches!(block, Block::Heading(_)) {
            page.add(layouter.waiting_notes(width), number.saturating_sub(1));
        }
        page.add(layouter.block(block, width, Style::Text), number);
    }
    page.add(layouter.waiting_notes(width), document.blocks.len().saturating_sub(1));
    page.lines
}

/// Top-level blocks under one another.
#[derive(Default)]
pub(super) struct Page {
    pub lines: Vec<Line>,
}

impl Page {
    /// Adds the lines of the block `number`, behind an empty line.
    pub fn add(&mut self, lines: Vec<Line>, number: usize) {
        let gap = (!lines.is_empty() && !self.lines.is_empty()).then(Line::default);
        for mut line in gap.into_iter().chain(lines) {
            line.trim_end();
            line.block = number;
            self.lines.push(line);
        }
    }
}

/// Lays out blocks; one for each document and layout.
pub(super) struct Layouter {
    pub options: LayoutOptions,
    pub wrapper: Wrapper,
    pub notes: Notes,
    /// How many lists are around.
    pub depth: usize,
}

impl Layouter {
    pub fn new(options: &LayoutOptions) -> Layouter {
        Layouter { options: *options, wrapper: Wrapper::new(), notes: Notes::default(), depth: 0 }
    }

    pub fn width(&self) -> usize {
        self.options.width.clamp(1, MAX_WIDTH)
    }

    /// Blocks with an empty line between them.
    pub fn blocks(&mut self, blocks: &[Block], width: usize, base: Style) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for block in blocks {
            let mut next = self.block(block, width, base);
            if !lines.is_empty() && !next.is_empty() {
                lines.push(Line::default());
            }
            lines.append(&mut next);
        }
        lines
    }

    /// The lines of a block, none wider than `width`; plain text in it has the meaning `base`.
    pub fn block(&mut self, block: &Block, width: usize, base: Style) -> Vec<Line> {
        match block {
            Block::Heading(heading) => self.heading(heading, width),
            Block::Paragraph(inlines) => {
                let text = self.text(inlines, base, width);
                self.wrapper.wrap(&text, width)
            }
            Block::List(list) => self.list(list, width, base),
            Block::Quote(blocks) => self.quote(blocks, width),
            Block::Code(fence) => self.code(fence, width),
            Block::Example { rust, python } => self.example(rust, python, width),
            Block::Table(table) => self.table(table, width, base),
            Block::Rule => vec![Line::of(vec![Span::new(self.options.glyphs.horizontal.repeat(width), Style::Border)])],
        }
    }

    /// A heading keeps its mark: it tells the level without colour, and in a pipe.
    fn heading(&mut self, heading: &Heading, width: usize) -> Vec<Line> {
        let style = Style::Heading(heading.level);
        let mark = format!("{} ", "#".repeat(usize::from(heading.level)));
        let indent = if width >= mark.len() + MIN_TEXT { mark.len() } else { 0 };
        let text = self.text(&heading.inlines, style, width - indent);
        let mut lines = self.wrapper.wrap(&text, width - indent);
        if indent > 0 {
            hang(&mut lines, &[Span::new(mark, style)], &[Span::new(" ".repeat(indent), style)]);
        }
        if let Some(first) = lines.first_mut() {
            first.anchor.clone_from(&heading.id);
        }
        lines
    }

    fn quote(&mut self, blocks: &[Block], width: usize) -> Vec<Line> {
        let bar = Span::new(format!("{} ", self.options.glyphs.bar), Style::Quote);
        let indent = if width >= 2 + MIN_TEXT { 2 } else { 0 };
        let mut lines = self.blocks(blocks, width - indent, Style::Quote);
        if indent > 0 {
            hang(&mut lines, std::slice::from_ref(&bar), std::slice::from_ref(&bar));
        }
        lines
    }
}
