//! Holds the structure that ARCHITECTURE.md promises: which part may know which, and how long files may be.

use std::fs;
use std::path::{Path, PathBuf};

/// The parts, from the top down. Each may use the ones below it and none above.
const PARTS: [&str; 13] = [
    "cli",
    "tui",
    "check",
    "session",
    "report",
    "review",
    "runner",
    "lesson",
    "explain",
    "progress",
    "workspace",
    "wording",
    "course",
];

/// Pairs that may not know each other although one stands above the other.
const STRANGERS: [(&str, &str); 3] = [("runner", "lesson"), ("lesson", "workspace"), ("lesson", "progress")];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn dependencies_point_one_way() {
    let mut wrong = Vec::new();
    for (place, part) in PARTS.iter().enumerate() {
        let strangers = STRANGERS.iter().filter(|(one, _)| one == part).map(|(_, other)| *other);
        let forbidden: Vec<&str> = PARTS[..place].iter().copied().chain(strangers).collect();
        for file in sources(&root().join(part)) {
            let text = fs::read_to_string(&file).unwrap();
            for (number, line) in text.lines().enumerate() {
                let code = line.split("//").next().unwrap_or("");
                for other in &forbidden {
                    if code.contains(&format!("crate::{other}::")) || code.contains(&format!("crate::{other};")) {
                        wrong.push(format!("{}:{}: {part} may not know {other}", file.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_part_is_listed() {
    for entry in fs::read_dir(root()).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let known = PARTS.contains(&name.as_str()) || ["lib.rs", "main.rs"].contains(&name.as_str());
        assert!(known, "src/{name} is not in the list of parts");
    }
}

#[test]
fn no_name_says_nothing() {
    for file in sources(&root()) {
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            !["utils", "util", "helpers", "helper", "common", "misc"].contains(&stem.as_str()),
            "{}",
            file.display()
        );
    }
}

#[test]
fn long_files_have_a_reason() {
    for file in sources(&root()) {
        let text = fs::read_to_string(&file).unwrap();
        let reasoned = text.lines().take(40).any(|line| line.starts_with("//! Long because"));
        assert!(text.lines().count() <= 400 || reasoned, "{} is over 400 lines and gives no reason", file.display());
    }
}
