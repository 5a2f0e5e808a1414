//! What may be left of a run: nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long what was ended may take to be gone.
const SOON: Duration = Duration::from_secs(3);

/// No character acts on a terminal or turns the direction of text.
pub fn assert_harmless(text: &str) {
    let acts = |c: &char| {
        let turns =
            matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
        turns || (c.is_control() && !matches!(c, '\n' | '\t'))
    };
    let found = text.chars().find(acts);
    assert_eq!(found, None, "in {text:?}");
}

/// The running processes that were started in, from or for one of the folders.
pub fn processes_of(folders: &[&Path]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let place = entry.path();
        let paths: Vec<PathBuf> =
            ["cwd", "exe"].iter().filter_map(|link| fs::read_link(place.join(link)).ok()).collect();
        let command = String::from_utf8_lossy(&fs::read(place.join("cmdline")).unwrap_or_default()).into_owned();
        let belongs = |folder: &&&Path| {
            paths.iter().any(|path| path.starts_with(folder)) || command.contains(&*folder.to_string_lossy())
        };
        if folders.iter().any(|folder| belongs(&folder)) {
            found.push(format!("{id} {paths:?} {}", command.replace('\0', " ")));
        }
    }
    found
}

/// No process goes on that was started in, from or for one of the folders: what was killed a moment ago is soon gone.
pub fn assert_no_process_of(folders: &[&Path]) {
    let start = Instant::now();
    loop {
        let left = processes_of(folders);
        if left.is_empty() {
            return;
        }
        assert!(start.elapsed() < SOON, "left running: {left:#?}");
    }
}
