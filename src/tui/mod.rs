//! The screen.
//!
//! ```text
//! event_loop   one biased select: signals, keys, runs, files, a deadline while something moves
//!    │ Msg
//!    v
//! update ─────> Vec<Effect> ──> perform     the only place that touches files, runs and other programs
//!    │ Model (layout keeps its rows up to date)
//!    v
//! view ───────> Frame                       no I/O, no layout of long texts
//! ```
//!
//! `keys` holds every key as data; `theme` is the only place that knows colours; `terminal` is the only place that
//! changes the terminal's state, and puts it back.

mod action;
mod editor;
mod entries;
mod event_loop;
mod geometry;
mod keys;
mod layout;
mod model;
mod msg;
mod pager;
mod perform;
pub mod picture;
mod screen;
mod signals;
mod start;
mod terminal;
mod text;
mod theme;
mod update;
mod view;
mod watch;
mod worker;

#[cfg(test)]
mod tests;

pub use editor::{OwnEditor, command as editor_of_environment};
pub use event_loop::End;
pub use model::{Choices, Editor, Model, Reading};
pub use msg::{Cause, Effect, LibraryNews, Msg, RunNews, SourceFile, Tone};
pub use start::{FOLDER, Wishes};
pub use terminal::TerminalSession;
pub use update::update;
pub use view::view;

/// Shows the screen until the person leaves.
///
/// # Errors
/// When the course cannot be loaded, or the terminal fails.
pub fn show(wishes: &Wishes) -> anyhow::Result<End> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let end = runtime.block_on(event_loop::show(wishes));
    // Colours and folders that are still being worked on need nobody any more.
    runtime.shutdown_background();
    end
}
