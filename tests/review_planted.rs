//! A fault of every kind, planted directly, behind one and behind three helpers, and inside `join!`, `select!` and `gather`.

use awaitlings::course::Track;
use awaitlings::review::{self, Criterion};
use std::collections::BTreeSet;

/// A rule, and statements that break it.
type Fault = (&'static str, &'static str);

const RUST_BLOCKING: [Fault; 14] = [
    ("busy-poll", "while !READY.load(Ordering::Acquire) {}"),
    ("blocking-sleep", "std::thread::sleep(std::time::Duration::from_secs(1));"),
    ("blocking-http", "reqwest::blocking::get(\"http://localhost\").ok();"),
    ("blocking-process", "std::process::Command::new(\"ls\").output().ok();"),
    ("blocking-file", "std::fs::read(\"data\").ok();"),
    ("blocking-input", "std::io::stdin().read_line(&mut String::new()).ok();"),
    ("blocking-socket", "std::net::TcpStream::connect(\"localhost:80\").ok();"),
    ("blocking-socket", "std::net::ToSocketAddrs::to_socket_addrs(\"localhost:80\").ok();"),
    ("blocking-database", "rusqlite::Connection::open(\"data\").ok();"),
    ("blocking-lock", "std::sync::Barrier::new(2).wait();"),
    ("blocking-join", "std::thread::spawn(|| ()).join().ok();"),
    ("blocking-queue", "let (_sender, receiver) = std::sync::mpsc::channel::<u8>(); receiver.recv().ok();"),
    ("blocking-runtime", "futures::executor::block_on(other());"),
    (
        "blocking-file",
        "for line in std::io::BufRead::lines(std::io::BufReader::new(std::fs::File::open(\"data\").unwrap())) { drop(line); }",
    ),
];

/// Faults of async code itself, which cannot stand in a sync helper.
const RUST_ASYNC: [Fault; 7] = [
    ("forgotten-await", "other();"),
    ("forgotten-await", "let _ = tokio::time::sleep(std::time::Duration::from_secs(1));"),
    ("lock-across-await", "let held = LOCK.lock().unwrap(); other().await; drop(held);"),
    ("permit-dropped", "let _ = LIMIT.acquire().await;"),
    ("dangling-task", "tokio::spawn(other());"),
    (
        "polling-sleep",
        "while !READY.load(Ordering::Acquire) { tokio::time::sleep(std::time::Duration::from_millis(5)).await; }",
    ),
    ("timeout-ignored", "let _ = tokio::time::timeout(std::time::Duration::from_secs(1), other()).await;"),
];

const RUST_HEAD: &str = "\
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
static LOCK: Mutex<u32> = Mutex::new(0);
static READY: AtomicBool = AtomicBool::new(false);
static LIMIT: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(1);
async fn other() {}
";

/// Where a Rust fault stands, by name; `FAULT` stands for its statements.
const RUST_PLACES: [(&str, &str); 8] = [
    ("directly", "async fn handler() { FAULT }"),
    ("in a block", "fn handler() -> impl Future<Output = ()> { async move { FAULT } }"),
    ("in join!", "async fn handler() { tokio::join!(async { FAULT }, other()); }"),
    (
        "in try_join!",
        "async fn handler() { let _done = tokio::try_join!(async { FAULT Ok::<(), ()>(()) }, async { Ok(()) }); }",
    ),
    (
        "in a future of select!",
        "async fn handler() { tokio::select! { () = async { FAULT } => {} () = other() => {} } }",
    ),
    ("in an arm of select!", "async fn handler() { tokio::select! { () = other() => { FAULT } } }"),
    ("in a task", "async fn handler() { tokio::spawn(async move { FAULT }).await.ok(); }"),
    ("in join_all", "async fn handler() { futures::future::join_all((0..3).map(|_| async { FAULT })).await; }"),
];

/// Places of a call to a helper that has the fault.
const HELPED: &str = "fn three() { FAULT }\nfn two() { three(); }\nfn one() { two(); }\n";

const PYTHON_BLOCKING: [Fault; 13] = [
    ("blocking-sleep", "time.sleep(1)"),
    ("blocking-http", "requests.get('http://localhost')"),
    ("blocking-http", "urllib.request.urlopen('http://localhost')"),
    ("blocking-process", "subprocess.run(['ls'])"),
    ("blocking-file", "Path('data').read_text()"),
    ("blocking-input", "input()"),
    ("blocking-socket", "socket.create_connection(('localhost', 80))"),
    ("blocking-database", "sqlite3.connect('data')"),
    ("blocking-lock", "threading.Event().wait()"),
    ("blocking-join", "concurrent.futures.ThreadPoolExecutor().submit(print).result()"),
    ("blocking-queue", "queue.Queue(1).get()"),
    ("blocking-runtime", "asyncio.run(other())"),
    ("blocking-file", "shutil.copy('data', 'more')"),
];

const PYTHON_ASYNC: [Fault; 12] = [
    ("forgotten-await", "other()"),
    ("forgotten-await", "asyncio.sleep(1)"),
    ("dangling-task", "asyncio.create_task(other())"),
    ("gather-list", "await asyncio.gather([other(), other()])"),
    ("lock-across-await", "with LOCK:\n    await other()"),
    ("busy-poll", "while not READY:\n    pass"),
    ("polling-sleep", "while not READY:\n    await asyncio.sleep(0.1)"),
    ("swallowed-cancel", "try:\n    await other()\nexcept asyncio.CancelledError:\n    pass\nawait other()"),
    ("swallowed-cancel", "try:\n    await other()\nexcept:\n    pass\nawait other()"),
    ("finally-swallows", "try:\n    await other()\nfinally:\n    return"),
    (
        "except-around-group",
        "try:\n    async with asyncio.TaskGroup() as group:\n        group.create_task(other())\nexcept ValueError:\n    pass",
    ),
    ("timeout-no-await", "async with asyncio.timeout(1):\n    print()"),
];

const PYTHON_HEAD: &str = "\
import asyncio, concurrent.futures, queue, requests, shutil, socket, sqlite3, subprocess, threading, time, urllib.request
from pathlib import Path

LOCK = threading.Lock()
READY = []

async def other():
    await asyncio.sleep(0)

";

/// Where a Python fault stands; `FAULT` stands alone on a line, with the indentation of its statements.
const PYTHON_PLACES: [(&str, &str); 5] = [
    ("directly", "async def handler():\n    FAULT\n"),
    (
        "in gather",
        "async def handler():\n    async def work():\n        FAULT\n    await asyncio.gather(work(), other())\n",
    ),
    (
        "in gather of many",
        "async def work(n):\n    FAULT\n\nasync def handler():\n    await asyncio.gather(*(work(n) for n in range(3)))\n",
    ),
    (
        "in a group",
        "async def work():\n    FAULT\n\nasync def handler():\n    async with asyncio.TaskGroup() as group:\n        group.create_task(work())\n",
    ),
    (
        "behind async helpers",
        "async def one():\n    FAULT\n\nasync def two():\n    await one()\n\nasync def handler():\n    await two()\n",
    ),
];

fn rules(track: Track, text: &str) -> BTreeSet<&'static str> {
    let (findings, problems) = review::read_text(&format!("planted.{}", track.extension()), track, text);
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    findings.iter().map(|finding| finding.rule).collect()
}

/// The template with the statements in place of `FAULT`, indented as it is.
fn plant(template: &str, fault: &str) -> String {
    let mut text = String::new();
    for line in template.lines() {
        match line.split_once("FAULT") {
            Some((indent, "")) if indent.trim().is_empty() => {
                fault.lines().for_each(|line| text.push_str(&format!("{indent}{line}\n")));
            }
            _ => text.push_str(&format!("{}\n", line.replace("FAULT", fault))),
        }
    }
    text
}

/// What is not found of the faults in the places, as sentences.
fn missed(track: Track, head: &str, places: &[(&str, String)], faults: &[Fault]) -> Vec<String> {
    let mut missed = Vec::new();
    for (name, template) in places {
        // The place itself is no fault.
        let quiet =
            rules(track, &format!("{head}{}", plant(template, if track == Track::Rust { ";" } else { "None" })));
        for (rule, fault) in faults {
            assert!(!quiet.contains(rule), "{name} itself has {rule}");
            let found = rules(track, &format!("{head}{}", plant(template, fault)));
            if !found.contains(rule) {
                missed.push(format!("{rule} {name}: {fault} (found: {found:?})"));
            }
        }
    }
    missed
}

fn owned(places: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    places.iter().map(|(name, template)| (*name, (*template).to_owned())).collect()
}

#[test]
fn blocking_rust_is_found_directly_behind_helpers_and_in_every_macro() {
    let mut missed = missed(Track::Rust, RUST_HEAD, &owned(&RUST_PLACES), &RUST_BLOCKING);
    let one = "fn one() { FAULT }\n";
    for (helpers, count) in [(one, "behind one helper"), (HELPED, "behind three helpers")] {
        let called = |(_, template): &(&str, &str)| (count, format!("{helpers}{}", plant(template, "one();")));
        let places: Vec<(&str, String)> = RUST_PLACES.iter().map(called).collect();
        missed.extend(self::missed(Track::Rust, RUST_HEAD, &places, &RUST_BLOCKING));
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn faults_of_async_rust_are_found_in_every_place() {
    let mut places = owned(&RUST_PLACES);
    let chain = "async fn three() { FAULT }\nasync fn two() { three().await; }\nasync fn one() { two().await; }\nasync fn handler() { one().await; }\n";
    places.push(("behind three async helpers", chain.to_owned()));
    // A task that is let go is found as itself, so the place that starts tasks says nothing of its own.
    let missed = missed(Track::Rust, RUST_HEAD, &places, &RUST_ASYNC);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn blocking_python_is_found_directly_behind_helpers_and_in_gather() {
    let mut missed = missed(Track::Python, PYTHON_HEAD, &owned(&PYTHON_PLACES), &PYTHON_BLOCKING);
    let one = "def first():\n    FAULT\n\n";
    let three = "def third():\n    FAULT\n\ndef second():\n    return third()\n\ndef first():\n    return second()\n\n";
    for (helpers, count) in [(one, "behind one helper"), (three, "behind three helpers")] {
        let called = |(_, template): &(&str, &str)| (count, format!("{helpers}{}", plant(template, "first()")));
        let places: Vec<(&str, String)> = PYTHON_PLACES.iter().map(called).collect();
        missed.extend(self::missed(Track::Python, PYTHON_HEAD, &places, &PYTHON_BLOCKING));
    }
    // As an argument, it runs before gather does.
    let argument = [(
        "in an argument of gather",
        "async def handler(take):\n    await asyncio.gather(take(FAULT), other())\n".to_owned(),
    )];
    missed.extend(self::missed(Track::Python, PYTHON_HEAD, &argument, &PYTHON_BLOCKING));
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn faults_of_async_python_are_found_in_every_place() {
    let missed = missed(Track::Python, PYTHON_HEAD, &owned(&PYTHON_PLACES), &PYTHON_ASYNC);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn every_blocking_rule_is_planted_in_both_languages() {
    // A project's own rule is planted in tests/review_command.rs, where there is a project.
    let rules = review::table().rules().iter().filter(|rule| rule.criterion == Criterion::NoBlocking);
    for rule in rules.filter(|rule| rule.id != "blocking-custom") {
        let planted = |faults: &[Fault]| faults.iter().any(|(id, _)| *id == rule.id);
        assert!(planted(&RUST_BLOCKING) || planted(&RUST_ASYNC), "{} in Rust", rule.id);
        assert!(planted(&PYTHON_BLOCKING) || planted(&PYTHON_ASYNC), "{} in Python", rule.id);
    }
}
