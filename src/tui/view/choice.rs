//! Choices in a box.

use super::canvas::Canvas;
use super::lesson::headings_of;
use crate::course::{Language, Track};
use crate::tui::geometry;
use crate::tui::model::{Model, Reading};
use crate::tui::screen::{Choice, ChoiceKind, Screen};
use crate::tui::text::{Ink, Row};
use crate::tui::update::Setting;
use crate::wording::{self, Screen as Words};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

pub fn draw(canvas: &mut Canvas<'_>, model: &Model, view: Choice, body: Rect) {
    let (title, rows) = match view.kind {
        ChoiceKind::Settings => (Words::TitleSettings, settings(model)),
        ChoiceKind::Contents => (Words::TitleContents, contents(model)),
        ChoiceKind::Reset => {
            let choices = [Words::ResetNo, Words::ResetYes];
            (Words::TitleReset, choices.iter().map(|words| Row::of(Ink::PLAIN, model.say(words))).collect())
        }
    };
    let title = model.say(&title);
    let widest = rows.iter().map(Row::width).max().unwrap_or(0).max(title.width() + 2);
    let width = u16::try_from(widest + 4).unwrap_or(u16::MAX);
    let height = u16::try_from(rows.len() + 2).unwrap_or(u16::MAX);
    let inside = canvas.boxed(geometry::boxed(body, width, height), &title);
    let at = view.at.min(rows.len().saturating_sub(1));
    let top = (at + 1).saturating_sub(usize::from(inside.height));
    for (line, (number, row)) in (0..inside.height).zip(rows.iter().enumerate().skip(top)) {
        canvas.row(inside, line, row, "");
        if number == at {
            canvas.style(Rect { y: inside.y + line, height: 1, ..inside }, canvas.colours.chosen());
        }
    }
}

fn contents(model: &Model) -> Vec<Row> {
    match model.screens.iter().rev().nth(1) {
        Some(Screen::Lesson(view)) => {
            let plain = |row: Row| Row::of(Ink::PLAIN, row.text());
            headings_of(view).into_iter().map(plain).collect()
        }
        _ => Vec::new(),
    }
}

fn settings(model: &Model) -> Vec<Row> {
    let choices = model.choices;
    let value = |setting| match setting {
        Setting::Language => wording::language_name(choices.language).to_owned(),
        Setting::Reading => model.say(match choices.reading {
            Reading::One => &Words::ReadingOne,
            Reading::Both => &Words::ReadingBoth,
        }),
        Setting::Track => track_name(model, choices.track),
        Setting::BothTracks => model.say(if choices.both_tracks { &Words::TracksBoth } else { &Words::TracksOne }),
        Setting::Theme => choices.theme.name().to_owned(),
        Setting::Ascii => model.say(if choices.ascii { &Words::LinesAscii } else { &Words::LinesDrawn }),
    };
    let name = |setting| {
        model.say(&match setting {
            Setting::Language => Words::SettingLanguage,
            Setting::Reading => Words::SettingReading,
            Setting::Track => Words::SettingTrack,
            Setting::BothTracks => Words::SettingBothTracks,
            Setting::Theme => Words::SettingTheme,
            Setting::Ascii => Words::SettingAscii,
        })
    };
    let names: Vec<String> = Setting::ALL.into_iter().map(name).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let row = |(setting, name): (Setting, &String)| {
        let pad = " ".repeat(widest - name.width() + 2);
        Row::of(Ink::PLAIN, format!("{name}{pad}{}", value(setting)))
    };
    Setting::ALL.into_iter().zip(&names).map(row).collect()
}

/// A track's name with its library.
pub fn track_name(model: &Model, track: Track) -> String {
    model.say(match track {
        Track::Rust => &Words::TrackRust,
        Track::Python => &Words::TrackPython,
    })
}

/// The names of the languages, each in its own.
pub fn language_names() -> Vec<String> {
    Language::ALL.iter().map(|language| wording::language_name(*language).to_owned()).collect()
}
