//! The keys of the first screen, the list and the matrix.

use super::{Todo, choice, go};
use crate::tui::action::Action;
use crate::tui::entries::{self, Entry, HomeItem};
use crate::tui::model::Model;
use crate::tui::msg::Effect;
use crate::tui::screen::{ChoiceKind, Page, PageKind, Screen};

/// Where a choice among `count` goes.
pub fn moved(at: usize, count: usize, action: Action, page: usize) -> Option<usize> {
    let last = count.saturating_sub(1);
    Some(match action {
        Action::Up => at.saturating_sub(1),
        Action::Down => (at + 1).min(last),
        Action::PageUp => at.saturating_sub(page),
        Action::PageDown => (at + page).min(last),
        Action::Top => 0,
        Action::Bottom => last,
        _ => return None,
    })
}

pub fn act(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    match model.screen() {
        Screen::Home(_) => home(model, action, todo),
        Screen::List(_) => list(model, action, todo),
        _ => matrix(model, action, todo),
    }
}

fn home(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let items = entries::home(model);
    let Some(Screen::Home(view)) = model.screens.last_mut() else { return false };
    if let Some(at) = moved(view.at, items.len(), action, items.len()) {
        view.at = at;
        return true;
    }
    match action {
        Action::Open => {
            let item = items.get(view.at.min(items.len().saturating_sub(1))).cloned();
            if let Some(item) = item {
                open_item(model, item, todo);
            }
        }
        Action::Next => match model.matrix.next.clone() {
            Some(next) => go::exercise(model, &next.exercise, todo),
            None => go::list(model),
        },
        _ => return false,
    }
    true
}

fn open_item(model: &mut Model, item: HomeItem, todo: &mut Todo) {
    match item {
        HomeItem::Exercise(id) => go::exercise(model, &id, todo),
        HomeItem::Lesson(id) => go::lesson(model, &id, None, todo),
        HomeItem::List => go::list(model),
        HomeItem::Progress => go::matrix(model),
        HomeItem::Settings => choice::open(model, ChoiceKind::Settings),
        HomeItem::Help => {
            let kind = PageKind::Help(model.screen().place());
            model.screens.push(Screen::Page(Page { kind, pager: Default::default() }));
        }
        HomeItem::Quit => todo.push(Effect::Quit),
    }
}

fn list(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let page = usize::from(model.size.1).saturating_sub(4).max(1);
    let Some(Screen::List(view)) = model.screens.last() else { return false };
    let shown = entries::list(model, &view.search.text);
    let at = view.at.min(shown.len().saturating_sub(1));
    let chosen = shown.get(at).cloned();
    let next = entries::next_open(&shown, at);
    let Some(Screen::List(view)) = model.screens.last_mut() else { return false };
    if let Some(at) = moved(at, shown.len(), action, page) {
        view.at = at;
        return true;
    }
    match action {
        Action::Search => {
            view.search.typing = true;
            view.search.text.clear();
            view.at = 0;
        }
        Action::Next => view.at = next.unwrap_or(at),
        Action::Back if !view.search.text.is_empty() => view.search.text.clear(),
        Action::Open => match chosen {
            Some(Entry::Lesson { id, .. }) => go::lesson(model, &id, None, todo),
            Some(Entry::Exercise { id, .. }) => go::exercise(model, &id, todo),
            Some(Entry::Module { .. }) | None => {}
        },
        _ => return false,
    }
    true
}

fn matrix(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let (rows, columns) = (model.matrix.modules.len(), model.matrix.criteria.len());
    let Some(Screen::Matrix(view)) = model.screens.last_mut() else { return false };
    if let Some(row) = moved(view.row.min(rows.saturating_sub(1)), rows, action, rows) {
        view.row = row;
        return true;
    }
    match action {
        Action::Left => view.column = view.column.min(columns.saturating_sub(1)).saturating_sub(1),
        Action::Right => view.column = (view.column + 1).min(columns.saturating_sub(1)),
        Action::Open => {
            let (row, column) = (view.row, view.column);
            let cell = model.matrix.modules.get(row).and_then(|row| row.cells.get(column));
            let id = cell.and_then(|cell| {
                cell.missing.first().cloned().or_else(|| cell.evidence.first().map(|witness| witness.exercise.clone()))
            });
            if let Some(id) = id {
                go::exercise(model, &id, todo);
            }
        }
        _ => return false,
    }
    true
}
