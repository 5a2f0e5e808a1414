//! Two layers: what the task says, and what the work says.

use harness::ApiError;
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
        match task.await.unwrap() {
            Ok(value) => ends.push(End::Value(value)),
            Err(error) => ends.push(End::Failed(error.text)),
        }
    }
    ends
}
