use harness::{caught, expect, timeline};
use solution::{Summary, summary};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection, SqliteConnection, SqlitePool, query};
use std::path::PathBuf;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// How long a right answer's queries may take to be there together; none needs it.
const PATIENCE: Duration = Duration::from_secs(3);

/// A database in a file of its own, and pools on it that count.
struct Database {
    file: PathBuf,
}

impl Database {
    /// Four customers, one of whom has an apostrophe.
    async fn new(test: &str) -> Database {
        let file = std::env::temp_dir().join(format!("purchases-{test}-{}.db", std::process::id()));
        // Left by an earlier run under plain `cargo test`.
        let _ = std::fs::remove_file(&file);
        let database = Database { file };
        let mut connection = database.connection().await;
        run(&mut connection, "CREATE TABLE purchases (customer TEXT, item TEXT, price INTEGER)").await;
        let rows = [("Ada", "tea", 3), ("Bob", "cake", 4), ("Ada", "soup", 5), ("O'Brien", "stew", 9), ("Ada", "fish", 12)];
        for (customer, item, price) in rows {
            let insert = query("INSERT INTO purchases VALUES (?, ?, ?)").bind(customer).bind(item).bind(price);
            insert.execute(&mut connection).await.expect("the row is written");
        }
        connection.close().await.expect("the file is closed");
        database
    }

    fn options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new().filename(&self.file).create_if_missing(true).busy_timeout(2 * PATIENCE)
    }

    async fn connection(&self) -> SqliteConnection {
        SqliteConnection::connect_with(&self.options()).await.expect("the file can be opened")
    }

    /// A pool of so many connections, all of them open.
    async fn pool(&self, size: u32, usage: &Usage) -> SqlitePool {
        let (taken, given_back) = (usage.clone(), usage.clone());
        let pool = SqlitePoolOptions::new()
            .min_connections(size)
            .max_connections(size)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .before_acquire(move |_, _| {
                taken.take();
                Box::pin(async { Ok(true) })
            })
            .after_release(move |_, _| {
                given_back.give_back();
                Box::pin(async { Ok(true) })
            });
        let pool = pool.connect_with(self.options()).await.expect("the file can be opened");
        // The pool has just tried one of them.
        usage.0.send_replace((0, 0));
        pool
    }
}

/// How many connections of a pool are in use, and how often one was taken.
#[derive(Clone)]
struct Usage(watch::Sender<(usize, usize)>);

impl Usage {
    fn new() -> Usage {
        Usage(watch::Sender::new((0, 0)))
    }

    fn take(&self) {
        timeline::mark("connection taken");
        self.0.send_modify(|(now, taken)| (*now, *taken) = (*now + 1, *taken + 1));
    }

    fn give_back(&self) {
        timeline::mark("connection given back");
        self.0.send_modify(|(now, _)| *now -= 1);
    }
}

async fn run(connection: &mut SqliteConnection, sql: &'static str) {
    query(sql).execute(connection).await.expect("the statement is right");
}

/// Asks on a pool of three.
async fn asked(test: &str, customer: &str) -> Result<Summary, sqlx::Error> {
    let database = Database::new(test).await;
    let pool = database.pool(3, &Usage::new()).await;
    summary(&pool, customer).await
}

/// How an answer is quoted.
fn told(answer: &Result<Summary, sqlx::Error>) -> String {
    match answer {
        Ok(Summary { purchases, spent, last }) => format!("{purchases}, {spent}, {last}"),
        Err(sqlx::Error::RowNotFound) => "RowNotFound".to_owned(),
        Err(error) => error.to_string(),
    }
}

mod patterns {
    use super::*;

    #[tokio::test]
    async fn the_summary_is_right() {
        let did = told(&asked("right", "Ada").await);
        expect(did == "3, 20, fish", "other-summary", did, "3, 20, fish");
    }

    #[tokio::test]
    async fn three_queries_at_once() {
        let database = Database::new("at-once").await;
        let usage = Usage::new();
        let pool = database.pool(3, &usage).await;
        let mut writer = database.connection().await;
        // Until it is committed, no query gets further than its connection.
        run(&mut writer, "BEGIN EXCLUSIVE").await;
        let asking = tokio::spawn(async move { summary(&pool, "Ada").await });
        let mut in_use = usage.0.subscribe();
        let together = timeout(PATIENCE, in_use.wait_for(|(now, _)| *now == 3)).await.is_ok();
        let (now, _) = *usage.0.borrow();
        run(&mut writer, "COMMIT").await;
        let answer = asking.await;
        let (_, taken) = *usage.0.borrow();
        let message = if taken <= 1 { "one-connection" } else { "one-after-another" };
        expect(together, message, now, 3);
        assert!(answer.is_ok_and(|answer| answer.is_ok()), "the queries were held up, and then failed");
    }

    #[tokio::test]
    async fn a_small_pool_is_enough() {
        let database = Database::new("small").await;
        let pool = database.pool(1, &Usage::new()).await;
        let did = told(&summary(&pool, "Ada").await);
        expect(did == "3, 20, fish", "holds-and-waits", did, "3, 20, fish");
    }

    #[tokio::test]
    async fn a_name_is_a_name() {
        let did = told(&asked("apostrophe", "O'Brien").await);
        expect(did == "1, 9, stew", "built-sql", did, "1, 9, stew");
    }

    #[tokio::test]
    async fn a_name_is_no_sql() {
        let did = told(&asked("injection", "x' OR '1'='1").await);
        let everybody = did.ends_with("fish");
        expect(!everybody, "injected", did, "RowNotFound");
    }

    #[tokio::test]
    async fn one_statement_serves_all_names() {
        let database = Database::new("statements").await;
        let pool = database.pool(1, &Usage::new()).await;
        for customer in ["Ada", "Bob", "O'Brien", "Cleo", "Dan"] {
            let _ = summary(&pool, customer).await;
        }
        let Ok(connection) = pool.acquire().await else { return };
        let statements = connection.cached_statements_size();
        expect(statements <= 3, "statement-per-name", statements, 3);
    }
}

mod errors {
    use super::*;

    #[tokio::test]
    async fn an_unknown_customer_is_an_error() {
        let answer = caught(asked("unknown", "Cleo")).await;
        match answer {
            Ok(answer) => expect(answer.is_err(), "error-hidden", told(&answer), "RowNotFound"),
            Err(panicked) => expect(false, "panics", panicked, "RowNotFound"),
        }
    }

    #[tokio::test]
    async fn a_broken_table_is_an_error() {
        let database = Database::new("broken").await;
        let pool = database.pool(3, &Usage::new()).await;
        run(&mut database.connection().await, "DROP TABLE purchases").await;
        match caught(summary(&pool, "Ada")).await {
            Ok(answer) => expect(answer.is_err(), "error-hidden", told(&answer), "no such table: purchases"),
            Err(panicked) => expect(false, "panics", panicked, "no such table: purchases"),
        }
    }
}
