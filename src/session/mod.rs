//! What every way in starts from: the course, the learner's folder, what the learner chose; and how an attempt is read
//! and remembered.

mod attempt;
mod context;
mod upkeep;

pub use attempt::{attempt, read_solution};
pub use context::{Asked, Context, outline, spoken};
pub use upkeep::keep_in_step;
