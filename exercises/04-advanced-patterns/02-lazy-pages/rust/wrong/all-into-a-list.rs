use async_stream::stream;
use futures::Stream;
use harness::{Api, Opened, Resource};

pub fn rows(connections: Resource, pages: Api) -> impl Stream<Item = String> {
    stream! {
        let connection = ClosedOnDrop(Some(connections.open().await));
        let mut all: Vec<String> = Vec::new();
        for number in 0.. {
            let page = pages.fetch(number).await;
            if page.is_empty() {
                break;
            }
            all.extend(page.split(',').map(str::to_owned));
        }
        drop(connection);
        for row in all {
            yield row;
        }
    }
}

/// A connection that is closed on every way out.
struct ClosedOnDrop(Option<Opened>);

impl Drop for ClosedOnDrop {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            connection.close_now();
        }
    }
}
