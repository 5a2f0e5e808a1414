use futures::future::join_all;
use harness::{Api, ApiError};
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinHandle, JoinSet};

// Example 1, "Producers and consumers": one reader for each list of records, and so many writers.

/// Reads the records of all lists from `source` and writes them to `target`; returns how many were written.
pub async fn copy(source: Api, target: Api, lists: Vec<Vec<u32>>, writers: usize) -> usize {
    let (sender, records) = mpsc::channel(4);
    let records = Arc::new(Mutex::new(records));
    let mut readers = JoinSet::new();
    for list in lists {
        readers.spawn(read(source.clone(), list, sender.clone()));
    }
    // The channel closes when the last reader has gone, and every writer sees it.
    drop(sender);
    let mut at_work = JoinSet::new();
    for _ in 0..writers {
        at_work.spawn(write(target.clone(), records.clone()));
    }
    readers.join_all().await;
    at_work.join_all().await.into_iter().sum()
}

async fn read(source: Api, list: Vec<u32>, sender: mpsc::Sender<u32>) {
    for record in list {
        source.fetch(record).await;
        let _ = sender.send(record).await;
    }
}

async fn write(target: Api, records: Arc<Mutex<mpsc::Receiver<u32>>>) -> usize {
    let mut written = 0;
    loop {
        let next = records.lock().await.recv().await;
        let Some(record) = next else { return written };
        target.fetch(record).await;
        written += 1;
    }
}

// Example 2, "Count the successes": a dashboard wants to know how the tasks ended.

/// How tasks ended.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tasks that brought a reply.
    pub arrived: usize,
    /// Tasks that brought the service's refusal, or that broke.
    pub failed: usize,
    /// Tasks that somebody cancelled.
    pub cancelled: usize,
}

/// Waits for all tasks and counts how they ended.
pub async fn tally(tasks: Vec<JoinHandle<Result<String, ApiError>>>) -> Tally {
    let mut tally = Tally::default();
    for result in join_all(tasks).await {
        match result {
            Ok(Ok(_)) => tally.arrived += 1,
            Ok(Err(_)) => tally.failed += 1,
            Err(error) if error.is_cancelled() => tally.cancelled += 1,
            Err(_) => tally.failed += 1,
        }
    }
    tally
}

// Example 3, "Test with a double": `remind` sends a letter to every member, and to nobody else.

/// A test of `remind`: panics when it is wrong. `mail` is the double.
pub async fn check_reminders(remind: impl AsyncFn(Api, Vec<u32>)) {
    let mail = Api::new().named("letter");
    remind(mail.clone(), vec![7, 9]).await;
    assert_eq!(mail.calls(), 1, "it sends a letter");
}
