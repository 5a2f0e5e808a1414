// notes: silent
// What looks like a fault and is none.
use std::sync::{Arc, Mutex, RwLock};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::runtime::Handle;

async fn done() {}

async fn reads(path: std::path::PathBuf) {
    let _text = match Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(move || std::fs::read(path)).await.unwrap_or_else(|_| Ok(Vec::new())),
        Err(_) => std::fs::read(path),
    };
    std::fs::read("x").ok(); // expect: blocking-file
}

#[cfg(feature = "local")]
async fn drain() {}
#[cfg(not(feature = "local"))]
fn drain() {}

async fn drains(mut jobs: tokio::sync::mpsc::Receiver<u32>) {
    drain();
    while jobs.try_recv().is_ok() {}
    while jobs.try_recv().is_err() {} // expect: busy-poll
}

struct Lists {
    rooms: RwLock<Vec<u32>>,
    lists: tokio::sync::RwLock<Vec<u32>>,
}

impl Lists {
    async fn any(&self) -> bool {
        !self.rooms.read().unwrap().is_empty() || !self.lists.read().await.is_empty()
    }
}

struct Cache {
    known: dashmap::DashMap<String, u32>,
}

impl Cache {
    async fn get(&self, name: &str) -> u32 {
        if let Some(known) = self.known.get(name) {
            *known
        } else {
            done().await;
            0
        }
    }
}

struct Guard<T>(T);
struct First;
struct Second;

impl Guard<First> {
    async fn tell(&self) {}
}

impl Guard<Second> {
    fn tell(&self) {}
}

async fn tells(guard: Guard<Second>) {
    guard.tell();
}

fn spin(ready: &AtomicBool) {
    while !ready.load(Ordering::Acquire) {}
}

async fn spins(ready: Arc<AtomicBool>, count: Arc<Mutex<u32>>) {
    spin(&ready); // expect: busy-poll
    *count.lock().unwrap() += 1;
}
