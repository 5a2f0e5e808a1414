// Further ways to block, as people write them.
use lazy_static::lazy_static;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::sync::{LazyLock, Mutex, OnceLock};
use std::thread::JoinHandle;

static TABLE: LazyLock<Mutex<Vec<u32>>> = LazyLock::new(|| Mutex::new(Vec::new()));
static ONCE: OnceLock<Mutex<u32>> = OnceLock::new();

lazy_static! {
    static ref OLD: Mutex<u32> = Mutex::new(0);
}

async fn done() {}

async fn work(_: usize) {}

async fn statics() {
    let table = TABLE.lock().unwrap(); // expect: lock-across-await
    done().await;
    drop(table);
    let once = ONCE.get().unwrap().lock().unwrap(); // expect: lock-across-await
    done().await;
    drop(once);
    let old = OLD.lock().unwrap(); // expect: lock-across-await
    done().await;
    drop(old);
}

enum Command {
    Join(JoinHandle<u32>),
    Wait { jobs: Receiver<u32> },
}

async fn commands(command: Command) {
    match command {
        Command::Join(handle) => drop(handle.join()), // expect: blocking-join
        Command::Wait { jobs } => drop(jobs.recv()), // expect: blocking-queue
    }
}

async fn workers(mut threads: Vec<JoinHandle<u32>>, last: Option<JoinHandle<u32>>) {
    for thread in threads.drain(..) {
        thread.join().unwrap(); // expect: blocking-join
    }
    if let Some(thread) = last {
        thread.join().unwrap(); // expect: blocking-join
    }
}

async fn spins(jobs: Receiver<u32>, start: std::time::Instant) {
    while let Err(TryRecvError::Empty) = jobs.try_recv() {} // expect: busy-poll
    while start.elapsed().as_secs() < 1 {} // expect: busy-poll
    let _value = loop {
        match jobs.try_recv() { // expect: busy-poll
            Ok(value) => break value,
            Err(_) => continue,
        }
    };
}

struct Queue {
    items: Mutex<VecDeque<u32>>,
}

impl Queue {
    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<u32>> {
        self.items.lock().unwrap_or_else(|error| error.into_inner())
    }

    async fn take(&self) {
        let mut items = self.lock(); // expect: lock-across-await
        done().await;
        items.pop_front();
    }

    async fn temporary(&self) {
        work(self.lock().len()).await; // expect: lock-across-await
    }
}

trait Job {
    async fn run(&self);
}

impl Job for Queue {
    async fn run(&self) {
        std::thread::sleep(std::time::Duration::from_secs(1)); // expect: blocking-sleep
    }
}

fn boxed() -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        std::thread::sleep(std::time::Duration::from_secs(1)); // expect: blocking-sleep
    })
}

async fn closure() {
    let work = async |name: &str| std::fs::read(name); // expect: blocking-file
    work("x").await.ok();
}

mod globs {
    use std::sync::{mpsc::Receiver, *};

    struct App {
        jobs: Mutex<Receiver<u32>>,
        table: Arc<RwLock<u32>>,
    }

    impl App {
        async fn take(&self, barrier: Arc<Barrier>, pair: Arc<(Mutex<bool>, Condvar)>) {
            let _job = self.jobs.lock().unwrap().recv(); // expect: blocking-queue
            barrier.clone().wait(); // expect: blocking-lock
            let (lock, ready) = &*pair;
            let mut started = lock.lock().unwrap();
            while !*started {
                started = ready.wait(started).unwrap(); // expect: blocking-lock
            }
        }

        async fn write(&self) {
            let mut table = self.table.write().unwrap(); // expect: lock-across-await
            super::done().await;
            *table += 1;
        }
    }
}
