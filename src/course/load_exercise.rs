//! Loads one exercise: its `exercise.toml` and its texts; `load_track` loads the files of each track.

use super::schema::{ExerciseToml, Parsed, TrackToml};
use super::{Course, Exercise, Language, Localized, Problem, Reach, Snapshot, Track, name, sections};
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
        faults: loader.faults(),
        tracks: loader.tracks(&format!("{module}/{folder}")),
        texts: loader.texts(),
    };
    if exercise.tracks.is_empty() {
        loader.problems.push(Problem::of_file(loader.path, "has no track that works, so it is left out"));
        return None;
    }
    Some(exercise)
}

pub(super) struct Loader<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) course: &'a Course,
    pub(super) path: String,
    pub(super) toml: &'a Parsed<ExerciseToml>,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Loader<'_> {
    pub(super) fn problem_at<V>(&mut self, value: &Spanned<V>, what: impl Into<String>) {
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

    fn faults(&mut self) -> BTreeMap<String, Localized> {
        let toml = self.toml;
        for (id, text) in &toml.value.faults {
            self.complete(text);
            let mut named = toml.value.tracks().filter_map(|(_, entry)| entry.faults.as_ref());
            if !named.any(|faults| faults.get_ref().iter().any(|fault| fault.get_ref() == id.get_ref())) {
                self.problem_at(id, format!("no track names `{}` among its `faults`", id.get_ref()));
            }
        }
        let faults = toml.value.faults.iter();
        faults.map(|(id, text)| (id.get_ref().clone(), text.get_ref().clone())).collect()
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
}

impl ExerciseToml {
    pub(super) fn tracks(&self) -> impl Iterator<Item = (Track, &TrackToml)> {
        let rust = self.rust.iter().map(|entry| (Track::Rust, entry));
        rust.chain(self.python.iter().map(|entry| (Track::Python, entry)))
    }
}
