//! No deadlock: two locks, wanted in opposite orders.

use harness::Api;
use tokio::sync::Mutex;

/// Accounts, each behind a lock of its own, and the house that approves transfers.
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

    /// Moves money, once the house has approved it.
    pub async fn transfer(&self, from: usize, to: usize, amount: i64) {
        let mut giver = self.accounts[from].lock().await;
        let mut taker = self.accounts[to].lock().await;
        self.approve(from, to).await;
        *giver -= amount;
        *taker += amount;
    }

    /// Asks the house. Both accounts have to be locked meanwhile.
    async fn approve(&self, from: usize, to: usize) {
        self.house.fetch((from * 10 + to) as u32).await;
    }
}
