//! The programming languages that exercises are solved in.

use serde::{Deserialize, Serialize};

/// A track: the ecosystem that an exercise is solved in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Track {
    /// Rust with tokio.
    #[default]
    Rust,
    /// Python with asyncio.
    Python,
}

impl Track {
    /// Both tracks, in the order in which they are shown.
    pub const ALL: [Track; 2] = [Track::Rust, Track::Python];

    /// The name used in files, fences and options: `rust`, `python`.
    pub fn name(self) -> &'static str {
        match self {
            Track::Rust => "rust",
            Track::Python => "python",
        }
    }

    /// The ending of the track's source files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Track::Rust => "rs",
            Track::Python => "py",
        }
    }

    /// The track of a name, if it is one of ours.
    pub fn from_name(name: &str) -> Option<Track> {
        Track::ALL.into_iter().find(|track| track.name() == name)
    }
}

impl std::fmt::Display for Track {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
