//! Everything that the screen shows.
//!
//! ```text
//! Model
//!  ├─ Course, Progress, Matrix      what there is to learn and what is done
//!  ├─ Screen*                       a stack; the last is shown, Esc goes back
//!  ├─ Desk by exercise and track    the file as saved, the last verdict, the reference's
//!  ├─ Running                       the one run that goes on
//!  └─ Library                       what the libraries are doing
//! ```

use super::screen::{Home, Screen};
use super::theme::Colours;
use crate::course::{Course, Language, Track};
use crate::lesson::{Glyphs, Highlights, Tracks};
use crate::progress::{Matrix, Outline, Progress};
use crate::runner::{Event, TestReport, Verdict};
use crate::session;
use crate::tui::msg::{SourceFile, Tone};
use crate::wording::{Judging, Say, Screen as Words};
use crate::workspace::Theme;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Everything that the screen shows.
#[derive(Debug, Clone)]
pub struct Model {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Milliseconds since the start.
    pub now_ms: u64,
    /// The course.
    pub course: Arc<Course>,
    /// The course as progress sees it.
    pub outline: Outline,
    /// What the learner has done.
    pub progress: Progress,
    /// How far that is, in the learner's track.
    pub matrix: Matrix,
    /// What the learner chose.
    pub choices: Choices,
    /// Whether there is a learner's folder, and where.
    pub folder: Option<String>,
    /// The screens; the last is shown, and there is always one.
    pub screens: Vec<Screen>,
    /// What is known about exercises that were opened.
    pub desks: BTreeMap<(String, Track), Desk>,
    /// The run that goes on.
    pub running: Option<Running>,
    /// The newest run.
    pub last_run: u64,
    /// What the libraries are doing.
    pub library: Library,
    /// Something to tell, until the next key.
    pub notice: Option<(Tone, String)>,
    /// Why progress is not being saved, as long as it is not.
    pub trouble: Option<String>,
    /// Why the course could not be loaded again, as long as it cannot.
    pub course_trouble: Option<String>,
    /// The colours of code that are known.
    pub highlights: Highlights,
    /// The code whose colours have been asked for.
    pub asked: HashSet<u64>,
    /// Counts what changes how pages are laid out.
    pub edition: u64,
}

/// What the learner chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// The language of the screen.
    pub language: Language,
    /// Whether texts are shown in both languages.
    pub reading: Reading,
    /// The track to solve in.
    pub track: Track,
    /// Whether examples are shown in both tracks.
    pub both_tracks: bool,
    /// The colours.
    pub theme: Theme,
    /// Whether only ASCII is drawn around texts.
    pub ascii: bool,
    /// Whether the learner has an editor of their own.
    pub editor: Editor,
}

/// The languages of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// The screen's own.
    One,
    /// Both, side by side.
    Both,
}

/// Where code is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editor {
    /// In the program that `$VISUAL` or `$EDITOR` names.
    Own,
    /// Here.
    BuiltIn,
}

/// What is known about an exercise in a track.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// The file as it is on the disk.
    pub file: Option<SourceFile>,
    /// The last verdict.
    pub verdict: Option<Box<Verdict>>,
    /// The text that it was on.
    pub judged: String,
    /// The reference's verdict.
    pub reference: Option<Box<Verdict>>,
    /// How many hints were shown since the start.
    pub hints: u32,
}

/// A run that goes on.
#[derive(Debug, Clone)]
pub struct Running {
    /// Its number.
    pub run: u64,
    /// What is run.
    pub what: Runs,
    /// When it started, in milliseconds since the program did.
    pub since_ms: u64,
    /// What it is doing.
    pub step: Option<Judging>,
    /// The tests that have ended.
    pub tests: Vec<TestReport>,
    /// The compiler's errors so far, each in one line.
    pub errors: Vec<String>,
}

/// What is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Runs {
    /// An exercise is judged on a text.
    Exercise {
        /// Its id.
        exercise: String,
        /// The track.
        track: Track,
        /// The text.
        source: String,
    },
    /// An example of a lesson.
    Example {
        /// The lesson's id.
        lesson: String,
        /// The fence's place.
        fence: usize,
    },
    /// The person's own code is reviewed.
    Review,
    /// The verdict is there; the reference is run for its timeline.
    Reference {
        /// The exercise's id.
        exercise: String,
        /// The track.
        track: Track,
    },
}

/// What the libraries are doing.
#[derive(Debug, Clone, PartialEq)]
pub enum Library {
    /// Nobody asked.
    Idle,
    /// A step of building them.
    Busy(Judging),
    /// They are there.
    Ready,
    /// They could not be built.
    Failed(String),
}

impl Model {
    /// The first screen of a course.
    pub fn new(course: Arc<Course>, progress: Progress, choices: Choices, size: (u16, u16)) -> Model {
        let outline = session::outline(&course);
        let matrix = progress.matrix(&outline, choices.track);
        Model {
            size,
            now_ms: 0,
            course,
            outline,
            progress,
            matrix,
            choices,
            folder: None,
            screens: vec![Screen::Home(Home::default())],
            desks: BTreeMap::new(),
            running: None,
            last_run: 0,
            library: Library::Idle,
            notice: None,
            trouble: None,
            course_trouble: None,
            highlights: Highlights::default(),
            asked: HashSet::new(),
            edition: 1,
        }
    }

    /// A text in the learner's language.
    pub fn say(&self, words: &Words) -> String {
        words.say(self.choices.language)
    }

    /// The colours.
    pub fn colours(&self) -> Colours {
        Colours::of(self.choices.theme)
    }

    /// What is drawn around texts.
    pub fn glyphs(&self) -> &'static Glyphs {
        if self.choices.ascii { &Glyphs::ASCII } else { &Glyphs::UNICODE }
    }

    /// The tracks in which examples are shown.
    pub fn tracks(&self) -> Tracks {
        if self.choices.both_tracks { Tracks::Both } else { Tracks::One(self.choices.track) }
    }

    /// The screen that is shown.
    pub fn screen(&self) -> &Screen {
        // The stack is never empty; a first screen stands in so that nothing can panic.
        const FIRST: &Screen = &Screen::Home(Home { at: 0 });
        self.screens.last().unwrap_or(FIRST)
    }

    /// Brings the matrix up to date.
    pub fn count(&mut self) {
        self.matrix = self.progress.matrix(&self.outline, self.choices.track);
        self.edition += 1;
    }

    /// Whether something moves on the screen by itself.
    pub fn is_moving(&self) -> bool {
        self.running.is_some()
    }
}

impl Running {
    /// Takes in a step.
    pub fn take(&mut self, event: Event) {
        match event {
            Event::Tested(report) => self.tests.push(report),
            Event::Said(diagnostic) => {
                if diagnostic.severity == crate::runner::rust::diagnostics::Severity::Error {
                    let place = diagnostic.line.map(|line| format!("{line}: ")).unwrap_or_default();
                    self.errors.push(format!("{place}{}", diagnostic.message));
                }
            }
            step => self.step = words_of(&step),
        }
    }

    /// Whether it judges this exercise.
    pub fn judges(&self, exercise: &str, track: Track) -> bool {
        matches!(&self.what, Runs::Exercise { exercise: id, track: of, .. } if id == exercise && *of == track)
    }
}

/// What is said about a step.
pub fn words_of(event: &Event) -> Option<Judging> {
    Some(match event {
        Event::WaitingForOther { set } => Judging::WaitingForOther { set: set.clone() },
        Event::Fetching { set } => Judging::Fetching { set: set.clone() },
        Event::Building { set, done, total } => Judging::Building { set: set.clone(), done: *done, total: *total },
        Event::BuildingHarness => Judging::BuildingHarness,
        Event::Compiling => Judging::Compiling,
        Event::Testing { tests } => Judging::Testing { tests: *tests },
        Event::Said(_) | Event::Tested(_) => return None,
    })
}
