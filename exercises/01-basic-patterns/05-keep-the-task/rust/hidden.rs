use harness::{Api, Outcome, SpanRecord, clock, expect, list, program, seconds};
use solution::serve;
use std::time::Duration;

const ORDERS: [u32; 5] = [11, 12, 13, 14, 15];
const RECEIPT: Duration = Duration::from_millis(100);
/// How long the mails of [`ORDERS`] take, in milliseconds.
const SLOW_DAY: [u64; 5] = [2_500, 41_000, 800, 17_300, 6_200];
const FAST_DAY: [u64; 5] = [150, 900, 60, 420, 300];

/// What a whole program did.
struct Day {
    receipts: Vec<String>,
    returned_at: Duration,
    mails_at_return: Vec<SpanRecord>,
    /// How they stand when the program has ended.
    mails: Vec<SpanRecord>,
    served_at: Duration,
    /// When the receipt of each of [`ORDERS`] was written.
    receipts_at: Vec<Option<Duration>>,
    customers_at_once: usize,
    mails_at_once: usize,
}

fn of_order<'a>(spans: &'a [SpanRecord], verb: &str, order: u32) -> Option<&'a SpanRecord> {
    let label = format!("{verb} {order}");
    spans.iter().find(|span| span.label == label)
}

fn run_program(mail_times: [u64; 5]) -> Day {
    let counter = Api::new().named("serve").latency(RECEIPT);
    let counter = ORDERS.iter().fold(counter, |counter, order| counter.reply(*order, format!("receipt {order}")));
    let mail = Api::new().named("mail");
    let mail = ORDERS.iter().zip(mail_times).fold(mail, |mail, (order, time)| {
        mail.latency_of(*order, Duration::from_millis(time)).reply(*order, format!("mail {order}"))
    });
    let (receipts, returned_at, mails_at_return) = program::run(async {
        let receipts = serve(counter.clone(), mail.clone(), ORDERS.to_vec()).await;
        let returned_at = clock::now();
        // A group that stops its tasks has done so after this; everything else still runs.
        clock::settle().await;
        (receipts, returned_at, mail.spans())
    });
    let served = counter.spans();
    Day {
        receipts,
        returned_at,
        mails_at_return,
        mails: mail.spans(),
        served_at: served.iter().filter_map(|span| span.end).max().unwrap_or_default(),
        receipts_at: ORDERS.map(|order| of_order(&served, "serve", order).and_then(|span| span.end)).to_vec(),
        customers_at_once: counter.max_in_flight(),
        mails_at_once: mail.max_in_flight(),
    }
}

/// The longest that serving may take.
fn expected_serving() -> Duration {
    RECEIPT * ORDERS.len() as u32
}

mod patterns {
    use super::*;

    #[test]
    fn customers_do_not_wait_for_mail() {
        let day = run_program(SLOW_DAY);
        expect(
            day.served_at <= expected_serving(),
            "customers-waited",
            seconds(day.served_at),
            seconds(expected_serving()),
        );
        expect(day.customers_at_once == 1, "customers-at-once", day.customers_at_once, 1);
    }

    #[test]
    fn mail_starts_with_the_receipt() {
        let day = run_program(SLOW_DAY);
        let late = if day.mails_at_once == 1 { "mails-wait-for-mails" } else { "not-in-background" };
        for (order, receipt_at) in ORDERS.into_iter().zip(&day.receipts_at) {
            let receipt_at = receipt_at.unwrap_or(day.returned_at);
            let begun = of_order(&day.mails, "mail", order).map_or(day.returned_at, |mail| mail.start);
            expect(begun >= receipt_at, "mail-before-the-receipt", seconds(begun), seconds(receipt_at));
            expect(begun == receipt_at, late, seconds(begun), seconds(receipt_at));
        }
    }

    #[test]
    fn every_mail_is_sent() {
        let day = run_program(SLOW_DAY);
        let sent = day.mails.iter().filter(|mail| mail.outcome == Outcome::Done).count();
        let last_mail = RECEIPT * 2 + Duration::from_millis(SLOW_DAY[1]);
        let stopped = day.mails_at_return.iter().any(|mail| mail.outcome == Outcome::Cancelled);
        expect(!stopped, "group-dropped", sent, ORDERS.len());
        if day.returned_at == day.served_at {
            expect(sent == ORDERS.len(), "program-ended-first", sent, ORDERS.len());
        }
        if day.mails.iter().any(|mail| mail.outcome == Outcome::Done && mail.end == Some(day.returned_at)) {
            expect(sent == ORDERS.len(), "waited-for-some", sent, ORDERS.len());
        }
        expect(sent == ORDERS.len(), "slept-and-hoped", seconds(day.returned_at), seconds(last_mail));
    }

    #[test]
    fn the_program_ends_with_the_last_mail() {
        let day = run_program(FAST_DAY);
        let last_end = day.mails.iter().filter_map(|mail| mail.end).max().unwrap_or_default();
        expect(day.returned_at <= last_end, "slept-and-hoped", seconds(day.returned_at), seconds(last_end));
    }

    #[test]
    fn the_receipts_are_returned() {
        let day = run_program(FAST_DAY);
        let expected = ORDERS.map(|order| format!("receipt {order}"));
        expect(day.receipts == expected, "other-receipts", list(&day.receipts), list(&expected));
    }
}
