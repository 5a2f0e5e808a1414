//! Draws the model; reads nothing else.

mod canvas;
mod choice;
mod chrome;
mod editor;
mod exercise;
mod home;
mod lesson;
mod list;
mod matrix;
mod page;
mod review;
mod setup;

use super::geometry;
use super::model::Model;
use super::screen::Screen;
use crate::wording::Screen as Words;
use canvas::Canvas;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// Draws the model.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    if let Some(cursor) = draw(model, frame.buffer_mut()) {
        frame.set_cursor_position(cursor);
    }
}

/// Draws the model and says where the cursor is to be, if anything is typed.
pub fn draw(model: &Model, buffer: &mut Buffer) -> Option<Position> {
    let whole = buffer.area;
    let mut canvas = Canvas::new(buffer, model);
    let areas = geometry::areas(model).filter(|_| whole.width >= model.size.0 && whole.height >= model.size.1);
    let Some(areas) = areas else {
        let (columns, rows) = model.size;
        too_small(&mut canvas, &model.say(&Words::TooSmall { columns, rows }), whole);
        return None;
    };
    let count = model.screens.len();
    if model.screen().is_box() && count > 1 {
        screen(&mut canvas, model, &model.screens[count - 2], areas.body);
    }
    let cursor = screen(&mut canvas, model, model.screen(), areas.body);
    chrome::header(&mut canvas, model, areas.header);
    if let Some(banner) = areas.banner {
        chrome::banner(&mut canvas, model, banner);
    }
    chrome::footer(&mut canvas, model, areas.footer).or(cursor)
}

fn screen(canvas: &mut Canvas<'_>, model: &Model, screen: &Screen, body: Rect) -> Option<Position> {
    match screen {
        Screen::Setup(view) => return setup::draw(canvas, model, view, body),
        Screen::Home(view) => home::draw(canvas, model, *view, body),
        Screen::Lesson(view) => lesson::draw(canvas, model, view, body),
        Screen::Exercise(view) => exercise::draw(canvas, model, view, body),
        Screen::List(view) => list::draw(canvas, model, view, body),
        Screen::Matrix(view) => matrix::draw(canvas, model, *view, body),
        Screen::Page(page) => page::draw(canvas, page, body),
        Screen::Choice(view) => choice::draw(canvas, model, *view, body),
        Screen::Review(view) => review::draw(canvas, model, view, body),
        Screen::Editor(view) => return editor::draw(canvas, view, body),
    }
    None
}

fn too_small(canvas: &mut Canvas<'_>, text: &str, whole: Rect) {
    let lines = crate::lesson::wrap_plain(text, usize::from(whole.width).max(1));
    for (line, y) in lines.iter().zip(whole.y..whole.bottom()) {
        canvas.text(whole.x, y, whole.width, line, ratatui::style::Style::new());
    }
}
