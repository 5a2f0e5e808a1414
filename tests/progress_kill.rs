//! The store of progress against kills and against other programs.
//!
//! The saver is this very test program, started again with `AWAITLINGS_TEST_SAVER` set: it records attempts one by one and
//! prints a line for each that is saved.

use awaitlings::course::Track;
use awaitlings::progress::{Attempt, Outcome, Progress, Store};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

const VARIABLE: &str = "AWAITLINGS_TEST_SAVER";

/// What every saver records attempts of, in turn with an exercise of its own.
const SHARED: &str = "fan-out";

fn attempt(exercise: &str, second: u64) -> Attempt {
    Attempt {
        exercise: exercise.to_owned(),
        track: Track::Rust,
        when: jiff::Timestamp::from_second(second.try_into().unwrap()).unwrap(),
        outcome: Outcome::Failed,
        tests_passed: 1,
        tests_total: 5,
        duration: Duration::from_millis(170),
        content: format!("{exercise} {second}"),
        criteria: BTreeMap::from([(format!("criterion-{}", second % 5), vec!["a::b".to_owned()])]),
    }
}

/// Nothing on its own; as a saver it records until it has done all or is killed.
#[test]
fn saver() {
    let Ok(task) = std::env::var(VARIABLE) else { return };
    let [folder, own, number] = task.split('|').collect::<Vec<_>>()[..] else { panic!("{task}") };
    let (mut store, notices) = Store::open(Path::new(folder));
    assert_eq!(notices, []);
    let start = all_attempts(store.progress());
    for n in 0..number.parse().unwrap() {
        let exercise = if n % 2 == 0 { SHARED } else { own };
        assert_eq!(store.record(attempt(exercise, start + n)), []);
        let mut out = std::io::stdout().lock();
        writeln!(out, "saved {}", start + n).and_then(|()| out.flush()).unwrap();
    }
}

fn start_saver(folder: &Path, own: &str, number: u64) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "saver", "--nocapture", "--test-threads=1"])
        .env(VARIABLE, format!("{}|{own}|{number}", folder.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap());
    (child, lines)
}

/// The next attempt that the saver says it has saved; `None` when it has ended. A line cut short by the kill says nothing.
fn next_saved(lines: &mut BufReader<ChildStdout>) -> Option<u64> {
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).unwrap() == 0 || !line.ends_with('\n') {
            return None;
        }
        // The test harness prints the test's name in front of the first.
        if let Some((_, second)) = line.split_once("saved ") {
            return Some(second.trim().parse().unwrap());
        }
    }
}

fn all_attempts(progress: &Progress) -> u64 {
    [SHARED, "own", "one", "other"].iter().map(|id| attempts(progress, id)).sum()
}

fn attempts(progress: &Progress, exercise: &str) -> u64 {
    progress.of(exercise, Track::Rust).map_or(0, |done| done.attempts)
}

/// Numbers that look random and are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

#[test]
fn three_hundred_kills_lose_nothing_that_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = Numbers(0x5eed);
    let (mut total, mut saved_all) = (0, 0);
    for round in 0..300 {
        let (mut child, mut lines) = start_saver(folder.path(), "own", u64::MAX);
        let mut last = next_saved(&mut lines).expect("the saver saves");
        let mut saved = 1;
        for _ in 0..numbers.below(4) {
            last = next_saved(&mut lines).expect("the saver goes on");
            saved += 1;
        }
        // So that the kill falls anywhere in a save.
        for _ in 0..numbers.below(200_000) {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        while let Some(second) = next_saved(&mut lines) {
            last = second;
            saved += 1;
        }

        let (store, notices) = Store::open(folder.path());
        assert_eq!(notices, [], "round {round}");
        let now = all_attempts(store.progress());
        // At most one was saved without the saver living to say so.
        assert!((total + saved..=total + saved + 1).contains(&now), "round {round}: {total} + {saved}, but {now}");
        let newest = [SHARED, "own"].iter().filter_map(|id| store.progress().of(id, Track::Rust)?.last_attempt).max();
        assert!(newest.unwrap().as_second() >= i64::try_from(last).unwrap(), "round {round}");
        total = now;
        saved_all += saved;
    }
    assert!(saved_all >= 300 && total <= saved_all + 300);
    let done = Store::open(folder.path()).0.progress().of(SHARED, Track::Rust).unwrap().clone();
    assert_eq!((done.evidence.len(), done.recent.len()), (5, 10));
}

#[test]
fn two_programs_at_once_keep_all_of_six_hundred() {
    let folder = tempfile::tempdir().unwrap();
    let savers = ["one", "other"].map(|own| start_saver(folder.path(), own, 300));
    for (mut child, mut lines) in savers {
        let mut saved = 0;
        while next_saved(&mut lines).is_some() {
            saved += 1;
        }
        assert!(child.wait().unwrap().success());
        assert_eq!(saved, 300);
    }
    let (store, notices) = Store::open(folder.path());
    assert_eq!(notices, []);
    let of = |exercise| attempts(store.progress(), exercise);
    assert_eq!((of(SHARED), of("one"), of("other")), (300, 150, 150));
}
