use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool, query};

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
    let purchases = tokio::spawn(ask(pool.clone(), COUNT, customer.to_owned())).await.expect("it does not panic")?;
    let spent = tokio::spawn(ask(pool.clone(), SUM, customer.to_owned())).await.expect("it does not panic")?;
    let last = tokio::spawn(ask(pool.clone(), LAST, customer.to_owned())).await.expect("it does not panic")?;
    let (purchases, spent, last) = (purchases.try_get(0)?, spent.try_get(0)?, last.try_get(0)?);
    Ok(Summary { purchases, spent, last })
}

async fn ask(pool: SqlitePool, sql: &'static str, customer: String) -> Result<SqliteRow, sqlx::Error> {
    query(sql).bind(customer).fetch_one(&pool).await
}
