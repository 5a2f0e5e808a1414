//! Short lock: the right lock for a section without an await, and for one with.

use harness::Api;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// Counts votes and hands out receipts.
pub struct Tally {
    ballots: Api,
    registry: Api,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    votes: BTreeMap<String, u32>,
    last_receipt: u32,
}

impl Tally {
    pub fn new(ballots: Api, registry: Api) -> Tally {
        Tally { ballots, registry, book: Mutex::default() }
    }

    /// Reads the voter's ballot, counts it, and returns the number of the receipt.
    pub async fn vote(&self, voter: u32) -> u32 {
        let mut book = self.book.lock().await;
        let choice = self.ballots.fetch(voter).await;
        *book.votes.entry(choice).or_default() += 1;
        book.last_receipt = following(&self.registry, book.last_receipt).await;
        book.last_receipt
    }

    /// The votes counted so far. Not async: it is asked from everywhere.
    pub fn result(&self) -> BTreeMap<String, u32> {
        self.book.blocking_lock().votes.clone()
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
