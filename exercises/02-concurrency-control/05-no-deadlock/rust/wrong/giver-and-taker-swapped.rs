use harness::Api;
use tokio::sync::Mutex;

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
            return self.approve(from, to).await;
        }
        let (first, second) = (from.min(to), from.max(to));
        let mut giver = self.accounts[first].lock().await;
        let mut taker = self.accounts[second].lock().await;
        self.approve(from, to).await;
        *giver -= amount;
        *taker += amount;
    }

    async fn approve(&self, from: usize, to: usize) {
        self.house.fetch((from * 10 + to) as u32).await;
    }
}
