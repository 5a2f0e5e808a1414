//! The learner's files: read, written, put back, opened in an editor.

use super::{After, Performer};
use crate::course::{Exercise, Language, Track};
use crate::session::{self, Context};
use crate::tui::model::Model;
use crate::tui::msg::{Cause, Msg, SourceFile, Tone};
use crate::wording::{Linear, Say, Screen as Words, Walking};
use crate::workspace;
use std::path::{Path, PathBuf};

impl Performer {
    fn file(&self, exercise: &Exercise, track: Track) -> Option<PathBuf> {
        let workspace = self.context.workspace.as_ref()?;
        workspace.exercise_file(&Context::reference(exercise), track)
    }

    pub(super) fn read(&self, id: &str, track: Track, cause: Cause, model: &Model) -> Vec<Msg> {
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

    pub(super) fn edit(&self, id: &str, track: Track, line: u32, model: &Model) -> (Vec<Msg>, After) {
        let file = model.course.exercise(id).and_then(|(_, exercise)| self.file(exercise, track));
        let Some(file) = file else {
            return (vec![Msg::Notice(Tone::Trouble, model.say(&Words::NoFileYet))], After::Go);
        };
        self.open(&file, line, model.choices.language, |editor| Words::OpenedElsewhere { editor })
    }

    /// Opens a file in the person's own editor. `opened` tells what follows when that has a window of its own.
    pub(super) fn open(
        &self,
        file: &Path,
        line: u32,
        language: Language,
        opened: impl FnOnce(String) -> Words,
    ) -> (Vec<Msg>, After) {
        let Some(editor) = self.editor.clone() else {
            let words = Linear::NoEditor { path: file.display().to_string() };
            return (vec![Msg::Notice(Tone::Trouble, words.say(language))], After::Go);
        };
        if !editor.is_graphical() {
            return (Vec::new(), After::Edit(editor, file.to_owned(), line));
        }
        let name = editor.name().to_owned();
        let (tone, words) = match editor.start(file, line) {
            Ok(()) => (Tone::Fine, opened(name)),
            Err(error) => (Tone::Trouble, Words::EditorFailed { editor: name, what: error.to_string() }),
        };
        (vec![Msg::Notice(tone, words.say(language))], After::Go)
    }

    /// Writes what was typed.
    pub(super) fn write(&self, id: &str, track: Track, (edited, text): (&str, &str), model: &Model) -> Vec<Msg> {
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

    pub(super) fn reset(&self, id: &str, track: Track, model: &Model) -> Vec<Msg> {
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

    pub(super) fn undo_reset(&self, id: &str, track: Track, model: &Model) -> Vec<Msg> {
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
}
