use harness::Api;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::task::JoinHandle;

pub struct Tally {
    ballots: Api,
    registry: Api,
    votes: Mutex<BTreeMap<String, u32>>,
    last_receipt: tokio::sync::Mutex<u32>,
}

impl Tally {
    pub fn new(ballots: Api, registry: Api) -> Tally {
        Tally { ballots, registry, votes: Mutex::default(), last_receipt: tokio::sync::Mutex::default() }
    }

    pub async fn vote(&self, voter: u32) -> u32 {
        let mut last = self.last_receipt.lock().await;
        let choice = self.ballots.fetch(voter).await;
        *self.votes.lock().unwrap().entry(choice).or_default() += 1;
        *last = following(&self.registry, *last).await;
        *last
    }

    pub fn result(&self) -> BTreeMap<String, u32> {
        self.votes.lock().unwrap().clone()
    }
}

pub fn start(tally: Arc<Tally>, voter: u32) -> JoinHandle<u32> {
    tokio::spawn(async move { tally.vote(voter).await })
}

async fn following(registry: &Api, last: u32) -> u32 {
    registry.fetch(last).await.parse().expect("the registry answers with a number")
}
