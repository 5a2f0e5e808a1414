//! Choices in a box: settings, headings, the question before a reset.

use super::lists::moved;
use super::{Todo, go};
use crate::course::{Language, Track};
use crate::tui::action::Action;
use crate::tui::model::{Model, Reading};
use crate::tui::msg::{Cause, Effect, Tone};
use crate::tui::screen::{Choice, ChoiceKind, LessonView, Screen};
use crate::wording::Screen as Words;
use crate::workspace::{SettingsChange, Theme};

/// Opens a box.
pub fn open(model: &mut Model, kind: ChoiceKind) {
    let at = match (kind, model.screens.last()) {
        (ChoiceKind::Contents, Some(Screen::Lesson(view))) => heading_at(view),
        _ => 0,
    };
    model.screens.push(Screen::Choice(Choice { kind, at }));
}

/// The heading that the top of a lesson stands under.
pub fn heading_at(view: &LessonView) -> usize {
    let below = view.pager.rows.iter().take(view.pager.top + 1);
    below.filter(|row| row.anchor.is_some()).count().saturating_sub(1)
}

/// How many choices there are.
fn count(model: &Model, kind: ChoiceKind) -> usize {
    match kind {
        ChoiceKind::Settings => Setting::ALL.len(),
        ChoiceKind::Reset => 2,
        ChoiceKind::Contents => model.screens.iter().rev().nth(1).map_or(0, |screen| match screen {
            Screen::Lesson(view) => view.pager.rows.iter().filter(|row| row.anchor.is_some()).count(),
            _ => 0,
        }),
    }
}

pub fn act(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let Some(Screen::Choice(Choice { kind, at })) = model.screens.last().cloned() else { return false };
    let count = count(model, kind);
    if let Some(to) = moved(at, count, action, count) {
        if let Some(Screen::Choice(choice)) = model.screens.last_mut() {
            choice.at = to;
        }
        return true;
    }
    if action != Action::Open {
        return matches!(action, Action::Settings | Action::Help);
    }
    match kind {
        ChoiceKind::Settings => Setting::ALL[at.min(count - 1)].next(model, todo),
        ChoiceKind::Contents => {
            go::back(model, todo);
            if let Some(Screen::Lesson(view)) = model.screens.last_mut() {
                let headings: Vec<usize> =
                    (0..view.pager.rows.len()).filter(|row| view.pager.rows[*row].anchor.is_some()).collect();
                if let Some(row) = headings.get(at) {
                    view.pager.go(*row);
                }
            }
        }
        ChoiceKind::Reset => {
            go::back(model, todo);
            if let (1, Some(Screen::Exercise(view))) = (at, model.screens.last()) {
                todo.push(Effect::Reset(view.id.clone(), model.choices.track));
            }
        }
    }
    true
}

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    Language,
    Reading,
    Track,
    BothTracks,
    Theme,
    Ascii,
}

impl Setting {
    /// Every setting, in order.
    pub const ALL: [Setting; 6] =
        [Setting::Language, Setting::Reading, Setting::Track, Setting::BothTracks, Setting::Theme, Setting::Ascii];

    /// Goes to the setting's next value.
    fn next(self, model: &mut Model, todo: &mut Todo) {
        let choices = &mut model.choices;
        match self {
            Setting::Language => {
                choices.language = other(&Language::ALL, choices.language);
                todo.push(Effect::Change(SettingsChange::Language(choices.language)));
            }
            Setting::Reading => {
                choices.reading = other(&[Reading::One, Reading::Both], choices.reading);
            }
            Setting::Track => {
                choices.track = other(&Track::ALL, choices.track);
                todo.push(Effect::Change(SettingsChange::Track(choices.track)));
                take_up(model, todo);
            }
            Setting::BothTracks => choices.both_tracks = !choices.both_tracks,
            Setting::Theme => {
                choices.theme = other(&Theme::ALL, choices.theme);
                todo.push(Effect::Change(SettingsChange::Theme(choices.theme)));
            }
            Setting::Ascii => choices.ascii = !choices.ascii,
        }
        model.count();
    }
}

/// The value after `now`, round the end.
fn other<T: PartialEq + Copy>(all: &[T], now: T) -> T {
    let at = all.iter().position(|one| *one == now).map_or(0, |at| (at + 1) % all.len());
    all.get(at).copied().unwrap_or(now)
}

/// What is open is read again in the track that was chosen.
fn take_up(model: &mut Model, todo: &mut Todo) {
    let track = model.choices.track;
    for screen in &model.screens {
        if let Screen::Exercise(view) = screen {
            todo.push(Effect::ReadFile(view.id.clone(), track, Cause::Shown));
            todo.push(Effect::Prime(view.id.clone(), track));
        }
    }
}

/// English, then Chinese, then both, then English again.
pub fn next_language(model: &mut Model, todo: &mut Todo) {
    if model.course.languages.len() < 2 {
        model.notice = Some((Tone::Fine, model.say(&Words::OneLanguage)));
        return;
    }
    let choices = &mut model.choices;
    match (choices.reading, choices.language) {
        (Reading::One, Language::En) => choices.language = Language::Zh,
        (Reading::One, Language::Zh) => choices.reading = Reading::Both,
        (Reading::Both, _) => {
            choices.reading = Reading::One;
            choices.language = Language::En;
        }
    }
    let (words, language) = (Words::ReadingNow { both: choices.reading == Reading::Both }, choices.language);
    todo.push(Effect::Change(SettingsChange::Language(language)));
    model.notice = Some((Tone::Fine, model.say(&words)));
    model.count();
}

/// Shows examples in both tracks, or in the learner's again.
pub fn both_tracks(model: &mut Model) {
    model.choices.both_tracks = !model.choices.both_tracks;
    model.edition += 1;
}
