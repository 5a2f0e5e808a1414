//! `awaitlings reset`: puts an exercise back to its start, and back again.

use super::args::{Choices, Reset};
use super::context::Context;
use crate::wording::Walking;
use crate::workspace::{self, WorkspaceError};
use anyhow::anyhow;

pub(super) fn run(choices: &Choices, args: &Reset) -> anyhow::Result<u8> {
    let context = Context::find_in_step(choices)?;
    let (_, exercise) = context.exercise(Some(&args.exercise))?;
    let folder = context.folder()?;
    let reference = Context::reference(exercise);
    let words = |error: WorkspaceError| anyhow!(error.words(context.language));
    let text = if args.undo {
        let undone = folder.undo_reset(&reference, context.track).map_err(words)?;
        Walking::ResetUndone { path: folder.shown(&undone.file).to_string() }
    } else {
        let files = exercise.tracks.get(&context.track).ok_or_else(|| {
            anyhow!(context.say(&Walking::NotInTrack { id: exercise.id.clone(), track: context.track.to_string() }))
        })?;
        match folder.reset(&reference, context.track, &files.stub).map_err(words)? {
            workspace::Reset::Done { file, backup: Some(backup) } => {
                Walking::ResetDone { path: folder.shown(&file).to_string(), backup: folder.shown(&backup).to_string() }
            }
            workspace::Reset::Done { file, backup: None } => {
                Walking::ResetFresh { path: folder.shown(&file).to_string() }
            }
            workspace::Reset::AlreadyStub { file } => Walking::AlreadyStub { path: folder.shown(&file).to_string() },
        }
    };
    super::print([context.say(&text)])?;
    Ok(super::YES)
}
