//! The screens, each with what it remembers of itself.

use super::keys::Place;
use super::pager::Pager;
use crate::course::{Language, Track};
use crate::lesson::Document;
use crate::report::chart::Window;
use crate::review::{Report, ReviewArgs};
use crate::runner::example::Example;
use ratatui_textarea::TextArea;

/// A screen.
#[derive(Debug, Clone)]
pub enum Screen {
    /// The questions of the first start.
    Setup(Setup),
    /// Where one stands and what is next.
    Home(Home),
    /// A lesson.
    Lesson(Box<LessonView>),
    /// An exercise.
    Exercise(Box<ExerciseView>),
    /// The course: lessons and exercises.
    List(ListView),
    /// Modules and exit criteria.
    Matrix(MatrixView),
    /// A text to scroll in.
    Page(Page),
    /// Choices in a box.
    Choice(Choice),
    /// The built-in editor.
    Editor(Box<EditorView>),
    /// What a review of the person's own code found.
    Review(Box<ReviewView>),
}

impl Screen {
    /// Where it stands in the key table.
    pub fn place(&self) -> Place {
        match self {
            Screen::Setup(_) | Screen::Choice(_) => Place::Choice,
            Screen::Home(_) => Place::Home,
            Screen::Lesson(_) => Place::Lesson,
            Screen::Exercise(_) => Place::Exercise,
            Screen::List(_) => Place::List,
            Screen::Matrix(_) => Place::Matrix,
            Screen::Page(Page { kind: PageKind::Hints(_), .. }) => Place::Hints,
            Screen::Page(Page { kind: PageKind::Solution(_), .. }) => Place::Solution,
            Screen::Page(_) => Place::Page,
            Screen::Editor(_) => Place::Editor,
            Screen::Review(_) => Place::Review,
        }
    }

    /// Whether the screen below is seen around it.
    pub fn is_box(&self) -> bool {
        matches!(self, Screen::Choice(_))
    }
}

/// The first screen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Home {
    /// What is chosen.
    pub at: usize,
}

/// A lesson.
#[derive(Debug, Clone, Default)]
pub struct LessonView {
    /// Its id.
    pub id: String,
    /// The parsed pages: one, or both languages.
    pub documents: Vec<Document>,
    /// What they were parsed from.
    pub parsed_from: u64,
    /// The rows.
    pub pager: Pager,
    /// What is searched for.
    pub search: Search,
    /// The fence whose example is chosen.
    pub fence: Option<usize>,
    /// What came of the example that was run last, and its fence.
    pub example: Option<(usize, Result<Box<Example>, String>)>,
    /// Whether the example's output is to be brought into sight once its rows are there.
    pub reveal: bool,
    /// A section to go to once the rows are there.
    pub wanted: Option<String>,
    /// A block to go to once the rows are there: the one that an instructor changed.
    pub changed: Option<usize>,
}

/// A search.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What for.
    pub text: String,
    /// Whether it is being typed.
    pub typing: bool,
}

/// The parts of an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pane {
    #[default]
    Task,
    Code,
    Verdict,
    Timeline,
}

impl Pane {
    /// Every part, in order.
    pub const ALL: [Pane; 4] = [Pane::Task, Pane::Code, Pane::Verdict, Pane::Timeline];

    /// Its place in the order.
    pub fn number(self) -> usize {
        Pane::ALL.iter().position(|pane| *pane == self).unwrap_or(0)
    }

    /// Whether it stands at the left where there are two columns.
    pub fn is_left(self) -> bool {
        matches!(self, Pane::Task | Pane::Code)
    }
}

/// An exercise.
#[derive(Debug, Clone, Default)]
pub struct ExerciseView {
    /// Its id.
    pub id: String,
    /// The part that keys go to.
    pub pane: Pane,
    /// The part that was last shown at the left.
    pub left: Pane,
    /// The part that was last shown at the right.
    pub right: Pane,
    /// The rows of every part.
    pub pagers: [Pager; 4],
    /// The test whose timeline is shown; the one that tells most where there is none.
    pub test: Option<String>,
    /// The part of the timeline that is shown; all of it where there is none.
    pub window: Option<Window>,
    /// Whether Python's tracebacks are shown whole.
    pub whole_trace: bool,
}

impl ExerciseView {
    /// The rows of the part that keys go to.
    pub fn pager(&mut self) -> &mut Pager {
        &mut self.pagers[self.pane.number()]
    }

    /// Gives the keys to a part.
    pub fn focus(&mut self, pane: Pane) {
        self.pane = pane;
        if pane.is_left() {
            self.left = pane;
        } else {
            self.right = pane;
        }
    }
}

/// The list of the course.
#[derive(Debug, Clone, Default)]
pub struct ListView {
    /// What is chosen among what is shown.
    pub at: usize,
    /// What the entries must contain.
    pub search: Search,
}

/// The matrix.
#[derive(Debug, Clone, Copy, Default)]
pub struct MatrixView {
    /// The chosen module.
    pub row: usize,
    /// The chosen criterion.
    pub column: usize,
}

/// A text to scroll in.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it is.
    pub kind: PageKind,
    /// The rows.
    pub pager: Pager,
}

/// What a page tells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// The keys of a place.
    Help(Place),
    /// The hints of an exercise that were shown.
    Hints(String),
    /// The solution of an exercise.
    Solution(String),
    /// The attempts at an exercise.
    Attempts(String),
    /// The problems of the course.
    Problems,
}

/// Choices in a box.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// What is chosen from.
    pub kind: ChoiceKind,
    /// What is chosen.
    pub at: usize,
}

/// What is chosen from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceKind {
    /// The settings.
    Settings,
    /// The headings of the lesson below.
    Contents,
    /// Whether an exercise is really to be put back to its start.
    Reset,
}

/// The questions of the first start.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The questions that are still open, the first is asked.
    pub questions: Vec<Question>,
    /// What is chosen of the first.
    pub at: usize,
    /// The answers so far.
    pub language: Language,
    /// The track.
    pub track: Track,
    /// The folder, as typed.
    pub folder: String,
    /// Whether the folder is being made.
    pub making: bool,
    /// Why the folder could not be made.
    pub problem: Option<String>,
}

/// A question of the first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// The language.
    Language,
    /// The track.
    Track,
    /// The folder.
    Folder,
}

/// What a review of the person's own code found.
#[derive(Debug, Clone, Default)]
pub struct ReviewView {
    /// What is reviewed, and how.
    pub args: ReviewArgs,
    /// The report, or why there is none; nothing before the first is there.
    pub report: Option<Result<Box<Report>, String>>,
    /// What is chosen among the lines of the list.
    pub at: usize,
    /// What is told about the chosen line.
    pub detail: Pager,
}

/// A line of a report's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewItem {
    /// A criterion, by its place in the report.
    Criterion(usize),
    /// A finding, by its place in the report.
    Finding(usize),
    /// Something that could not be read, by its place in the report.
    Problem(usize),
}

impl ReviewView {
    /// The report, if there is one.
    pub fn shown(&self) -> Option<&Report> {
        self.report.as_ref()?.as_deref().ok()
    }

    /// The lines of the list: each criterion with its findings below it, the heaviest first; then what was not read.
    pub fn items(&self) -> Vec<ReviewItem> {
        let Some(report) = self.shown() else { return Vec::new() };
        let mut items = Vec::new();
        for (number, criterion) in report.criteria.iter().enumerate() {
            items.push(ReviewItem::Criterion(number));
            let of = report.findings.iter().enumerate().filter(|(_, one)| one.criterion() == criterion.criterion);
            let mut of: Vec<usize> = of.map(|(number, _)| number).collect();
            of.sort_by_key(|number| std::cmp::Reverse(report.findings[*number].severity));
            items.extend(of.into_iter().map(ReviewItem::Finding));
        }
        items.extend((0..report.problems.len()).map(ReviewItem::Problem));
        items
    }

    /// The chosen line.
    pub fn chosen(&self) -> Option<ReviewItem> {
        let items = self.items();
        items.get(self.at.min(items.len().saturating_sub(1))).copied()
    }
}

/// The built-in editor.
#[derive(Debug, Clone)]
pub struct EditorView {
    /// The exercise's id.
    pub exercise: String,
    /// The track.
    pub track: Track,
    /// The text.
    pub text: TextArea<'static>,
    /// The text as it was last saved.
    pub saved: String,
    /// The first line that is seen.
    pub top: usize,
    /// Whether the person was told that leaving loses what is not saved.
    pub warned: bool,
}

impl EditorView {
    /// The whole text.
    pub fn whole(&self) -> String {
        let mut text = self.text.lines().join("\n");
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }

    /// Whether there is something to save.
    pub fn is_changed(&self) -> bool {
        self.whole() != self.saved
    }
}
