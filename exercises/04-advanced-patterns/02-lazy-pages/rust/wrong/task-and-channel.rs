use futures::Stream;
use harness::{Api, Resource};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

pub fn rows(connections: Resource, pages: Api) -> impl Stream<Item = String> {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let connection = connections.open().await;
        'pages: for number in 0.. {
            let page = pages.fetch(number).await;
            if page.is_empty() {
                break;
            }
            for row in page.split(',') {
                if sender.send(row.to_owned()).await.is_err() {
                    break 'pages;
                }
            }
        }
        connection.close().await;
    });
    ReceiverStream::new(receiver)
}
