//! The thread that runs things: one run at a time, and the building of libraries.
//!
//! It lives as long as the program, because what the runner starts ends with the thread that started it. A newer run
//! drops the older one's future, which ends everything that it had started. Every piece of news carries its run.

use super::msg::{LibraryNews, Msg, RunNews};
use crate::course::{Course, Track};
use crate::review::{self, FromProcesses, ReviewArgs};
use crate::runner::example::Extent;
use crate::runner::timeline::has_counterpart;
use crate::runner::{Cache, Event, Events, Kept, Reuse, Role, Runner, Task};
use std::collections::{HashSet, VecDeque};
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What the thread is to do.
#[derive(Debug)]
pub enum Command {
    /// Have a track's dependency set ready.
    Prepare(Arc<Course>, Track, String),
    /// Have an exercise ready to be judged, as soon as there is nothing else to do.
    Prime(Arc<Course>, String, Track),
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
    /// Review the person's own code.
    Review {
        /// The run.
        run: u64,
        /// What is reviewed, and how.
        args: Box<ReviewArgs>,
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
    let mut job: Option<Run<'_>> = None;
    let mut libraries = Libraries::default();
    let mut priming: Option<Job<'_>> = None;
    loop {
        libraries.go_on(runner, news);
        // A run needs its libraries; until they are built it waits, and can be cancelled.
        let is_ready = job.as_ref().is_some_and(|run| !libraries.prepares(&run.needs));
        let is_idle = job.is_none() && libraries.preparing.is_none();
        tokio::select! {
            biased;
            command = queue.recv() => match command {
                None | Some(Command::Stop) => return,
                Some(Command::Cancel) => job = None,
                Some(Command::Prepare(course, track, set)) => libraries.want(course, (track, set)),
                Some(Command::Prime(course, exercise, track)) => {
                    libraries.want(Arc::clone(&course), needs(&course, &exercise, track));
                    priming = Some(Box::pin(prime(runner, course, exercise, track)));
                }
                Some(Command::Judge { run, course, exercise, track, source, shown }) => {
                    // Both build in the same place.
                    drop((job.take(), priming.take()));
                    forget(&mut events, news);
                    let needs = needs(&course, &exercise, track);
                    let judging = judge(runner, news.clone(), run, course, exercise, track, source, shown);
                    job = Some(Run { number: run, needs, job: Box::pin(judging) });
                }
                Some(Command::Review { run, args }) => {
                    drop(job.take());
                    // It needs no libraries.
                    let needs = Needs::default();
                    job = Some(Run { number: run, needs, job: Box::pin(review(news.clone(), run, args)) });
                }
                Some(Command::Example { run, course, track, source, set }) => {
                    drop(job.take());
                    forget(&mut events, news);
                    let needs = (track, set.clone());
                    let example = example(runner, news.clone(), run, course, track, (source, set));
                    job = Some(Run { number: run, needs, job: Box::pin(example) });
                }
            },
            Some(event) = events.recv() => tell(event, job.as_ref().map(|run| run.number), news),
            () = poll(libraries.preparing.as_mut().map(|(_, job)| job)) => libraries.preparing = None,
            () = poll(job.as_mut().map(|run| &mut run.job)), if is_ready => job = None,
            () = poll(priming.as_mut()), if is_idle => priming = None,
        }
    }
}

/// A run that goes on.
struct Run<'a> {
    number: u64,
    needs: Needs,
    job: Job<'a>,
}

/// A dependency set of a track.
type Needs = (Track, String);

/// What an exercise builds on.
fn needs(course: &Course, exercise: &str, track: Track) -> Needs {
    let files = course.exercise(exercise).and_then(|(_, exercise)| exercise.tracks.get(&track));
    (track, files.map(|files| files.set.clone()).unwrap_or_default())
}

/// The libraries that are wanted, one set after another; each is tried once.
#[derive(Default)]
struct Libraries<'a> {
    wanted: VecDeque<(Arc<Course>, Needs)>,
    tried: HashSet<(String, Needs)>,
    preparing: Option<(Needs, Job<'a>)>,
}

impl<'a> Libraries<'a> {
    fn want(&mut self, course: Arc<Course>, needs: Needs) {
        if self.tried.insert((course.digest.clone(), needs.clone())) {
            self.wanted.push_back((course, needs));
        }
    }

    fn go_on(&mut self, runner: &'a Runner, news: &'a UnboundedSender<Msg>) {
        if self.preparing.is_none()
            && let Some((course, needs)) = self.wanted.pop_front()
        {
            self.preparing = Some((needs.clone(), Box::pin(prepare(runner, course, needs, news))));
        }
    }

    fn prepares(&self, needs: &Needs) -> bool {
        self.preparing.iter().any(|(of, _)| of == needs) || self.wanted.iter().any(|(_, of)| of == needs)
    }
}

async fn poll(job: Option<&mut Job<'_>>) {
    match job {
        Some(job) => job.as_mut().await,
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

async fn prepare(runner: &Runner, course: Arc<Course>, (track, set): Needs, news: &UnboundedSender<Msg>) {
    let prepared = match track {
        Track::Rust => runner.compiler(&course, &set).await.map(drop),
        Track::Python => runner.prepare_python(&course, &set).await,
    };
    let _ = news.send(Msg::Library(match prepared {
        Ok(()) => LibraryNews::Ready,
        Err(error) => LibraryNews::Failed(error.to_string()),
    }));
}

async fn prime(runner: &Runner, course: Arc<Course>, exercise: String, track: Track) {
    let Some((_, exercise)) = course.exercise(&exercise) else { return };
    // Judging will tell the same trouble, to somebody who waits for it.
    let _ = runner.prime(&course, exercise, track).await;
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
    let has_counterpart = has_counterpart(&verdict, exercise);
    let _ = news.send(Msg::Run { run, news: RunNews::Verdict(Box::new(verdict)) });
    let Some(files) = exercise.tracks.get(&track).filter(|_| has_counterpart) else { return };
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

/// Reads first, which is quick, and tells; then asks the programs that the arguments name.
async fn review(news: UnboundedSender<Msg>, run: u64, args: Box<ReviewArgs>) {
    let tell = |news_of_run| drop(news.send(Msg::Run { run, news: news_of_run }));
    let conclude = |reading, said| RunNews::Reviewed(review::conclude(reading, &args, said).map(Box::new));
    match review::read(&args) {
        Ok(reading) => {
            tell(conclude(reading.clone(), FromProcesses::default()));
            let said = review::ask(&reading, &args, |_| {}).await;
            tell(conclude(reading, said));
        }
        Err(text) => tell(RunNews::Reviewed(Err(text))),
    }
    tell(RunNews::ReviewEnded);
}
