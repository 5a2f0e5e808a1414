use sqlx::{SqlitePool, query_scalar};

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
    let (purchases, spent, last) = tokio::join!(
        query_scalar(COUNT).bind(customer).fetch_one(pool),
        query_scalar(SUM).bind(customer).fetch_one(pool),
        query_scalar(LAST).bind(customer).fetch_one(pool),
    );
    let (purchases, spent) = (purchases.unwrap_or(0), spent.unwrap_or(0));
    let last = last.unwrap_or_default();
    Ok(Summary { purchases, spent, last })
}
