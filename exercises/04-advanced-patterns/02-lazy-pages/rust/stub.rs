//! Lazy pages: rows on demand, a page at a time.

use async_stream::stream;
use futures::Stream;
use harness::{Api, Resource};

/// The rows of all pages, in order. A connection is open while they are read.
///
/// A page is rows with commas between them; the first empty page is the end.
pub fn rows(connections: Resource, pages: Api) -> impl Stream<Item = String> {
    stream! {
        let connection = connections.open().await;
        let mut all: Vec<String> = Vec::new();
        for number in 0.. {
            let page = pages.fetch(number).await;
            if page.is_empty() {
                break;
            }
            all.extend(page.split(',').map(str::to_owned));
        }
        connection.close().await;
        for row in all {
            yield row;
        }
    }
}
