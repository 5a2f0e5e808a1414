use async_stream::stream;
use futures::Stream;
use harness::{Api, Resource};

pub fn rows(connections: Resource, pages: Api) -> impl Stream<Item = String> {
    stream! {
        let connection = connections.open().await;
        for number in 0.. {
            let page = pages.fetch(number).await;
            if page.is_empty() {
                break;
            }
            for row in page.split(',') {
                yield row.to_owned();
            }
        }
        connection.close().await;
    }
}
