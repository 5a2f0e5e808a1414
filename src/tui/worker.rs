//! The thread that runs things: one run at a time, and the building of libraries.
//!
//! It lives as long as the program, because what the runner starts ends with the thread that started it. A newer run
//! drops the older one's future, which ends everything that it had started. Every piece of news carries its run.

use super::msg::{LibraryNews, Msg, RunNews};
use crate::course::{Course, Track};
use crate::runner::example::Extent;
use crate::runner::timeline::telling_test;
use crate::runner::{Cache, Event, Events, Kept, Reuse, Role, Runner, Task};
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What the thread is to do.
#[derive(Debug)]
pub enum Command {
    /// Build dependency sets.
    Prepare(Arc<Course>, Vec<String>),
    /// Judge an exercise.
    Judge {
        /// The run.
        run: u64,
        /// The course.
        course: Arc<Course>,
        /// The exercise's id.
        exercise: String,
        /// The track.
        track: Track,
        /// The text.
        source: String,
        /// What the learner calls the file.
        shown: String,
    },
    /// Run an example.
    Example {
        /// The run.
        run: u64,
        /// The course.
        course: Arc<Course>,
        /// The track.
        track: Track,
        /// The program.
        source: String,
        /// The dependency set that it builds on.
        set: String,
    },
    /// End the run.
    Cancel,
    /// End the thread.
    Stop,
}

/// The thread.
#[derive(Debug)]
pub struct Worker {
    commands: UnboundedSender<Command>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread; its news go to `news`. It judges with the Python that is named, if one is.
    ///
    /// # Errors
    /// When the system has no more threads.
    pub fn start(news: UnboundedSender<Msg>, python: Option<PathBuf>) -> std::io::Result<Worker> {
        let (commands, queue) = unbounded_channel();
        let thread = std::thread::Builder::new().name("runs".to_owned()).spawn(move || work(queue, &news, python))?;
        Ok(Worker { commands, thread: Some(thread) })
    }

    /// Gives it something to do.
    pub fn send(&self, command: Command) {
        // It ends before us only when it could not start, and has told so.
        let _ = self.commands.send(command);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.send(Command::Stop);
        // What runs has ended when the thread has.
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

type Job<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

fn work(queue: UnboundedReceiver<Command>, news: &UnboundedSender<Msg>, python: Option<PathBuf>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let (runtime, cache) = match (runtime, Cache::open()) {
        (Ok(runtime), Ok(cache)) => (runtime, cache),
        (Err(error), _) => return failed(news, &error.to_string()),
        (_, Err(error)) => {
            return failed(
                news,
                &format!("failed to open the cache folder: {error}; AWAITLINGS_CACHE can name another"),
            );
        }
    };
    let (sender, events) = unbounded_channel();
    let runner = Runner::new(cache, Events::to(sender)).with_python(python);
    runtime.block_on(serve(&runner, queue, events, news));
    // A library that is being built is not waited for; it is built again next time.
    runtime.shutdown_background();
}

fn failed(news: &UnboundedSender<Msg>, what: &str) {
    let _ = news.send(Msg::Library(LibraryNews::Failed(what.to_owned())));
}

async fn serve(
    runner: &Runner,
    mut queue: UnboundedReceiver<Command>,
    mut events: UnboundedReceiver<Event>,
    news: &UnboundedSender<Msg>,
) {
    let mut job: Option<(u64, Job<'_>)> = None;
    let mut preparing: Option<Job<'_>> = None;
    loop {
        tokio::select! {
            biased;
            command = queue.recv() => match command {
                None | Some(Command::Stop) => return,
                Some(Command::Cancel) => job = None,
                Some(Command::Prepare(course, sets)) => preparing = Some(Box::pin(prepare(runner, course, sets, news))),
                Some(Command::Judge { run, course, exercise, track, source, shown }) => {
                    drop(job.take());
                    forget(&mut events, news);
                    let judging = judge(runner, news.clone(), run, course, exercise, track, source, shown);
                    job = Some((run, Box::pin(judging)));
                }
                Some(Command::Example { run, course, track, source, set }) => {
                    drop(job.take());
                    forget(&mut events, news);
                    job = Some((run, Box::pin(example(runner, news.clone(), run, course, track, (source, set)))));
                }
            },
            Some(event) = events.recv() => tell(event, job.as_ref().map(|(run, _)| *run), news),
            () = poll(&mut preparing) => preparing = None,
            // A run needs the libraries; until they are built it waits, and can be cancelled.
            () = poll_run(&mut job), if preparing.is_none() => job = None,
        }
    }
}

async fn poll(job: &mut Option<Job<'_>>) {
    match job {
        Some(job) => job.as_mut().await,
        None => std::future::pending().await,
    }
}

async fn poll_run(job: &mut Option<(u64, Job<'_>)>) {
    match job {
        Some((_, job)) => job.as_mut().await,
        None => std::future::pending().await,
    }
}

/// What is left of an older run is nobody's news.
fn forget(events: &mut UnboundedReceiver<Event>, news: &UnboundedSender<Msg>) {
    while let Ok(event) = events.try_recv() {
        tell(event, None, news);
    }
}

/// Libraries are built for everyone; all else belongs to the run.
fn tell(event: Event, run: Option<u64>, news: &UnboundedSender<Msg>) {
    let is_library = matches!(
        event,
        Event::WaitingForOther { .. } | Event::Fetching { .. } | Event::Building { .. } | Event::BuildingHarness
    );
    // The screen may be about to end.
    let _ = match run {
        _ if is_library => news.send(Msg::Library(LibraryNews::Event(event))),
        Some(run) => news.send(Msg::Run { run, news: RunNews::Event(event) }),
        None => Ok(()),
    };
}

async fn prepare(runner: &Runner, course: Arc<Course>, sets: Vec<String>, news: &UnboundedSender<Msg>) {
    let mut told = LibraryNews::Ready;
    for set in sets {
        if let Err(error) = runner.compiler(&course, &set).await {
            told = LibraryNews::Failed(error.to_string());
        }
    }
    let _ = news.send(Msg::Library(told));
}

#[expect(clippy::too_many_arguments, reason = "a run is this much, and it is called once")]
async fn judge(
    runner: &Runner,
    news: UnboundedSender<Msg>,
    run: u64,
    course: Arc<Course>,
    exercise: String,
    track: Track,
    source: String,
    shown: String,
) {
    let Some((_, exercise)) = course.exercise(&exercise) else { return };
    let task = Task { course: &course, exercise, track, source: &source, shown: &shown, role: Role::Learner };
    let verdict = runner.judge(task, Reuse::Allowed, &mut Kept::No).await;
    let has_timeline = telling_test(&verdict).is_some();
    let _ = news.send(Msg::Run { run, news: RunNews::Verdict(Box::new(verdict)) });
    let Some(files) = exercise.tracks.get(&track).filter(|_| has_timeline) else { return };
    let (source, shown) = (&files.solution, "reference");
    let task = Task { course: &course, exercise, track, source, shown, role: Role::Reference };
    let verdict = runner.judge(task, Reuse::Allowed, &mut Kept::No).await;
    let _ = news.send(Msg::Run { run, news: RunNews::Reference(Box::new(verdict)) });
}

async fn example(
    runner: &Runner,
    news: UnboundedSender<Msg>,
    run: u64,
    course: Arc<Course>,
    track: Track,
    (source, set): (String, String),
) {
    let result = match track {
        Track::Rust => match runner.compiler(&course, &set).await {
            Ok(compiler) => runner.rust_example(&compiler, &source, Extent::Run).await,
            Err(error) => Err(error),
        },
        Track::Python => runner.python_example(&course, &set, &source, Extent::Run).await,
    };
    let result = result.map(Box::new).map_err(|error| error.to_string());
    let _ = news.send(Msg::Run { run, news: RunNews::Example(result) });
}
