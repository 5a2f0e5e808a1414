use harness::Api;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

pub struct Tally {
    ballots: Api,
    registry: Api,
    book: Mutex<(BTreeMap<String, u32>, u32)>,
}

impl Tally {
    pub fn new(ballots: Api, registry: Api) -> Tally {
        Tally { ballots, registry, book: Mutex::default() }
    }

    pub async fn vote(&self, voter: u32) -> u32 {
        let choice = self.ballots.fetch(voter).await;
        let mut book = self.book.lock().await;
        *book.0.entry(choice).or_default() += 1;
        book.1 = following(&self.registry, book.1).await;
        book.1
    }

    pub fn result(&self) -> BTreeMap<String, u32> {
        self.book.try_lock().unwrap().0.clone()
    }
}

pub fn start(tally: Arc<Tally>, voter: u32) -> JoinHandle<u32> {
    tokio::spawn(async move { tally.vote(voter).await })
}

async fn following(registry: &Api, last: u32) -> u32 {
    registry.fetch(last).await.parse().expect("the registry answers with a number")
}
