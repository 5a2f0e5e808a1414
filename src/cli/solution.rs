//! `awaitlings solution`: the reference, what differs from the learner's, and why it works.

use super::args::{Choices, Solution};
use super::context::Context;
use super::page;
use super::paint::Paint;
use crate::progress::State;
use crate::report::difference;
use crate::wording::Walking;
use anyhow::anyhow;

pub(super) fn run(choices: &Choices, args: &Solution) -> anyhow::Result<u8> {
    let context = Context::find_in_step(choices)?;
    let (_, exercise) = context.exercise(Some(&args.exercise))?;
    let files = exercise.tracks.get(&context.track).ok_or_else(|| {
        anyhow!(context.say(&Walking::NotInTrack { id: exercise.id.clone(), track: context.track.to_string() }))
    })?;
    let store = context.store();
    let state = store.as_ref().map(|store| store.progress().state(&exercise.id, context.track));
    if state != Some(State::Passed) && !args.reveal {
        anstream::eprintln!("{}", context.say(&Walking::NotSolved { id: exercise.id.clone() }));
        return Ok(super::NO);
    }
    let mut lines = vec![Paint::Strong.on(&context.say(&Walking::SolutionTitle { id: exercise.id.clone() }))];
    lines.push(String::new());
    lines.extend(page::markdown(&context, &format!("```{}\n{}\n```\n", context.track, files.solution.trim_end())));
    let own = context.learner_file(exercise).ok().and_then(|(path, _)| std::fs::read_to_string(path).ok());
    if let Some(own) = own {
        lines.push(String::new());
        lines.extend(difference(&context, &own, &files.solution));
    }
    if let Some(why) = exercise.text(context.language).and_then(|text| text.section("why", context.track)) {
        lines.extend([String::new(), Paint::Strong.on(&context.say(&Walking::WhyTitle)), String::new()]);
        lines.extend(page::markdown(&context, &why));
    }
    super::print(lines)?;
    Ok(super::YES)
}

fn difference(context: &Context, own: &str, reference: &str) -> Vec<String> {
    let lines = difference::lines(own, reference);
    if lines.is_empty() {
        return vec![context.say(&Walking::SameAsReference)];
    }
    let title = Paint::Strong.on(&context.say(&Walking::DifferenceTitle));
    [title, String::new()].into_iter().chain(lines.iter().map(crate::report::Line::ansi)).collect()
}
