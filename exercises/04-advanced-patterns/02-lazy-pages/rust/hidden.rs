use futures::StreamExt;
use harness::{Api, Resource, cancel, clock, expect, list, seconds};
use solution::rows;
use std::pin::pin;
use std::time::Duration;
use tokio::time::sleep;

const PAGES: u32 = 5;
/// A reader who takes this long over a row sees what goes on behind their back.
const SLOW_READER: Duration = Duration::from_secs(20);

/// Pages of two rows, "row 0,row 1" and so on, and an empty one after the last; each takes a second.
fn service() -> (Resource, Api) {
    let pages = (0..PAGES).fold(Api::new().named("page"), |api, page| {
        api.reply(page, format!("row {},row {}", 2 * page, 2 * page + 1))
    });
    (Resource::new("connection"), pages.reply(PAGES, ""))
}

/// Reads so many rows and leaves.
async fn read(connections: &Resource, pages: &Api, count: usize) -> Vec<String> {
    rows(connections.clone(), pages.clone()).take(count).collect().await
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn gives_every_row_in_order() {
        let (connections, pages) = service();
        let did = read(&connections, &pages, 100).await;
        let expected: Vec<String> = (0..2 * PAGES).map(|row| format!("row {row}")).collect();
        expect(did == expected, "other-rows", list(&did), list(&expected));
    }

    #[tokio::test(start_paused = true)]
    async fn calling_starts_nothing() {
        let (connections, pages) = service();
        let unread = rows(connections.clone(), pages.clone());
        sleep(SLOW_READER).await;
        let begun = pages.calls() + connections.opened();
        expect(begun == 0, "started-unasked", begun, 0);
        drop(unread);
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_row_costs_one_page() {
        let (connections, pages) = service();
        let mut reading = pin!(rows(connections, pages.clone()));
        let (_, took) = clock::took(reading.next()).await;
        let in_a_row = pages.max_in_flight() == 1;
        let expected = Duration::from_millis(1_100);
        expect(!in_a_row || took <= expected, "list-first", seconds(took), seconds(expected));
        let asked = pages.calls();
        expect(asked < PAGES as usize, "all-prefetched", asked, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_comes_when_it_is_wanted() {
        let (connections, pages) = service();
        let mut reading = pin!(rows(connections, pages.clone()));
        let mut asked = Vec::new();
        for _ in 0..5 {
            reading.next().await;
            sleep(SLOW_READER).await;
            asked.push(pages.calls());
        }
        expect(asked == [1, 1, 2, 2, 3], "page-ahead", list(&asked), list([1, 1, 2, 2, 3]));
    }

    #[tokio::test(start_paused = true)]
    async fn one_connection_serves_all_pages() {
        let (connections, pages) = service();
        read(&connections, &pages, 100).await;
        expect(connections.opened() == 1, "connection-per-page", connections.opened(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn the_end_closes() {
        let (connections, pages) = service();
        read(&connections, &pages, 100).await;
        clock::settle().await;
        let closed = connections.closed();
        expect(closed == connections.opened(), "not-closed-at-the-end", closed, connections.opened());
    }

    #[tokio::test(start_paused = true)]
    async fn leaving_in_the_middle_closes() {
        let (connections, pages) = service();
        read(&connections, &pages, 3).await;
        sleep(SLOW_READER).await;
        let left_open = connections.opened() - connections.closed();
        expect(left_open == 0, "not-closed-on-break", left_open, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn giving_up_while_a_page_is_on_its_way_closes() {
        let (connections, pages) = service();
        let five_rows = || read(&connections, &pages, 5);
        let check = async |_| {
            sleep(SLOW_READER).await;
            let left_open = connections.opened() - connections.closed();
            expect(left_open == 0, "not-closed-on-break", left_open, 0);
        };
        cancel::at_every_await(five_rows, check).await;
    }
}
