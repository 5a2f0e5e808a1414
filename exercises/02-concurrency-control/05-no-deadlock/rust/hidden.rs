use futures::future::join_all;
use harness::{Api, clock, expect, list, seconds};
use solution::Bank;
use std::time::Duration;
use tokio::time::timeout;

const SECOND: Duration = Duration::from_secs(1);
const LATER: Duration = Duration::from_secs(600);

/// Five accounts with 100 each; every approval takes a second.
fn bank(house: &Api) -> Bank {
    Bank::new(&[100; 5], house.clone())
}

fn house() -> Api {
    Api::new().named("approve")
}

/// Transfers 10 each, all at once. Returns how long that took; `None` when it did not end.
async fn transfers(bank: &Bank, wanted: &[(usize, usize)]) -> Option<Duration> {
    let all = join_all(wanted.iter().map(|(from, to)| bank.transfer(*from, *to, 10)));
    let (ended, took) = clock::took(timeout(LATER, all)).await;
    ended.ok().map(|_| took)
}

async fn balances(bank: &Bank) -> Vec<i64> {
    join_all((0..5).map(|account| bank.balance(account))).await
}

/// Whether a transfer alone moves the money from the account with the greater number to the other.
async fn goes_the_right_way() -> bool {
    let bank = bank(&Api::new().named("probe"));
    transfers(&bank, &[(1, 0)]).await;
    balances(&bank).await == [110, 90, 100, 100, 100]
}

/// Fails the test when the transfers did not end, or took longer than that.
fn expect_within(took: Option<Duration>, limit: Duration) {
    expect(took.is_some(), "deadlock", seconds(LATER), seconds(limit));
    let took = took.unwrap_or_default();
    expect(took <= limit, "timeout-as-cover", seconds(took), seconds(limit));
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_transfer_ends() {
        let bank = bank(&house());
        let took = transfers(&bank, &[(0, 1)]).await;
        expect(took.is_some(), "locked-twice", seconds(LATER), seconds(SECOND));
        let now = balances(&bank).await;
        expect(now == [90, 110, 100, 100, 100], "other-balances", list(now), "[90, 110, 100, 100, 100]");
    }

    #[tokio::test(start_paused = true)]
    async fn opposite_directions_end() {
        let bank = bank(&house());
        let took = transfers(&bank, &[(0, 1), (1, 0), (0, 1), (0, 1), (0, 1)]).await;
        expect_within(took, SECOND * 5);
        let now = balances(&bank).await;
        let message = if goes_the_right_way().await { "gives-up" } else { "wrong-way" };
        expect(now == [70, 130, 100, 100, 100], message, list(now), "[70, 130, 100, 100, 100]");
    }

    #[tokio::test(start_paused = true)]
    async fn a_ring_ends() {
        let bank = bank(&house());
        let ring = [(0, 1), (1, 2), (2, 0), (0, 1), (1, 2), (2, 0)];
        expect_within(transfers(&bank, &ring).await, SECOND * 6);
        let now = balances(&bank).await;
        expect(now == [100; 5], "gives-up", list(now), list([100; 5]));
    }

    #[tokio::test(start_paused = true)]
    async fn from_an_account_to_itself_ends() {
        let bank = bank(&house());
        let took = transfers(&bank, &[(3, 3)]).await;
        expect(took.is_some(), "locked-twice", seconds(LATER), seconds(SECOND));
        let now = balances(&bank).await;
        expect(now == [100; 5], "other-balances", list(now), list([100; 5]));
    }

    #[tokio::test(start_paused = true)]
    async fn both_accounts_are_locked_while_the_house_is_asked() {
        let house = house();
        transfers(&bank(&house), &[(0, 1), (1, 2), (3, 1)]).await;
        expect(house.max_in_flight() == 1, "not-both-locked", house.max_in_flight(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn other_accounts_do_not_wait() {
        let took = transfers(&bank(&house()), &[(0, 1), (3, 2)]).await.unwrap_or(LATER);
        expect(took <= SECOND, "one-lock-for-all", seconds(took), seconds(SECOND));
    }
}
