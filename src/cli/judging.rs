//! What `run`, `watch` and the others share: a runner whose progress is shown, and a person who may interrupt.

use super::context::Context;
use crate::course::{Course, Exercise, Language, Track};
use crate::report::verdict::{self, Setting, Traces};
use crate::runner::{Cache, Event, Events, Kept, Kind, Reuse, Role, Runner, SetupError, Task, Verdict};
use crate::session;
pub(super) use crate::session::read_solution;
use crate::wording::{Judging, Say};
use anyhow::{Context as _, anyhow};
use std::io::{IsTerminal, Write};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

/// A runner, and a runtime to run it on.
pub(super) struct Session {
    pub runner: Runner,
    pub runtime: Runtime,
    seen: mpsc::UnboundedReceiver<Event>,
    language: Language,
}

/// The person pressed Ctrl-C.
#[derive(Debug)]
pub(super) struct Interrupted;

/// What judging under the eyes of a person comes to.
pub(super) enum Judged {
    /// There is a verdict.
    Verdict(Verdict),
    /// The person pressed Ctrl-C.
    Interrupted,
    /// The solution changed meanwhile.
    Superseded,
}

impl Session {
    pub(super) fn start(context: &Context) -> anyhow::Result<Session> {
        let cache = Cache::open().context("failed to open the cache folder; AWAITLINGS_CACHE can name another")?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (sender, seen) = mpsc::unbounded_channel();
        let runner = Runner::new(cache, Events::to(sender)).with_python(context.python.clone());
        Ok(Session { runner, runtime, seen, language: context.language })
    }

    /// Judges, shows progress, and stops everything when the person interrupts.
    pub(super) fn judge(&mut self, task: Task<'_>, reuse: Reuse, kept: &mut Kept) -> Result<Verdict, Interrupted> {
        // Nobody sends on this channel, but it stays open.
        let (_silent, mut changes) = mpsc::unbounded_channel();
        match self.judge_until(task, reuse, kept, &mut changes, || false) {
            Judged::Verdict(verdict) => Ok(verdict),
            Judged::Interrupted | Judged::Superseded => Err(Interrupted),
        }
    }

    /// As [`Session::judge`], and ends when something changed and `outdated` says that the solution did.
    pub(super) fn judge_until(
        &mut self,
        task: Task<'_>,
        reuse: Reuse,
        kept: &mut Kept,
        changes: &mut mpsc::UnboundedReceiver<()>,
        outdated: impl Fn() -> bool,
    ) -> Judged {
        let Session { runner, runtime, seen, language } = self;
        let mut progress = Progress::new(*language);
        let judged = runtime.block_on(async {
            let judging = runner.judge(task, reuse, kept);
            tokio::pin!(judging);
            loop {
                tokio::select! {
                    biased;
                    _ = tokio::signal::ctrl_c() => return Judged::Interrupted,
                    Some(()) = changes.recv() => if outdated() { return Judged::Superseded },
                    Some(event) = seen.recv() => progress.show(&event),
                    verdict = &mut judging => return Judged::Verdict(verdict),
                }
            }
        });
        progress.clear();
        while seen.try_recv().is_ok() {}
        judged
    }

    /// Builds a dependency set and the harness, and installs Python's packages where there is a Python; with progress.
    pub(super) fn prepare(&mut self, course: &Course, set: &str, progress: &mut Progress) -> anyhow::Result<()> {
        let Session { runner, runtime, seen, language } = self;
        let built = runtime.block_on(async {
            let building = async {
                runner.compiler(course, set).await?;
                match runner.prepare_python(course, set).await {
                    // The Rust track works without.
                    Ok(()) | Err(SetupError::NoPython { .. } | SetupError::NoRequirements(_)) => Ok(()),
                    Err(error) => Err(error),
                }
            };
            tokio::pin!(building);
            loop {
                tokio::select! {
                    biased;
                    Some(event) = seen.recv() => progress.show(&event),
                    built = &mut building => return built,
                }
            }
        });
        progress.clear();
        built.map_err(|error| anyhow!(error.say(*language)))
    }

    /// Waits for a change, or for the person to interrupt.
    pub(super) fn wait(&mut self, changes: &mut mpsc::UnboundedReceiver<()>) -> Result<(), Interrupted> {
        self.runtime.block_on(async {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => Err(Interrupted),
                _ = changes.recv() => Ok(()),
            }
        })
    }

    /// The verdict on the reference solution, whose timeline is shown below the learner's. Nothing where there is
    /// no timeline to compare with.
    pub(super) fn reference(
        &mut self,
        context: &Context,
        exercise: &Exercise,
        verdict: &Verdict,
    ) -> Result<Option<Verdict>, Interrupted> {
        if !crate::runner::timeline::has_counterpart(verdict, exercise) {
            return Ok(None);
        }
        let Some(files) = exercise.tracks.get(&verdict.track) else { return Ok(None) };
        let task = Task {
            course: &context.course,
            exercise,
            track: verdict.track,
            source: &files.solution,
            shown: "reference",
            role: Role::Reference,
        };
        self.judge(task, Reuse::Allowed, &mut Kept::No).map(Some)
    }

    /// Prints a verdict, with the reference's timeline below the learner's.
    pub(super) fn print(
        &mut self,
        context: &Context,
        exercise: &Exercise,
        verdict: &Verdict,
        traces: Traces,
    ) -> anyhow::Result<Result<(), Interrupted>> {
        let reference = match self.reference(context, exercise, verdict) {
            Ok(reference) => reference,
            Err(interrupted) => return Ok(Err(interrupted)),
        };
        let (language, width) = (context.language, super::paint::width());
        let setting = Setting { course: &context.course, exercise, language, width, traces };
        let lines = verdict::lines(verdict, reference.as_ref(), setting);
        super::print(lines.iter().map(crate::report::Line::ansi))?;
        Ok(Ok(()))
    }
}

/// Remembers an attempt in the learner's folder, if there is one.
pub(super) fn record(context: &Context, verdict: &Verdict, source: &str) {
    if let Kind::Setup { .. } = verdict.kind {
        // Nothing was judged, so nothing was attempted.
        return;
    }
    let Some(mut store) = context.store() else { return };
    let notices = store.record(session::attempt(verdict, source));
    context.tell(&notices);
}

/// The exit code that a verdict stands for.
pub(super) fn exit_code(verdict: &Verdict) -> u8 {
    match verdict.kind {
        Kind::Passed => super::YES,
        Kind::Setup { .. } => super::COULD_NOT,
        _ => super::NO,
    }
}

/// The learner's exercise as a task.
pub(super) fn task<'a>(
    context: &'a Context,
    exercise: &'a Exercise,
    track: Track,
    source: &'a str,
    shown: &'a str,
) -> Task<'a> {
    Task { course: &context.course, exercise, track, source, shown, role: Role::Learner }
}

/// Shows what the runner does, on the error stream: one line that changes on a terminal; elsewhere only what takes
/// long, a line each.
pub(super) struct Progress {
    language: Language,
    terminal: bool,
    shown: bool,
    last: String,
}

impl Progress {
    pub(super) fn new(language: Language) -> Progress {
        Progress { language, terminal: std::io::stderr().is_terminal(), shown: false, last: String::new() }
    }

    pub(super) fn show(&mut self, event: &Event) {
        let (text, long) = match event {
            Event::WaitingForOther { set } => (Judging::WaitingForOther { set: set.clone() }, true),
            Event::Fetching { set } => (Judging::Fetching { set: set.clone() }, true),
            Event::Building { set, done, total } => {
                (Judging::Building { set: set.clone(), done: *done, total: *total }, done % 10 == 0 || done == total)
            }
            Event::BuildingHarness => (Judging::BuildingHarness, true),
            Event::Compiling => (Judging::Compiling, false),
            Event::Testing { tests } => (Judging::Testing { tests: *tests }, false),
            Event::Said(_) | Event::Tested(_) => return,
        };
        let text = text.say(self.language);
        if text == self.last {
            return;
        }
        // Progress that cannot be shown is no reason to stop.
        let mut out = std::io::stderr().lock();
        if self.terminal {
            let _ = write!(out, "\r\x1b[K{text}").and_then(|()| out.flush());
            self.shown = true;
        } else if long {
            let _ = writeln!(out, "{text}");
        }
        self.last = text;
    }

    pub(super) fn clear(&mut self) {
        if self.shown {
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "\r\x1b[K").and_then(|()| out.flush());
            self.shown = false;
        }
    }
}
