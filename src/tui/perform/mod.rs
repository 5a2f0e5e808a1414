//! Does what the model asks for: files, runs, the store, other programs. What comes of it goes back as messages.

mod files;

use crate::course::{Course, Language, Track};
use crate::lesson;
use crate::progress::{Notice, Store};
use crate::session::{self, Context};
use crate::tui::editor::{self, OwnEditor};
use crate::tui::model::Model;
use crate::tui::msg::{Cause, Effect, Msg, Tone};
use crate::tui::start::Wishes;
use crate::tui::watch::Watch;
use crate::tui::worker::{Command, Worker};
use crate::wording::Screen as Words;
use crate::workspace::{self, SettingsChange, Workspace};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;

/// What the loop itself has to do.
pub enum After {
    /// Nothing.
    Go,
    /// End.
    Quit,
    /// Stop until the shell goes on.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// Hand the terminal over to an editor.
    Edit(OwnEditor, PathBuf, u32),
}

/// What effects are done with.
pub struct Performer {
    context: Context,
    store: Option<Store>,
    worker: Worker,
    watch: Option<Watch>,
    news: UnboundedSender<Msg>,
    inner: UnboundedSender<Inner>,
    editor: Option<OwnEditor>,
    loading: Loading,
    /// Whether the command line names another course than the folder's own.
    other_course: bool,
}

/// What comes back from work beside the loop, and is not for the model.
#[derive(Debug)]
pub enum Inner {
    /// The learner's folder is up to date: it can be watched.
    FolderReady,
    /// The course was loaded.
    Loaded(Result<Arc<Course>, String>),
}

/// Whether the course is being loaded.
#[derive(Debug, PartialEq, Eq)]
enum Loading {
    No,
    Yes,
    /// It is, and has changed again.
    AndAgain,
}

impl Performer {
    /// Takes over what was found at the start.
    ///
    /// # Errors
    /// When the system has no more threads.
    pub fn start(
        context: Context,
        store: Option<Store>,
        wishes: &Wishes,
        news: UnboundedSender<Msg>,
        inner: UnboundedSender<Inner>,
        paths: UnboundedSender<PathBuf>,
    ) -> std::io::Result<Performer> {
        let worker = Worker::start(news.clone(), context.python.clone())?;
        let watch = match Watch::start(paths) {
            Ok(watch) => Some(watch),
            Err(error) => {
                let _ = news.send(Msg::Notice(Tone::Trouble, error.to_string()));
                None
            }
        };
        let (editor, other_course) = (editor::command(), wishes.asked.course.is_some());
        let mut performer =
            Performer { context, store, worker, watch, news, inner, editor, loading: Loading::No, other_course };
        // A review needs nothing of the course's.
        if wishes.review.is_none() {
            performer.begin();
        }
        Ok(performer)
    }

    /// What goes on behind from the start.
    fn begin(&mut self) {
        self.prepare();
        if let (Some(folder), Some(watch)) = (&self.context.course_folder, &mut self.watch) {
            watch.course(folder);
        }
        self.refresh();
    }

    /// Has ready what the first exercise builds on; other libraries follow when a lesson or an exercise that needs them
    /// is opened.
    fn prepare(&self) {
        let (course, track) = (Arc::new(self.context.course.clone()), self.context.track);
        let first = course.exercises().find_map(|(_, exercise)| exercise.tracks.get(&track));
        if let Some(set) = first.map(|files| files.set.clone()) {
            self.worker.send(Command::Prepare(course, track, set));
        }
    }

    /// Takes over what a newer course has for the learner's folder, beside the loop.
    fn refresh(&self) {
        if self.context.workspace.is_none() {
            return;
        }
        let (context, other_course) = (self.context.clone(), self.other_course);
        let (news, inner) = (self.news.clone(), self.inner.clone());
        tokio::task::spawn_blocking(move || {
            // Another course than the folder's own must not change the folder.
            let told = if other_course { Vec::new() } else { session::keep_in_step(&context) };
            if let Some(text) = told.into_iter().next() {
                let _ = news.send(Msg::Notice(Tone::Fine, text));
            }
            let _ = inner.send(Inner::FolderReady);
        });
    }

    /// Something from beside the loop.
    pub fn inner(&mut self, inner: Inner, model: &Model) -> Vec<Msg> {
        match inner {
            Inner::FolderReady => {
                let exercises = self.context.workspace.as_ref().map(|workspace| workspace.root().join("exercises"));
                if let (Some(watch), Some(folder)) = (&mut self.watch, exercises)
                    && let Err(error) = watch.folder(&folder)
                {
                    let _ = self.news.send(Msg::Notice(Tone::Trouble, error.to_string()));
                }
                // What was saved before anyone watched is noticed now.
                let open = model.desks.keys().map(|(exercise, track)| (exercise.as_str(), *track));
                return open.flat_map(|(exercise, track)| self.read(exercise, track, Cause::Changed, model)).collect();
            }
            Inner::Loaded(loaded) => {
                if let Ok(course) = &loaded {
                    self.context.course = Course::clone(course);
                    self.refresh();
                }
                let _ = self.news.send(Msg::Course(loaded));
                let again = self.loading == Loading::AndAgain;
                self.loading = Loading::No;
                if again {
                    self.load();
                }
            }
        }
        Vec::new()
    }

    /// A file has changed.
    pub fn changed(&mut self, path: &Path, model: &Model) -> Vec<Msg> {
        if let Some(workspace) = &self.context.workspace
            && let Some((exercise, track)) = workspace.exercise_of(path)
        {
            return self.read(&exercise, track, Cause::Changed, model);
        }
        if self.context.course_folder.is_some() {
            self.load();
        }
        Vec::new()
    }

    /// Loads the course again, beside the loop.
    fn load(&mut self) {
        let Some(folder) = self.context.course_folder.clone() else { return };
        if self.loading != Loading::No {
            self.loading = Loading::AndAgain;
            return;
        }
        self.loading = Loading::Yes;
        let inner = self.inner.clone();
        tokio::task::spawn_blocking(move || {
            let loaded = Course::from_folder(&folder).map(Arc::new).map_err(|error| error.to_string());
            let _ = inner.send(Inner::Loaded(loaded));
        });
    }

    /// Does what is asked for. The messages are to be taken in at once.
    pub fn perform(&mut self, effect: Effect, model: &Model) -> (Vec<Msg>, After) {
        let course = || Arc::clone(&model.course);
        let language = model.choices.language;
        match effect {
            Effect::ReadFile(exercise, track, cause) => return (self.read(&exercise, track, cause, model), After::Go),
            Effect::Prepare(track, set) => self.worker.send(Command::Prepare(course(), track, set)),
            Effect::Prime(exercise, track) => self.worker.send(Command::Prime(course(), exercise, track)),
            Effect::Judge { run, exercise, track, source, shown } => {
                self.worker.send(Command::Judge { run, course: course(), exercise, track, source, shown });
            }
            Effect::Example { run, track, source, set } => {
                self.worker.send(Command::Example { run, course: course(), track, source, set });
            }
            Effect::Review { run, args } => self.worker.send(Command::Review { run, args }),
            Effect::EditPlace(file, line) => {
                return self.open(&file, line, language, |editor| Words::OpenedReviewed { editor });
            }
            Effect::Cancel => self.worker.send(Command::Cancel),
            Effect::Record(verdict, source) => {
                return (self.keep(language, |store| store.record(session::attempt(&verdict, &source))), After::Go);
            }
            Effect::HintSeen(exercise, track, number) => {
                return (self.keep(language, |store| store.hint_seen(&exercise, track, number)), After::Go);
            }
            Effect::Highlight(fences) => {
                let news = self.news.clone();
                tokio::task::spawn_blocking(move || {
                    let found = fences.into_iter().map(|fence| {
                        let tokens = lesson::highlight(&fence.text, &fence.language);
                        (fence, tokens)
                    });
                    let _ = news.send(Msg::Highlighted(found.collect()));
                });
            }
            Effect::Edit(exercise, track, line) => return self.edit(&exercise, track, line, model),
            Effect::Write { exercise, track, edited, text } => {
                return (self.write(&exercise, track, (&edited, &text), model), After::Go);
            }
            Effect::Reset(exercise, track) => return (self.reset(&exercise, track, model), After::Go),
            Effect::UndoReset(exercise, track) => return (self.undo_reset(&exercise, track, model), After::Go),
            Effect::Change(change) => return (self.change(change, language), After::Go),
            Effect::MakeFolder(folder, language, track) => {
                return (self.make_folder(&folder, language, track), After::Go);
            }
            Effect::Suspend => return (Vec::new(), After::Suspend),
            Effect::Redraw => return (Vec::new(), After::Redraw),
            Effect::Quit => return (Vec::new(), After::Quit),
        }
        (Vec::new(), After::Go)
    }

    fn keep(&mut self, language: Language, change: impl FnOnce(&mut Store) -> Vec<Notice>) -> Vec<Msg> {
        let Some(store) = &mut self.store else { return Vec::new() };
        let notices = change(store);
        let progress = Box::new(store.progress().clone());
        let trouble = store.trouble().map(|notice| notice.words(language));
        let told = notices.into_iter().filter(|_| trouble.is_none());
        let told = told.map(|notice| Msg::Notice(Tone::Trouble, notice.words(language)));
        std::iter::once(Msg::Progress { progress, trouble: trouble.clone() }).chain(told).collect()
    }

    fn change(&mut self, change: SettingsChange, language: Language) -> Vec<Msg> {
        match &change {
            SettingsChange::Language(language) => self.context.language = *language,
            SettingsChange::Track(track) => {
                self.context.track = *track;
                self.prepare();
            }
            SettingsChange::Theme(_) | SettingsChange::Course(_) => {}
        }
        let Some(workspace) = &self.context.workspace else { return Vec::new() };
        match workspace.change_settings(&[change]) {
            Ok(()) => Vec::new(),
            Err(error) => vec![Msg::Notice(Tone::Trouble, error.words(language))],
        }
    }

    fn make_folder(&mut self, folder: &str, language: Language, track: Track) -> Vec<Msg> {
        self.context.language = language;
        self.context.track = track;
        let made = Workspace::create(&expanded(folder), &self.context.plan());
        let (workspace, _) = match made {
            Ok(made) => made,
            Err(error) => return vec![Msg::Folder(Err(error.words(language)))],
        };
        if let Some(state) = workspace::state_folder() {
            // Only costs the learner a `cd` when it cannot be remembered.
            let _ = workspace.remember(&state);
        }
        let root = workspace.root().display().to_string();
        let (store, notices) = Store::open(workspace.root());
        let mut told = vec![Msg::Folder(Ok(root))];
        told.push(Msg::Progress { progress: Box::new(store.progress().clone()), trouble: None });
        told.extend(notices.iter().map(|notice| Msg::Notice(Tone::Trouble, notice.words(language))));
        self.store = Some(store);
        self.context.workspace = Some(workspace);
        self.begin();
        told
    }
}

/// A folder as typed: `~` is the person's home.
fn expanded(folder: &str) -> PathBuf {
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty());
    match (folder.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(folder),
    }
}
