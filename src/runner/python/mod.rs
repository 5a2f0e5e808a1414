//! The Python track.

pub mod interpreter;

pub use interpreter::Interpreter;
