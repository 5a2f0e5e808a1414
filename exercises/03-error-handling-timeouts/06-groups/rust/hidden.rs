use harness::{Api, clock, expect, list, seconds};
use solution::{ShopError, visit_all};
use std::time::Duration;

const SHOPS: [u32; 6] = [1, 2, 3, 4, 5, 6];
const SECOND: Duration = Duration::from_secs(1);

/// Shops, of which some are sold out and some burn. Every visit takes a second.
fn street(sold_out: &[u32], on_fire: &[u32]) -> Api {
    let street = sold_out.iter().fold(Api::new().named("visit"), |api, shop| api.fails(*shop, "sold out"));
    on_fire.iter().fold(street, |api, shop| api.fails(*shop, "fire"))
}

/// The outcome in words, its parts in order.
fn told(outcome: Result<Vec<u32>, Vec<ShopError>>) -> String {
    match outcome {
        Ok(mut shops) => {
            shops.sort();
            format!("Ok({})", list(shops))
        }
        Err(errors) => {
            let mut texts: Vec<String> = errors.iter().map(|error| format!("{error:?}")).collect();
            texts.sort();
            format!("Err({})", list(texts))
        }
    }
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_quiet_day_is_no_error() {
        let (outcome, took) = clock::took(visit_all(&street(&[], &[]), &SHOPS)).await;
        expect(took <= SECOND, "one-after-another", seconds(took), seconds(SECOND));
        let outcome = told(outcome);
        expect(outcome == "Ok([])", "other-outcome", outcome, "Ok([])");
    }

    #[tokio::test(start_paused = true)]
    async fn sold_out_is_handled() {
        let outcome = told(visit_all(&street(&[2, 4], &[]), &SHOPS).await);
        let message = if outcome.starts_with("Err") { "not-handled" } else { "other-outcome" };
        expect(outcome == "Ok([2, 4])", message, outcome, "Ok([2, 4])");
    }

    #[tokio::test(start_paused = true)]
    async fn every_fire_is_passed_on() {
        let outcome = told(visit_all(&street(&[], &[3, 5]), &SHOPS).await);
        let message = if outcome.starts_with("Ok") { "swallowed" } else { "only-the-first" };
        expect(outcome == "Err([Fire(3), Fire(5)])", message, outcome, "Err([Fire(3), Fire(5)])");
    }

    #[tokio::test(start_paused = true)]
    async fn fires_only() {
        let outcome = told(visit_all(&street(&[2, 4], &[3, 5]), &SHOPS).await);
        let message = match () {
            () if outcome.starts_with("Ok") => "swallowed",
            () if outcome.contains("SoldOut") => "handled-passed-on",
            () => "only-the-first",
        };
        expect(outcome == "Err([Fire(3), Fire(5)])", message, outcome, "Err([Fire(3), Fire(5)])");
    }
}
