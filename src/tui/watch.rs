//! Watches folders: the learner's exercises and the course's files. Folders and not files, because editors replace a
//! file rather than write to it; and what a change is, content decides.

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc::UnboundedSender;

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watch {
    watcher: RecommendedWatcher,
}

impl Watch {
    /// A watch that sends the paths that changed.
    ///
    /// # Errors
    /// When the system watches no files, or no more of them.
    pub fn start(paths: UnboundedSender<PathBuf>) -> notify::Result<Watch> {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if is_change(event.kind) {
                for path in event.paths {
                    // A screen that has ended wants none.
                    let _ = paths.send(path);
                }
            }
        })?;
        Ok(Watch { watcher })
    }

    /// Watches a folder and all below it.
    ///
    /// # Errors
    /// When it is not there, or the system watches no more.
    pub fn folder(&mut self, path: &Path) -> notify::Result<()> {
        self.watcher.watch(path, RecursiveMode::Recursive)
    }
}

/// The folders of a course that are read.
const COURSE: [&str; 3] = ["lessons", "exercises", "solutions"];

impl Watch {
    /// Watches a course: its own folder, and all below the parts that are read. Whatever else lies beside them, such as
    /// what a build leaves, is none of its business.
    pub fn course(&mut self, root: &Path) {
        // A part that is not there comes with a change of the folder, and the course is loaded again.
        let _ = self.watcher.watch(root, RecursiveMode::NonRecursive);
        for part in COURSE {
            let _ = self.watcher.watch(&root.join(part), RecursiveMode::Recursive);
        }
    }
}

/// Reading is no change; our own reading would go on for ever.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
