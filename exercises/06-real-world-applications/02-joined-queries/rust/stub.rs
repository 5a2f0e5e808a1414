//! Joined queries: three queries at once on a pool.

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

/// Asks the database three things about a customer, in the table `purchases (customer TEXT, item TEXT, price INTEGER)`.
///
/// # Errors
/// When a query fails, and when the customer has bought nothing (`sqlx::Error::RowNotFound`).
pub async fn summary(pool: &SqlitePool, customer: &str) -> Result<Summary, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let count = format!("SELECT COUNT(*) FROM purchases WHERE customer = '{customer}'");
    let purchases = query_scalar(&count).fetch_one(&mut *connection).await?;
    let sum = format!("SELECT COALESCE(SUM(price), 0) FROM purchases WHERE customer = '{customer}'");
    let spent = query_scalar(&sum).fetch_one(&mut *connection).await?;
    let newest = format!("SELECT item FROM purchases WHERE customer = '{customer}' ORDER BY rowid DESC LIMIT 1");
    let last = query_scalar(&newest).fetch_one(&mut *connection).await?;
    Ok(Summary { purchases, spent, last })
}
