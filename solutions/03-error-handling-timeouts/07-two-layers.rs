//! Two layers: what the task says, and what the work says.

use harness::ApiError;
use std::any::Any;
use tokio::task::JoinHandle;

/// How a task ended.
#[derive(Debug, PartialEq)]
pub enum End {
    /// With a value.
    Value(String),
    /// With an error of the work, whose text this is.
    Failed(String),
    /// With a panic, whose text this is.
    Panicked(String),
    /// Somebody cancelled it.
    Cancelled,
}

type Task = JoinHandle<Result<String, ApiError>>;

/// Waits for every task and says how each of them ended, in their order.
pub async fn ends(tasks: Vec<Task>) -> Vec<End> {
    let mut ends = Vec::new();
    for task in tasks {
        ends.push(match task.await {
            Ok(Ok(value)) => End::Value(value),
            Ok(Err(error)) => End::Failed(error.text),
            Err(ended) => match ended.try_into_panic() {
                Ok(panic) => End::Panicked(text_of(panic)),
                Err(_cancelled) => End::Cancelled,
            },
        });
    }
    ends
}

/// `panic!` gives a `&str` when nothing was formatted, else a `String`.
fn text_of(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast_ref::<&str>().copied().unwrap_or("a panic without a text").to_owned(),
    }
}
