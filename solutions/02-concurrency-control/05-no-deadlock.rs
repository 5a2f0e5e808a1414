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
        if from == to {
            let _locked = self.accounts[from].lock().await;
            self.approve(from, to).await;
            return;
        }
        // Whichever way the money flows, the account with the smaller number is locked first.
        let (first, second) = (from.min(to), from.max(to));
        let mut low = self.accounts[first].lock().await;
        let mut high = self.accounts[second].lock().await;
        self.approve(from, to).await;
        let change = if from < to { amount } else { -amount };
        *low -= change;
        *high += change;
    }

    /// Asks the house. Both accounts have to be locked meanwhile.
    async fn approve(&self, from: usize, to: usize) {
        self.house.fetch((from * 10 + to) as u32).await;
    }
}
