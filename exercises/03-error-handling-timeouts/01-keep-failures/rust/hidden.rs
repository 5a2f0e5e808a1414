use harness::{Api, caught, clock, expect, list};
use solution::{Order, Report, report};
use std::time::Duration;

const ALL: [u32; 5] = [1, 2, 3, 4, 5];

/// Orders 2 and 4 are refused, 2 before any other has ended and 4 after all others.
fn service() -> Api {
    let milliseconds = [(1, 300), (2, 100), (3, 400), (4, 900), (5, 200)];
    let refusing = Api::new().named("order").fails(2, "sold out").fails(4, "no such article");
    milliseconds.into_iter().fold(refusing, |api, (id, latency)| api.latency_of(id, Duration::from_millis(latency)))
}

fn orders(api: &Api) -> Vec<Order> {
    ALL.into_iter().map(|id| (id, tokio::spawn(api.try_fetch(id)))).collect()
}

/// The report of orders of which `cancelled` was stopped while it was under way.
async fn report_of(cancelled: Option<u32>) -> Report {
    let orders = orders(&service());
    clock::settle().await;
    for (number, order) in &orders {
        if Some(*number) == cancelled {
            order.abort();
        }
    }
    match caught(report(orders)).await {
        Ok(report) => report,
        Err(panicked) => {
            let message = if cancelled.is_some() { "panics-on-cancelled" } else { "panics-on-error" };
            expect(false, message, panicked, "Report");
            unreachable!("the expectation was not met")
        }
    }
}

fn numbers(orders: &[(u32, String)]) -> Vec<u32> {
    let mut numbers: Vec<u32> = orders.iter().map(|(number, _)| *number).collect();
    numbers.sort();
    numbers
}

fn lines(orders: &[(u32, String)]) -> String {
    let mut lines: Vec<String> = orders.iter().map(|(number, text)| format!("{number}: {text}")).collect();
    lines.sort();
    list(lines)
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_went_well_is_kept() {
        let report = report_of(None).await;
        let delivered = numbers(&report.delivered);
        let real = report.delivered.iter().all(|(_, text)| ["item 1", "item 3", "item 5"].contains(&text.as_str()));
        let message = if real { "wrong-numbers" } else { "failure-as-success" };
        expect(delivered.iter().all(|n| [1, 3, 5].contains(n)), message, list(&delivered), "[1, 3, 5]");
        expect(delivered == [1, 3, 5], "first-error-ends-it", list(&delivered), "[1, 3, 5]");
        let expected = "[1: item 1, 3: item 3, 5: item 5]";
        let did = lines(&report.delivered);
        expect(did == expected, "other-text", did, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn every_error_is_reported() {
        let report = report_of(None).await;
        let failed = numbers(&report.failed);
        let message = if failed.is_empty() { "errors-dropped" } else { "errors-missing" };
        expect(failed == [2, 4], message, list(&failed), "[2, 4]");
        let expected = "[2: sold out, 4: no such article]";
        let did = lines(&report.failed);
        expect(did == expected, "other-text", did, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn a_cancelled_order_has_failed() {
        let report = report_of(Some(3)).await;
        let delivered = numbers(&report.delivered);
        expect(!delivered.contains(&3), "cancelled-as-success", list(&delivered), "[1, 5]");
        let failed = numbers(&report.failed);
        expect(failed.contains(&3), "cancelled-dropped", list(&failed), "[2, 3, 4]");
        let did = report.failed.iter().find(|(number, _)| *number == 3).map_or("", |(_, text)| text);
        expect(did == "cancelled", "other-text", format!("3: {did}"), "3: cancelled");
    }

    #[tokio::test(start_paused = true)]
    async fn a_cancelled_order_costs_no_other() {
        let report = report_of(Some(1)).await;
        let delivered = numbers(&report.delivered);
        expect(delivered.ends_with(&[3, 5]), "cancelled-ends-it", list(&delivered), "[3, 5]");
    }
}
