//! `awaitlings run`: judges one exercise.

use super::args::{Choices, Format, Run};
use super::context::Context;
use super::judging::{self, Interrupted, Session};
use super::paint::Paint;
use crate::course::Track;
use crate::report::verdict::Traces;
use crate::runner::{Kept, Kind, Reuse, Verdict};
use crate::wording::{Judging, Say, Walking};

pub(super) fn run(choices: &Choices, args: &Run) -> anyhow::Result<u8> {
    let context = Context::find_in_step(choices)?;
    let (_, exercise) = context.exercise(args.exercise.as_deref())?;
    let (path, shown) = match &args.file {
        Some(file) => (file.clone(), file.display().to_string()),
        None => context.learner_file(exercise)?,
    };
    let track = track_of(&path, choices.track, context.track);
    let source = judging::read_solution(&path)?;
    let mut session = Session::start(&context)?;
    let mut kept = if args.keep { Kept::Wanted } else { Kept::No };
    let reuse = if args.again { Reuse::Never } else { Reuse::Allowed };
    let task = judging::task(&context, exercise, track, &source, &shown);
    let Ok(verdict) = session.judge(task, reuse, &mut kept) else { return interrupted(&context) };
    if args.file.is_none() {
        judging::record(&context, &verdict, &source);
    }
    match args.format {
        Format::Json => super::print([serde_json::to_string_pretty(&verdict)?])?,
        Format::Human => {
            let traces = if args.trace { Traces::Whole } else { Traces::Own };
            if let Err(Interrupted) = session.print(&context, exercise, &verdict, traces)? {
                return interrupted(&context);
            }
            super::print(afterwards(&context, &verdict, kept))?;
        }
    }
    Ok(judging::exit_code(&verdict))
}

/// A file's ending tells the track, unless the person does.
fn track_of(path: &std::path::Path, chosen: Option<Track>, usual: Track) -> Track {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let told = Track::ALL.into_iter().find(|track| Some(track.extension()) == ending);
    chosen.or(told).unwrap_or(usual)
}

pub(super) fn interrupted(context: &Context) -> anyhow::Result<u8> {
    anstream::eprintln!("{}", context.say(&Walking::Interrupted));
    Ok(super::INTERRUPTED)
}

/// What follows a verdict: where the crate was kept, and the next step.
pub(super) fn afterwards(context: &Context, verdict: &Verdict, kept: Kept) -> Vec<String> {
    let mut lines = vec![String::new()];
    if let Kept::At(path) = kept {
        lines.push(Judging::KeptAt { track: verdict.track, path: path.display().to_string() }.say(context.language));
    }
    let id = &verdict.exercise;
    if verdict.passed() {
        lines.extend(
            context
                .say(&Walking::SolutionWith { command: format!("awaitlings solution {id}") })
                .lines()
                .map(str::to_owned),
        );
        if let Ok((_, next)) = context.exercise(None)
            && context.workspace.is_some()
            && next.id != *id
        {
            let title = next.title.get(context.language).to_owned();
            lines.push(Paint::Strong.on(&context.say(&Walking::NextExercise { id: next.id.clone(), title })));
        }
    } else if let Kind::Setup { .. } = verdict.kind {
        lines.push(context.say(&Walking::DoctorWith { command: "awaitlings doctor".into() }));
    } else {
        lines.push(context.say(&Walking::HintWith { command: format!("awaitlings hint {id}") }));
    }
    lines
}
