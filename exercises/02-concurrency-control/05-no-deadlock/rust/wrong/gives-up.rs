use harness::Api;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::timeout;

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
        let whole = async {
            let mut giver = self.accounts[from].lock().await;
            let mut taker = self.accounts[to].lock().await;
            self.approve(from, to).await;
            *giver -= amount;
            *taker += amount;
        };
        timeout(Duration::from_millis(2_500), whole).await.ok();
    }

    async fn approve(&self, from: usize, to: usize) {
        self.house.fetch((from * 10 + to) as u32).await;
    }
}
