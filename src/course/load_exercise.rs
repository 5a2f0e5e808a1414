//! Loads one exercise: its `exercise.toml`, its texts, and the files of each track.

use super::schema::{ExerciseToml, Parsed, TrackToml};
use super::{COMPILE, Course, Exercise, Language, Localized, Problem, Reach, Snapshot, Track, TrackFiles, WrongAnswer};
use super::{name, sections};
use std::collections::BTreeMap;
use std::time::Duration;
use toml::Spanned;

/// How long one hidden test may take unless the exercise says otherwise.
pub const TEST_LIMIT: Duration = Duration::from_secs(5);

/// The longest limit an exercise may ask for, in seconds.
const LONGEST_TEST_LIMIT: u64 = 60;

/// Loads the exercise in `exercises/<module>/<folder>`; none when it cannot be used.
pub(super) fn exercise(
    snapshot: &Snapshot,
    course: &Course,
    module: &str,
    folder: &str,
    problems: &mut Vec<Problem>,
) -> Option<Exercise> {
    let path = format!("exercises/{module}/{folder}");
    let id = match name::split(folder) {
        Ok((_, id)) => id.to_owned(),
        Err(what) => {
            problems.push(Problem::of_file(path, what));
            return None;
        }
    };
    let toml: Parsed<ExerciseToml> = match Parsed::read(snapshot, &format!("{path}/exercise.toml")) {
        Ok(toml) => toml,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let mut loader = Loader { snapshot, course, path, toml: &toml, problems };
    loader.complete(&toml.value.title);
    let exercise = Exercise {
        id,
        folder: folder.to_owned(),
        module_folder: module.to_owned(),
        title: toml.value.title.get_ref().clone(),
        criteria: loader.criteria(),
        difficulty: loader.difficulty(),
        section: toml.value.section.as_ref().map(|section| section.get_ref().clone()),
        test_limit: loader.test_limit(),
        reach: Reach { network: toml.value.limits.network, disk: toml.value.limits.disk },
        messages: loader.messages(),
        tracks: loader.tracks(&format!("{module}/{folder}")),
        texts: loader.texts(),
    };
    if exercise.tracks.is_empty() {
        loader.problems.push(Problem::of_file(loader.path, "has no track that works, so it is left out"));
        return None;
    }
    Some(exercise)
}

struct Loader<'a> {
    snapshot: &'a Snapshot,
    course: &'a Course,
    path: String,
    toml: &'a Parsed<ExerciseToml>,
    problems: &'a mut Vec<Problem>,
}

impl Loader<'_> {
    fn problem_at<V>(&mut self, value: &Spanned<V>, what: impl Into<String>) {
        self.problems.push(self.toml.problem_at(value, what));
    }

    /// Every language of the course must have the text.
    fn complete(&mut self, text: &Spanned<Localized>) {
        for &language in &self.course.languages {
            if !text.get_ref().has(language) {
                self.problem_at(text, format!("the text in `{language}` is missing"));
            }
        }
    }

    fn criteria(&mut self) -> Vec<String> {
        let toml = self.toml;
        let known: Vec<&str> = self.course.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
        for id in &toml.value.criteria {
            if !known.contains(&id.get_ref().as_str()) {
                let what = format!("unknown criterion `{}`; the course has {}", id.get_ref(), known.join(", "));
                self.problem_at(id, what);
            }
        }
        let ids = toml.value.criteria.iter().map(|id| id.get_ref().clone());
        let ids: Vec<String> = ids.filter(|id| known.contains(&id.as_str())).collect();
        if ids.is_empty() {
            self.problems.push(Problem::of_file(&toml.file, "names no criterion of the course"));
        }
        ids
    }

    fn difficulty(&mut self) -> u8 {
        let difficulty = &self.toml.value.difficulty;
        if !(1..=5).contains(difficulty.get_ref()) {
            self.problem_at(difficulty, "difficulty goes from 1 (minutes) to 5 (half an hour)");
        }
        (*difficulty.get_ref()).clamp(1, 5)
    }

    fn test_limit(&mut self) -> Duration {
        let Some(seconds) = &self.toml.value.limits.test_seconds else { return TEST_LIMIT };
        if !(1..=LONGEST_TEST_LIMIT).contains(seconds.get_ref()) {
            self.problem_at(seconds, format!("test-seconds goes from 1 to {LONGEST_TEST_LIMIT}"));
        }
        Duration::from_secs((*seconds.get_ref()).clamp(1, LONGEST_TEST_LIMIT))
    }

    fn messages(&mut self) -> BTreeMap<String, Localized> {
        let toml = self.toml;
        for text in toml.value.messages.values() {
            self.complete(text);
        }
        let messages = toml.value.messages.iter();
        messages.map(|(key, text)| (key.get_ref().clone(), text.get_ref().clone())).collect()
    }

    fn texts(&mut self) -> BTreeMap<Language, super::ExerciseText> {
        let mut texts = BTreeMap::new();
        for &language in &self.course.languages {
            let file = format!("{}/{language}.md", self.path);
            match self.snapshot.text(&file) {
                None => self.problems.push(Problem::of_file(file, "is missing; an exercise is told in every language")),
                Some(Err(problem)) => self.problems.push(problem),
                Some(Ok(text)) => {
                    let text = sections::cut(&file, &text, self.problems);
                    for id in sections::REQUIRED {
                        let mut tracks = self.toml.value.tracks();
                        if tracks.any(|(track, _)| text.section(id, track).is_none_or(|text| text.trim().is_empty())) {
                            let what = format!("has no section `{{#{id}}}`, or an empty one");
                            self.problems.push(Problem::of_file(&file, what));
                        }
                    }
                    texts.insert(language, text);
                }
            }
        }
        texts
    }

    fn tracks(&mut self, name: &str) -> BTreeMap<Track, TrackFiles> {
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
        let hidden = self.file(&format!("{folder}/hidden.{extension}"));
        let solution = self.file(&format!("solutions/{name}.{extension}"));
        let wrong = entry.wrong.iter().filter_map(|wrong| {
            let file = wrong.file.get_ref();
            let plain = file.strip_suffix(&format!(".{extension}")).is_some_and(name::is_id);
            if !plain {
                self.problem_at(
                    &wrong.file,
                    format!("`{file}` is not a plain file name such as `no-await.{extension}`"),
                );
                return None;
            }
            let message = wrong.message.as_ref();
            match message {
                Some(message)
                    if !self.toml.value.messages.iter().any(|(key, _)| key.get_ref() == message.get_ref()) =>
                {
                    self.problem_at(message, format!("there is no `[messages.{}]`", message.get_ref()));
                }
                None if wrong.test.get_ref() != COMPILE => {
                    self.problem_at(&wrong.test, "a wrong answer that a test rejects needs its `message`");
                }
                _ => {}
            }
            let text = self.file(&format!("{folder}/wrong/{file}"))?;
            let message = message.map(|message| message.get_ref().clone());
            Some(WrongAnswer { file: file.clone(), text, test: wrong.test.get_ref().clone(), message })
        });
        let wrong = wrong.collect();
        self.unlisted(&folder, entry);
        Some(TrackFiles { set: entry.set.get_ref().clone(), stub: stub?, hidden: hidden?, solution: solution?, wrong })
    }

    /// Wrong answers that lie in the folder but that no entry names would never be checked.
    fn unlisted(&mut self, folder: &str, entry: &TrackToml) {
        for file in self.snapshot.below(&format!("{folder}/wrong")) {
            if !entry.wrong.iter().any(|wrong| wrong.file.get_ref() == file) {
                let what = "no entry `wrong` in exercise.toml names this file, so nothing checks it";
                self.problems.push(Problem::of_file(format!("{folder}/wrong/{file}"), what));
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

impl ExerciseToml {
    fn tracks(&self) -> impl Iterator<Item = (Track, &TrackToml)> {
        let rust = self.rust.iter().map(|entry| (Track::Rust, entry));
        rust.chain(self.python.iter().map(|entry| (Track::Python, entry)))
    }
}
