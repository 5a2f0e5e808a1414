//! Markdown as printed text: coloured on a terminal, plain into a pipe.

use super::context::Context;
use super::paint;
use crate::lesson::{self, Document, Highlights, LayoutOptions, Line, Markup, Palette, Tracks};
use std::io::IsTerminal;

/// A piece of markdown in the learner's language and track.
pub(super) fn markdown(context: &Context, text: &str) -> Vec<String> {
    document(context, &Document::parse(text), paint::width(), Tracks::One(context.track))
}

/// A document, laid out.
pub(super) fn document(context: &Context, document: &Document, width: usize, tracks: Tracks) -> Vec<String> {
    let lines = lesson::layout(document, &options(context, width, tracks));
    printed(&[document], lines)
}

/// Two documents, side by side where there is room.
pub(super) fn pair(
    context: &Context,
    first: &Document,
    second: &Document,
    width: usize,
    tracks: Tracks,
) -> Vec<String> {
    let lines = lesson::layout_pair(first, second, &options(context, width, tracks));
    printed(&[first, second], lines)
}

fn options(context: &Context, width: usize, tracks: Tracks) -> LayoutOptions {
    let markup = if is_styled() { Markup::Styled } else { Markup::Written };
    LayoutOptions { width, tracks, language: context.language, markup, ..LayoutOptions::default() }
}

fn is_styled() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn printed(documents: &[&Document], mut lines: Vec<Line>) -> Vec<String> {
    let text = if is_styled() {
        documents.iter().for_each(|document| Highlights::of(document).paint(&mut lines));
        lesson::ansi(&lines, &Palette::AUTO)
    } else {
        lesson::plain(&lines)
    };
    text.lines().map(str::to_owned).collect()
}
