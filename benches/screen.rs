//! The screen's figures, with what they are compared to: `cargo bench --bench screen`.
//!
//! - key to frame on a lesson of 2,000 lines: the 99th percentile (goal: 2 ms);
//! - the first frame, against `/bin/echo` under the same pseudo-terminal (goal: at most 5 times);
//! - idle: how often the program wakes, and its memory (goal: never, under 40 MB).

use awaitlings::course::{Course, Language, Lesson, Page, Track};
use awaitlings::progress::Progress;
use awaitlings::tui::{Choices, Editor, Model, Msg, Reading, picture, update};
use awaitlings::workspace::Theme;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

fn main() {
    course();
    key_to_frame();
    first_frame();
}

/// The largest part of the first frame.
fn course() {
    let mut times: Vec<Duration> =
        (0..21).map(|_| time(|| Course::embedded().expect("the built-in course loads"))).collect();
    times.sort();
    println!("course read    median {:?}", times[10]);
}

fn time<T>(of: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(of());
    start.elapsed()
}

fn key_to_frame() {
    let mut course = Course::embedded().expect("the built-in course loads");
    let paragraph = "Some words about *tasks* that `await` what comes, 与中文在一起，so that lines break. ".repeat(4);
    let body: String =
        (0..500).map(|number| format!("## Heading {number} {{#h-{number}}}\n\n{paragraph}\n\n")).collect();
    let page = Page { file: "x.md".into(), title: "Long".into(), summary: String::new(), body, body_line: 1 };
    let pages = BTreeMap::from([(Language::En, page)]);
    course.overview = Some(Lesson { id: "overview".into(), pages });
    let choices = Choices {
        language: Language::En,
        reading: Reading::One,
        track: Track::Rust,
        both_tracks: false,
        theme: Theme::Auto,
        ascii: false,
        editor: Editor::BuiltIn,
    };
    let mut model = Model::new(Arc::new(course), Progress::default(), choices, (120, 40));
    let key = |code| Msg::Key(KeyEvent::new(code, KeyModifiers::NONE));
    for code in [KeyCode::Char('c'), KeyCode::Enter] {
        update(&mut model, key(code));
    }
    let mut times: Vec<Duration> = Vec::new();
    for round in 0..4_000 {
        let code = ['j', ' ', 'j', 'k', ']'][round % 5];
        let start = Instant::now();
        update(&mut model, key(KeyCode::Char(code)));
        picture::screen(&model);
        times.push(start.elapsed());
        if round % 400 == 399 {
            update(&mut model, key(KeyCode::Char('g')));
        }
    }
    times.sort();
    let start = Instant::now();
    update(&mut model, Msg::Resize(121, 40));
    let resize = start.elapsed();
    println!(
        "key to frame   median {:?}, 99th percentile {:?}; layout of the whole lesson {resize:?}",
        times[2_000], times[3_960]
    );
}

/// Milliseconds until `seen` is written, the middle of eleven; then the program's wake-ups and memory.
fn first_frame() {
    let home = tempfile::tempdir().expect("a folder");
    let program = env!("CARGO_BIN_EXE_awaitlings");
    let mut init = std::process::Command::new(program);
    let made = init.args(["init", "dojo"]).current_dir(home.path()).env("HOME", home.path()).output();
    assert!(made.is_ok_and(|made| made.status.success()), "init");
    let (mut own, mut echo) = (Vec::new(), Vec::new());
    for _ in 0..11 {
        own.push(until(program, &[], home.path(), "exercises solved", None));
        echo.push(until("/bin/echo", &["exercises solved"], home.path(), "exercises solved", None));
    }
    own.sort();
    echo.sort();
    println!(
        "first frame    {:?}; /bin/echo {:?}; {:.1} times",
        own[5],
        echo[5],
        own[5].as_secs_f64() / echo[5].as_secs_f64()
    );
    until(program, &[], home.path(), "exercises solved", Some(Duration::from_secs(5)));
}

fn until(program: &str, args: &[&str], home: &std::path::Path, seen: &str, idle: Option<Duration>) -> Duration {
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).expect("a terminal");
    let mut command = CommandBuilder::new(program);
    command.args(args);
    command.cwd(home.join("dojo"));
    command.env("HOME", home);
    command.env("TERM", "xterm-256color");
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let start = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("a program");
    let mut parser = vt100::Parser::default();
    let mut buffer = [0; 65_536];
    while !parser.screen().contents().contains(seen) {
        let count = reader.read(&mut buffer).expect("output");
        assert!(count > 0, "{program} ended");
        parser.process(&buffer[..count]);
    }
    let took = start.elapsed();
    if let Some(idle) = idle {
        tell_idle(child.process_id().expect("a process"), idle);
    }
    if idle.is_some() || program != "/bin/echo" {
        pair.master.take_writer().expect("keys").write_all(b"Q").expect("a key");
        std::thread::spawn(move || while reader.read(&mut buffer).is_ok_and(|count| count > 0) {});
    }
    child.wait().expect("its end");
    took
}

/// How many times the idle time is waited for what goes on at the start.
const LONGEST_START: u32 = 24;

/// How often all threads woke in a while, and the memory.
fn tell_idle(pid: u32, idle: Duration) {
    // What goes on behind at the start, libraries that are built above all, is over when nothing happens any more.
    let mut before = switches(pid);
    for round in 0.. {
        std::thread::sleep(idle);
        let now = switches(pid);
        let wakes = now - before;
        if wakes == 0 || round == LONGEST_START {
            let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
            let memory = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().replace('\t', " ");
            println!("idle           {wakes} wake-ups in {idle:?}; {memory}");
            return;
        }
        before = now;
    }
}

fn switches(pid: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let of_task = |task: std::fs::DirEntry| {
        let status = std::fs::read_to_string(task.path().join("status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:").map(str::to_owned));
        line.and_then(|count| count.trim().parse::<u64>().ok()).unwrap_or(0)
    };
    tasks.map(of_task).sum()
}
