//! `awaitlings` without a command: where you stand and what to do next. Makes a folder where there is none.

use super::args::Choices;
use super::context::{Context, outline};
use super::init;
use super::paint::Paint;
use crate::progress::State;
use crate::wording::Walking;
use std::path::Path;

/// The folder that is made where there is none.
const FOLDER: &str = "dojo";

pub(super) fn run(choices: &Choices) -> anyhow::Result<u8> {
    let context = Context::find_in_step(choices)?;
    let lines = match &context.workspace {
        None => init::make(&context, Path::new(FOLDER))?,
        Some(_) => standing(&context),
    };
    super::print(lines)?;
    Ok(super::YES)
}

/// Where the learner stands and what to do next.
pub(super) fn standing(context: &Context) -> Vec<String> {
    let title = context.course.title.get(context.language);
    let mut lines = vec![format!("{} ({})", Paint::Strong.on(title), context.track)];
    let store = context.store();
    let progress = store.as_ref().map(|store| store.progress().clone()).unwrap_or_default();
    let matrix = progress.matrix(&outline(&context.course), context.track);
    let in_track = context.course.exercises().filter(|(_, exercise)| exercise.tracks.contains_key(&context.track));
    let ids: Vec<&str> = in_track.map(|(_, exercise)| exercise.id.as_str()).collect();
    let solved = ids.iter().filter(|id| progress.state(id, context.track) == State::Passed).count();
    lines.push(context.say(&Walking::SolvedCount { solved, total: ids.len() }));
    lines.push(context.say(&Walking::Percent { percent: matrix.percent() }));
    if !context.course.problems.is_empty() {
        lines.push(context.say(&Walking::CourseProblems { count: context.course.problems.len() }));
    }
    lines.push(String::new());
    match matrix.next.and_then(|next| context.course.exercise(&next.exercise)) {
        Some((module, exercise)) => {
            let (id, title) = (exercise.id.clone(), exercise.title.get(context.language).to_owned());
            let path = context.learner_file(exercise).map_or_else(|error| error.to_string(), |(_, shown)| shown);
            lines.push(context.say(&Walking::NextExercise { id, title }));
            let steps = [
                Walking::ReadFirst { command: format!("awaitlings show {}", module.id) },
                Walking::ReadFirst { command: format!("awaitlings show {}", exercise.id) },
                Walking::EditFile { path },
                Walking::JudgeWith { command: format!("awaitlings run {}", exercise.id) },
                Walking::HintWith { command: format!("awaitlings hint {}", exercise.id) },
            ];
            lines.extend(steps.map(|step| format!("  {}", context.say(&step))));
        }
        None if ids.is_empty() => {}
        None => lines.push(context.say(&Walking::AllDone)),
    }
    lines
}
