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
        ends.push(match task.await {
            Ok(Ok(value)) => End::Value(value),
            Ok(Err(error)) => End::Failed(error.text),
            Err(ended) if ended.is_cancelled() => End::Cancelled,
            Err(ended) => {
                let panic = ended.into_panic();
                End::Panicked(panic.downcast_ref::<&str>().copied().unwrap_or_default().to_owned())
            }
        });
    }
    ends
}
