//! The line at the top, the line at the bottom, and trouble that lasts.

use super::canvas::Canvas;
use crate::tui::keys;
use crate::tui::model::{Library, Model, Runs};
use crate::tui::msg::Tone;
use crate::tui::screen::{PageKind, Screen};
use crate::tui::text::Ink;
use crate::wording::{Say, Screen as Words};
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

/// Columns of a text.
fn columns(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

pub fn header(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let style = canvas.colours.bar();
    canvas.style(area, style);
    let right = right(model);
    let room = area.width.saturating_sub(columns(&right) + 3);
    canvas.text(area.x + 1, area.y, room, &title(model, model.screen()), style);
    if columns(&right) + 2 < area.width {
        canvas.text(area.right() - columns(&right) - 1, area.y, columns(&right), &right, style);
    }
}

/// How far the course is, in which language and track.
fn right(model: &Model) -> String {
    let language = match model.choices.reading {
        crate::tui::model::Reading::One => model.choices.language.code().to_owned(),
        crate::tui::model::Reading::Both => "en+zh".to_owned(),
    };
    let solved = match model.screen() {
        Screen::Setup(_) => String::new(),
        // Somebody's own code stands in no course.
        Screen::Review(_) => return language,
        _ => format!("{} %  ", model.matrix.percent()),
    };
    format!("{solved}{}  {language}", model.choices.track)
}

fn title(model: &Model, screen: &Screen) -> String {
    let language = model.choices.language;
    let course = model.course.title.get(language);
    let of = |id: &str| model.course.exercise(id).map_or(id, |(_, exercise)| exercise.title.get(language)).to_owned();
    match screen {
        Screen::Setup(_) | Screen::Home(_) => course.to_owned(),
        Screen::Lesson(view) => {
            let page = model.course.lesson(&view.id).and_then(|lesson| lesson.page(language));
            let title = page.map_or(view.id.as_str(), |page| &page.title);
            format!("{title}  {} %", view.pager.percent())
        }
        Screen::Exercise(view) => {
            let module = model.course.exercise(&view.id).map_or("", |(module, _)| module.title(language));
            format!("{module} › {}", of(&view.id))
        }
        Screen::List(_) => format!("{course} › {}", model.say(&Words::TitleList)),
        Screen::Matrix(_) => format!("{course} › {}", model.say(&Words::TitleProgress)),
        Screen::Page(page) => model.say(&match &page.kind {
            PageKind::Help(_) => Words::TitleHelp,
            PageKind::Hints(id) => Words::TitleHints { title: of(id) },
            PageKind::Solution(id) => Words::TitleSolution { title: of(id) },
            PageKind::Attempts(id) => Words::TitleAttempts { title: of(id) },
            PageKind::Problems => Words::TitleProblems,
        }),
        Screen::Choice(_) => {
            let below = model.screens.iter().rev().nth(1);
            below.map_or_else(|| course.to_owned(), |below| title(model, below))
        }
        Screen::Review(view) => {
            let paths: Vec<_> = view.args.paths.iter().map(|path| path.display().to_string()).collect();
            model.say(&Words::TitleReview { paths: paths.join(" ") })
        }
        Screen::Editor(view) => {
            let file = model.desks.get(&(view.exercise.clone(), view.track)).and_then(|desk| desk.file.as_ref());
            let shown = file.map_or(view.exercise.as_str(), |file| &file.shown);
            format!("{shown}{}", if view.is_changed() { " *" } else { "" })
        }
    }
}

pub fn banner(canvas: &mut Canvas<'_>, model: &Model, area: Rect) {
    let broken = model.course_trouble.as_ref().map(|what| model.say(&Words::CourseBroken { what: what.clone() }));
    let text = model.trouble.clone().or(broken).unwrap_or_default();
    let style = canvas.colours.style(Ink::BAD);
    let line = text.lines().next().unwrap_or_default();
    canvas.text(area.x + 1, area.y, area.width.saturating_sub(2), &format!("! {line}"), style);
}

/// The line at the bottom; returns where the cursor is when a search is typed there.
pub fn footer(canvas: &mut Canvas<'_>, model: &Model, area: Rect) -> Option<Position> {
    let status = status(model);
    let mut left = area.x + 1;
    let mut end = area.right().saturating_sub(1);
    let told = model.notice.as_ref().map_or(0, |(_, text)| columns(text));
    // What is told now goes before what goes on behind, where there is no room for both.
    let fits = |status: &str| told == 0 || told.saturating_add(columns(status) + 4) <= area.width;
    if let Some((ink, status)) = status.as_ref().filter(|(_, status)| fits(status)) {
        let width = columns(status).min(area.width / 2);
        end = end.saturating_sub(width);
        let style = canvas.colours.style(*ink);
        canvas.text(end, area.y, width, status, style);
        end = end.saturating_sub(2);
    }
    if let Some(text) = typed(model) {
        let style = canvas.colours.style(Ink::STRONG);
        left = canvas.text(left, area.y, end.saturating_sub(left + 1), &format!("/{text}"), style);
        return Some(Position::new(left, area.y));
    }
    if let Some((tone, text)) = &model.notice {
        let ink = if *tone == Tone::Fine { Ink::GOOD } else { Ink::WARN };
        let style = canvas.colours.style(ink);
        canvas.text(left, area.y, end.saturating_sub(left), text, style);
        return None;
    }
    // Before there is a folder there is nowhere to go yet.
    let in_setup = matches!(model.screen(), Screen::Setup(_));
    let named = |binding: &&keys::Binding| binding.footer && (!in_setup || binding.place == keys::Place::Choice);
    for binding in keys::bindings(model.screen().place()).filter(named) {
        let (key, words) = (binding.keys[0].name(), model.say(&binding.words));
        let width = columns(&key) + 1 + columns(&words);
        // A key that does not fit is left out whole; ? tells all of them.
        if left + width > end {
            continue;
        }
        let style = canvas.colours.style(Ink::Key);
        left = canvas.text(left, area.y, end - left, &key, style);
        let style = canvas.colours.style(Ink::FAINT);
        left = canvas.text(left + 1, area.y, end - left, &words, style) + 2;
    }
    None
}

fn typed(model: &Model) -> Option<&str> {
    match model.screen() {
        Screen::Lesson(view) if view.search.typing => Some(&view.search.text),
        Screen::List(view) if view.search.typing => Some(&view.search.text),
        _ => None,
    }
}

/// What is going on behind.
fn status(model: &Model) -> Option<(Ink, String)> {
    if let Some(running) = &model.running {
        let tenths = model.now_ms.saturating_sub(running.since_ms) / 100;
        let seconds = format!("{}.{}", tenths / 10, tenths % 10);
        let words = match &running.what {
            Runs::Exercise { .. } => Words::RunningFor { seconds },
            Runs::Example { .. } => Words::ExampleFor { seconds },
            Runs::Reference { .. } => Words::ReferenceFor,
            Runs::Review => Words::ReviewFor { seconds },
        };
        // While the libraries are built, that is what the run waits for.
        if let Library::Busy(step) = &model.library {
            return Some((Ink::WARN, step.say(model.choices.language)));
        }
        return Some((Ink::WARN, model.say(&words)));
    }
    match &model.library {
        Library::Busy(step) => Some((Ink::FAINT, step.say(model.choices.language))),
        Library::Failed(_) => Some((Ink::BAD, model.say(&Words::LibrariesFailed))),
        Library::Idle | Library::Ready if !model.course.problems.is_empty() => {
            Some((Ink::WARN, model.say(&Words::Problems { count: model.course.problems.len() })))
        }
        Library::Idle | Library::Ready => None,
    }
}
