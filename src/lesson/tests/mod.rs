//! Tests of the way from markdown to text as a whole.

mod codes;
mod constructs;
mod pages;
mod pairs;
mod promises;

use super::{Document, LayoutOptions, Tracks, layout, plain};
use crate::course::Track;

/// The same lesson in two languages, with everything that a lesson may have.
const ENGLISH: &str = include_str!("samples/en.md");
const CHINESE: &str = include_str!("samples/zh.md");

/// What is shown of `markdown` at `width` columns, for a learner of Rust.
fn shown(markdown: &str, width: usize) -> String {
    shown_with(markdown, &LayoutOptions { width, ..LayoutOptions::default() })
}

fn shown_with(markdown: &str, options: &LayoutOptions) -> String {
    plain(&layout(&Document::parse(markdown), options))
}

/// Options for `width` columns and both tracks.
fn both(width: usize) -> LayoutOptions {
    LayoutOptions { width, tracks: Tracks::Both, ..LayoutOptions::default() }
}

/// Options for `width` columns and one track.
fn one(track: Track, width: usize) -> LayoutOptions {
    LayoutOptions { width, tracks: Tracks::One(track), ..LayoutOptions::default() }
}
