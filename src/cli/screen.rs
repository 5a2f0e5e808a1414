//! `awaitlings` without a command: the screen where there is a terminal, prompts where lines are wanted, and else where
//! you stand.

use super::args::{Choices, ScreenChoices};
use super::{linear, status};
use crate::tui::{self, End, Wishes};
use std::io::IsTerminal;

pub(super) fn run(choices: &Choices, screen: &ScreenChoices) -> anyhow::Result<u8> {
    let is_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if screen.plain {
        return linear::run(choices, screen);
    }
    if !is_terminal {
        return status::run(choices);
    }
    // A terminal that cannot move its cursor can still show lines.
    if std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb") {
        return linear::run(choices, screen);
    }
    let wishes = Wishes {
        asked: choices.into(),
        folder: screen.folder.clone(),
        theme: screen.theme,
        ascii: screen.ascii,
        review: None,
    };
    show(&wishes)
}

/// Shows the screen; the answer is that the person left.
pub(super) fn show(wishes: &Wishes) -> anyhow::Result<u8> {
    Ok(match tui::show(wishes)? {
        End::Left => super::YES,
        // As a shell tells it.
        End::Signal(number) => u8::try_from(128 + number).unwrap_or(super::INTERRUPTED),
    })
}
