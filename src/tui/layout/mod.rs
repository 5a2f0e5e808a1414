//! Lays out what is shown, after every change of the model and before anything is drawn: pages keep their rows until
//! something that they were made from changes, so that a key costs no layout.

mod exercise;
mod lesson;
mod page;
mod review;
pub mod timeline;

pub use lesson::documents;
pub use page::hints;

use super::geometry;
use super::model::Model;
use super::msg::Effect;
use super::screen::Screen;
use super::update::follow;
use crate::lesson::{Document, Fence, LayoutOptions, Markup};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Brings the rows of what is shown up to date.
pub fn refresh(model: &mut Model, todo: &mut Vec<Effect>) {
    let Some(areas) = geometry::areas(model) else { return };
    let shown = model.screens.len();
    let below = if model.screen().is_box() { shown.saturating_sub(2) } else { shown - 1 };
    for at in below..shown {
        // Taken out while it is laid out, since that looks at the rest of the model.
        let placeholder = Screen::Home(super::screen::Home::default());
        let mut screen = std::mem::replace(&mut model.screens[at], placeholder);
        match &mut screen {
            Screen::Lesson(view) => lesson::refresh(model, view, areas.body, todo),
            Screen::Exercise(view) => exercise::refresh(model, view, areas.body, todo),
            Screen::Review(view) => review::refresh(model, view, areas.body),
            Screen::Page(page) => page::refresh(model, page, areas.body, todo),
            Screen::Editor(view) => follow(view, usize::from(areas.body.height.saturating_sub(1))),
            Screen::Setup(_) | Screen::Home(_) | Screen::List(_) | Screen::Matrix(_) | Screen::Choice(_) => {}
        }
        model.screens[at] = screen;
    }
}

/// What tells one state from another.
fn mark(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

fn options(model: &Model, width: u16) -> LayoutOptions {
    LayoutOptions {
        width: usize::from(width).max(1),
        tracks: model.tracks(),
        language: model.choices.language,
        glyphs: model.glyphs(),
        markup: Markup::Styled,
    }
}

/// Asks for the colours of a document's code, once for each piece.
fn colours(model: &mut Model, document: &Document, todo: &mut Vec<Effect>) {
    let fences: Vec<Fence> = document
        .fences()
        .filter(|fence| !model.highlights.has(fence) && !fence.language.is_empty() && fence.language != "text")
        .cloned()
        .collect();
    let fences: Vec<Fence> = fences.into_iter().filter(|fence| model.asked.insert(fence.key())).collect();
    if !fences.is_empty() {
        todo.push(Effect::Highlight(fences));
    }
}
