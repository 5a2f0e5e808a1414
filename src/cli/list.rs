//! `awaitlings list`: modules and exercises with their states.
//!
//! The JSON form, version 1: `{"version", "course", "track", "modules": [{"id", "title", "lesson", "exercises":
//! [{"id", "title", "difficulty", "criteria", "state", "file"}]}]}`; `state` is `new`, `tried` or `passed`, `file` is
//! relative to the learner's folder. Fields may be added under the same version.

use super::args::{Choices, Json};
use super::context::Context;
use super::paint::Paint;
use crate::course::{Exercise, Module};
use crate::progress::{Progress, State};
use crate::wording::Walking;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

pub(super) fn run(choices: &Choices, args: &Json) -> anyhow::Result<u8> {
    let context = Context::find_in_step(choices)?;
    let progress = context.store().map(|store| store.progress().clone()).unwrap_or_default();
    if args.json {
        super::print([serde_json::to_string_pretty(&as_json(&context, &progress))?])?;
    } else {
        super::print(as_text(&context, &progress))?;
    }
    Ok(super::YES)
}

fn in_track<'m>(context: &Context, module: &'m Module) -> impl Iterator<Item = &'m Exercise> {
    let track = context.track;
    module.exercises.iter().filter(move |exercise| exercise.tracks.contains_key(&track))
}

fn as_json(context: &Context, progress: &Progress) -> serde_json::Value {
    let exercise = |exercise: &Exercise| {
        json!({
            "id": exercise.id,
            "title": exercise.title.get(context.language),
            "difficulty": exercise.difficulty,
            "criteria": exercise.criteria,
            "state": progress.state(&exercise.id, context.track),
            "file": context.learner_file(exercise).map_or_else(|_| exercise.learner_path(context.track), |(_, shown)| shown),
        })
    };
    let modules = context.course.modules.iter().map(|module| {
        json!({
            "id": module.id,
            "title": module.title(context.language),
            "lesson": module.lesson.is_some(),
            "exercises": in_track(context, module).map(exercise).collect::<Vec<_>>(),
        })
    });
    let modules: Vec<_> = modules.collect();
    json!({"version": 1, "course": context.course.id, "track": context.track, "modules": modules})
}

fn as_text(context: &Context, progress: &Progress) -> Vec<String> {
    let mut lines = Vec::new();
    let exercises = context.course.exercises().map(|(_, exercise)| exercise.id.width());
    let widest = exercises.max().unwrap_or(0);
    if context.course.overview.is_some() {
        lines.push(format!("{} overview", Paint::Faint.on(&context.say(&Walking::Lesson))));
    }
    for module in &context.course.modules {
        lines.push(String::new());
        lines.push(format!("{}  {}", Paint::Strong.on(module.title(context.language)), Paint::Faint.on(&module.id)));
        for exercise in in_track(context, module) {
            let (mark, state) = match progress.state(&exercise.id, context.track) {
                State::Passed => (Paint::Good.on("✓"), Walking::Solved),
                State::Tried => (Paint::Warn.on("~"), Walking::Tried),
                State::New => ("·".to_owned(), Walking::Open),
            };
            let stars = "*".repeat(usize::from(exercise.difficulty));
            let title = exercise.title.get(context.language);
            let id = format!("{:widest$}", exercise.id);
            lines.push(format!("  {mark} {id}  {stars:5}  {title}  {}", Paint::Faint.on(&context.say(&state))));
        }
    }
    lines
}
