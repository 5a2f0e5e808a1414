//! Keeps the learner's folder in step with the course: a newer program or an edited course brings new exercises and
//! newer starts; what the learner edited stays as it is and is told.

use super::Context;
use crate::wording::Walking;
use crate::workspace::{OUR_FOLDER, Refreshed};
use std::fs;
use std::path::{Path, PathBuf};

/// The file that says which course the folder was last brought in step with.
const MARK: &str = "course-digest";

/// Brings the folder in step if the course has changed since, and says what that did.
pub fn keep_in_step(context: &Context) -> Vec<String> {
    let Some(workspace) = &context.workspace else { return Vec::new() };
    let mark = workspace.root().join(OUR_FOLDER).join(MARK);
    let current = format!("{} {}", env!("CARGO_PKG_VERSION"), context.course.digest);
    if fs::read_to_string(&mark).is_ok_and(|known| known == current) {
        return Vec::new();
    }
    match workspace.refresh(&context.plan()) {
        Ok(refreshed) => {
            // Where it cannot be written, the folder is looked through again next time.
            let _ = fs::write(&mark, current);
            told(context, &refreshed)
        }
        Err(error) => vec![error.words(context.language)],
    }
}

fn told(context: &Context, refreshed: &Refreshed) -> Vec<String> {
    let shown = |path: &Path| path.display().to_string();
    // What is ours is nobody's concern.
    let visible = |path: &&PathBuf| !path.starts_with(OUR_FOLDER);
    let updated = refreshed.updated.iter().filter(visible).map(|path| Walking::UpdatedFile { path: shown(path) });
    let kept = refreshed.kept_edited.iter().map(|path| Walking::NewerStub { path: shown(path) });
    let removed = refreshed.removed.iter().filter(visible).map(|path| Walking::RemovedFile { path: shown(path) });
    let mut lines: Vec<String> = updated.chain(kept).chain(removed).map(|text| context.say(&text)).collect();
    let added = refreshed.added.iter().filter(visible).count();
    if added > 0 {
        lines.push(context.say(&Walking::AddedFiles { count: added }));
    }
    lines
}
