//! What happens changes the model and asks for effects; nothing here reads, writes or waits.

mod choice;
mod course;
mod edit;
mod exercise;
pub(super) mod go;
mod lesson;
mod lists;
mod review;
mod run;
mod setup;
mod typing;

pub use choice::{Setting, heading_at};
pub use edit::{follow, position};
pub use review::begin as begin_review;

use super::action::Action;
use super::keys::{self, Place, Press};
use super::layout;
use super::model::{Library, Model, words_of};
use super::msg::{Effect, LibraryNews, Msg, Tone};
use super::screen::{ChoiceKind, Page, PageKind, Screen};
use crate::wording::Screen as Words;
use crossterm::event::{KeyEvent, KeyEventKind};

/// What is to be done.
type Todo = Vec<Effect>;

/// Takes in what happened and says what is to be done.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut todo = Todo::new();
    match msg {
        Msg::Key(key) => on_key(model, key, &mut todo),
        Msg::Paste(text) => typing::paste(model, &text),
        Msg::Resize(columns, rows) => model.size = (columns, rows),
        Msg::Time(now_ms) => model.now_ms = now_ms,
        Msg::Run { run, news } => run::news(model, run, news, &mut todo),
        Msg::Library(news) => library(model, news),
        Msg::Source { exercise, track, file, cause } => run::source(model, exercise, track, file, cause, &mut todo),
        Msg::Course(loaded) => course::loaded(model, loaded),
        Msg::Progress { progress, trouble } => {
            model.progress = *progress;
            model.trouble = trouble;
            model.count();
        }
        Msg::Highlighted(found) => {
            for (fence, tokens) in found {
                model.highlights.insert(&fence, tokens);
            }
            model.edition += 1;
        }
        Msg::Folder(made) => setup::made(model, made, &mut todo),
        Msg::Notice(tone, text) => model.notice = Some((tone, text)),
        Msg::Written => edit::written(model),
        Msg::Edited => review::edited(model, &mut todo),
    }
    layout::refresh(model, &mut todo);
    todo
}

fn library(model: &mut Model, news: LibraryNews) {
    model.library = match news {
        LibraryNews::Event(event) => match words_of(&event) {
            Some(words) => Library::Busy(words),
            None => return,
        },
        LibraryNews::Ready => Library::Ready,
        LibraryNews::Failed(what) => {
            model.notice = Some((Tone::Trouble, what.lines().next().unwrap_or_default().to_owned()));
            Library::Failed(what)
        }
    };
}

fn on_key(model: &mut Model, key: KeyEvent, todo: &mut Todo) {
    if key.kind == KeyEventKind::Release {
        return;
    }
    model.notice = None;
    let press = Press::of(&key);
    let always = keys::TABLE.iter().find(|binding| binding.place == Place::Always && binding.keys.contains(&press));
    if let Some(binding) = always {
        return act(model, binding.action, todo);
    }
    if typing::takes(model) {
        return typing::key(model, &key, todo);
    }
    match keys::action(model.screen().place(), press) {
        Some(action) => act(model, action, todo),
        None => typing::into_editor(model, key),
    }
}

/// Does what a key asks for: first what the screen does, then what all do.
fn act(model: &mut Model, action: Action, todo: &mut Todo) {
    let done = match model.screen() {
        Screen::Setup(_) => setup::act(model, action, todo),
        Screen::Home(_) | Screen::List(_) | Screen::Matrix(_) => lists::act(model, action, todo),
        Screen::Lesson(_) => lesson::act(model, action, todo),
        Screen::Exercise(_) => exercise::act(model, action, todo),
        Screen::Page(_) => page(model, action, todo),
        Screen::Choice(_) => choice::act(model, action, todo),
        Screen::Editor(_) => edit::act(model, action, todo),
        Screen::Review(_) => review::act(model, action, todo),
    };
    if !done {
        everywhere(model, action, todo);
    }
}

fn page(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let Some(Screen::Page(page)) = model.screens.last_mut() else { return false };
    if page.pager.scroll(action) {
        return true;
    }
    match (action, page.kind.clone()) {
        (Action::Hint, PageKind::Hints(exercise)) => exercise::next_hint(model, &exercise, todo),
        (Action::Next, PageKind::Solution(exercise)) => {
            model.screens.pop();
            go::after(model, &exercise, todo);
        }
        (Action::Help, PageKind::Help(_)) => go::back(model, todo),
        _ => return false,
    }
    true
}

fn everywhere(model: &mut Model, action: Action, todo: &mut Todo) {
    // Without a folder there is nowhere to go yet.
    let in_setup = matches!(model.screen(), Screen::Setup(_));
    match action {
        Action::Quit => quit(model, todo),
        Action::Suspend => todo.push(Effect::Suspend),
        Action::Redraw => todo.push(Effect::Redraw),
        Action::Back => go::back(model, todo),
        _ if in_setup => {}
        Action::Help => {
            let place = model.screen().place();
            model.screens.push(Screen::Page(Page { kind: PageKind::Help(place), pager: Default::default() }));
        }
        Action::Home => model.screens.truncate(1),
        Action::List => go::list(model),
        Action::Progress => go::matrix(model),
        Action::Settings => choice::open(model, ChoiceKind::Settings),
        Action::Language => choice::next_language(model, todo),
        Action::Problems if model.course.problems.is_empty() => {
            model.notice = Some((Tone::Fine, model.say(&Words::NoProblems)));
        }
        Action::Problems => {
            model.screens.push(Screen::Page(Page { kind: PageKind::Problems, pager: Default::default() }));
        }
        _ => {}
    }
}

/// Ends, unless something typed would be lost: then the first key warns.
fn quit(model: &mut Model, todo: &mut Todo) {
    let warning = model.say(&Words::Unsaved);
    let unsaved = model.screens.iter_mut().rev().find_map(|screen| match screen {
        Screen::Editor(editor) if editor.is_changed() && !editor.warned => Some(editor),
        _ => None,
    });
    match unsaved {
        Some(editor) => {
            editor.warned = true;
            model.notice = Some((Tone::Trouble, warning));
        }
        None => todo.push(Effect::Quit),
    }
}
