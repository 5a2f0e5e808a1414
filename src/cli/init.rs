//! `awaitlings init`: makes the learner's folder.

use super::args::{Choices, Init};
use super::context::Context;
use crate::course::Track;
use crate::wording::Walking;
use crate::workspace::{self, Workspace};
use anyhow::anyhow;
use std::path::Path;

pub(super) fn run(choices: &Choices, args: &Init) -> anyhow::Result<u8> {
    let context = Context::find(choices)?;
    super::print(make(&context, &args.dir)?)?;
    Ok(super::YES)
}

/// Makes the folder and says what to do next.
pub(super) fn make(context: &Context, dir: &Path) -> anyhow::Result<Vec<String>> {
    let (workspace, created) =
        Workspace::create(dir, &context.plan()).map_err(|error| anyhow!(error.words(context.language)))?;
    if let Some(state) = workspace::state_folder() {
        // Only costs the learner a `cd` when it cannot be remembered.
        let _ = workspace.remember(&state);
    }
    let mut lines = vec![context.say(&Walking::MadeFolder { path: workspace.root().display().to_string() })];
    let kept = created.kept.iter().map(|path| context.say(&Walking::KeptFile { path: path.display().to_string() }));
    lines.extend(kept.map(|line| format!("  {line}")));
    lines.extend([String::new(), context.say(&Walking::NextSteps)]);
    lines.push(format!("  cd {}", dir.display()));
    let first = context.course.modules.first();
    if context.course.overview.is_some() {
        lines.push(format!("  {}", context.say(&Walking::ReadFirst { command: "awaitlings show overview".into() })));
    }
    if let Some(module) = first {
        let command = format!("awaitlings show {}", module.id);
        lines.push(format!("  {}", context.say(&Walking::ReadFirst { command })));
    }
    let has_track = |track: Track| move |exercise: &&crate::course::Exercise| exercise.tracks.contains_key(&track);
    let exercise = context.course.exercises().map(|(_, exercise)| exercise).find(has_track(context.track));
    if let Some(exercise) = exercise {
        let path = exercise.learner_path(context.track);
        let command = format!("awaitlings run {}", exercise.id);
        lines.push(format!("  {}", context.say(&Walking::ThenSolve { path, command })));
    }
    Ok(lines)
}
