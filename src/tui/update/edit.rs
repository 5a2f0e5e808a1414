//! The built-in editor, for those who have none.

use super::{Todo, go};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::msg::{Effect, Tone};
use crate::tui::screen::{EditorView, Screen};
use crate::wording::Screen as Words;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui_textarea::{CursorMove, TextArea};

/// Opens the learner's file of an exercise.
pub fn open(model: &mut Model, id: &str) {
    let track = model.choices.track;
    let desk = model.desks.get(&(id.to_owned(), track));
    let Some(Ok(text)) = desk.and_then(|desk| desk.file.as_ref()).map(|file| file.text.clone()) else {
        model.notice = Some((Tone::Trouble, model.say(&Words::NoFileYet)));
        return;
    };
    let mut area = TextArea::new(text.lines().map(str::to_owned).collect());
    area.set_tab_length(4);
    let view = EditorView { exercise: id.to_owned(), track, text: area, saved: text, top: 0, warned: false };
    model.screens.push(Screen::Editor(Box::new(view)));
}

pub fn act(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let warning = model.say(&Words::Unsaved);
    let Some(Screen::Editor(view)) = model.screens.last_mut() else { return false };
    match action {
        Action::Save => {
            let (exercise, track, edited, text) = (view.exercise.clone(), view.track, view.saved.clone(), view.whole());
            todo.push(Effect::Write { exercise, track, edited, text });
        }
        Action::Undo => {
            view.text.undo();
        }
        Action::Redo => {
            view.text.redo();
        }
        Action::Back if view.is_changed() && !view.warned => {
            view.warned = true;
            model.notice = Some((Tone::Trouble, warning));
        }
        Action::Back => go::back(model, todo),
        _ => return false,
    }
    true
}

/// The text was written: it is what is on the disk now.
pub fn written(model: &mut Model) {
    let saved = model.say(&Words::Saved);
    if let Some(Screen::Editor(view)) = model.screens.last_mut() {
        view.saved = view.whole();
        view.warned = false;
        model.notice = Some((Tone::Fine, saved));
    }
}

/// A key that is typed into the text.
pub fn typed(view: &mut EditorView, key: KeyEvent) {
    view.warned = false;
    match key.code {
        KeyCode::Enter => {
            let indent = indent_after(view);
            view.text.insert_newline();
            view.text.insert_str(&indent);
        }
        KeyCode::Backspace if is_in_indent(view) => {
            let (_, column) = position(view);
            let back = if column % 4 == 0 { 4 } else { column % 4 };
            for _ in 0..back {
                view.text.delete_char();
            }
        }
        _ => {
            view.text.input(key);
        }
    }
}

/// The line and the column, in characters.
pub fn position(view: &EditorView) -> (usize, usize) {
    let cursor = view.text.cursor();
    (cursor.0, cursor.1)
}

fn before_cursor(view: &EditorView) -> String {
    let (row, column) = position(view);
    view.text.lines().get(row).map(|line| line.chars().take(column).collect()).unwrap_or_default()
}

/// A new line starts where the one before did, and deeper behind an opening bracket or a colon.
fn indent_after(view: &EditorView) -> String {
    let before = before_cursor(view);
    let depth = before.chars().take_while(|char| *char == ' ').count();
    let opens = before.trim_end().ends_with(['{', '(', '[', ':']);
    " ".repeat(depth + if opens { 4 } else { 0 })
}

/// Whether only spaces stand before the cursor, and there are some.
fn is_in_indent(view: &EditorView) -> bool {
    let before = before_cursor(view);
    !before.is_empty() && before.chars().all(|char| char == ' ')
}

/// Keeps the cursor in sight.
pub fn follow(view: &mut EditorView, height: usize) {
    let (row, _) = position(view);
    let height = height.max(1);
    if row < view.top {
        view.top = row;
    } else if row >= view.top + height {
        view.top = row + 1 - height;
    }
    // A file that became shorter than where one was.
    if row >= view.text.lines().len() {
        view.text.move_cursor(CursorMove::Bottom);
    }
}
