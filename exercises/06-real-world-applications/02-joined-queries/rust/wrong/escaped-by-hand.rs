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

pub async fn summary(pool: &SqlitePool, customer: &str) -> Result<Summary, sqlx::Error> {
    let name = format!("'{}'", customer.replace('\'', "''"));
    let count = format!("SELECT COUNT(*) FROM purchases WHERE customer = {name}");
    let sum = format!("SELECT COALESCE(SUM(price), 0) FROM purchases WHERE customer = {name}");
    let newest = format!("SELECT item FROM purchases WHERE customer = {name} ORDER BY rowid DESC LIMIT 1");
    let (purchases, spent, last) = try_join!(
        query_scalar(&count).fetch_one(pool),
        query_scalar(&sum).fetch_one(pool),
        query_scalar(&newest).fetch_one(pool),
    )?;
    Ok(Summary { purchases, spent, last })
}
