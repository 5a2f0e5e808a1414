//! The keys of a review of the person's own code.

use super::{Todo, go, lists, run};
use crate::review::Report;
use crate::tui::action::Action;
use crate::tui::model::{Model, Runs};
use crate::tui::msg::Effect;
use crate::tui::screen::{ReviewItem, ReviewView, Screen};
use std::path::PathBuf;

pub fn act(model: &mut Model, action: Action, todo: &mut Todo) -> bool {
    let Some(view) = view(model) else { return false };
    let items = view.items();
    let at = view.at.min(items.len().saturating_sub(1));
    let is_finding = |item: &ReviewItem| matches!(item, ReviewItem::Finding(_));
    match action {
        // The list is short lines; what is told about one may be long.
        Action::PageDown | Action::PageUp => {
            view.detail.scroll(action);
        }
        Action::Next => {
            let after = items.iter().skip(at + 1).position(is_finding);
            view.at = after.map_or(at, |after| at + 1 + after);
        }
        Action::SearchPrevious => view.at = items[..at].iter().rposition(is_finding).unwrap_or(at),
        Action::Edit => edit(model, todo),
        Action::Run => todo.extend(begin(model)),
        Action::Stop => run::stop(model, todo),
        Action::Read => read(model, todo),
        _ => match lists::moved(at, items.len(), action, items.len()) {
            Some(to) => view.at = to,
            None => return false,
        },
    }
    true
}

fn view(model: &mut Model) -> Option<&mut ReviewView> {
    model.screens.iter_mut().rev().find_map(|screen| match screen {
        Screen::Review(view) => Some(&mut **view),
        _ => None,
    })
}

/// Reviews once more.
pub fn begin(model: &mut Model) -> Option<Effect> {
    let args = view(model)?.args.clone();
    let run = run::begin(model, Runs::Review);
    Some(Effect::Review { run, args: Box::new(args) })
}

/// The person has changed something.
pub fn edited(model: &mut Model, todo: &mut Todo) {
    if matches!(model.screen(), Screen::Review(_)) {
        todo.extend(begin(model));
    }
}

/// Takes in a report; what was chosen stays chosen, where it is still there.
pub fn take(model: &mut Model, report: Result<Box<Report>, String>) {
    let Some(view) = view(model) else { return };
    let is_first = view.report.is_none();
    view.report = Some(report);
    let items = view.items();
    view.at = if is_first {
        items.iter().position(|item| matches!(item, ReviewItem::Finding(_))).unwrap_or(0)
    } else {
        view.at.min(items.len().saturating_sub(1))
    };
}

fn edit(model: &mut Model, todo: &mut Todo) {
    let Some(view) = view(model) else { return };
    let place = view.chosen().zip(view.shown()).and_then(|(item, report)| match item {
        ReviewItem::Finding(number) => report.findings.get(number).map(|one| (&one.place.file, one.place.line)),
        ReviewItem::Problem(number) => report.problems.get(number).map(|one| (&one.file, one.line)),
        ReviewItem::Criterion(_) => None,
    });
    if let Some((file, line)) = place {
        todo.push(Effect::EditPlace(PathBuf::from(file), line));
    }
}

/// Opens the section of the lesson that a finding's rule names.
fn read(model: &mut Model, todo: &mut Todo) {
    let Some(view) = view(model) else { return };
    let section = match view.chosen().zip(view.shown()) {
        Some((ReviewItem::Finding(number), report)) => {
            report.findings.get(number).map(|finding| finding.rule().section.clone())
        }
        _ => None,
    };
    if let Some(section) = section {
        go::section(model, &section, todo);
    }
}
