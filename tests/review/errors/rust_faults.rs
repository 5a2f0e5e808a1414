// Results of tasks and time-outs.
use std::time::Duration;

async fn work() -> Result<u32, std::io::Error> {
    Ok(1)
}

pub async fn unwraps() -> Result<u32, Box<dyn std::error::Error>> {
    let handle = tokio::spawn(work());
    let first = handle.await.unwrap()?; // expect: join-error-unwrapped
    let second = tokio::spawn(work()).await.expect("it ends")?; // expect: join-error-unwrapped
    let third = tokio::task::spawn_blocking(|| 1).await.unwrap(); // expect: join-error-unwrapped
    let fine = tokio::spawn(work()).await??;
    let also = tokio::spawn(work()).await?.unwrap();
    Ok(first + second + third + fine + also)
}

pub async fn set(mut tasks: tokio::task::JoinSet<u32>) {
    while let Some(result) = tasks.join_next().await {
        result.unwrap(); // expect: join-error-unwrapped
    }
    tasks.join_next().await.unwrap().ok();
}

pub async fn joined() {
    let (one, other) = (tokio::spawn(work()), tokio::spawn(work()));
    let (one, other) = tokio::join!(one, other);
    one.unwrap().ok(); // expect: join-error-unwrapped
    other.ok();
}

pub async fn ignores() {
    let _ = tokio::time::timeout(Duration::from_secs(1), work()).await; // expect: timeout-ignored
    let done = tokio::time::timeout(Duration::from_secs(1), work()).await;
    drop(done);
}

pub async fn dials(address: &str) -> std::io::Result<()> {
    tokio::net::TcpStream::connect(address).await?; // expect: network-no-timeout
    tokio::time::timeout(Duration::from_secs(1), tokio::net::TcpStream::connect(address)).await??;
    Ok(())
}
