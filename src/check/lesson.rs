//! Checks a lesson: its languages agree, and its examples do what they claim.

use super::agreement::{self, Headings};
use super::{Result, fences};
use crate::course::{Course, Lesson};
use crate::lesson::Document;
use crate::runner::{Runner, SetupError};

pub(super) async fn check(
    course: &Course,
    lesson: &Lesson,
    runner: &Runner,
) -> std::result::Result<Result, SetupError> {
    let mut reasons = Vec::new();
    let pages: Vec<_> =
        lesson.pages.values().map(|page| (page, Document::parse_from(&page.body, page.body_line))).collect();
    for (page, document) in &pages {
        reasons.extend(
            agreement::of_document(document, Headings::Named).into_iter().map(|what| format!("{}: {what}", page.file)),
        );
    }
    for pair in pages.windows(2) {
        if let [(one, first), (other, second)] = pair {
            reasons.extend(
                agreement::difference(first, second).map(|what| format!("{} and {}: {what}", one.file, other.file)),
            );
        }
    }
    let mut skipped = Vec::new();
    if let Some((page, document)) = pages.first() {
        // The code is the same in every language, as was just checked.
        for fence in document.fences() {
            match fences::check(course, fence, runner).await? {
                fences::Outcome::AsClaimed => {}
                fences::Outcome::Not(what) => reasons.push(format!("{}:{}: {what}", page.file, fence.line)),
                fences::Outcome::Skipped(why) if skipped.contains(&why) => {}
                fences::Outcome::Skipped(why) => skipped.push(why),
            }
        }
    }
    Ok(Result::with_skipped(reasons, skipped))
}
