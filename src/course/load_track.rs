//! Loads an exercise's files in one track: stub, solution, wrong answers, and what they are judged by.

use super::load_exercise::Loader;
use super::schema::{TrackToml, WrongToml};
use super::{COMPILE, Fault, Problem, Proof, Rejection, Subject, Track, TrackFiles, WrongAnswer, name};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

impl Loader<'_> {
    pub(super) fn tracks(&mut self, name: &str) -> BTreeMap<Track, TrackFiles> {
        let toml = self.toml;
        let mut tracks = BTreeMap::new();
        for (track, entry) in toml.value.tracks() {
            if !self.course.tracks.contains(&track) {
                self.problem_at(&entry.set, format!("`{track}` is not a track of the course"));
            }
            if let Some(files) = self.track(name, track, entry) {
                tracks.insert(track, files);
            }
        }
        tracks
    }

    fn track(&mut self, name: &str, track: Track, entry: &TrackToml) -> Option<TrackFiles> {
        if track == Track::Rust && !self.course.sets.contains_key(entry.set.get_ref()) {
            let known: Vec<&str> = self.course.sets.keys().map(String::as_str).collect();
            let what = format!("unknown dependency set `{}`; the course has {}", entry.set.get_ref(), known.join(", "));
            self.problem_at(&entry.set, what);
        }
        let folder = format!("{}/{track}", self.path);
        let extension = track.extension();
        let stub = self.file(&format!("{folder}/stub.{extension}"));
        let proof = self.proof(&folder, extension, entry);
        let solution = self.file(&format!("solutions/{name}.{extension}"));
        let wrong = entry.wrong.iter().filter_map(|wrong| self.wrong(&folder, extension, entry, wrong)).collect();
        let named = entry.wrong.iter().map(|wrong| wrong.file.get_ref().clone());
        self.unlisted(&format!("{folder}/wrong"), "entry `wrong`", &named.collect());
        Some(TrackFiles { set: entry.set.get_ref().clone(), stub: stub?, proof: proof?, solution: solution?, wrong })
    }

    /// Hidden tests, unless there is a subject for the learner's own.
    fn proof(&mut self, folder: &str, extension: &str, entry: &TrackToml) -> Option<Proof> {
        let hidden = format!("{folder}/hidden.{extension}");
        let has_subject = self.snapshot.below(&format!("{folder}/subject")).next().is_some();
        if entry.faults.is_none() && !has_subject {
            return self.file(&hidden).map(Proof::Hidden);
        }
        if self.snapshot.text(&hidden).is_some() {
            let what = "is never run: where there is a `subject`, it is the learner who writes the tests; remove one";
            self.problems.push(Problem::of_file(hidden, what));
        }
        let reference = self.file(&format!("{folder}/subject/reference.{extension}"));
        let faults = self.faulty_builds(folder, extension, entry);
        Some(Proof::Subject(Subject { reference: reference?, faults: faults? }))
    }

    /// The faulty builds; none where there is none that works.
    fn faulty_builds(&mut self, folder: &str, extension: &str, entry: &TrackToml) -> Option<Vec<Fault>> {
        const NONE: &str = "names no `faults`: the learner's tests must have something to notice";
        let ids = match &entry.faults {
            None => {
                self.problem_at(&entry.set, NONE);
                return None;
            }
            Some(ids) if ids.get_ref().is_empty() => {
                self.problem_at(ids, NONE);
                return None;
            }
            Some(ids) => ids.get_ref(),
        };
        let (mut faults, mut seen) = (Vec::new(), BTreeSet::new());
        for id in ids {
            let plain = id.get_ref();
            if !name::is_id(plain) {
                let what = format!("`{plain}` is not an id; use lower-case letters, digits and single hyphens");
                self.problem_at(id, what);
                continue;
            }
            if !seen.insert(format!("{plain}.{extension}")) {
                self.problem_at(id, format!("`{plain}` is named twice"));
                continue;
            }
            if !self.toml.value.faults.iter().any(|(known, _)| known.get_ref() == plain) {
                let what =
                    format!("there is no `[faults.{plain}]`: say what the learner reads when no test notices it");
                self.problem_at(id, what);
            }
            let text = self.file(&format!("{folder}/subject/faults/{plain}.{extension}"));
            faults.extend(text.map(|text| Fault { id: plain.clone(), text }));
        }
        self.unlisted(&format!("{folder}/subject/faults"), "entry of `faults`", &seen);
        (!faults.is_empty()).then_some(faults)
    }

    fn wrong(&mut self, folder: &str, extension: &str, entry: &TrackToml, wrong: &WrongToml) -> Option<WrongAnswer> {
        let file = wrong.file.get_ref();
        let plain = file.strip_suffix(&format!(".{extension}")).is_some_and(name::is_id);
        if !plain {
            let what = format!("`{file}` is not a plain file name such as `no-await.{extension}`");
            self.problem_at(&wrong.file, what);
            return None;
        }
        let text = self.file(&format!("{folder}/wrong/{file}"));
        let rejection = self.rejection(entry, wrong);
        Some(WrongAnswer { file: file.clone(), text: text?, rejection: rejection? })
    }

    fn rejection(&mut self, entry: &TrackToml, wrong: &WrongToml) -> Option<Rejection> {
        let toml = self.toml;
        let known = |texts: &BTreeMap<Spanned<String>, _>, id: &str| texts.iter().any(|(key, _)| key.get_ref() == id);
        if let Some(message) = wrong.message.as_ref().filter(|key| !known(&toml.value.messages, key.get_ref())) {
            self.problem_at(message, format!("there is no `[messages.{}]`", message.get_ref()));
        }
        match (&wrong.test, &wrong.escapes) {
            (Some(test), None) if test.get_ref() == COMPILE => Some(Rejection::Compile),
            (Some(test), None) => {
                // A learner's own test that fails says what pytest or the panic says.
                if wrong.message.is_none() && entry.faults.is_none() {
                    self.problem_at(test, "a wrong answer that a test rejects needs its `message`");
                }
                let message = wrong.message.as_ref().map(|message| message.get_ref().clone());
                Some(Rejection::Test { name: test.get_ref().clone(), message })
            }
            (None, Some(fault)) => {
                let faults = entry.faults.as_ref().map(|faults| faults.get_ref().as_slice()).unwrap_or_default();
                if !faults.iter().any(|known| known.get_ref() == fault.get_ref()) {
                    self.problem_at(fault, format!("`{}` is none of this track's `faults`", fault.get_ref()));
                }
                Some(Rejection::Escape { fault: fault.get_ref().clone() })
            }
            (None, None) | (Some(_), Some(_)) => {
                let what = "say what rejects it: either `test`, or the fault that `escapes` the learner's tests";
                self.problem_at(&wrong.file, what);
                None
            }
        }
    }

    /// Files that lie in a folder but that nothing names would never be checked.
    fn unlisted(&mut self, folder: &str, by: &str, named: &BTreeSet<String>) {
        for file in self.snapshot.below(folder) {
            if !named.contains(file) {
                let what = format!("no {by} in exercise.toml names this file, so nothing checks it");
                self.problems.push(Problem::of_file(format!("{folder}/{file}"), what));
            }
        }
    }

    fn file(&mut self, path: &str) -> Option<String> {
        let text = match self.snapshot.text(path) {
            None => Err(Problem::of_file(path, "is missing")),
            Some(Ok(text)) if text.trim().is_empty() => Err(Problem::of_file(path, "is empty")),
            Some(text) => text,
        };
        text.map_err(|problem| self.problems.push(problem)).ok()
    }
}
