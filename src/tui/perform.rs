//! Does what the model asks for: files, runs, the store, other programs. What comes of it goes back as messages.

use super::editor::{self, OwnEditor};
use super::model::Model;
use super::msg::{Cause, Effect, Msg, SourceFile, Tone};
use super::watch::Watch;
use super::worker::{Command, Worker};
use crate::course::{Course, Exercise, Language, Track};
use crate::lesson;
use crate::progress::{Notice, Store};
use crate::session::{self, Context};
use crate::wording::{Say, Screen as Words, Walking};
use crate::workspace::{self, SettingsChange, Workspace};
use std::collections::BTreeSet;
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
        other_course: bool,
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
        let editor = editor::command();
        let mut performer =
            Performer { context, store, worker, watch, news, inner, editor, loading: Loading::No, other_course };
        performer.begin();
        Ok(performer)
    }

    /// What goes on behind from the start.
    fn begin(&mut self) {
        let course = Arc::new(self.context.course.clone());
        if self.context.track == Track::Rust {
            let used = course.exercises().filter_map(|(_, exercise)| exercise.tracks.get(&Track::Rust));
            let sets: BTreeSet<String> = used.map(|files| files.set.clone()).collect();
            if !sets.is_empty() {
                self.worker.send(Command::Prepare(Arc::clone(&course), sets.into_iter().collect()));
            }
        }
        if let (Some(folder), Some(watch)) = (&self.context.course_folder, &mut self.watch) {
            watch.course(folder);
        }
        self.refresh();
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
            Effect::Judge { run, exercise, track, source, shown } => {
                self.worker.send(Command::Judge { run, course: course(), exercise, track, source, shown });
            }
            Effect::Example { run, track, source, set } => {
                self.worker.send(Command::Example { run, course: course(), track, source, set });
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

    fn file(&self, exercise: &Exercise, track: Track) -> Option<PathBuf> {
        let workspace = self.context.workspace.as_ref()?;
        workspace.exercise_file(&Context::reference(exercise), track)
    }

    fn read(&self, id: &str, track: Track, cause: Cause, model: &Model) -> Vec<Msg> {
        let Some((_, exercise)) = model.course.exercise(id) else { return Vec::new() };
        let language = model.choices.language;
        let file = match (&self.context.workspace, self.file(exercise, track)) {
            (None, _) => SourceFile { shown: String::new(), text: Err(Walking::NoFolder.say(language)) },
            (Some(_), None) => {
                let shown = exercise.learner_path(track);
                let missing = Walking::NoFile { path: shown.clone(), command: "R".to_owned() };
                SourceFile { shown, text: Err(missing.say(language)) }
            }
            (Some(workspace), Some(path)) => SourceFile {
                shown: workspace.shown(&path).to_string(),
                text: session::read_solution(&path).map_err(|error| format!("{error:#}")),
            },
        };
        let trouble = match (&file.text, cause) {
            (Err(what), Cause::Asked) => Some(Msg::Notice(Tone::Trouble, what.clone())),
            _ => None,
        };
        let told = Msg::Source { exercise: id.to_owned(), track, file, cause };
        std::iter::once(told).chain(trouble).collect()
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

    fn edit(&self, id: &str, track: Track, line: u32, model: &Model) -> (Vec<Msg>, After) {
        let file = model.course.exercise(id).and_then(|(_, exercise)| self.file(exercise, track));
        let (Some(editor), Some(file)) = (self.editor.clone(), file) else {
            return (vec![Msg::Notice(Tone::Trouble, model.say(&Words::NoFileYet))], After::Go);
        };
        if !editor.is_graphical() {
            return (Vec::new(), After::Edit(editor, file, line));
        }
        let name = editor.name().to_owned();
        let told = match editor.start(&file, line) {
            Ok(()) => Msg::Notice(Tone::Fine, model.say(&Words::OpenedElsewhere { editor: name })),
            Err(error) => {
                let words = Words::EditorFailed { editor: name, what: error.to_string() };
                Msg::Notice(Tone::Trouble, model.say(&words))
            }
        };
        (vec![told], After::Go)
    }

    /// Writes what was typed.
    fn write(&self, id: &str, track: Track, (edited, text): (&str, &str), model: &Model) -> Vec<Msg> {
        let file = model.course.exercise(id).and_then(|(_, exercise)| self.file(exercise, track));
        let (Some(workspace), Some(file)) = (&self.context.workspace, file) else {
            return vec![Msg::Notice(Tone::Trouble, model.say(&Words::NoFileYet))];
        };
        match workspace.save(&file, edited, text) {
            Ok(()) => {
                let told = self.read(id, track, Cause::Asked, model);
                std::iter::once(Msg::Written).chain(told).collect()
            }
            Err(error) => vec![Msg::Notice(Tone::Trouble, error.words(model.choices.language))],
        }
    }

    fn reset(&self, id: &str, track: Track, model: &Model) -> Vec<Msg> {
        let language = model.choices.language;
        let Some(workspace) = &self.context.workspace else { return Vec::new() };
        let Some((_, exercise)) = model.course.exercise(id) else { return Vec::new() };
        let Some(files) = exercise.tracks.get(&track) else { return Vec::new() };
        let shown = |path: &Path| workspace.shown(path).to_string();
        let told = match workspace.reset(&Context::reference(exercise), track, &files.stub) {
            Ok(workspace::Reset::Done { file, backup: Some(backup) }) => {
                (Tone::Fine, Walking::ResetDone { path: shown(&file), backup: shown(&backup) }.say(language))
            }
            Ok(workspace::Reset::Done { file, backup: None }) => {
                (Tone::Fine, Walking::ResetFresh { path: shown(&file) }.say(language))
            }
            Ok(workspace::Reset::AlreadyStub { file }) => {
                (Tone::Fine, Walking::AlreadyStub { path: shown(&file) }.say(language))
            }
            Err(error) => (Tone::Trouble, error.words(language)),
        };
        self.told(id, track, told, model)
    }

    fn undo_reset(&self, id: &str, track: Track, model: &Model) -> Vec<Msg> {
        let language = model.choices.language;
        let Some(workspace) = &self.context.workspace else { return Vec::new() };
        let Some((_, exercise)) = model.course.exercise(id) else { return Vec::new() };
        let told = match workspace.undo_reset(&Context::reference(exercise), track) {
            Ok(undone) => {
                let path = workspace.shown(&undone.file).to_string();
                (Tone::Fine, Walking::ResetUndone { path }.say(language))
            }
            Err(error) => (Tone::Trouble, error.words(language)),
        };
        self.told(id, track, told, model)
    }

    fn told(&self, id: &str, track: Track, (tone, text): (Tone, String), model: &Model) -> Vec<Msg> {
        let mut told = self.read(id, track, Cause::Shown, model);
        told.push(Msg::Notice(tone, text));
        told
    }

    fn change(&mut self, change: SettingsChange, language: Language) -> Vec<Msg> {
        match &change {
            SettingsChange::Language(language) => self.context.language = *language,
            SettingsChange::Track(track) => self.context.track = *track,
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
