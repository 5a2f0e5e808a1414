//! `awaitlings show`: a lesson or an exercise, in one language or both, in one track or both.

use super::args::{Choices, Show};
use super::context::Context;
use super::page;
use super::paint::{self, Paint};
use crate::course::{Exercise, ExerciseText, Language, Lesson, Track};
use crate::lesson::{Document, MAX_WIDTH, Tracks};
use crate::wording::{Say, Walking};
use anyhow::anyhow;

pub(super) fn run(choices: &Choices, args: &Show) -> anyhow::Result<u8> {
    let context = Context::find_in_step(choices)?;
    let (id, section) = match args.what.split_once('#') {
        Some((id, section)) => (id, Some(section)),
        None => (args.what.as_str(), None),
    };
    let id = crate::workspace::without_number(id);
    let side_by_side = context.both_languages || args.both_tracks;
    let width = args.width.unwrap_or_else(|| columns(side_by_side)).clamp(20, MAX_WIDTH);
    let tracks = if args.both_tracks { Tracks::Both } else { Tracks::One(context.track) };
    if let Some(lesson) = context.course.lesson(id) {
        if let Some(number) = args.run {
            return super::example::run(&context, lesson, number);
        }
        super::print(lesson_lines(&context, lesson, section, width, tracks)?)?;
    } else if let Some((_, exercise)) = context.course.exercise(id) {
        super::print(exercise_lines(&context, exercise, width, tracks)?)?;
    } else {
        let unknown = context.say(&Walking::UnknownPage { id: id.to_owned() });
        let lessons = context.course.modules.iter().map(|module| module.id.as_str()).chain(["overview"]);
        let exercises = context.course.exercises().map(|(_, exercise)| exercise.id.as_str());
        return Err(anyhow!(context.with_guess(unknown, id, lessons.chain(exercises))));
    }
    Ok(super::YES)
}

/// The columns to use: as many as there are where two texts stand side by side.
fn columns(side_by_side: bool) -> usize {
    match terminal_size::terminal_size() {
        Some((columns, _)) if side_by_side => usize::from(columns.0),
        _ => paint::width(),
    }
}

fn lesson_lines(
    context: &Context,
    lesson: &Lesson,
    section: Option<&str>,
    width: usize,
    tracks: Tracks,
) -> anyhow::Result<Vec<String>> {
    let page = |language: Language| -> anyhow::Result<Document> {
        let page = lesson.page(language).ok_or_else(|| anyhow!("the lesson has no text"))?;
        let Some(id) = section else {
            let head = format!("# {}\n\n*{}*\n\n", page.title, page.summary);
            return Ok(Document::parse(&(head + &page.body)));
        };
        let document = Document::parse(&page.body);
        document.section(id).ok_or_else(|| {
            let known: Vec<&str> = document.headings().filter_map(|heading| heading.id.as_deref()).collect();
            anyhow!(context.say(&Walking::NoSection { id: id.to_owned(), known: known.join(", ") }))
        })
    };
    if context.both_languages {
        let (en, zh) = (page(Language::En)?, page(Language::Zh)?);
        return Ok(page::pair(context, &en, &zh, width, tracks));
    }
    let mut lines = page::document(context, &page(context.language)?, width, tracks);
    let count = super::example::runnable(context, lesson).len();
    if count > 0 && section.is_none() {
        lines.extend([
            String::new(),
            Paint::Faint.on(&context.say(&Walking::Examples { id: lesson.id.clone(), count })),
        ]);
    }
    Ok(lines)
}

/// The task, what it says for each track, and where each track starts from.
fn in_both_tracks(exercise: &Exercise, text: &ExerciseText) -> String {
    let mut parts: Vec<String> = text.sections.get("task").cloned().into_iter().collect();
    for (track, name) in [(Track::Rust, "Rust"), (Track::Python, "Python")] {
        let special = text.sections.get(&format!("task-{track}"));
        parts.extend(special.map(|text| format!("**{name}**\n\n{text}")));
    }
    let starts = Track::ALL.into_iter().filter_map(|track| Some((track, exercise.tracks.get(&track)?)));
    parts.extend(starts.map(|(track, files)| format!("~~~~{track}\n{}~~~~", files.stub)));
    parts.join("\n\n")
}

fn exercise_lines(context: &Context, exercise: &Exercise, width: usize, tracks: Tracks) -> anyhow::Result<Vec<String>> {
    let task = |language: Language| -> anyhow::Result<Document> {
        let text = exercise.text(language);
        let text = match tracks {
            Tracks::One(_) => text.and_then(|text| text.section("task", context.track)).unwrap_or_default(),
            Tracks::Both => text.map(|text| in_both_tracks(exercise, text)).unwrap_or_default(),
        };
        let title = exercise.title.get(language);
        Ok(Document::parse(&format!("# {title}\n\n{text}")))
    };
    let mut lines = if context.both_languages {
        page::pair(context, &task(Language::En)?, &task(Language::Zh)?, width, tracks)
    } else {
        page::document(context, &task(context.language)?, width, tracks)
    };
    lines.push(String::new());
    for criterion in context.course.criteria.iter().filter(|criterion| exercise.criteria.contains(&criterion.id)) {
        lines.push(format!("  [ ] {}", criterion.text.get(context.language)));
    }
    lines.push(String::new());
    let path = context.learner_file(exercise).map_or_else(|_| exercise.learner_path(context.track), |(_, shown)| shown);
    let command = |name: &str| format!("awaitlings {name} {}", exercise.id);
    let steps = [
        Walking::Difficulty { level: exercise.difficulty },
        Walking::EditFile { path },
        Walking::JudgeWith { command: command("run") },
        Walking::HintWith { command: command("hint") },
    ];
    lines.extend(steps.iter().map(|step| format!("  {}", step.say(context.language))));
    if let Some(section) = &exercise.section {
        let command = format!("awaitlings show {section}");
        lines.push(format!("  {}", context.say(&Walking::ReadFirst { command })));
    }
    Ok(lines)
}
