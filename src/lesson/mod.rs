//! Markdown to blocks to styled lines; knows no terminal.
//!
//! ```text
//! markdown ── Document::parse ──> Document          blocks and inlines, no width
//!                                    │
//!                 layout, layout_pair (LayoutOptions: width, tracks, language)
//!                                    v
//!                                 Vec<Line>         spans of text with a meaning (Style), no colour
//!                                    │
//!              Highlights::paint     │     (optional: gives code its tokens; slow, so a step of its own)
//!                                    v
//!                      plain / ansi (Palette) ──> String
//! ```
//!
//! Three promises hold for every input and every width, and property tests hold them: no line is
//! wider than the width, nothing that can be read is lost or reordered, and no control character of
//! the source comes out.

mod align;
mod ansi;
mod block;
mod cluster;
mod code;
mod columns;
mod fence;
mod glyphs;
mod highlight;
mod inline;
mod label;
mod layout;
mod line;
mod list;
mod notes;
mod pair;
mod palette;
mod parse;
mod plain;
mod punctuation;
mod shrink;
mod style;
mod table;
mod text;
mod visible;
mod wrap;

#[cfg(test)]
mod tests;

pub use ansi::ansi;
pub use block::{Alignment, Block, Document, Heading, List, Table};
pub use fence::{Fence, Mark};
pub use glyphs::Glyphs;
pub use highlight::{Highlights, Tokens, highlight};
pub use inline::Inline;
pub use layout::{LayoutOptions, MAX_WIDTH, Markup, Tracks, layout};
pub use line::{Line, Span};
pub use pair::layout_pair;
pub use palette::{Colour, Look, Palette};
pub use plain::{plain, wrap_plain};
pub use style::{Style, Token};
