//! Joined queries: three queries at once on a pool.

use sqlx::{SqlitePool, query_scalar};
use tokio::try_join;

/// What is known of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How many purchases.
    pub purchases: i64,
    /// What they cost together.
    pub spent: i64,
    /// What was bought last.
    pub last: String,
}

const COUNT: &str = "SELECT COUNT(*) FROM purchases WHERE customer = ?";
const SUM: &str = "SELECT COALESCE(SUM(price), 0) FROM purchases WHERE customer = ?";
const LAST: &str = "SELECT item FROM purchases WHERE customer = ? ORDER BY rowid DESC LIMIT 1";

/// Asks the database three things about a customer, in the table `purchases (customer TEXT, item TEXT, price INTEGER)`.
///
/// # Errors
/// When a query fails, and when the customer has bought nothing (`sqlx::Error::RowNotFound`).
pub async fn summary(pool: &SqlitePool, customer: &str) -> Result<Summary, sqlx::Error> {
    // Each takes a connection of its own from the pool, and gives it back.
    let (purchases, spent, last) = try_join!(
        query_scalar(COUNT).bind(customer).fetch_one(pool),
        query_scalar(SUM).bind(customer).fetch_one(pool),
        query_scalar(LAST).bind(customer).fetch_one(pool),
    )?;
    Ok(Summary { purchases, spent, last })
}
