//! A verdict comes about in one way only: no solution, by accident or by intent, gets a pass that its tests did
//! not give it.

mod survive;

use awaitlings::runner::verdict::{Crash, Part};
use survive::Seen::{Crashes, DoesNotCompile, Fails, Passes};
use survive::{ANSWER, Case, Place, answering, case};

const EXIT_0: Crash = Crash::EndedEarly { code: 0 };
const ABORT: Crash = Crash::Signal { signal: 6 };

/// A type whose end is the process's end.
const BYE: &str = "struct Bye; impl Drop for Bye { fn drop(&mut self) { std::process::exit(0) } }\n";

/// A type that panics when it is dropped.
const BOMB: &str = "struct Bomb; impl Drop for Bomb { fn drop(&mut self) { panic!(\"bomb\") } }\n";

#[test]
fn a_process_that_ends_early_has_passed_nothing() {
    let ends = |what, items: &str, body| case(what, format!("{items}{}", answering(body)), [Crashes(EXIT_0)]);
    Place::new("early").judge_all(
        ANSWER,
        [
            ends("in the function", "", "std::process::exit(0)"),
            ends("in a panic hook", "", "std::panic::set_hook(Box::new(|_| std::process::exit(0))); panic!()"),
            ends("in a thread", "", "std::thread::spawn(|| std::process::exit(0)).join().unwrap()"),
            ends("in a blocking task", "", "tokio::task::spawn_blocking(|| std::process::exit(0)).await.unwrap()"),
            ends(
                "at the end of the test's thread",
                &format!("{BYE} thread_local! {{ static LAST: Bye = const {{ Bye }}; }}\n"),
                "LAST.with(|_| 42)",
            ),
            ends(
                "at the end of the runtime",
                BYE,
                "tokio::spawn(async { let _bye = Bye; std::future::pending::<()>().await });
                 tokio::task::yield_now().await;
                 42",
            ),
            case("with another code", answering("std::process::exit(7)"), [Crashes(Crash::EndedEarly { code: 7 })]),
            case("by an abort", answering("std::process::abort()"), [Crashes(ABORT)]),
        ],
    );
}

#[test]
fn code_that_runs_before_main_or_after_it_needs_unsafe_and_is_refused() {
    let refused = |what, items: &str| {
        let source = format!("{items}\n{}", answering("42"));
        case(what, source, [DoesNotCompile(Part::Solution, "-F unsafe-code")])
    };
    Place::new("unsafe").judge_all(
        ANSWER,
        [
            refused(
                "a constructor",
                "extern \"C\" fn first() { std::process::exit(0) }
                 #[unsafe(link_section = \".init_array\")] #[used] pub static FIRST: extern \"C\" fn() = first;",
            ),
            refused("a function of the C library replaced", "#[unsafe(no_mangle)] pub extern \"C\" fn exit(_: i32) {}"),
            refused("the same by another name", "#[unsafe(export_name = \"exit\")] pub extern \"C\" fn end(_: i32) {}"),
            refused("atexit", "unsafe extern \"C\" { pub safe fn atexit(last: extern \"C\" fn()) -> i32; }"),
            refused("a library linked in", "#[link(name = \"m\")] unsafe extern \"C\" {}"),
            refused("assembly", "std::arch::global_asm!(\".globl first\");"),
            refused("a block", "pub fn read(at: *const u8) -> u8 { unsafe { *at } }"),
            case(
                "permission for oneself",
                format!("#![allow(unsafe_code)]\n{}", answering("unsafe { std::mem::zeroed() }")),
                [DoesNotCompile(Part::Solution, "E0453")],
            ),
        ],
    );
}

#[test]
fn what_a_solution_prints_or_reads_is_no_verdict() {
    let records = "for name in [\"patterns::answers\", \"errors::answers\"] {
            let record = format!(\"{{\\\"nonce\\\":\\\"0\\\",\\\"event\\\":\\\"pass\\\",\\\"test\\\":\\\"{name}\\\"}}\");
            println!(\"{record}\");
            eprintln!(\"{record}\");
        }";
    Place::new("printed").judge_all(
        ANSWER,
        [
            case(
                "the report of a test program",
                answering("println!(\"\\nrunning 1 test\\ntest patterns::answers ... ok\\n\\ntest result: ok. 1 passed; 0 failed\"); 41"),
                [Fails("wrong-answer"), Fails("left == right")],
            ),
            case("the same, then the end", answering("println!(\"test result: ok\"); std::process::exit(0)"), [Crashes(EXIT_0)]),
            case("records of the protocol", answering(&format!("{records} 41")), [Fails("wrong-answer"), Fails("41")]),
            case("records, then the end", answering(&format!("{records} std::process::exit(0)")), [Crashes(EXIT_0)]),
            case(
                "records into its own standard input",
                answering(
                    "use std::os::fd::AsFd;
                     let mut stdin = std::fs::File::from(std::io::stdin().as_fd().try_clone_to_owned().unwrap());
                     let _ = std::io::Write::write_all(&mut stdin, b\"{\\\"event\\\":\\\"pass\\\"}\\n\");
                     41",
                ),
                [Fails("wrong-answer"), Fails("41")],
            ),
            case(
                "standard input and the terminal",
                answering(
                    "let mut read = String::new();
                     std::io::Read::read_to_string(&mut std::io::stdin(), &mut read).unwrap();
                     assert!(read.is_empty() && std::fs::File::open(\"/dev/tty\").is_err());
                     42",
                ),
                [Passes],
            ),
        ],
    );
}

#[test]
fn the_harness_reports_once_and_for_itself() {
    Place::new("harness").judge_all(
        ANSWER,
        [
            case(
                "main, called again",
                answering(
                    "harness::protocol::main(&[harness::protocol::Test { name: \"patterns::answers\", run: || () }])",
                ),
                [Crashes(Crash::EndedEarly { code: 2 })],
            ),
            case(
                "main, with a channel of one's own",
                answering(
                    "use std::io::Write;
                     let (mut ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
                     writeln!(ours, \"{{\\\"nonce\\\":\\\"0\\\",\\\"test\\\":\\\"patterns::answers\\\"}}\").unwrap();
                     rustix::stdio::dup2_stdin(&theirs).unwrap();
                     harness::protocol::main(&[harness::protocol::Test { name: \"patterns::answers\", run: || () }])",
                ),
                [Crashes(Crash::EndedEarly { code: 2 })],
            ),
            case(
                "a test of one's own",
                answering("std::thread::spawn(|| harness::protocol::run_sync(|| ())).join().unwrap(); 41"),
                [Fails("wrong-answer"), Fails("41")],
            ),
            case(
                "the program, started again in the place of this one",
                answering(
                    "use std::os::unix::process::CommandExt;
                     let error = std::process::Command::new(\"/proc/self/exe\").exec();
                     panic!(\"{error}\")",
                ),
                [Crashes(Crash::EndedEarly { code: 2 })],
            ),
        ],
    );
}

#[test]
fn panics_in_destructors_are_no_pass() {
    let with_bomb = |what, body, seen| case(what, format!("{BOMB}{}", answering(body)), [seen]);
    Place::new("bombs").judge_all(
        ANSWER,
        [
            with_bomb("one", "let _bomb = Bomb; 42", Fails("bomb")),
            with_bomb("one after another panic", "let _bomb = Bomb; panic!(\"first\")", Crashes(ABORT)),
            with_bomb("the panic's own value", "std::panic::panic_any(Bomb)", Fails("destructor")),
            with_bomb(
                "at the end of the thread",
                "thread_local! { static LAST: Bomb = const { Bomb }; } LAST.with(|_| 42)",
                Crashes(ABORT),
            ),
            with_bomb(
                "at the end of the runtime",
                "tokio::spawn(async { let _bomb = Bomb; std::future::pending::<()>().await });
                 tokio::task::yield_now().await;
                 panic!(\"before\")",
                Fails("before"),
            ),
        ],
    );
}

#[test]
fn names_of_the_solution_stand_in_for_nothing() {
    let wrong = |what, items: &str| {
        case(what, format!("{items}\n{}", answering("41")), [Fails("wrong-answer"), Fails("left == right")])
    };
    let macros = ["assert_eq", "assert", "expect", "panic", "answer", "vec", "format", "println"];
    let macros =
        macros.map(|name| format!("#[macro_export] macro_rules! {name} {{ ($($t:tt)*) => {{ 42 }} }}\n")).concat();
    Place::new("names").judge_all(
        ANSWER,
        [
            wrong("macros", &macros),
            wrong(
                "crates",
                "pub mod harness { pub fn expect() {} } pub mod tokio {} pub mod core {} pub mod solution {}",
            ),
            wrong(
                "modules and tests",
                "pub mod patterns { pub fn answers() {} } pub mod errors { pub fn answers() {} }",
            ),
            wrong("main", "pub fn main() { std::process::exit(0) }"),
            wrong("tests of its own", "#[cfg(test)] mod tests { #[test] fn passes() {} }"),
            case(
                "a value that is equal to all",
                "#[derive(Debug)] pub struct All;
                 impl PartialEq<u32> for All { fn eq(&self, _: &u32) -> bool { true } }
                 pub async fn answer() -> All { All }",
                [DoesNotCompile(Part::Tests, "E0308")],
            ),
            case("nothing", "", [DoesNotCompile(Part::Tests, "E0432")]),
        ],
    );
}

#[test]
fn nothing_can_be_read_while_compiling() {
    let unreadable = |what, item: String| {
        let source = format!("{item}\n{}", answering("42"));
        case(what, source, [DoesNotCompile(Part::Solution, "couldn't read")])
    };
    let course = survive::course_folder();
    let mut place = Place::new("included");
    let slot = place.slot(ANSWER);
    let text = |path: &str| format!("pub const READ: &str = include_str!({path:?});");
    // A build before has left its tests where they are found, had it been killed.
    assert!(place.judge(ANSWER, &answering("42")).passed());
    std::fs::write(slot.join("hidden/hidden.rs"), "left by a kill").unwrap();
    place.judge_all(
        ANSWER,
        [
            unreadable("the hidden tests of the slot", text("../../hidden/hidden.rs")),
            unreadable("the same by their own path", text(&slot.join("hidden/hidden.rs").to_string_lossy())),
            unreadable(
                "the hidden tests of the course",
                text(&course.join("exercises/01-hazards/01-answer/rust/hidden.rs").to_string_lossy()),
            ),
            unreadable("the solution", text(&course.join("solutions/01-hazards/01-answer.rs").to_string_lossy())),
            unreadable("accounts", text("/etc/passwd")),
            unreadable("an endless device", "pub const READ: &[u8] = include_bytes!(\"/dev/zero\");".to_owned()),
            unreadable("chance", "pub const READ: &[u8] = include_bytes!(\"/dev/urandom\");".to_owned()),
            unreadable("an endless device as code", "include!(\"/dev/zero\");".to_owned()),
            unreadable("the compiler's environment", text("/proc/self/environ")),
            unreadable("a file as a module", "#[path = \"/etc/passwd\"] mod accounts;".to_owned()),
        ],
    );
    let source = |name: &str| format!("pub const READ: &str = env!({name:?});\n{}", answering("42"));
    for name in ["HOME", "USER", "CARGO_HOME", "CARGO_MANIFEST_DIR", "AWAITLINGS_CACHE"] {
        let case = case("a variable", source(name), [DoesNotCompile(Part::Solution, "not defined at compile time")]);
        place.judge_all(ANSWER, [case]);
    }
}

#[test]
fn nothing_can_be_read_while_running() {
    let mut place = Place::new("read");
    let course = survive::course_folder();
    let (slot, own) = (place.slot(ANSWER), std::process::id());
    let mut paths: Vec<String> =
        ["/", "/etc/passwd", "/etc/hostname", "/tmp", "/root", "/home", ".", "..", "../crate/src/lib.rs", "hidden.rs"]
            .map(str::to_owned)
            .to_vec();
    paths.extend(
        [&slot, &slot.join("hidden"), &survive::cache_folder(), &course].map(|path| path.display().to_string()),
    );
    paths.push(course.join("exercises/01-hazards/01-answer/rust/hidden.rs").display().to_string());
    paths.push(course.join("solutions/01-hazards/01-answer.rs").display().to_string());
    paths.extend(["environ", "cmdline", "maps"].map(|file| format!("/proc/{own}/{file}")));
    let body = format!(
        "for path in {paths:?} {{
             assert!(std::fs::read_dir(path).is_err(), \"{{path}} was listed\");
             assert!(std::fs::read(path).is_err(), \"{{path}} was read\");
         }}
         let variables: Vec<_> = std::env::vars_os().map(|(name, _)| name).collect();
         assert_eq!(variables, [\"LD_LIBRARY_PATH\"]);
         42"
    );
    place.judge_all(ANSWER, [case("files, folders, other processes", answering(&body), [Passes])]);
}

#[test]
fn a_cancellation_that_is_swallowed_is_noticed() {
    let asking = |what, body: &str| -> Case {
        let source = format!("pub async fn ask(api: harness::Api) {{ {body} }}");
        case(what, source, [Fails("goes-on")])
    };
    Place::new("cancelled").judge_all(
        "stop",
        [
            asking("in a task of its own", "let _ = tokio::spawn(async move { api.fetch(1).await }).await;"),
            asking(
                "in a task that starts when the function is dropped",
                "struct Again(harness::Api);
                 impl Drop for Again {
                     fn drop(&mut self) {
                         let api = self.0.clone();
                         tokio::spawn(async move { api.fetch(1).await });
                     }
                 }
                 let again = Again(api);
                 again.0.fetch(1).await;",
            ),
            asking(
                "by a panic that is caught",
                "let _ = tokio::spawn(async move { api.fetch(1).await }); panic!(\"goes-on\")",
            ),
        ],
    );
}
