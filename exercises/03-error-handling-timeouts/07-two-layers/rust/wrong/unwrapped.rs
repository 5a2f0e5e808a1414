use harness::ApiError;
use tokio::task::JoinHandle;

#[derive(Debug, PartialEq)]
pub enum End {
    Value(String),
    Failed(String),
    Panicked(String),
    Cancelled,
}

type Task = JoinHandle<Result<String, ApiError>>;

pub async fn ends(tasks: Vec<Task>) -> Vec<End> {
    let mut ends = Vec::new();
    for task in tasks {
        match task.await.expect("the task ends") {
            Ok(value) => ends.push(End::Value(value)),
            Err(error) => ends.push(End::Failed(error.text)),
        }
    }
    ends
}
