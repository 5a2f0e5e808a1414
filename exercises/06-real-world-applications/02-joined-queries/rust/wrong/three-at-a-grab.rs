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

pub async fn summary(pool: &SqlitePool, customer: &str) -> Result<Summary, sqlx::Error> {
    let (mut first, mut second, mut third) = try_join!(pool.acquire(), pool.acquire(), pool.acquire())?;
    let (purchases, spent, last) = try_join!(
        query_scalar(COUNT).bind(customer).fetch_one(&mut *first),
        query_scalar(SUM).bind(customer).fetch_one(&mut *second),
        query_scalar(LAST).bind(customer).fetch_one(&mut *third),
    )?;
    Ok(Summary { purchases, spent, last })
}
