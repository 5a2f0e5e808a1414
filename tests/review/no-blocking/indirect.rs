// The same faults behind helpers, in macros, blocks and closures that run on the spot.
use std::time::Duration;

fn pause() {
    std::thread::sleep(Duration::from_millis(5));
}

fn two() {
    pause();
}

fn three() {
    two();
}

struct Store {
    path: std::path::PathBuf,
    jobs: std::sync::mpsc::Receiver<u32>,
}

impl Store {
    fn load(&self) -> std::io::Result<String> {
        self.read()
    }

    fn read(&self) -> std::io::Result<String> {
        std::fs::read_to_string(&self.path)
    }

    async fn handler(&self) -> std::io::Result<String> {
        self.jobs.recv().ok(); // expect: blocking-queue
        self.load() // expect: blocking-file
    }
}

trait Source {
    fn fetch(&self) -> Vec<u8> {
        std::fs::read("x").unwrap_or_default()
    }
}

struct Disk;
impl Source for Disk {}

async fn through_a_trait(disk: Disk) {
    disk.fetch(); // expect: blocking-file
}

async fn behind_one() {
    pause(); // expect: blocking-sleep
}

async fn behind_three() {
    three(); // expect: blocking-sleep
}

async fn in_join() {
    let (_a, _b) = tokio::join!(
        async {
            std::thread::sleep(Duration::from_secs(1)); // expect: blocking-sleep
        },
        async { three() }, // expect: blocking-sleep
    );
    let _result: Result<((), ()), ()> = futures::try_join!(async { Ok(pause()) }, async { Ok(()) }); // expect: blocking-sleep
}

async fn in_select(mut stop: tokio::sync::mpsc::Receiver<()>) {
    loop {
        tokio::select! {
            biased;
            _ = stop.recv() => {
                pause(); // expect: blocking-sleep
                break;
            }
            _ = async { std::fs::read("x").ok() } => {} // expect: blocking-file
            else => three(), // expect: blocking-sleep
        }
    }
}

async fn in_spawn() -> Result<(), tokio::task::JoinError> {
    tokio::spawn(async move {
        let _text = std::fs::read_to_string("x"); // expect: blocking-file
    })
    .await
}

async fn in_closures(names: Vec<String>) -> Vec<String> {
    names
        .iter()
        .map(|name| std::fs::read_to_string(name).unwrap_or_default()) // expect: blocking-file
        .collect()
}

async fn in_format() {
    println!("{:?}", std::fs::read("x")); // expect: blocking-file
    assert!(std::fs::read("x").is_ok()); // expect: blocking-file
}

fn as_stream() -> impl futures::Stream<Item = u32> {
    async_stream::stream! {
        std::thread::sleep(Duration::from_secs(1)); // expect: blocking-sleep
        yield 1;
    }
}

async fn renamed() {
    use std::thread::sleep as nap;
    use std::{fs as files, thread::*};
    nap(Duration::from_secs(1)); // expect: blocking-sleep
    let _ = files::read("x"); // expect: blocking-file
    park(); // expect: blocking-sleep
}

mod inner {
    pub use std::thread::sleep as snooze;
    pub mod deeper {
        pub(crate) fn load() -> Vec<u8> {
            super::super::read_all()
        }
    }
}

fn read_all() -> Vec<u8> {
    std::fs::read("x").unwrap_or_default()
}

async fn through_modules() {
    inner::snooze(Duration::from_secs(1)); // expect: blocking-sleep
    inner::deeper::load(); // expect: blocking-file
}
