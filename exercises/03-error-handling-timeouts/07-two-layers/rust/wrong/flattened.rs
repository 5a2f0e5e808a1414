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
        let flat = task.await.map_err(|ended| ended.to_string());
        ends.push(match flat.and_then(|result| result.map_err(|error| error.text)) {
            Ok(value) => End::Value(value),
            Err(text) => End::Failed(text),
        });
    }
    ends
}
