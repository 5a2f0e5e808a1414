//! The command line. The doc comments here are the help.

use crate::course::{Language, Track};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Learn asynchronous programming by fixing code, in Rust (tokio) and Python (asyncio).
///
/// Without a command: the screen, on a terminal; elsewhere, where you stand and what to do next.
#[derive(Debug, Parser)]
#[command(
    name = "awaitlings",
    version,
    max_term_width = 100,
    after_help = "\
Exit codes: 0 yes; 1 no (a test failed, a problem was found); 2 could not (usage, setup); 130 interrupted.

Start with:  awaitlings init dojo && cd dojo && awaitlings show overview"
)]
pub struct Cli {
    /// Choices that every command takes.
    #[command(flatten)]
    pub choices: Choices,
    /// Choices for the screen.
    #[command(flatten)]
    pub screen: ScreenChoices,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Choices that every command takes; each overrides `awaitlings.toml`.
#[derive(Debug, Clone, Default, Args)]
pub struct Choices {
    /// Use the course in this folder instead of the built-in one
    #[arg(long, global = true, value_name = "DIR")]
    pub course: Option<PathBuf>,
    /// The language to read in
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<LanguageChoice>,
    /// The track to solve exercises in
    #[arg(long, global = true, value_name = "TRACK")]
    pub track: Option<Track>,
    /// The Python to judge with, by name or path, instead of the first on PATH
    #[arg(long, global = true, value_name = "PROGRAM")]
    pub python: Option<PathBuf>,
}

/// Choices for the screen.
#[derive(Debug, Clone, Default, Args)]
pub struct ScreenChoices {
    /// Prompts and lines instead of the screen: for screen readers and simple terminals
    #[arg(long)]
    pub plain: bool,
    /// Draw lines and marks in ASCII
    #[arg(long)]
    pub ascii: bool,
    /// The colours of the screen
    #[arg(long, value_name = "THEME")]
    pub theme: Option<crate::workspace::Theme>,
    /// On the first start, make this folder without asking
    #[arg(long, value_name = "DIR")]
    pub folder: Option<String>,
}

/// A language, or both side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LanguageChoice {
    /// English
    En,
    /// Chinese
    Zh,
    /// Both, side by side
    Both,
}

impl LanguageChoice {
    /// The one language, or none for both.
    pub fn one(self) -> Option<Language> {
        match self {
            LanguageChoice::En => Some(Language::En),
            LanguageChoice::Zh => Some(Language::Zh),
            LanguageChoice::Both => None,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the learner's folder
    #[command(after_help = "Example: awaitlings init dojo --track rust --lang en")]
    Init(Init),
    /// Judge one exercise: compile it, run its hidden tests, explain
    #[command(after_help = "Example: awaitlings run fan-out")]
    Run(Run),
    /// Judge an exercise each time its file is saved
    #[command(after_help = "Example: awaitlings watch fan-out")]
    Watch(Watch),
    /// List the modules and exercises with their states
    #[command(after_help = "Example: awaitlings list --json")]
    List(Json),
    /// Read a lesson or an exercise
    #[command(
        after_help = "Examples: awaitlings show basic-patterns --lang both --width 120\n          awaitlings show fan-out"
    )]
    Show(Show),
    /// Show the next hint for an exercise
    #[command(after_help = "Example: awaitlings hint fan-out")]
    Hint(Hint),
    /// Show the reference solution, what differs from yours, and why it works
    #[command(after_help = "Example: awaitlings solution fan-out")]
    Solution(Solution),
    /// Put an exercise back to its start; your version is kept as a backup
    #[command(after_help = "Example: awaitlings reset fan-out && awaitlings reset fan-out --undo")]
    Reset(Reset),
    /// Show the matrix of modules and exit criteria
    #[command(after_help = "Example: awaitlings progress --report report.md")]
    Progress(Progress),
    /// Read your own Rust and Python code before a review: pass, fail or not assessed, per exit criterion
    #[command(
        after_help = "Examples: awaitlings review src\n          awaitlings review --format sarif . > report.sarif\n          awaitlings review --explain blocking-sleep"
    )]
    Review(crate::review::ReviewArgs),
    /// For instructors: work on a course
    #[command(subcommand)]
    Course(Course),
    /// What is installed, what is missing, what the program uses on disk
    #[command(after_help = "Example: awaitlings doctor --clean")]
    Doctor(Doctor),
    /// Print the completions for a shell
    #[command(
        after_help = "Example: awaitlings completions bash > ~/.local/share/bash-completion/completions/awaitlings"
    )]
    Completions(Completions),
    /// Print the manual page
    #[command(after_help = "Example: awaitlings man | man -l -")]
    Man,
}

/// `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to make
    #[arg(default_value = "dojo")]
    pub dir: PathBuf,
}

/// `run`.
#[derive(Debug, Args)]
pub struct Run {
    /// The exercise's id; the next one to solve when left out
    pub exercise: Option<String>,
    /// Judge this file as the exercise's solution
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,
    /// How to print the verdict
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Leave the temp crate, with the hidden tests, for plain cargo to build
    #[arg(long)]
    pub keep: bool,
    /// Judge again even if the same content was judged before
    #[arg(long)]
    pub again: bool,
    /// Show tracebacks whole (Python), not only the frames of your own file
    #[arg(long)]
    pub trace: bool,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Human,
    /// For programs: one JSON object
    Json,
}

/// `watch`.
#[derive(Debug, Args)]
pub struct Watch {
    /// The exercise's id; the next one to solve when left out
    pub exercise: Option<String>,
}

/// Whether to print JSON.
#[derive(Debug, Args)]
pub struct Json {
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// `show`.
#[derive(Debug, Args)]
pub struct Show {
    /// `overview`, a module's id, or an exercise's id; `basic-patterns#tasks` for one section
    pub what: String,
    /// Columns to use; the terminal's width when left out
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    /// Show both tracks' code, side by side where there are 100 columns
    #[arg(long)]
    pub both_tracks: bool,
    /// Run the lesson's example of this number instead, as the list in the lesson counts them
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1")]
    pub run: Option<usize>,
}

/// `hint`.
#[derive(Debug, Args)]
pub struct Hint {
    /// The exercise's id; the next one to solve when left out
    pub exercise: Option<String>,
}

/// `solution`.
#[derive(Debug, Args)]
pub struct Solution {
    /// The exercise's id
    pub exercise: String,
    /// Show it although the exercise is not solved yet
    #[arg(long)]
    pub reveal: bool,
}

/// `reset`.
#[derive(Debug, Args)]
pub struct Reset {
    /// The exercise's id
    pub exercise: String,
    /// Put back what the last reset replaced
    #[arg(long)]
    pub undo: bool,
}

/// `progress`.
#[derive(Debug, Args)]
pub struct Progress {
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Write a report that can be handed in
    #[arg(long, value_name = "FILE.md")]
    pub report: Option<PathBuf>,
}

/// `course`.
#[derive(Debug, Subcommand)]
pub enum Course {
    /// Prove that stubs fail, solutions pass, and every wrong answer is rejected by its named test
    #[command(
        after_help = "Examples: awaitlings course check\n          awaitlings course check --course my-course --partition 1/2 --format junit"
    )]
    Check(Check),
}

/// `course check`.
#[derive(Debug, Args)]
pub struct Check {
    /// How to print the result
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub format: CheckFormat,
    /// Check the i-th of n parts, for several machines
    #[arg(long, value_name = "I/N")]
    pub partition: Option<crate::cli::partition::Partition>,
    /// Run every solution and wrong answer this often
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub repeat: u32,
    /// Keep all cores busy meanwhile
    #[arg(long)]
    pub load: bool,
    /// Check only this exercise or lesson; with `--track`, only exercises, in that track
    #[arg(long, value_name = "ID")]
    pub only: Option<String>,
}

/// How to print a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people
    Human,
    /// One JSON object
    Json,
    /// JUnit XML, for CI
    Junit,
}

/// `doctor`.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Empty the program's cache; nothing of yours is in it
    #[arg(long)]
    pub clean: bool,
    /// Build the dependency sets now, so that the first exercise does not wait
    #[arg(long)]
    pub prepare: bool,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}
