//! Lazy pages: rows on demand, a page at a time.

use async_stream::stream;
use futures::Stream;
use harness::{Api, Opened, Resource};

/// The rows of all pages, in order. A connection is open while they are read.
///
/// A page is rows with commas between them; the first empty page is the end.
pub fn rows(connections: Resource, pages: Api) -> impl Stream<Item = String> {
    stream! {
        // Dropped with the stream, wherever its reader stops.
        let _connection = ClosedOnDrop(Some(connections.open().await));
        for number in 0.. {
            let page = pages.fetch(number).await;
            if page.is_empty() {
                break;
            }
            for row in page.split(',') {
                yield row.to_owned();
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
