//! How long the review takes: `cargo bench --bench review [-- FOLDER...]`.
//!
//! Without folders it reads 100,000 generated lines of each language; with folders, what is in them. The goal is 100,000
//! lines in under a second on one core; the review uses one.

use awaitlings::review::{self, FromProcesses, ReviewArgs};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const RUNS: usize = 5;
const LINES: usize = 100_000;

fn main() {
    let folders: Vec<PathBuf> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from).collect();
    if folders.is_empty() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (name, unit) in [("python.py", PYTHON), ("rust.rs", RUST)] {
            let sub = folder.path().join(name.split('.').next().unwrap_or(name));
            std::fs::create_dir_all(&sub).expect("a folder can be made in it");
            let per_file = 1_000 / unit.lines().count();
            for nth in 0..LINES / 1_000 {
                let text: String = (0..per_file).map(|part| unit.replace("NAME", &format!("n{nth}_{part}"))).collect();
                std::fs::write(sub.join(format!("m{nth}_{name}")), text).expect("a file can be written");
            }
            measure(name, &sub);
        }
    }
    for folder in folders {
        measure(&folder.display().to_string(), &folder);
    }
}

fn measure(name: &str, folder: &std::path::Path) {
    let args = ReviewArgs { paths: vec![folder.to_owned()], ..ReviewArgs::default() };
    let mut times: Vec<Duration> = Vec::new();
    let (mut lines, mut findings) = (0, 0);
    for _ in 0..RUNS {
        let start = Instant::now();
        let report = review::report(&args, FromProcesses::default()).expect("the folder can be read");
        times.push(start.elapsed());
        (lines, findings) = (report.lines, report.findings.len());
    }
    times.sort();
    let best = times[0];
    let per_lines = best.as_secs_f64() * LINES as f64 / lines.max(1) as f64;
    println!(
        "{name}: {lines} lines, {findings} findings, best of {RUNS} {best:.3?}: {per_lines:.3} s per {LINES} lines"
    );
}

const PYTHON: &str = r#"
import asyncio
import time
from pathlib import Path

class NAMEService:
    """A service with some state."""

    def __init__(self, path: Path, limit: int = 10) -> None:
        self.path = path
        self.limit = asyncio.Semaphore(limit)
        self.cache: dict[str, bytes] = {}

    def load(self, name: str) -> bytes:
        if name not in self.cache:
            self.cache[name] = (self.path / name).read_bytes()
        return self.cache[name]

    async def fetch(self, session, url: str) -> str:
        async with self.limit, session.get(url) as response:
            response.raise_for_status()
            return await response.text()

    async def handler(self, session, names: list[str]) -> dict[str, str]:
        results = {}
        for name in names:
            try:
                results[name] = await self.fetch(session, f"https://example.org/{name}")
            except ValueError as error:
                print("failed", name, error)
                raise
        data = self.load(names[0]) if names else b""
        return {**results, "size": str(len(data))}

async def NAME_main() -> None:
    service = NAMEService(Path("."))
    tasks = [asyncio.create_task(service.handler(None, [str(n)])) for n in range(3)]
    for done in await asyncio.gather(*tasks):
        print(sorted(done.items())[:3])
"#;

const RUST: &str = r#"
mod NAME {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    pub struct Service {
        path: std::path::PathBuf,
        cache: Arc<Mutex<HashMap<String, Vec<u8>>>>,
        limit: Arc<tokio::sync::Semaphore>,
    }

    impl Service {
        pub fn new(path: std::path::PathBuf) -> Service {
            Service { path, cache: Arc::default(), limit: Arc::new(tokio::sync::Semaphore::new(8)) }
        }

        fn load(&self, name: &str) -> std::io::Result<Vec<u8>> {
            if let Some(found) = self.cache.lock().unwrap().get(name) {
                return Ok(found.clone());
            }
            let bytes = std::fs::read(self.path.join(name))?;
            self.cache.lock().unwrap().insert(name.to_owned(), bytes.clone());
            Ok(bytes)
        }

        pub async fn fetch(&self, client: &reqwest::Client, url: &str) -> reqwest::Result<String> {
            let _permit = self.limit.acquire().await.expect("it is never closed");
            client.get(url).timeout(Duration::from_secs(5)).send().await?.text().await
        }

        pub async fn handler(&self, client: &reqwest::Client, names: &[String]) -> usize {
            let mut total = 0;
            for name in names {
                match self.fetch(client, &format!("https://example.org/{name}")).await {
                    Ok(text) => total += text.len(),
                    Err(error) => eprintln!("{name}: {error}"),
                }
            }
            tokio::select! {
                _ = tokio::time::sleep(Duration::from_millis(1)) => total += 1,
                _ = tokio::signal::ctrl_c() => println!("stopped"),
            }
            total + self.load("index").map(|bytes| bytes.len()).unwrap_or_default()
        }
    }
}
"#;
