//! The key table. The overlay of `?`, the footer and what keys do all come from here; a test holds that no two
//! bindings of a place clash.

use super::action::Action;
use crate::wording::Screen as Words;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Where a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// On every screen but those where text is typed.
    Everywhere,
    /// Whatever is on the screen, typed text too.
    Always,
    /// The first screen.
    Home,
    /// A lesson.
    Lesson,
    /// An exercise.
    Exercise,
    /// The list of the course.
    List,
    /// The matrix of progress.
    Matrix,
    /// Hints.
    Hints,
    /// The solution.
    Solution,
    /// Attempts, problems, help.
    Page,
    /// Choices in a box: settings, headings.
    Choice,
    /// The built-in editor.
    Editor,
    /// A review of the person's own code.
    Review,
}

/// A key, with Ctrl or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Press {
    /// A character, as typed.
    Char(char),
    /// A character with Ctrl.
    Ctrl(char),
    /// Another key.
    Code(KeyCode),
}

impl Press {
    /// The press of a terminal's event.
    pub fn of(key: &KeyEvent) -> Press {
        match key.code {
            KeyCode::Char(char) if key.modifiers.contains(KeyModifiers::CONTROL) => {
                Press::Ctrl(char.to_ascii_lowercase())
            }
            KeyCode::Char(char) => Press::Char(char),
            code => Press::Code(code),
        }
    }

    /// How it is written in help.
    pub fn name(self) -> String {
        match self {
            Press::Char(' ') => "Space".to_owned(),
            Press::Char(char) => char.to_string(),
            Press::Ctrl(char) => format!("Ctrl-{}", char.to_ascii_uppercase()),
            Press::Code(KeyCode::Up) => "↑".to_owned(),
            Press::Code(KeyCode::Down) => "↓".to_owned(),
            Press::Code(KeyCode::Left) => "←".to_owned(),
            Press::Code(KeyCode::Right) => "→".to_owned(),
            Press::Code(KeyCode::PageUp) => "PgUp".to_owned(),
            Press::Code(KeyCode::PageDown) => "PgDn".to_owned(),
            Press::Code(KeyCode::BackTab) => "Shift-Tab".to_owned(),
            Press::Code(code) => format!("{code:?}"),
        }
    }
}

/// What keys do somewhere.
#[derive(Debug)]
pub struct Binding {
    /// Where.
    pub place: Place,
    /// Which keys; the first is the one that the footer names.
    pub keys: &'static [Press],
    /// What they do.
    pub action: Action,
    /// What is said about it.
    pub words: Words,
    /// Whether the footer names it; those that come first win where room is short.
    pub footer: bool,
}

const fn bind(place: Place, keys: &'static [Press], action: Action, words: Words) -> Binding {
    Binding { place, keys, action, words, footer: false }
}

const fn shown(place: Place, keys: &'static [Press], action: Action, words: Words) -> Binding {
    Binding { place, keys, action, words, footer: true }
}

/// The key that shows a traceback whole; verdicts name it.
pub const WHOLE_TRACE: char = 'w';

/// Every binding.
pub static TABLE: &[Binding] = {
    use KeyCode as K;
    use Press::{Char, Code, Ctrl};
    &[
        shown(Place::Home, &[Code(K::Enter), Char('l'), Code(K::Right)], Action::Open, Words::KeyOpen),
        shown(Place::Home, &[Char('n')], Action::Next, Words::KeyNextExercise),
        shown(Place::Lesson, &[Char('r')], Action::Run, Words::KeyRunExample),
        shown(Place::Lesson, &[Char('t'), Code(K::Enter)], Action::Contents, Words::KeyContents),
        shown(Place::Lesson, &[Char('/')], Action::Search, Words::KeySearch),
        bind(Place::Lesson, &[Char('n')], Action::SearchNext, Words::KeySearchNext),
        bind(Place::Lesson, &[Char('N')], Action::SearchPrevious, Words::KeySearchPrevious),
        bind(Place::Lesson, &[Char(']'), Char('}')], Action::NextHeading, Words::KeyNextHeading),
        bind(Place::Lesson, &[Char('['), Char('{')], Action::PreviousHeading, Words::KeyPreviousHeading),
        bind(Place::Lesson, &[Code(K::Tab)], Action::NextExample, Words::KeyNextExample),
        shown(Place::Lesson, &[Char('b')], Action::BothTracks, Words::KeyBothTracks),
        shown(Place::Lesson, &[Char('x')], Action::Next, Words::KeyToExercise),
        bind(Place::Lesson, &[Char('.')], Action::Stop, Words::KeyStop),
        shown(Place::Exercise, &[Char('e')], Action::Edit, Words::KeyEdit),
        shown(Place::Exercise, &[Code(K::Tab)], Action::NextPane, Words::KeyNextPane),
        bind(Place::Exercise, &[Code(K::BackTab)], Action::PreviousPane, Words::KeyPreviousPane),
        bind(Place::Exercise, &[Char('1')], Action::Pane(0), Words::KeyPaneTask),
        bind(Place::Exercise, &[Char('2')], Action::Pane(1), Words::KeyPaneCode),
        bind(Place::Exercise, &[Char('3')], Action::Pane(2), Words::KeyPaneVerdict),
        bind(Place::Exercise, &[Char('4')], Action::Pane(3), Words::KeyPaneTimeline),
        shown(Place::Exercise, &[Char('i')], Action::Hint, Words::KeyHint),
        shown(Place::Exercise, &[Char('r')], Action::Run, Words::KeyJudge),
        bind(Place::Exercise, &[Char('.')], Action::Stop, Words::KeyStop),
        shown(Place::Exercise, &[Char('s')], Action::Solution, Words::KeySolution),
        shown(Place::Exercise, &[Char('n')], Action::Next, Words::KeyNextExercise),
        bind(Place::Exercise, &[Char('t'), Code(K::Enter)], Action::Read, Words::KeyRead),
        bind(Place::Exercise, &[Char('a')], Action::Attempts, Words::KeyAttempts),
        bind(Place::Exercise, &[Char('+'), Char('=')], Action::ZoomIn, Words::KeyZoomIn),
        bind(Place::Exercise, &[Char('-')], Action::ZoomOut, Words::KeyZoomOut),
        bind(Place::Exercise, &[Char('0')], Action::ZoomAll, Words::KeyZoomAll),
        bind(Place::Exercise, &[Char('T')], Action::NextTest, Words::KeyNextTest),
        bind(Place::Exercise, &[Code(K::Left), Char('h')], Action::Left, Words::KeyLeft),
        bind(Place::Exercise, &[Code(K::Right), Char('l')], Action::Right, Words::KeyRight),
        bind(Place::Exercise, &[Char(WHOLE_TRACE)], Action::WholeTrace, Words::KeyWholeTrace),
        bind(Place::Exercise, &[Char('E')], Action::EditHere, Words::KeyEditHere),
        bind(Place::Exercise, &[Char('R')], Action::Reset, Words::KeyReset),
        bind(Place::Exercise, &[Char('U')], Action::UndoReset, Words::KeyUndoReset),
        shown(Place::List, &[Code(K::Enter), Char('l'), Code(K::Right)], Action::Open, Words::KeyOpen),
        shown(Place::List, &[Char('/')], Action::Search, Words::KeyFilter),
        bind(Place::List, &[Char('n')], Action::Next, Words::KeyNextOpen),
        shown(Place::Matrix, &[Code(K::Enter)], Action::Open, Words::KeyToMissing),
        bind(Place::Matrix, &[Code(K::Left), Char('h')], Action::Left, Words::KeyLeft),
        bind(Place::Matrix, &[Code(K::Right), Char('l')], Action::Right, Words::KeyRight),
        shown(Place::Hints, &[Char('i')], Action::Hint, Words::KeyNextHint),
        shown(Place::Solution, &[Char('n')], Action::Next, Words::KeyNextExercise),
        shown(Place::Choice, &[Code(K::Enter), Char('l'), Code(K::Right)], Action::Open, Words::KeyChoose),
        shown(Place::Editor, &[Ctrl('s')], Action::Save, Words::KeySave),
        shown(Place::Editor, &[Code(K::Esc)], Action::Back, Words::KeyLeave),
        shown(Place::Editor, &[Ctrl('u')], Action::Undo, Words::KeyUndo),
        shown(Place::Editor, &[Ctrl('r')], Action::Redo, Words::KeyRedo),
        shown(Place::Review, &[Char('e'), Code(K::Enter)], Action::Edit, Words::KeyEdit),
        shown(Place::Review, &[Char('r')], Action::Run, Words::KeyReviewAgain),
        shown(Place::Review, &[Char('t')], Action::Read, Words::KeyRead),
        bind(Place::Review, &[Char('n'), Char(']')], Action::Next, Words::KeyNextFinding),
        bind(Place::Review, &[Char('N'), Char('[')], Action::SearchPrevious, Words::KeyFindingBefore),
        bind(Place::Review, &[Char('.')], Action::Stop, Words::KeyStop),
        bind(Place::Everywhere, &[Code(K::Down), Char('j')], Action::Down, Words::KeyDown),
        bind(Place::Everywhere, &[Code(K::Up), Char('k')], Action::Up, Words::KeyUp),
        bind(
            Place::Everywhere,
            &[Code(K::PageDown), Char(' '), Ctrl('f'), Ctrl('d')],
            Action::PageDown,
            Words::KeyPageDown,
        ),
        bind(Place::Everywhere, &[Code(K::PageUp), Ctrl('b')], Action::PageUp, Words::KeyPageUp),
        bind(Place::Everywhere, &[Char('g'), Code(K::Home)], Action::Top, Words::KeyTop),
        bind(Place::Everywhere, &[Char('G'), Code(K::End)], Action::Bottom, Words::KeyBottom),
        shown(Place::Everywhere, &[Char('?'), Code(K::F(1))], Action::Help, Words::KeyHelp),
        shown(Place::Everywhere, &[Char('q'), Code(K::Esc), Code(K::Backspace)], Action::Back, Words::KeyBack),
        bind(Place::Everywhere, &[Char('H')], Action::Home, Words::KeyHome),
        shown(Place::Everywhere, &[Char('c')], Action::List, Words::KeyList),
        shown(Place::Everywhere, &[Char('p')], Action::Progress, Words::KeyProgress),
        shown(Place::Everywhere, &[Char('L')], Action::Language, Words::KeyLanguage),
        shown(Place::Everywhere, &[Char(',')], Action::Settings, Words::KeySettings),
        bind(Place::Everywhere, &[Char('!')], Action::Problems, Words::KeyProblems),
        bind(Place::Everywhere, &[Char('Q')], Action::Quit, Words::KeyQuit),
        bind(Place::Always, &[Ctrl('c')], Action::Quit, Words::KeyQuit),
        bind(Place::Always, &[Ctrl('z')], Action::Suspend, Words::KeySuspend),
        bind(Place::Always, &[Ctrl('l')], Action::Redraw, Words::KeyRedraw),
    ]
};

/// Whether a binding of `of` is in force where `at` is shown.
fn holds(of: Place, at: Place) -> bool {
    of == at || of == Place::Always || (of == Place::Everywhere && at != Place::Editor)
}

/// What a key does at a place.
pub fn action(at: Place, press: Press) -> Option<Action> {
    bindings(at).find(|binding| binding.keys.contains(&press)).map(|binding| binding.action)
}

/// The bindings in force at a place: its own first.
pub fn bindings(at: Place) -> impl Iterator<Item = &'static Binding> {
    TABLE.iter().filter(move |binding| holds(binding.place, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    const PLACES: [Place; 11] = [
        Place::Home,
        Place::Lesson,
        Place::Exercise,
        Place::List,
        Place::Matrix,
        Place::Hints,
        Place::Solution,
        Place::Page,
        Place::Choice,
        Place::Editor,
        Place::Review,
    ];

    #[test]
    fn no_two_bindings_of_a_place_clash() {
        for place in PLACES {
            let mut taken = HashMap::new();
            for binding in bindings(place) {
                for key in binding.keys {
                    let other = taken.insert(*key, binding.action);
                    assert_eq!(other, None, "{} at {place:?} also does {:?}", key.name(), binding.action);
                }
            }
        }
    }

    #[test]
    fn every_place_can_be_left() {
        for place in PLACES {
            assert!(bindings(place).any(|binding| binding.action == Action::Back), "{place:?}");
            assert_eq!(action(place, Press::Ctrl('c')), Some(Action::Quit), "{place:?}");
        }
    }
}
