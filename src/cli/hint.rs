//! `awaitlings hint`: one more hint each time, with a counter; after the last, all of them.

use super::args::{Choices, Hint};
use super::context::Context;
use super::page;
use super::paint::Paint;
use crate::wording::Walking;

pub(super) fn run(choices: &Choices, args: &Hint) -> anyhow::Result<u8> {
    let context = Context::find_in_step(choices)?;
    let (_, exercise) = context.exercise(args.exercise.as_deref())?;
    let hints = exercise.text(context.language).map(|text| text.hints(context.track)).unwrap_or_default();
    let mut store = context.store();
    let progress = store.as_ref().and_then(|store| store.progress().of(&exercise.id, context.track));
    let seen = usize::try_from(progress.map_or(0, |done| done.hints_seen)).unwrap_or(usize::MAX);
    let total = hints.len();
    let shown = if seen >= total { 0..total } else { seen..seen + 1 };
    let mut lines = Vec::new();
    if seen >= total {
        lines.push(context.say(&Walking::NoMoreHints));
    }
    for (number, hint) in hints.iter().enumerate().take(shown.end).skip(shown.start) {
        lines.push(Paint::Strong.on(&context.say(&Walking::Hint { number: number + 1, total })));
        lines.extend(page::markdown(&context, hint));
        lines.push(String::new());
    }
    super::print(lines)?;
    if let Some(store) = &mut store
        && seen < total
    {
        let number = u32::try_from(shown.end).unwrap_or(u32::MAX);
        let notices = store.hint_seen(&exercise.id, context.track, number);
        context.tell(&notices);
    }
    Ok(super::YES)
}
