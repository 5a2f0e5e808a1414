//! From a save to the start of its build, as `watch` and the screen do it.

use super::place::Place;
use anyhow::{Context, Result, bail};
use awaitlings::course::Track;
use awaitlings::runner::{Event, Events, Kept, Reuse, Role, Runner, Task};
use awaitlings::session::read_solution;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::{self, UnboundedReceiver};

/// A watch on the learner's file, and a runner that stays.
pub struct Save<'a> {
    place: &'a Place,
    runtime: Runtime,
    runner: Runner,
    events: UnboundedReceiver<Event>,
    changes: UnboundedReceiver<()>,
    path: PathBuf,
    _watcher: RecommendedWatcher,
}

impl<'a> Save<'a> {
    /// Starts to watch.
    pub fn new(place: &'a Place) -> Result<Save<'a>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (sender, events) = mpsc::unbounded_channel();
        let runner = Runner::new(place.cache().clone(), Events::to(sender));
        let (sender, changes) = mpsc::unbounded_channel();
        let mut watcher = notify::recommended_watcher(move |_| {
            let _ = sender.send(());
        })?;
        let path = place.learner_file(place.exercise())?;
        watcher.watch(path.parent().context("the file is in no folder")?, RecursiveMode::NonRecursive)?;
        Ok(Save { place, runtime, runner, events, changes, path, _watcher: watcher })
    }

    /// Saves, and takes the time until the runner says that it compiles; then ends the run.
    pub fn until_compiling(&mut self, n: usize) -> Result<Duration> {
        let Save { place, runtime, runner, events, changes, path, _watcher } = self;
        let (_, exercise) = place.course.exercise(place.exercise()).context("there is no such exercise")?;
        // What the other measures wrote is no news.
        while changes.try_recv().is_ok() || events.try_recv().is_ok() {}
        let wanted = place.solution(50_000 + n);
        let started = Instant::now();
        fs::write(&*path, &wanted)?;
        let source = loop {
            runtime.block_on(changes.recv()).context("the watch has ended")?;
            let source = read_solution(path)?;
            if source == wanted {
                break source;
            }
        };
        let task = Task {
            course: &place.course,
            exercise,
            track: Track::Rust,
            source: &source,
            shown: "gather.rs",
            role: Role::Learner,
        };
        runtime.block_on(async {
            let mut kept = Kept::No;
            let judging = runner.judge(task, Reuse::Allowed, &mut kept);
            tokio::pin!(judging);
            loop {
                tokio::select! {
                    biased;
                    Some(event) = events.recv() => if event == Event::Compiling { return Ok(started.elapsed()) },
                    verdict = &mut judging => bail!("a verdict without a build: {:?}", verdict.kind),
                }
            }
        })
    }
}
