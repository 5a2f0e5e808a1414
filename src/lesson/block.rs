//! A document as its author structured it.
//!
//! ```text
//! Document
//!  └─ Block
//!      ├─ Heading, Paragraph      inlines
//!      ├─ List, Quote             blocks
//!      ├─ Code                    a fence
//!      ├─ Example                 the same in two tracks: a `rust` fence directly followed by a `python` fence
//!      ├─ Table                   cells of inlines
//!      └─ Rule
//! ```

use super::fence::Fence;
use super::inline::{Inline, text_of};

/// A parsed text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its top-level blocks.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// A quote.
    Quote(Vec<Block>),
    /// Code.
    Code(Fence),
    /// The same in Rust and in Python.
    Example {
        /// The Rust fence.
        rust: Fence,
        /// The Python fence; its index is the next one.
        python: Fence,
    },
    /// A table.
    Table(Table),
    /// A thematic break.
    Rule,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The id in `{#id}`.
    pub id: Option<String>,
    /// Its text.
    pub inlines: Vec<Inline>,
    /// Its line in the source.
    pub line: usize,
}

impl Heading {
    /// Its text without meanings.
    pub fn text(&self) -> String {
        text_of(&self.inlines)
    }
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The number of the first item of a numbered list.
    pub start: Option<u64>,
    /// Whether the author left empty lines between items.
    pub loose: bool,
    /// The blocks of each item.
    pub items: Vec<Vec<Block>>,
}

/// A table. Every row has as many cells as `alignments`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Per column, where its text stands.
    pub alignments: Vec<Alignment>,
    /// The first row.
    pub head: Vec<Vec<Inline>>,
    /// The other rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// Where the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// At the left; also where the author did not say.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

impl Document {
    /// The fences in their order, those in lists, quotes and examples too.
    pub fn fences(&self) -> impl Iterator<Item = &Fence> {
        let mut found = Vec::new();
        collect_fences(&self.blocks, &mut found);
        found.into_iter()
    }

    /// The headings in their order. Headings in lists and quotes are not part of the outline.
    pub fn headings(&self) -> impl Iterator<Item = &Heading> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        })
    }

    /// The part from the heading with this id up to the next heading of its level or above.
    /// Fences keep their index.
    pub fn section(&self, id: &str) -> Option<Document> {
        let level_at = |at: usize| match &self.blocks[at] {
            Block::Heading(heading) => Some(heading.level),
            _ => None,
        };
        let start = self
            .blocks
            .iter()
            .position(|block| matches!(block, Block::Heading(heading) if heading.id.as_deref() == Some(id)))?;
        let level = level_at(start)?;
        let end = (start + 1..self.blocks.len())
            .find(|&at| level_at(at).is_some_and(|other| other <= level))
            .unwrap_or(self.blocks.len());
        Some(Document { blocks: self.blocks[start..end].to_vec() })
    }
}

fn collect_fences<'a>(blocks: &'a [Block], found: &mut Vec<&'a Fence>) {
    for block in blocks {
        match block {
            Block::Code(fence) => found.push(fence),
            Block::Example { rust, python } => found.extend([rust, python]),
            Block::Quote(blocks) => collect_fences(blocks, found),
            Block::List(list) => list.items.iter().for_each(|item| collect_fences(item, found)),
            Block::Heading(_) | Block::Paragraph(_) | Block::Table(_) | Block::Rule => {}
        }
    }
}
