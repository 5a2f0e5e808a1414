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

pub async fn limiter_never_used(urls: Vec<String>) {
    let _limit = tokio::sync::Semaphore::new(4);
    futures::future::join_all(urls.iter().cloned().map(fetch)).await; // expect: unbounded-fan-out
}

async fn fetch_within(limit: &tokio::sync::Semaphore, url: String) -> String {
    let _permit = limit.acquire().await;
    url
}

struct Client {
    places: tokio::sync::Semaphore,
}

impl Client {
    async fn fetch_page(&self, url: String) -> String {
        fetch_within(&self.places, url).await
    }

    pub async fn limited_two_calls_away(&self, urls: Vec<String>) {
        futures::future::join_all(urls.into_iter().map(|url| self.fetch_page(url))).await;
    }
}

pub async fn drained_in_the_loop(urls: Vec<String>) {
    let mut tasks = tokio::task::JoinSet::new();
    for url in urls {
        if tasks.len() == 8 {
            tasks.join_next().await;
        }
        tasks.spawn(fetch(url));
    }
}
