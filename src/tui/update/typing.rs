//! Typed text: searches, the folder of the first start, the built-in editor.

use super::{Todo, edit, lesson, setup};
use crate::tui::model::Model;
use crate::tui::pager::Direction;
use crate::tui::screen::{Question, Screen, Search};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The longest text that is typed into a line, in characters.
const LONGEST: usize = 200;

/// Whether keys are text now.
pub fn takes(model: &Model) -> bool {
    match model.screen() {
        Screen::Lesson(view) => view.search.typing,
        Screen::List(view) => view.search.typing,
        Screen::Setup(view) => view.questions.first() == Some(&Question::Folder) && !view.making,
        _ => false,
    }
}

/// A key while text is typed into a line.
pub fn key(model: &mut Model, key: &KeyEvent, todo: &mut Todo) {
    let is_plain = !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    match key.code {
        KeyCode::Char(char) if is_plain => change(model, |text| text.push(char)),
        KeyCode::Backspace => change(model, |text| {
            text.pop();
        }),
        KeyCode::Char('u') => change(model, String::clear),
        KeyCode::Enter => done(model, todo),
        KeyCode::Esc => leave(model, todo),
        KeyCode::Up | KeyCode::Down => {
            if let Some(Screen::List(view)) = model.screens.last_mut() {
                view.at = if key.code == KeyCode::Up { view.at.saturating_sub(1) } else { view.at + 1 };
            }
        }
        _ => {}
    }
}

/// Pasted text goes where typed text does.
pub fn paste(model: &mut Model, text: &str) {
    if let Some(Screen::Editor(view)) = model.screens.last_mut() {
        view.text.insert_str(text.replace("\r\n", "\n").replace('\r', "\n"));
    } else if takes(model) {
        let line: String = text.chars().filter(|char| !char.is_control()).collect();
        change(model, |typed| typed.push_str(&line));
    }
}

/// A key that means nothing else goes into the built-in editor.
pub fn into_editor(model: &mut Model, key: KeyEvent) {
    if let Some(Screen::Editor(view)) = model.screens.last_mut() {
        edit::typed(view, key);
    }
}

fn change(model: &mut Model, how: impl FnOnce(&mut String)) {
    let text = match model.screens.last_mut() {
        Some(Screen::Lesson(view)) => &mut view.search.text,
        Some(Screen::List(view)) => {
            view.at = 0;
            &mut view.search.text
        }
        Some(Screen::Setup(view)) => {
            view.problem = None;
            &mut view.folder
        }
        _ => return,
    };
    how(text);
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
    }
    // What is searched for is shown as it is typed.
    if let Some(Screen::Lesson(view)) = model.screens.last_mut()
        && let Some(row) = view.pager.find(&view.search.text, Direction::Here)
    {
        view.pager.go(row);
    }
}

fn done(model: &mut Model, todo: &mut Todo) {
    match model.screens.last_mut() {
        Some(Screen::Lesson(view)) => {
            view.search.typing = false;
            lesson::find(model, Direction::Here);
        }
        Some(Screen::List(view)) => view.search.typing = false,
        Some(Screen::Setup(_)) => setup::answer(model, todo),
        _ => {}
    }
}

fn leave(model: &mut Model, todo: &mut Todo) {
    match model.screens.last_mut() {
        Some(Screen::Lesson(view)) => view.search = Search::default(),
        Some(Screen::List(view)) => view.search = Search::default(),
        Some(Screen::Setup(_)) => super::go::back(model, todo),
        _ => {}
    }
}
