//! What can happen, and what is to be done about it.

use crate::course::{Course, Language, Track};
use crate::lesson::{Fence, Tokens};
use crate::progress::Progress;
use crate::review::{Report, ReviewArgs};
use crate::runner::example::Example;
use crate::runner::{Event, Verdict};
use crate::workspace::SettingsChange;
use crossterm::event::KeyEvent;
use std::path::PathBuf;
use std::sync::Arc;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has another size: columns, rows.
    Resize(u16, u16),
    /// So many milliseconds have gone by since the start.
    Time(u64),
    /// A run has news; a run that is not the newest has none that anyone wants.
    Run {
        /// The run.
        run: u64,
        /// What it tells.
        news: RunNews,
    },
    /// The libraries have news.
    Library(LibraryNews),
    /// A learner's file as it is on the disk.
    Source {
        /// The exercise's id.
        exercise: String,
        /// The track.
        track: Track,
        /// What it is called, and its text or why it cannot be read.
        file: SourceFile,
        /// Whether it is told because somebody saved it.
        cause: Cause,
    },
    /// The course was loaded again.
    Course(Result<Arc<Course>, String>),
    /// What the learner has done.
    Progress {
        /// All of it.
        progress: Box<Progress>,
        /// Why it is not being saved, if it is not.
        trouble: Option<String>,
    },
    /// Code has its colours.
    Highlighted(Vec<(Fence, Tokens)>),
    /// The learner's folder was made, or could not be.
    Folder(Result<String, String>),
    /// Something to tell.
    Notice(Tone, String),
    /// The built-in editor's text was written.
    Written,
    /// The person has left their own editor.
    Edited,
}

/// What a run tells.
#[derive(Debug, Clone)]
pub enum RunNews {
    /// A step.
    Event(Event),
    /// The verdict.
    Verdict(Box<Verdict>),
    /// The reference's verdict, for its timeline.
    Reference(Box<Verdict>),
    /// What came of an example.
    Example(Result<Box<Example>, String>),
    /// What a review found so far; more may come from programs that are asked.
    Reviewed(Result<Box<Report>, String>),
    /// The review is over.
    ReviewEnded,
}

/// What the building of libraries tells.
#[derive(Debug, Clone)]
pub enum LibraryNews {
    /// A step.
    Event(Event),
    /// All is built.
    Ready,
    /// It failed.
    Failed(String),
}

/// A learner's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// What the learner calls it.
    pub shown: String,
    /// Its text, or why it cannot be read.
    pub text: Result<String, String>,
}

/// Why a file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// To show it.
    Shown,
    /// Something in its folder changed.
    Changed,
    /// The learner asked for a verdict.
    Asked,
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// For information.
    Fine,
    /// Something did not work.
    Trouble,
}

/// Something to do; the screen itself does none of it.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Read a learner's file, and tell.
    ReadFile(String, Track, Cause),
    /// Have the libraries of a track's dependency set ready, behind what goes on.
    Prepare(Track, String),
    /// Have an exercise ready to be judged, behind what goes on.
    Prime(String, Track),
    /// Judge; a run before this one ends.
    Judge {
        /// The run.
        run: u64,
        /// The exercise's id.
        exercise: String,
        /// The track.
        track: Track,
        /// The text.
        source: String,
        /// What the learner calls the file.
        shown: String,
    },
    /// Run an example; a run before this one ends.
    Example {
        /// The run.
        run: u64,
        /// The track.
        track: Track,
        /// The program.
        source: String,
        /// The dependency set that it builds on.
        set: String,
    },
    /// Review the person's own code; a run before this one ends.
    Review {
        /// The run.
        run: u64,
        /// What is reviewed, and how.
        args: Box<ReviewArgs>,
    },
    /// Open a file of the person's own in their editor, at a line.
    EditPlace(PathBuf, u32),
    /// End the run.
    Cancel,
    /// Remember a verdict on a text.
    Record(Box<Verdict>, String),
    /// Remember that so many hints were shown.
    HintSeen(String, Track, u32),
    /// Find the colours of code.
    Highlight(Vec<Fence>),
    /// Open the learner's file in their editor, at a line.
    Edit(String, Track, u32),
    /// Write the learner's file.
    Write {
        /// The exercise's id.
        exercise: String,
        /// The track.
        track: Track,
        /// The text that was edited.
        edited: String,
        /// The text that it is to have.
        text: String,
    },
    /// Put an exercise back to its start.
    Reset(String, Track),
    /// Undo that.
    UndoReset(String, Track),
    /// Remember a choice.
    Change(SettingsChange),
    /// Make the learner's folder.
    MakeFolder(String, Language, Track),
    /// Stop until the shell goes on.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// End the program.
    Quit,
}
