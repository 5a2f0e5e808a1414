//! What the screen starts with.

use super::model::{Choices, Editor, Model, Reading};
use super::screen::{Question, ReviewView, Screen, Setup};
use crate::course::{Language, Track};
use crate::progress::Store;
use crate::review::ReviewArgs;
use crate::session::{Asked, Context};
use crate::workspace::{SettingsProblem, Theme};
use std::sync::Arc;

/// What the person asked for on the command line.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The course, the language, the track.
    pub asked: Asked,
    /// The learner's folder to make; the question for it is skipped.
    pub folder: Option<String>,
    /// The colours.
    pub theme: Option<Theme>,
    /// Whether only ASCII is drawn around texts.
    pub ascii: bool,
    /// The person's own code to review, instead of the course.
    pub review: Option<ReviewArgs>,
}

/// The folder that is made where there is none.
pub const FOLDER: &str = "dojo";

/// The first model, and what there is to tell.
pub struct Start {
    /// The model.
    pub model: Model,
    /// The course, the folder.
    pub context: Context,
    /// Progress, if there is a folder.
    pub store: Option<Store>,
    /// What there is to tell once the screen is there.
    pub notices: Vec<String>,
}

/// Finds everything that the first frame shows.
///
/// # Errors
/// When the course cannot be loaded at all.
pub fn start(wishes: &Wishes, size: (u16, u16)) -> anyhow::Result<Start> {
    let (context, mistakes) = Context::gather(&wishes.asked)?;
    let mut notices: Vec<String> =
        mistakes.iter().map(|mistake: &SettingsProblem| mistake.words(context.language)).collect();
    let opened = context.workspace.as_ref().map(|workspace| Store::open(workspace.root()));
    let (store, told) = opened.unzip();
    notices.extend(told.into_iter().flatten().map(|notice| notice.words(context.language)));
    let in_settings = context.workspace.as_ref().map(|workspace| workspace.settings().0.theme);
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let theme = if no_colour { Theme::Mono } else { wishes.theme.or(in_settings).unwrap_or_default() };
    let choices = Choices {
        language: context.language,
        reading: if context.both_languages { Reading::Both } else { Reading::One },
        track: context.track,
        both_tracks: false,
        theme,
        ascii: wishes.ascii,
        editor: if super::editor::command().is_some() { Editor::Own } else { Editor::BuiltIn },
    };
    let progress = store.as_ref().map(|store: &Store| store.progress().clone()).unwrap_or_default();
    let mut model = Model::new(Arc::new(context.course.clone()), progress, choices, size);
    model.trouble = store.as_ref().and_then(Store::trouble).map(|trouble| trouble.words(context.language));
    if let Some(args) = &wishes.review {
        model.screens = vec![Screen::Review(Box::new(ReviewView { args: args.clone(), ..ReviewView::default() }))];
    }
    match &context.workspace {
        _ if wishes.review.is_some() => {}
        Some(workspace) => model.folder = Some(workspace.root().display().to_string()),
        None => model.screens = vec![Screen::Setup(questions(wishes, context.language, context.track))],
    }
    Ok(Start { model, context, store, notices })
}

/// The questions that the command line leaves open.
fn questions(wishes: &Wishes, language: Language, track: Track) -> Setup {
    let is_open = |question: &Question| match question {
        Question::Language => wishes.asked.language.is_none() && !wishes.asked.both_languages,
        Question::Track => wishes.asked.track.is_none(),
        Question::Folder => wishes.folder.is_none(),
    };
    let all = [Question::Language, Question::Track, Question::Folder];
    let questions: Vec<Question> = all.into_iter().filter(is_open).collect();
    let at = match questions.first() {
        Some(Question::Language) => Language::ALL.iter().position(|one| *one == language).unwrap_or(0),
        _ => 0,
    };
    let making = questions.is_empty();
    let folder = wishes.folder.clone().unwrap_or_else(|| FOLDER.to_owned());
    Setup { questions, at, language, track, folder, making, problem: None }
}
