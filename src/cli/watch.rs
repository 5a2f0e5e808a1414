//! `awaitlings watch`: judges an exercise each time its file is saved; a newer save ends the run before.

use super::args::{Choices, Watch};
use super::context::Context;
use super::judging::{self, Session};
use super::run::interrupted;
use crate::report::verdict::Traces;
use crate::runner::{Kept, Reuse};
use crate::wording::Walking;
use anyhow::Context as _;
use notify::{RecursiveMode, Watcher};
use std::path::Path;
use tokio::sync::mpsc;

pub(super) fn run(choices: &Choices, args: &Watch) -> anyhow::Result<u8> {
    let context = Context::find_in_step(choices)?;
    let (_, exercise) = context.exercise(args.exercise.as_deref())?;
    let (path, shown) = context.learner_file(exercise)?;
    let mut session = Session::start(&context)?;
    let (sender, mut changes) = mpsc::unbounded_channel();
    let mut watcher = notify::recommended_watcher(move |_| {
        // Content decides what a change is, so one word is enough. A watch that has ended wants none.
        let _ = sender.send(());
    })
    .context("failed to watch files")?;
    // Editors replace a file rather than write to it, so the folder is watched.
    let folder = path.parent().unwrap_or(Path::new("."));
    watcher
        .watch(folder, RecursiveMode::NonRecursive)
        .with_context(|| format!("failed to watch {}", folder.display()))?;
    super::print([context.say(&Walking::Watching { path: shown.clone() })])?;
    let mut judged: Option<String> = None;
    loop {
        let source = match judging::read_solution(&path) {
            Ok(source) => source,
            Err(error) => {
                anstream::eprintln!("{error:#}");
                String::new()
            }
        };
        if !source.is_empty() && judged.as_ref() != Some(&source) {
            let task = judging::task(&context, exercise, context.track, &source, &shown);
            let unchanged = |path: &Path| judging::read_solution(path).is_ok_and(|now| now == source);
            let verdict = session.judge_until(task, Reuse::Allowed, &mut Kept::No, &mut changes, || !unchanged(&path));
            match verdict {
                judging::Judged::Interrupted => return interrupted(&context),
                judging::Judged::Superseded => continue,
                judging::Judged::Verdict(verdict) => {
                    judging::record(&context, &verdict, &source);
                    if session.print(&context, exercise, &verdict, Traces::Own)?.is_err() {
                        return interrupted(&context);
                    }
                    super::print(super::run::afterwards(&context, &verdict, Kept::No))?;
                    super::print([context.say(&Walking::Watching { path: shown.clone() })])?;
                }
            }
            judged = Some(source);
        }
        if session.wait(&mut changes).is_err() {
            return interrupted(&context);
        }
    }
}
