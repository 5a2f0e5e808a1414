use harness::Api;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

pub struct Bank {
    accounts: Vec<Mutex<i64>>,
    house: Api,
}

impl Bank {
    pub fn new(balances: &[i64], house: Api) -> Bank {
        Bank { accounts: balances.iter().map(|balance| Mutex::new(*balance)).collect(), house }
    }

    pub async fn balance(&self, account: usize) -> i64 {
        *self.accounts[account].lock().await
    }

    pub async fn transfer(&self, from: usize, to: usize, amount: i64) {
        if from == to {
            return;
        }
        let patience = Duration::from_millis(1_500 + from as u64 * 1_000);
        loop {
            let giver = self.accounts[from].lock().await;
            if let Ok(taker) = timeout(patience, self.accounts[to].lock()).await {
                let (mut giver, mut taker) = (giver, taker);
                self.approve(from, to).await;
                *giver -= amount;
                *taker += amount;
                return;
            }
            drop(giver);
            sleep(Duration::from_millis(from as u64 * 100)).await;
        }
    }

    async fn approve(&self, from: usize, to: usize) {
        self.house.fetch((from * 10 + to) as u32).await;
    }
}
