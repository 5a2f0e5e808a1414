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
        match task.await {
            Ok(Ok(value)) => ends.push(End::Value(value)),
            Ok(Err(error)) => ends.push(End::Failed(error.text)),
            Err(ended) if ended.is_cancelled() => break,
            Err(ended) => {
                let panic = ended.into_panic();
                let text = panic.downcast_ref::<String>().cloned();
                let plain = panic.downcast_ref::<&str>().map(|text| text.to_string());
                ends.push(End::Panicked(text.or(plain).unwrap_or_default()));
            }
        }
    }
    ends
}
