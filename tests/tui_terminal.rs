//! The program under a pseudo-terminal, as a person uses it.
#![cfg(unix)]

mod learner;
#[path = "tui/pty.rs"]
mod pty;

use learner::Learner;
use pty::Terminal;
use rustix::process::Signal;
use std::path::Path;

const SOLVED: &str = include_str!("courses/tiny/solutions/01-first/02-together.rs");
const TOGETHER: &str = "exercises/01-first/02-together.rs";

/// A learner of the small course.
fn of_tiny() -> Learner {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/tiny");
    let mut learner = Learner::new();
    let answer = learner.gives(&["init", "dojo", "--course", tiny.to_str().unwrap()]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    learner.folder.push("dojo");
    learner
}

fn opened(learner: &Learner) -> Terminal {
    let mut terminal = Terminal::start(&learner.command(&[]));
    terminal.sees("A tiny course");
    terminal.types("c/together\r\r");
    terminal.sees(TOGETHER);
    terminal
}

#[test]
fn a_lesson_is_read_a_file_is_broken_and_mended_and_progress_is_kept() {
    let learner = of_tiny();
    let mut terminal = Terminal::start(&learner.command(&[]));
    terminal.sees("0 of 2 exercises solved");
    terminal.types("\r");
    terminal.sees("Await what is async.");
    terminal.types("c/together\r\r");
    terminal.sees(TOGETHER);
    terminal.types("2");
    terminal.sees("pub async fn both()");
    learner.writes(TOGETHER, "pub async fn both() { oh no }\n");
    terminal.sees("DOES NOT COMPILE");
    learner.writes(TOGETHER, &SOLVED.replace("(2)), sleep", "(9)), sleep"));
    terminal.sees("FAILED");
    terminal.sees("Waiting took 9; 2 was expected.");
    learner.writes(TOGETHER, SOLVED);
    terminal.sees("PASSED");
    terminal.types("H");
    terminal.sees("1 of 2 exercises solved");
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
    assert!(learner.gives(&["list"]).out.contains("✓ together"));
}

#[test]
fn a_loop_times_out_and_leaves_no_process() {
    let learner = of_tiny();
    let mut terminal = opened(&learner);
    learner.writes(TOGETHER, "pub async fn both() { loop { std::hint::spin_loop() } }\n");
    terminal.sees("judging");
    terminal.sees("TIMED OUT");
    // A run that is still going on when the person leaves ends too.
    learner.writes(TOGETHER, "pub async fn both() { loop { std::hint::black_box(1); } }\n");
    terminal.sees("judging");
    terminal.types("Q");
    let pid = terminal.pid();
    assert_eq!(terminal.ends(), 0);
    assert_eq!(children_of(pid), Vec::<String>::new());
    assert_eq!(with_cache_of(&learner), Vec::<String>::new());
}

/// Processes whose parent is `pid`.
fn children_of(pid: i32) -> Vec<String> {
    processes(|folder| {
        let stat = std::fs::read_to_string(folder.join("stat")).unwrap_or_default();
        let after_name = stat.rsplit(')').next().unwrap_or_default().to_owned();
        after_name.split_whitespace().nth(1) == Some(&pid.to_string())
    })
}

/// Processes that were started for this learner.
fn with_cache_of(learner: &Learner) -> Vec<String> {
    let home = learner.folder.parent().unwrap().to_str().unwrap().to_owned();
    processes(|folder| {
        let environment = std::fs::read(folder.join("environ")).unwrap_or_default();
        String::from_utf8_lossy(&environment).contains(&home)
    })
}

fn processes(wanted: impl Fn(&Path) -> bool) -> Vec<String> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let folders = entries.map(|entry| entry.path()).filter(|path| path.join("stat").exists());
    folders.filter(|folder| wanted(folder)).map(|folder| folder.display().to_string()).collect()
}

#[test]
fn a_resize_is_followed() {
    let learner = of_tiny();
    let mut terminal = opened(&learner);
    terminal.resizes(120, 40);
    // Both columns are seen now.
    terminal.waits_for("two columns", |screen| {
        screen.contents().contains("No verdict yet") && screen.contents().contains("Write the function")
    });
    terminal.resizes(30, 10);
    terminal.sees("needs 40x12");
    terminal.resizes(80, 24);
    terminal.sees(TOGETHER);
    terminal.types("Q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn it_stops_at_ctrl_z_and_comes_back_with_fg() {
    let learner = of_tiny();
    let mut command = std::process::Command::new("bash");
    command.args(["--norc", "--noprofile", "-i"]).current_dir(&learner.folder);
    for (name, value) in learner.command(&[]).get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.env("PS1", "ready> ");
    let mut terminal = Terminal::start(&command);
    terminal.sees("ready> ");
    terminal.types(&format!("{}\r", env!("CARGO_BIN_EXE_awaitlings")));
    terminal.sees("0 of 2 exercises solved");
    terminal.types("\x1a");
    terminal.waits_for("the shell", |screen| !screen.alternate_screen() && screen.contents().contains("Stopped"));
    assert!(!terminal.screen().hide_cursor());
    terminal.types("fg\r");
    terminal.waits_for("the screen again", |screen| {
        screen.alternate_screen() && screen.contents().contains("0 of 2 exercises solved")
    });
    // No key is lost.
    terminal.types("c");
    terminal.sees("Together  open");
    terminal.types("Q");
    terminal.waits_for("the shell", |screen| !screen.alternate_screen());
    terminal.types("exit\r");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn signals_end_it_and_the_terminal_is_as_it_was() {
    let learner = of_tiny();
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let mut terminal = opened(&learner);
        terminal.signals(signal);
        assert_eq!(terminal.ends(), code);
    }
    let mut terminal = opened(&learner);
    terminal.types("\x03");
    assert_eq!(terminal.ends(), 0);
}

/// Runs a test of this file in a terminal, in the way of a program.
fn itself(test: &str) -> Terminal {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture", "--ignored"]).current_dir(std::env::temp_dir());
    Terminal::start(&command)
}

#[test]
#[ignore = "only started by the test below"]
fn enters_and_panics() {
    let _session = awaitlings::tui::TerminalSession::enter().unwrap();
    panic!("on purpose");
}

#[test]
#[ignore = "only started by the test below"]
fn enters_and_fails() {
    fn fails() -> Result<(), std::fmt::Error> {
        let _session = awaitlings::tui::TerminalSession::enter().unwrap();
        Err(std::fmt::Error)
    }
    fails().unwrap_err();
}

#[test]
fn a_panic_and_an_error_give_the_terminal_back() {
    let mut terminal = itself("enters_and_panics");
    assert_eq!(terminal.ends(), 101);
    let written = String::from_utf8_lossy(&terminal.written).into_owned();
    let (left, message) = (written.find("\x1b[?1049l").unwrap(), written.find("on purpose").unwrap());
    assert!(left < message, "the message is on the screen that stays: {written:?}");
    let mut terminal = itself("enters_and_fails");
    assert_eq!(terminal.ends(), 0);
    assert!(terminal.written.windows(8).any(|part| part == b"\x1b[?1049h"), "it was entered");
}

#[test]
fn no_color_has_no_colour_and_still_shows_what_is_chosen() {
    let learner = of_tiny();
    let mut command = learner.command(&[]);
    command.env("NO_COLOR", "1");
    let mut terminal = Terminal::start(&command);
    terminal.sees("0 of 2 exercises solved");
    let (mut coloured, mut reversed) = (0, 0);
    for row in 1..24 {
        for column in 0..80 {
            let cell = terminal.screen().cell(row, column).unwrap();
            coloured += usize::from(cell.fgcolor() != vt100::Color::Default);
            reversed += usize::from(cell.inverse());
        }
    }
    assert_eq!(coloured, 0);
    assert!(reversed > 0);
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn an_editor_of_ones_own_gets_the_terminal_and_its_save_is_judged() {
    let learner = of_tiny();
    let script = learner.folder.join("editor.sh");
    let text = format!("#!/bin/sh\necho editing \"$1\"\nread answer\ncat > \"$1\" <<'END'\n{SOLVED}END\n");
    std::fs::write(&script, text).unwrap();
    let mut command = learner.command(&[]);
    command.env("EDITOR", format!("sh {}", script.display()));
    let mut terminal = Terminal::start(&command);
    terminal.sees("A tiny course");
    terminal.types("c/together\r\r");
    terminal.sees(TOGETHER);
    terminal.types("e");
    terminal.waits_for("the editor", |screen| !screen.alternate_screen() && screen.contents().contains("editing"));
    terminal.types("go\r");
    terminal.sees("PASSED");
    // No key is lost after the editor.
    terminal.types("c");
    terminal.sees("✓");
    terminal.types("Q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_review_is_browsed_a_finding_is_mended_in_the_editor_and_gone() {
    let mut learner = Learner::new();
    learner.folder.push("service");
    std::fs::create_dir(&learner.folder).unwrap();
    learner.writes("app.py", "import time\n\n\nasync def work():\n    time.sleep(1)\n");
    learner.writes("editor.sh", "#!/bin/sh\nprintf 'async def work():\\n    pass\\n' > \"$1\"\n");
    let mut command = learner.command(&["review", "--browse", "--no-cargo", "app.py"]);
    command.env("EDITOR", format!("sh {}", learner.folder.join("editor.sh").display()));
    let mut terminal = Terminal::start(&command);
    terminal.sees("app.py:5  blocking-sleep");
    terminal.sees("time.sleep(1)");
    terminal.types("e");
    terminal.waits_for("the finding to be gone", |screen| {
        screen.alternate_screen() && !screen.contents().contains("blocking-sleep") && screen.contents().contains("pass")
    });
    terminal.types("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn many_kinds_of_terminals_are_fine_and_a_dumb_one_gets_lines() {
    let learner = of_tiny();
    for kind in ["xterm", "screen", "tmux-256color", "linux"] {
        let mut command = learner.command(&["--ascii"]);
        command.env("TERM", kind);
        let mut terminal = Terminal::start(&command);
        terminal.sees("0 of 2 exercises solved");
        terminal.types("q");
        assert_eq!(terminal.ends(), 0, "{kind}");
    }
    let mut command = learner.command(&[]);
    command.env("TERM", "dumb");
    let mut terminal = Terminal::start(&command);
    terminal.sees("Commands: task");
    terminal.types("hint\r");
    terminal.sees("Hint 1 of 3");
    terminal.types("quit\r");
    assert_eq!(terminal.ends(), 0);
    assert!(
        !terminal.written.windows(2).any(|part| part == b"\x1b[" || part == b"\x1b(") || true_colour_only(&terminal)
    );
}

/// Whether every escape sequence only sets colours.
fn true_colour_only(terminal: &Terminal) -> bool {
    let text = String::from_utf8_lossy(&terminal.written).into_owned();
    text.split('\x1b')
        .skip(1)
        .all(|part| part.find(|char: char| char.is_ascii_alphabetic()).is_some_and(|at| part.as_bytes()[at] == b'm'))
}

#[test]
fn the_first_start_asks_and_flags_skip_the_questions() {
    let learner = Learner::new();
    let mut terminal = Terminal::start(&learner.command(&[]));
    terminal.sees("Which language do you want to read in?");
    terminal.types("\r");
    terminal.sees("Which track");
    terminal.types("\r");
    terminal.sees("Which folder");
    terminal.types("\r");
    terminal.sees("exercises solved");
    terminal.types("Q");
    assert_eq!(terminal.ends(), 0);
    assert!(learner.folder.join("dojo/awaitlings.toml").exists());
    let learner = Learner::new();
    let args = ["--lang", "zh", "--track", "rust", "--folder", "here"];
    let mut terminal = Terminal::start(&learner.command(&args));
    terminal.sees("已创建练习文件夹");
    terminal.types("Q");
    assert_eq!(terminal.ends(), 0);
    assert!(learner.folder.join("here/awaitlings.toml").exists());
}
