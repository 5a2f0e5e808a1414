use futures::future::join_all;
use harness::{Api, caught_in, clock, expect, list, seconds};
use solution::{Tally, start};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

const VOTERS: u32 = 6;
const BALLOT: Duration = Duration::from_secs(1);
const RECEIPT: Duration = Duration::from_millis(100);

/// Voters 3 and 6 want coffee, the others tea.
fn tally() -> Arc<Tally> {
    let ballots = (1..=VOTERS).fold(Api::new().named("ballot").latency(BALLOT), |api, voter| {
        api.reply(voter, if voter % 3 == 0 { "coffee" } else { "tea" })
    });
    let registry = (0..VOTERS)
        .fold(Api::new().named("receipt").latency(RECEIPT), |api, last| api.reply(last, (last + 1).to_string()));
    Arc::new(Tally::new(ballots, registry))
}

/// All voters vote at once, in tasks of their own. Returns their receipts.
async fn all_vote(tally: &Arc<Tally>) -> Vec<u32> {
    let votes = join_all((1..=VOTERS).map(|voter| start(tally.clone(), voter))).await;
    votes.into_iter().map(|receipt| receipt.expect("voting does not panic")).collect()
}

fn told(result: &BTreeMap<String, u32>) -> String {
    list(result.iter().map(|(choice, votes)| format!("{choice}: {votes}")))
}

/// The result, asked for from async code.
fn result_of(tally: &Tally) -> String {
    match caught_in(|| tally.result()) {
        Ok(result) => told(&result),
        Err(panicked) => {
            let message = if panicked.is_nested_runtime() { "blocks-inside" } else { "no-result" };
            expect(false, message, panicked, "BTreeMap");
            unreachable!("the expectation was not met")
        }
    }
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn voters_do_not_wait_for_each_others_ballots() {
        let (_, took) = clock::took(all_vote(&tally())).await;
        let expected = BALLOT + RECEIPT * VOTERS;
        expect(took <= expected, "lock-over-the-ballot", seconds(took), seconds(expected));
    }

    #[tokio::test(start_paused = true)]
    async fn every_receipt_has_its_own_number() {
        let mut receipts = all_vote(&tally()).await;
        receipts.sort();
        let expected: Vec<u32> = (1..=VOTERS).collect();
        expect(receipts == expected, "receipts-twice", list(&receipts), list(&expected));
    }

    #[tokio::test(start_paused = true)]
    async fn every_vote_counts() {
        let tally = tally();
        all_vote(&tally).await;
        let result = result_of(&tally);
        expect(result == "[coffee: 2, tea: 4]", "votes-lost", result, "[coffee: 2, tea: 4]");
    }
}

mod no_blocking {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_result_can_be_asked_for_at_any_time() {
        let tally = tally();
        let voting = tokio::spawn({
            let tally = tally.clone();
            async move { all_vote(&tally).await }
        });
        sleep(BALLOT / 2).await;
        let early = result_of(&tally);
        expect(early == "[]", "result-late", early, "[]");
        sleep(BALLOT / 2 + RECEIPT * 3 / 2).await;
        let counted = result_of(&tally);
        expect(counted == "[coffee: 2, tea: 4]", "result-late", counted, "[coffee: 2, tea: 4]");
        voting.abort();
    }
}
