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
        self.approve(from, to).await;
        *self.accounts[from].lock().await -= amount;
        *self.accounts[to].lock().await += amount;
    }

    async fn approve(&self, from: usize, to: usize) {
        self.house.fetch((from * 10 + to) as u32).await;
    }
}
