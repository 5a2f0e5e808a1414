//! Panics of the learner's code, caught so that a test can say what they mean.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use futures::FutureExt;

use crate::expect::PREFIX;

/// The text of a panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panicked(String);

impl Panicked {
    /// Whether the text contains `part`.
    pub fn says(&self, part: &str) -> bool {
        self.0.contains(part)
    }

    /// Whether this is what tokio and `futures` say of a thread that already runs async code and is told to block.
    pub fn is_nested_runtime(&self) -> bool {
        ["runtime from within a runtime", "block the current thread from within", "can call blocking only when"]
            .iter()
            .chain(&["executor from within another executor", "blocking is not allowed", crate::api::BLOCKED_INSIDE])
            .any(|part| self.says(part))
    }
}

impl fmt::Display for Panicked {
    /// The first sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.0.lines().next().unwrap_or_default();
        f.write_str(line.split_once(". ").map_or(line, |(sentence, _)| sentence))
    }
}

/// Awaits `future`; a panic in it becomes an error. A failed [`crate::expect`] inside goes on as it is.
pub async fn caught<F: Future>(future: F) -> Result<F::Output, Panicked> {
    AssertUnwindSafe(future).catch_unwind().await.map_err(read)
}

/// Calls `function`; a panic in it becomes an error. A failed [`crate::expect`] inside goes on as it is.
pub fn caught_in<T>(function: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(function)).map_err(read)
}

fn read(payload: Box<dyn Any + Send>) -> Panicked {
    let text = match payload.downcast_ref::<String>() {
        Some(text) => text.clone(),
        None => {
            payload.downcast_ref::<&str>().map_or_else(|| "a panic without a text".to_owned(), |text| text.to_string())
        }
    };
    if text.starts_with(PREFIX) {
        resume_unwind(payload);
    }
    Panicked(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expect;

    #[tokio::test]
    async fn a_panic_becomes_an_error_with_its_first_sentence() {
        assert_eq!(caught(async { 5 }).await, Ok(5));
        let panicked = caught(async { panic!("boom {}. Why?\nand more", 1) }).await.unwrap_err();
        assert_eq!(panicked.to_string(), "boom 1");
        assert!(panicked.says("and more") && !panicked.is_nested_runtime());
    }

    #[tokio::test]
    async fn what_tokio_says_of_a_nested_runtime_is_recognised() {
        let nested = caught(async { tokio::runtime::Runtime::new().unwrap().block_on(async {}) }).await;
        assert!(nested.unwrap_err().is_nested_runtime());
        let blocking = caught(async { tokio::sync::Mutex::new(1).blocking_lock().to_string() }).await;
        assert!(blocking.unwrap_err().is_nested_runtime());
    }

    #[test]
    fn a_failed_expectation_is_not_swallowed() {
        let outcome = catch_unwind(|| caught_in(|| expect(false, "inside", 1, 2)));
        assert!(outcome.is_err());
    }
}
