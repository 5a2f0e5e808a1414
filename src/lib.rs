//! Learn asynchronous programming in the terminal by fixing code, in Rust (tokio) and Python
//! (asyncio) side by side.
//!
//! One folder per idea; each may use the ones below it in this list and none above
//! (`tests/architecture.rs` holds this):
//!
//! ```text
//! cli        one file per command
//! check      proves a course: stubs, solutions, wrong answers, texts, examples
//! tui        the screen: model, update, view, keys, theme, terminal
//! session    what every way in starts from: the course, the learner's folder, their choices
//! report     what is told about verdicts, as painted lines
//! review     a person's own code, read and judged per exit criterion
//! runner     temp crate, dependency sets, limits, processes, protocol, verdict
//! lesson     markdown -> blocks -> styled lines; knows no terminal
//! explain    the catalogue of messages that compilers and runtimes print
//! progress   what the learner has done; the store
//! workspace  the learner's folder
//! wording    the program's own words, in every language
//! course     the course's data: load, validate, embed
//! ```

pub mod check;
pub mod cli;
pub mod course;
pub mod explain;
pub mod lesson;
pub mod progress;
pub mod report;
pub mod review;
pub mod runner;
pub mod session;
pub mod tui;
pub mod wording;
pub mod workspace;
