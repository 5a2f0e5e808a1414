// What must stay silent.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::sleep;

pub async fn awaited(mut jobs: tokio::sync::mpsc::Receiver<u32>, stop: tokio::sync::oneshot::Receiver<()>) {
    sleep(Duration::from_millis(1)).await;
    jobs.recv().await;
    stop.await.ok();
    tokio::fs::read("x").await.ok();
}

pub async fn moved_off() -> Result<Vec<u8>, tokio::task::JoinError> {
    std::thread::spawn(|| std::thread::sleep(Duration::from_secs(1)));
    let block = tokio::task::block_in_place(|| std::fs::read("y"));
    drop(block);
    let inner = tokio::task::spawn_blocking(|| {
        let handle = tokio::runtime::Handle::current();
        handle.block_on(async { std::fs::read("x").unwrap_or_default() })
    });
    inner.await
}

pub async fn short_section(count: Arc<Mutex<u32>>) {
    {
        let mut guard = count.lock().unwrap();
        *guard += 1;
    }
    let value = *count.lock().unwrap();
    let copy = count.lock().unwrap().clone();
    sleep(Duration::from_millis((value + copy).into())).await;
}

pub async fn own_names() {
    fn sleep_here() {}
    mod_thread::sleep();
    sleep_here();
}

mod mod_thread {
    pub fn sleep() {}
}

pub fn sync_code() {
    std::thread::sleep(Duration::from_secs(1));
    std::fs::read("x").ok();
}

pub async fn nested_function() {
    #[allow(dead_code)]
    fn never_called() {
        std::thread::sleep(Duration::from_secs(1));
    }
    let later = || std::fs::read("x");
    tokio::task::spawn_blocking(later).await.ok();
}

pub async fn drains(rx: std::sync::mpsc::Receiver<u32>) {
    while let Ok(_value) = rx.try_recv() {}
    loop {
        match rx.try_recv() {
            Ok(value) => drop(value),
            Err(_) => break,
        }
    }
}

pub async fn memory() -> Vec<u8> {
    use std::io::{BufRead, Read, Write};
    let mut out = Vec::new();
    out.write_all(b"x").ok();
    let mut reader = std::io::BufReader::new(&b"abc"[..]);
    let mut line = String::new();
    reader.read_line(&mut line).ok();
    std::io::Cursor::new(vec![1]).read(&mut out).ok();
    out
}

pub async fn tokio_file() -> std::io::Result<()> {
    use tokio::io::AsyncReadExt;
    let mut file = tokio::fs::File::open("x").await?;
    let mut text = String::new();
    file.read_to_string(&mut text).await?;
    let mut child = tokio::process::Command::new("ls").spawn()?;
    child.wait().await?;
    Ok(())
}
