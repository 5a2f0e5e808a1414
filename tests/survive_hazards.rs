//! The same content has the same verdict and other content its own, whatever the time stamps say, whoever judges at
//! the same time, and whatever was killed before.

mod survive;

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Barrier;
use std::time::{Duration, SystemTime};
use survive::{ANSWER, Own, Place, answering, printed};

/// Writes a file and gives it a time of change.
fn write_at(path: &Path, text: &str, changed: SystemTime) {
    fs::write(path, text).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(changed).unwrap();
}

/// A solution of `stop` that passes, or one that fails.
fn stopping(right: bool) -> String {
    let ask = if right { "api.fetch(1).await" } else { "tokio::spawn(async move { api.fetch(1).await }).await" };
    format!("pub async fn ask(api: harness::Api) {{ let _ = {ask}; }}\n")
}

#[test]
fn content_decides_and_never_a_time_stamp() {
    let own = Own::new();
    let file = own.work().join("a.rs");
    let start = SystemTime::now();
    let ages = [0, 0, 0, 3600, 7200, 3600, 0, 1, 1, 2];
    for (round, age) in ages.into_iter().enumerate() {
        let right = round % 2 == 0;
        // Of one size, too.
        let text = answering(if right { "42" } else { "41" });
        write_at(&file, &text, start - Duration::from_secs(age));
        // Judged anew at first, from the cache later.
        let more: &[&str] = if round < 6 { &["--again"] } else { &[] };
        let printed = printed(&mut own.command(&[&["run", "answer", "--file", "a.rs"], more].concat()));
        assert_eq!(printed.code, Some(i32::from(!right)), "round {round}: {}", printed.text);
    }
    own.assert_no_temporary_file();
}

#[test]
fn verdicts_are_kept_by_content_and_only_those_that_last() {
    let own = Own::new();
    let judge = |body: &str| {
        fs::write(own.work().join("a.rs"), answering(body)).unwrap();
        let printed = printed(&mut own.command(&["run", "answer", "--file", "a.rs", "--format", "json"]));
        let verdict: awaitlings::runner::Verdict = serde_json::from_str(&printed.text).unwrap();
        (verdict.from_cache, verdict.passed())
    };
    assert_eq!([judge("42"), judge("42")], [(false, true), (true, true)]);
    assert_eq!([judge("41"), judge("41"), judge("42")], [(false, false), (true, false), (true, true)]);
    assert_eq!([judge("std::process::exit(0)"); 2], [(false, false); 2]);
    let hanging = "loop { std::thread::park() }";
    assert_eq!([judge(hanging), judge(hanging)], [(false, false); 2]);
    // A verdict that was damaged is none.
    for entry in fs::read_dir(own.cache().join("verdicts")).unwrap() {
        fs::write(entry.unwrap().path(), "{\"version\":1").unwrap();
    }
    assert_eq!([judge("42"), judge("42")], [(false, true), (true, true)]);
}

#[test]
fn programs_at_once_do_not_mix_their_verdicts() {
    let own = Own::new();
    let start = Barrier::new(3);
    let rounds = |worker: usize| {
        let file = own.work().join(format!("{worker}.rs"));
        let round = |round: usize| {
            let right = (round + worker).is_multiple_of(2);
            // The third worker alternates between two exercises, the others share one.
            let stops = worker == 2 && !round.is_multiple_of(3);
            let text = if stops { stopping(right) } else { answering(if right { "42" } else { "41" }) };
            fs::write(&file, text).unwrap();
            let exercise = if stops { "stop" } else { ANSWER };
            start.wait();
            let judged = printed(&mut own.command(&["run", exercise, "--file", file.to_str().unwrap(), "--again"]));
            (judged.code == Some(i32::from(!right))).then_some(()).ok_or((worker, round, judged.text))
        };
        // All of them, so that nobody waits for a worker that has given up.
        (0..6).map(round).collect::<Vec<_>>()
    };
    let judged: Vec<_> = std::thread::scope(|scope| {
        let rounds = &rounds;
        let workers: Vec<_> = (0..3).map(|worker| scope.spawn(move || rounds(worker))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let wrong: Vec<_> = judged.into_iter().filter_map(Result::err).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    own.assert_no_temporary_file();
    own.assert_no_process();
}

/// The program, judging a file that it will be killed for.
fn judging(own: &Own, source: &str) -> Child {
    fs::write(own.work().join("a.rs"), source).unwrap();
    let mut command = own.command(&["run", "answer", "--file", "a.rs", "--again"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn a_program_that_is_killed_leaves_no_process_and_the_next_one_judges_right() {
    let own = Own::new();
    for round in 0..24_usize {
        let right = round % 2 == 0;
        let mut child = judging(&own, &answering(if right { "41" } else { "42" }));
        // So that the kill falls anywhere in a build or a run: a look at all processes takes a few milliseconds.
        for _ in 0..round * 7 % 83 {
            own.processes();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // At once, while a linker may still be at work.
        fs::write(own.work().join("a.rs"), answering(if right { "42" } else { "41" })).unwrap();
        let printed = printed(&mut own.command(&["run", "answer", "--file", "a.rs", "--again"]));
        assert_eq!(printed.code, Some(i32::from(!right)), "round {round}: {}", printed.text);
        own.assert_no_process();
    }
    own.assert_no_temporary_file();
}

/// Waits until a hidden test's process runs.
fn wait_for_a_test(own: &Own, child: &mut Child) {
    while !own.processes().iter().any(|process| process.contains("/hidden/hidden\"")) {
        assert!(child.try_wait().unwrap().is_none(), "it has ended before");
    }
}

#[test]
fn tests_that_never_end_die_with_the_program() {
    let own = Own::new();
    for signal in [rustix::process::Signal::KILL, rustix::process::Signal::INT] {
        let mut child = judging(&own, &answering("loop { std::thread::park() }"));
        wait_for_a_test(&own, &mut child);
        let id = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        rustix::process::kill_process(id, signal).unwrap();
        let code = child.wait().unwrap().code();
        assert_eq!(code, if signal == rustix::process::Signal::INT { Some(130) } else { None });
        own.assert_no_process();
    }
    // What the first left, the second has removed.
    own.assert_no_temporary_file();
}

#[test]
fn judging_that_is_given_up_leaves_nothing_and_the_next_judges_right() {
    let mut place = Place::new("dropped");
    for round in 0..30_u32 {
        let right = round % 2 == 0;
        let time = Duration::from_millis(u64::from(round * 17 % 500));
        place.judge_within(ANSWER, &answering(if right { "41" } else { "42" }), time);
        let verdict = place.judge(ANSWER, &answering(if right { "42" } else { "41" }));
        assert_eq!(verdict.passed(), right, "round {round}");
    }
}
