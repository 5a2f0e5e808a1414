use async_stream::stream;
use futures::Stream;
use harness::{Api, Opened, Resource};

pub fn rows(connections: Resource, pages: Api) -> impl Stream<Item = String> {
    stream! {
        let _connection = ClosedOnDrop(Some(connections.open().await));
        let mut next = pages.fetch(0).await;
        for number in 1.. {
            let page = next;
            if page.is_empty() {
                break;
            }
            // On its way while the reader is busy with the rows of this page.
            let ahead = tokio::spawn(pages.fetch(number));
            for row in page.split(',') {
                yield row.to_owned();
            }
            next = ahead.await.expect("the fetch does not panic");
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
