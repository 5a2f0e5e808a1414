// Fan-out, queues and intervals.
use futures::StreamExt;
use std::time::Duration;

async fn fetch(url: String) -> String {
    url
}

pub async fn all_at_once(urls: Vec<String>) {
    futures::future::join_all(urls.iter().cloned().map(fetch)).await; // expect: unbounded-fan-out
}

pub async fn spawned(urls: Vec<String>) {
    let mut tasks = tokio::task::JoinSet::new();
    for url in urls {
        tasks.spawn(fetch(url)); // expect: unbounded-fan-out
    }
    while tasks.join_next().await.is_some() {}
}

pub async fn limited(urls: Vec<String>) {
    futures::stream::iter(urls.into_iter().map(fetch)).buffer_unordered(8).collect::<Vec<_>>().await;
}

pub async fn fixed() {
    let pages = ["a".to_owned(), "b".to_owned()];
    futures::future::join_all(pages.into_iter().map(fetch)).await;
}

pub async fn paced() {
    let mut ticks = tokio::time::interval(Duration::from_millis(100)); // expect: interval-burst
    loop {
        ticks.tick().await;
        fetch(String::new()).await;
    }
}

pub fn queues() {
    let (_to, _from) = tokio::sync::mpsc::unbounded_channel::<u32>(); // expect: unbounded-queue
    let (_to, _from) = tokio::sync::mpsc::channel::<u32>(8);
}
