//! What the matrix needs to know about a course.

use crate::course::{Localized, Track};
use std::collections::BTreeMap;

/// A course, as far as progress through it goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The course's title.
    pub title: Localized,
    /// The exit criteria, in order.
    pub criteria: Vec<CriterionOutline>,
    /// The modules, in order.
    pub modules: Vec<ModuleOutline>,
}

/// An exit criterion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CriterionOutline {
    /// `no-blocking`.
    pub id: String,
    /// The words that the learner sees.
    pub title: Localized,
}

/// A module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModuleOutline {
    /// `basic-patterns`.
    pub id: String,
    /// Its title.
    pub title: Localized,
    /// Its exercises, in order.
    pub exercises: Vec<ExerciseOutline>,
}

/// An exercise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExerciseOutline {
    /// `fan-out`; unique in the course.
    pub id: String,
    /// Its title.
    pub title: Localized,
    /// The ids of the criteria that it evidences, for each track that it exists in.
    pub criteria: BTreeMap<Track, Vec<String>>,
}

impl Outline {
    pub(super) fn criterion(&self, id: &str) -> Option<&CriterionOutline> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }

    pub(super) fn module(&self, id: &str) -> Option<&ModuleOutline> {
        self.modules.iter().find(|module| module.id == id)
    }

    pub(super) fn exercise(&self, id: &str) -> Option<&ExerciseOutline> {
        self.modules.iter().flat_map(|module| &module.exercises).find(|exercise| exercise.id == id)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::course::Language;

    /// Titles are the id in capitals, and the id between 「」 in Chinese.
    fn title(id: &str) -> Localized {
        Localized::new([(Language::En, id.to_uppercase()), (Language::Zh, format!("「{id}」"))])
    }

    fn an_exercise(id: &str, criteria: &[(Track, &[&str])]) -> ExerciseOutline {
        let ids = |ids: &[&str]| ids.iter().map(|id| id.to_string()).collect();
        let criteria = criteria.iter().map(|(track, of_track)| (*track, ids(of_track))).collect();
        ExerciseOutline { id: id.to_owned(), title: title(id), criteria }
    }

    /// Two modules; `gate` exists in Rust only, `loose` evidences nothing.
    pub(in crate::progress) fn an_outline() -> Outline {
        use Track::{Python, Rust};
        let module = |id: &str, exercises| ModuleOutline { id: id.to_owned(), title: title(id), exercises };
        Outline {
            title: title("dojo"),
            criteria: ["patterns", "errors"]
                .map(|id| CriterionOutline { id: id.to_owned(), title: title(id) })
                .to_vec(),
            modules: vec![
                module(
                    "basics",
                    vec![
                        an_exercise("await", &[(Rust, &["patterns"]), (Python, &["patterns"])]),
                        an_exercise("fan-out", &[(Rust, &["patterns", "errors"]), (Python, &["patterns"])]),
                    ],
                ),
                module(
                    "limits",
                    vec![
                        an_exercise("gate", &[(Rust, &["errors"])]),
                        an_exercise("loose", &[(Rust, &[]), (Python, &[])]),
                    ],
                ),
            ],
        }
    }
}
