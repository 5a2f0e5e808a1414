//! The rules that read Rust, one family per file. Each is called by the walk at the places that it speaks about.

pub mod blocking;
pub mod dropped;
pub mod guards;
pub mod joins;
pub mod limits;
pub mod network;
pub mod polling;
pub mod select;
pub mod tests;
