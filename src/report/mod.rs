//! What is told about verdicts, as lines of painted text: `cli` prints them, `tui` draws them.
//!
//! ```text
//! Verdict ── verdict::lines ──> Vec<Line>      the result, the first failure, every test, the criteria
//!         ── chart::draw ─────> Vec<Line>      bars of what the tasks did
//! Example ── printed::lines ──> Vec<Line>      when each line of output came
//! Line ── Piece (text, Paint)                  what a piece is, rather than its colour
//! ```

pub mod chart;
pub mod difference;
mod failure;
mod faults;
mod line;
mod paint;
pub mod printed;
pub mod verdict;

pub use line::{Line, Piece};
pub use paint::{Paint, wrapped};
