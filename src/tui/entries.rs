//! What can be chosen on the first screen and in the list of the course.

use super::model::Model;
use crate::progress::State;

/// A line of the first screen that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HomeItem {
    /// The next exercise, by its id.
    Exercise(String),
    /// A lesson, by its id.
    Lesson(String),
    /// The list of the course.
    List,
    /// The matrix.
    Progress,
    /// The settings.
    Settings,
    /// The keys.
    Help,
    /// Out.
    Quit,
}

/// What can be chosen on the first screen: what is next comes first, a lesson before the first exercise of its module.
pub fn home(model: &Model) -> Vec<HomeItem> {
    let mut items = Vec::new();
    let track = model.choices.track;
    let is_new = model.course.exercises().all(|(_, exercise)| model.progress.state(&exercise.id, track) == State::New);
    if is_new && model.course.overview.is_some() {
        items.push(HomeItem::Lesson("overview".to_owned()));
    }
    if let Some(next) = &model.matrix.next {
        let module = model.course.modules.iter().find(|module| module.id == next.module);
        let begun = module.is_some_and(|module| {
            module.exercises.iter().any(|exercise| model.progress.state(&exercise.id, track) != State::New)
        });
        let lesson = module.filter(|module| module.lesson.is_some()).map(|module| HomeItem::Lesson(module.id.clone()));
        let exercise = HomeItem::Exercise(next.exercise.clone());
        if begun {
            items.push(exercise);
            items.extend(lesson);
        } else {
            items.extend(lesson);
            items.push(exercise);
        }
    }
    items.extend([HomeItem::List, HomeItem::Progress, HomeItem::Settings, HomeItem::Help, HomeItem::Quit]);
    items
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A module without a lesson: only its name.
    Module {
        /// The name.
        title: String,
    },
    /// A lesson.
    Lesson {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
    },
    /// An exercise.
    Exercise {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// How far it is.
        state: State,
        /// From 1 to 5.
        difficulty: u8,
    },
}

/// The lines whose title or id contains `filter`, without regard to case.
pub fn list(model: &Model, filter: &str) -> Vec<Entry> {
    let (language, track) = (model.choices.language, model.choices.track);
    let wanted = filter.to_lowercase();
    let fits = |id: &str, title: &str| {
        wanted.is_empty() || id.to_lowercase().contains(&wanted) || title.to_lowercase().contains(&wanted)
    };
    let mut entries = Vec::new();
    if let Some(lesson) = &model.course.overview {
        let title = lesson.page(language).map_or("", |page| &page.title).to_owned();
        if fits(&lesson.id, &title) {
            entries.push(Entry::Lesson { id: lesson.id.clone(), title });
        }
    }
    for module in &model.course.modules {
        let title = module.title(language).to_owned();
        if fits(&module.id, &title) {
            entries.push(match &module.lesson {
                Some(lesson) => Entry::Lesson { id: lesson.id.clone(), title },
                None => Entry::Module { title },
            });
        }
        for exercise in module.exercises.iter().filter(|exercise| exercise.tracks.contains_key(&track)) {
            let title = exercise.title.get(language).to_owned();
            if fits(&exercise.id, &title) {
                let (id, difficulty) = (exercise.id.clone(), exercise.difficulty);
                let state = model.progress.state(&id, track);
                entries.push(Entry::Exercise { id, title, state, difficulty });
            }
        }
    }
    entries
}

/// The next exercise after `at` that has not passed, round the end.
pub fn next_open(entries: &[Entry], at: usize) -> Option<usize> {
    let is_open =
        |at: &usize| matches!(entries.get(*at), Some(Entry::Exercise { state, .. }) if *state != State::Passed);
    (at + 1..entries.len()).chain(0..at.min(entries.len())).find(is_open)
}
