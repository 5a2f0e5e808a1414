use async_stream::stream;
use futures::Stream;
use harness::{Api, Opened, Resource};

pub fn rows(connections: Resource, pages: Api) -> impl Stream<Item = String> {
    stream! {
        let _connection = ClosedOnDrop(Some(connections.open().await));
        for number in 0.. {
            let page = pages.fetch(number).await;
            for row in page.split(',') {
                yield row.to_owned();
            }
            if page.is_empty() {
                break;
            }
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
