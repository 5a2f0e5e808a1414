//! The questions of the first start: language, track, folder.

use super::Todo;
use super::lists::moved;
use crate::course::{Language, Track};
use crate::tui::action::Action;
use crate::tui::model::Model;
use crate::tui::msg::{Effect, Tone};
use crate::tui::screen::{Home, Question, Screen, Setup};
use crate::wording::Screen as Words;

/// The choices of the question that is asked.
pub fn count(view: &Setup) -> usize {
    match view.questions.first() {
        Some(Question::Language) => Language::ALL.len(),
        Some(Question::Track) => Track::ALL.len(),
        Some(Question::Folder) | None => 0,
    }
}

pub fn act(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let Some(Screen::Setup(view)) = model.screens.last_mut() else { return false };
    if view.making {
        return false;
    }
    let count = count(view);
    if let Some(at) = moved(view.at, count, action, count) {
        view.at = at;
        if view.questions.first() == Some(&Question::Language) {
            // The question is seen in the language that is about to be chosen.
            model.choices.language = Language::ALL[at.min(count - 1)];
        }
        return true;
    }
    if action == Action::Open {
        answer(model, todo);
        return true;
    }
    false
}

/// Takes the answer to the first question; after the last, the folder is made.
pub fn answer(model: &mut Model, todo: &mut Todo) {
    let Some(Screen::Setup(view)) = model.screens.last_mut() else { return };
    match view.questions.first() {
        Some(Question::Language) => {
            view.language = Language::ALL[view.at.min(Language::ALL.len() - 1)];
            model.choices.language = view.language;
        }
        Some(Question::Track) => {
            view.track = Track::ALL[view.at.min(Track::ALL.len() - 1)];
            model.choices.track = view.track;
        }
        Some(Question::Folder) if view.folder.trim().is_empty() => {
            view.problem = Some(Words::FolderEmpty).map(|words| crate::wording::Say::say(&words, view.language));
            return;
        }
        Some(Question::Folder) | None => {}
    }
    if !view.questions.is_empty() && view.questions[0] != Question::Folder {
        view.questions.remove(0);
        view.at = 0;
    } else {
        view.questions.clear();
    }
    if view.questions.is_empty() {
        view.making = true;
        todo.push(Effect::MakeFolder(view.folder.trim().to_owned(), view.language, view.track));
    }
    model.count();
}

/// The folder was made, or could not be; then it is asked for again.
pub fn made(model: &mut Model, made: Result<String, String>, _todo: &mut Todo) {
    match made {
        Ok(folder) => {
            model.folder = Some(folder.clone());
            model.screens = vec![Screen::Home(Home::default())];
            model.notice = Some((Tone::Fine, model.say(&Words::FolderMade { path: folder })));
        }
        Err(problem) => {
            if let Some(Screen::Setup(view)) = model.screens.last_mut() {
                view.making = false;
                view.problem = Some(problem);
                view.questions = vec![Question::Folder];
            }
        }
    }
}
