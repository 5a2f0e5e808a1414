use harness::{Resource, clock, expect, seconds};
use solution::{Stopped, print_all};
use std::time::Duration;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

const PAGES: usize = 4;
/// Opening, each page and closing take a second each: pages from 1 s on, closing from 5 s on.
const STEP: Duration = Duration::from_secs(1);
const WHOLE: Duration = Duration::from_secs(6);

fn printers() -> Resource {
    Resource::new("printer").latency(STEP)
}

/// Prints, and asks to stop after a while. Returns what came of it, and when that was.
async fn stopped_after(wait: Duration, printers: &Resource) -> (Result<(), Stopped>, Duration) {
    let stop = CancellationToken::new();
    let printing = clock::took(print_all(printers, PAGES, stop.clone()));
    let stopping = async {
        sleep(wait).await;
        stop.cancel();
    };
    tokio::join!(printing, stopping).0
}

fn pages_printed() -> usize {
    let is_done = |span: &harness::SpanRecord| span.outcome == harness::Outcome::Done;
    harness::timeline::spans().iter().filter(|span| span.label.starts_with("use ") && is_done(span)).count()
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn undisturbed_it_prints_all_and_closes() {
        let printers = printers();
        let result = print_all(&printers, PAGES, CancellationToken::new()).await;
        expect(result == Ok(()), "other-result", format!("{result:?}"), "Ok(())");
        expect(pages_printed() == PAGES, "pages-missing", pages_printed(), PAGES);
        expect(printers.closed() == 1, "not-closed", printers.closed(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn closed_whenever_it_is_stopped() {
        for step in 0..PAGES as u32 + 2 {
            let printers = printers();
            stopped_after(STEP * step + STEP / 2, &printers).await.0.ok();
            expect(printers.open_now() == 0, "closed-later", printers.open_now(), 0);
            expect(printers.leaked() == 0, "left-open", printers.leaked(), 0);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn stopped_is_what_it_says() {
        let (result, _) = stopped_after(STEP * 5 / 2, &printers()).await;
        let message = if pages_printed() == PAGES { "ignores-the-stop" } else { "swallowed" };
        expect(result == Err(Stopped), message, format!("{result:?}"), "Err(Stopped)");
    }

    #[tokio::test(start_paused = true)]
    async fn it_stops_in_the_middle_of_a_page() {
        let (_, ended) = stopped_after(STEP * 5 / 2, &printers()).await;
        let expected = STEP * 7 / 2;
        let message = if ended >= WHOLE { "ignores-the-stop" } else { "stops-late" };
        expect(ended <= expected, message, seconds(ended), seconds(expected));
    }
}
