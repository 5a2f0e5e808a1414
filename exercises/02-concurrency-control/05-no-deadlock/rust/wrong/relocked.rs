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
            return;
        }
        let mut low = self.accounts[from.min(to)].lock().await;
        let mut high = self.accounts[from.max(to)].lock().await;
        if self.balance(from).await < amount {
            return;
        }
        self.approve(from, to).await;
        let change = if from < to { amount } else { -amount };
        *low -= change;
        *high += change;
    }

    async fn approve(&self, from: usize, to: usize) {
        self.house.fetch((from * 10 + to) as u32).await;
    }
}
