//! The course was loaded again: an instructor changed a file.

use crate::course::{Course, Lesson};
use crate::lesson::Document;
use crate::session;
use crate::tui::layout::documents;
use crate::tui::model::Model;
use crate::tui::msg::Tone;
use crate::tui::screen::Screen;
use crate::wording::Screen as Words;
use std::sync::Arc;

/// Takes the course over. What cannot be loaded leaves the one before in use, with a message.
pub fn loaded(model: &mut Model, loaded: Result<Arc<Course>, String>) {
    let course = match loaded {
        Ok(course) => course,
        Err(what) => {
            model.course_trouble = Some(what);
            model.edition += 1;
            return;
        }
    };
    model.course_trouble = None;
    if course.digest == model.course.digest {
        return;
    }
    let news = course.problems.iter().find(|problem| !model.course.problems.contains(problem));
    model.notice = Some(match news {
        Some(problem) => (Tone::Trouble, problem.to_string()),
        None => (Tone::Fine, model.say(&Words::CourseReloaded)),
    });
    let reading = model.choices;
    for screen in &mut model.screens {
        let Screen::Lesson(view) = screen else { continue };
        let Some(lesson) = usable(&course, &view.id) else { continue };
        let new = documents(lesson, reading);
        view.changed = first_change(&view.documents, &new);
        view.example = view.example.take().filter(|_| view.changed.is_none());
    }
    model.outline = session::outline(&course);
    model.course = keep_lessons(course, &model.course);
    model.screens.retain(|screen| match screen {
        Screen::Exercise(view) => model.course.exercise(&view.id).is_some(),
        _ => true,
    });
    model.count();
}

fn usable<'c>(course: &'c Course, id: &str) -> Option<&'c Lesson> {
    course.lesson(id)
}

/// A lesson that a mistake has put out of use is kept as it was, so that it can still be read.
fn keep_lessons(new: Arc<Course>, old: &Course) -> Arc<Course> {
    let is_lost = |id: &str| new.lesson(id).is_none() && old.lesson(id).is_some();
    if !new.modules.iter().any(|module| is_lost(&module.id)) && !is_lost("overview") {
        return new;
    }
    let mut course = Arc::unwrap_or_clone(new);
    if course.overview.is_none() {
        course.overview = old.overview.clone();
    }
    for module in course.modules.iter_mut().filter(|module| module.lesson.is_none()) {
        module.lesson = old.lesson(&module.id).cloned();
    }
    Arc::new(course)
}

/// The first block that differs.
fn first_change(old: &[Document], new: &[Document]) -> Option<usize> {
    old.iter().zip(new).find_map(|(old, new)| {
        let same = old.blocks.iter().zip(&new.blocks).take_while(|(old, new)| same_block(old, new)).count();
        (same < old.blocks.len().max(new.blocks.len())).then(|| same.min(new.blocks.len().saturating_sub(1)))
    })
}

/// Whether two blocks say the same; the lines that they stand on are no difference.
fn same_block(old: &crate::lesson::Block, new: &crate::lesson::Block) -> bool {
    use crate::lesson::Block::{Code, Example, Heading};
    match (old, new) {
        (Heading(old), Heading(new)) => old.level == new.level && old.id == new.id && old.inlines == new.inlines,
        (Code(old), Code(new)) => old.key() == new.key() && old.marks == new.marks,
        (Example { rust, python }, Example { rust: new_rust, python: new_python }) => {
            rust.key() == new_rust.key() && python.key() == new_python.key() && rust.marks == new_rust.marks
        }
        _ => old == new,
    }
}
