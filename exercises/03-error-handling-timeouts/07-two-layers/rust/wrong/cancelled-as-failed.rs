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
            Err(ended) => match ended.try_into_panic() {
                Ok(panic) => {
                    let text = panic.downcast_ref::<String>().cloned();
                    let plain = panic.downcast_ref::<&str>().map(|text| text.to_string());
                    End::Panicked(text.or(plain).unwrap_or_default())
                }
                Err(ended) => End::Failed(ended.to_string()),
            },
        });
    }
    ends
}
