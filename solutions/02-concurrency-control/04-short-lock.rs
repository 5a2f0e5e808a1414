//! Short lock: the right lock for a section without an await, and for one with.

use harness::Api;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinHandle;

/// Counts votes and hands out receipts.
pub struct Tally {
    ballots: Api,
    registry: Api,
    /// Locked for a moment, never over an await.
    votes: Mutex<BTreeMap<String, u32>>,
    /// Locked while the registry is asked.
    last_receipt: tokio::sync::Mutex<u32>,
}

impl Tally {
    pub fn new(ballots: Api, registry: Api) -> Tally {
        Tally { ballots, registry, votes: Mutex::default(), last_receipt: tokio::sync::Mutex::default() }
    }

    /// Reads the voter's ballot, counts it, and returns the number of the receipt.
    pub async fn vote(&self, voter: u32) -> u32 {
        let choice = self.ballots.fetch(voter).await;
        self.count(choice);
        let mut last = self.last_receipt.lock().await;
        *last = following(&self.registry, *last).await;
        *last
    }

    fn count(&self, choice: String) {
        let mut votes = self.votes.lock().unwrap_or_else(PoisonError::into_inner);
        *votes.entry(choice).or_default() += 1;
    }

    /// The votes counted so far. Not async: it is asked from everywhere.
    pub fn result(&self) -> BTreeMap<String, u32> {
        self.votes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Votes in a task of its own.
pub fn start(tally: Arc<Tally>, voter: u32) -> JoinHandle<u32> {
    tokio::spawn(async move { tally.vote(voter).await })
}

/// Asks the registry which receipt follows `last`.
async fn following(registry: &Api, last: u32) -> u32 {
    registry.fetch(last).await.parse().expect("the registry answers with a number")
}
