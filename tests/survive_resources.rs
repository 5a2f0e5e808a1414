//! Whatever a solution does to the machine, it gets its verdict in time and nothing of it is left; and a solution
//! that is right passes however untidy it is.

mod survive;

use awaitlings::runner::verdict::{Crash, Hang};
use std::os::unix::net::UnixListener;
use survive::Seen::{Crashes, Fails, FailsOrCrashes, Hangs, Passes};
use survive::{ANSWER, Own, Place, answering, case, printed};

#[test]
fn what_never_ends_is_ended_and_told_apart() {
    Place::new("endless").judge_all(
        ANSWER,
        [
            case(
                "waiting for nothing",
                answering("std::future::pending().await"),
                [Hangs(Hang::NeverWoken), Hangs(Hang::Waiting)],
            ),
            case(
                "two locks of one mutex",
                answering(
                    "let lock = tokio::sync::Mutex::new(());
                     let (_first, _second) = (lock.lock().await, lock.lock().await);
                     42",
                ),
                [Hangs(Hang::NeverWoken), Hangs(Hang::Waiting)],
            ),
            case(
                "two locks of one mutex that blocks",
                answering(
                    "let lock = std::sync::Mutex::new(());
                     let (_first, _second) = (lock.lock(), lock.lock());
                     42",
                ),
                [Hangs(Hang::Waiting)],
            ),
            case(
                "waiting for each other",
                answering(
                    "let (to_first, mut first) = tokio::sync::mpsc::channel::<u32>(1);
                     let (to_second, mut second) = tokio::sync::mpsc::channel::<u32>(1);
                     let one = async move { let got = first.recv().await.unwrap(); to_second.send(got).await.unwrap() };
                     let two = async move { let got = second.recv().await.unwrap(); to_first.send(got).await.unwrap() };
                     tokio::join!(one, two);
                     42",
                ),
                [Hangs(Hang::NeverWoken), Hangs(Hang::Waiting)],
            ),
            case("a silent loop", answering("loop { std::hint::black_box(0); }"), [Hangs(Hang::Busy)]),
            case("a polite loop", answering("loop { tokio::task::yield_now().await }"), [Hangs(Hang::Busy)]),
            case(
                "a blocking task",
                answering("tokio::task::spawn_blocking(|| loop { std::thread::park() }); 42"),
                [Hangs(Hang::RuntimeStillRunning)],
            ),
            case(
                "a blocking task that computes",
                answering("tokio::task::spawn_blocking(|| loop { std::hint::black_box(0); }); 42"),
                [Hangs(Hang::RuntimeStillRunning)],
            ),
            case(
                "a destructor",
                "struct Last; impl Drop for Last { fn drop(&mut self) { loop { std::thread::park() } } }
                 pub async fn answer() -> u32 { let _last = Last; 42 }",
                [Hangs(Hang::Waiting)],
            ),
            case(
                "with every signal taken that can be",
                answering(
                    "use tokio::signal::unix::{SignalKind, signal};
                     let taken = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()];
                     let _taken = taken.map(|kind| signal(kind).unwrap());
                     loop { std::thread::park() }",
                ),
                [Hangs(Hang::Waiting)],
            ),
        ],
    );
}

#[test]
fn floods_are_cut() {
    Place::new("floods").judge_all(
        ANSWER,
        [
            case(
                "of output",
                answering("let line = \"x\".repeat(64 << 10); loop { println!(\"{line}\") }"),
                [Crashes(Crash::Flooded)],
            ),
            case(
                "of errors",
                answering("let line = \"x\".repeat(64 << 10); loop { eprintln!(\"{line}\") }"),
                [Crashes(Crash::Flooded)],
            ),
            // Zeros, since memory that is not written to is quickly had.
            case(
                "one panic's text",
                answering("std::panic::panic_any(String::from_utf8(vec![0; 512 << 20]).unwrap())"),
                [Fails(" ...")],
            ),
            case(
                "one panic's text, formatted",
                answering("let text = String::from_utf8(vec![0; 512 << 20]).unwrap(); panic!(\"{text}{text}\")"),
                [Crashes(Crash::OutOfMemory)],
            ),
            case(
                "one expectation's figures",
                answering("harness::expect(false, \"wrong-answer\", \"x\".repeat(16 << 20), \"y\"); 42"),
                [Fails("wrong-answer")],
            ),
            case(
                "of events",
                answering("loop { harness::timeline::mark(\"again\"); tokio::task::yield_now().await }"),
                [Hangs(Hang::Busy)],
            ),
        ],
    );
}

#[test]
fn memory_ends_where_the_limit_is() {
    Place::new("memory").judge_all(
        ANSWER,
        [
            case("20 GB at once", answering("vec![1_u8; 20 << 30].len() as u32"), [Crashes(Crash::OutOfMemory)]),
            case(
                "piece by piece",
                answering("let mut all = Vec::new(); loop { all.push(Vec::<u8>::with_capacity(64 << 20)) }"),
                [Crashes(Crash::OutOfMemory)],
            ),
            case(
                "a stack, by recursion",
                "fn deep(n: u64) -> u64 { std::hint::black_box([n; 64])[0] + deep(n + 1) }
                 pub async fn answer() -> u32 { deep(0) as u32 }",
                [Crashes(Crash::StackOverflow)],
            ),
            case(
                "a stack, by async recursion",
                "fn deep(n: u64) -> std::pin::Pin<Box<dyn Future<Output = u64> + Send>> {
                     Box::pin(async move { deep(n + 1).await + 1 })
                 }
                 pub async fn answer() -> u32 { deep(0).await as u32 }",
                [Crashes(Crash::StackOverflow)],
            ),
            case(
                "threads",
                answering(
                    "loop {
                         let thread = std::thread::Builder::new().spawn(|| loop { std::thread::park() });
                         assert!(thread.is_ok(), \"no more threads\");
                     }",
                ),
                [FailsOrCrashes],
            ),
            case(
                "descriptors",
                answering("let mut all = Vec::new(); loop { all.push(std::fs::File::open(\"/dev/null\").unwrap()) }"),
                [Fails("Too many open files")],
            ),
        ],
    );
}

/// The start of a solution that asserts that something was not permitted.
const DENIED: &str = "fn denied<T>(what: &str, result: std::io::Result<T>) {
        let kind = result.err().map(|error| error.kind());
        assert_eq!(kind, Some(std::io::ErrorKind::PermissionDenied), \"{what}\");
    }\n";

#[test]
fn no_process_is_started_and_none_is_signalled() {
    let parent = std::process::id();
    let body = format!(
        "use std::process::Command;
         denied(\"a shell\", Command::new(\"/bin/sh\").args([\"-c\", \"sleep 1000 & sleep 1000\"]).spawn());
         denied(\"itself\", Command::new(\"/proc/self/exe\").spawn());
         denied(\"through tokio\", tokio::process::Command::new(\"/bin/sleep\").arg(\"1000\").spawn());
         denied(\"another program\", std::fs::File::open(\"/bin/sh\"));
         let parent = rustix::process::Pid::from_raw({parent});
         assert_eq!(rustix::process::getppid(), parent);
         denied(\"a signal\", rustix::process::kill_process(parent.unwrap(), rustix::process::Signal::TERM).map_err(Into::into));
         denied(\"a session\", rustix::process::setsid().map_err(Into::into));
         let longer = rustix::process::set_parent_process_death_signal(None);
         denied(\"a longer life than its parent's\", longer.map_err(Into::into));
         42"
    );
    let source = format!("{DENIED}{}", answering(&body));
    let bomb = "loop { let _ = std::process::Command::new(\"/proc/self/exe\").spawn(); }";
    let exec = "use std::os::unix::process::CommandExt;
        let error = std::process::Command::new(\"/bin/sleep\").arg(\"1000\").exec();
        panic!(\"{}\", error.kind())";
    Place::new("processes").judge_all(
        ANSWER,
        [
            case("one by one", source, [Passes]),
            case("for ever", answering(bomb), [Hangs(Hang::Busy)]),
            case("in the place of this one", answering(exec), [Fails("permission denied")]),
        ],
    );
}

#[test]
fn nothing_is_written() {
    let mut place = Place::new("writes");
    let mark = format!("awaitlings-mark-{}", std::process::id());
    let slot = place.slot(ANSWER);
    let home = std::env::var("HOME").unwrap_or_default();
    let mut folders: Vec<String> =
        ["/tmp", "/var/tmp", "/dev/shm", ".", "..", "../crate", "../crate/src"].map(str::to_owned).to_vec();
    folders.extend([home, slot.display().to_string(), survive::cache_folder().display().to_string()]);
    let body = format!(
        "for folder in {folders:?} {{
             let path = std::path::Path::new(folder).join({mark:?});
             denied(folder, std::fs::File::create(&path));
             denied(folder, std::fs::create_dir_all(path.join(\"d/\".repeat(500))));
             denied(folder, std::os::unix::fs::symlink(\"/\", &path));
             denied(folder, std::os::unix::net::UnixListener::bind(&path));
         }}
         denied(\"the program itself\", std::fs::remove_file(\"hidden\"));
         assert!(std::fs::OpenOptions::new().write(true).open(\"hidden\").is_err());
         denied(\"its memory\", std::fs::OpenOptions::new().write(true).open(\"/proc/self/mem\"));
         42"
    );
    let fill = "let mut files = Vec::new();
        for number in 0.. {
            files.push(std::fs::File::create(format!(\"/tmp/awaitlings-fill-{number}\")).unwrap());
            loop { std::io::Write::write_all(files.last_mut().unwrap(), &[0; 1 << 20]).unwrap() }
        }
        42";
    place.judge_all(
        ANSWER,
        [
            case("files and folders", format!("{DENIED}{}", answering(&body)), [Passes]),
            case("for ever", answering(fill), [Fails("PermissionDenied")]),
        ],
    );
    for folder in folders.iter().filter(|folder| folder.starts_with('/')) {
        assert!(!std::path::Path::new(folder).join(&mark).exists(), "{folder}");
    }
}

#[test]
fn there_is_no_network() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("service");
    // Services that would answer: what is denied is denied by the runner.
    let _service = UnixListener::bind(&path).unwrap();
    let datagrams = temp.path().join("datagrams");
    let _datagrams = std::os::unix::net::UnixDatagram::bind(&datagrams).unwrap();
    let tcp = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = tcp.local_addr().unwrap().to_string();
    let body = format!(
        "use std::net::{{TcpListener, TcpStream, UdpSocket}};
         use std::os::unix::net::{{UnixDatagram, UnixStream}};
         denied(\"loopback\", TcpStream::connect({address:?}));
         denied(\"elsewhere\", TcpStream::connect(\"192.0.2.1:80\"));
         denied(\"elsewhere\", tokio::net::TcpStream::connect(\"[2001:db8::1]:80\").await);
         denied(\"listening\", TcpListener::bind(\"127.0.0.1:0\"));
         denied(\"listening\", tokio::net::TcpListener::bind(\"0.0.0.0:0\").await);
         denied(\"datagrams\", UdpSocket::bind(\"127.0.0.1:0\"));
         denied(\"the machine's services\", UnixStream::connect({path:?}));
         denied(\"the machine's services\", UnixDatagram::unbound());
         denied(\"the machine's services\", UnixDatagram::pair().unwrap().0.send_to(b\"x\", {datagrams:?}));
         let (mut one, mut two) = tokio::net::UnixStream::pair().unwrap();
         use tokio::io::{{AsyncReadExt, AsyncWriteExt}};
         one.write_all(&[42]).await.unwrap();
         two.read_u8().await.unwrap().into()"
    );
    let source = format!("{DENIED}{}", answering(&body));
    Place::new("network").judge_all(ANSWER, [case("every way out", source, [Passes])]);
}

#[test]
fn what_is_right_passes_however_untidy() {
    let passes = |what, body| case(what, answering(body), [Passes]);
    Place::new("untidy").judge_all(
        ANSWER,
        [
            passes("a leaked thread", "std::thread::spawn(|| loop { std::thread::park() }); 42"),
            passes("a leaked thread that computes", "std::thread::spawn(|| loop { std::hint::black_box(0); }); 42"),
            passes("a leaked thread that prints", "std::thread::spawn(|| loop { println!(\"on\"); std::thread::park_timeout(std::time::Duration::from_millis(1)) }); 42"),
            passes("a leaked runtime", "std::mem::forget(tokio::runtime::Runtime::new().unwrap()); 42"),
            passes("a panic in a detached task", "tokio::spawn(async { panic!(\"detached\") }); tokio::task::yield_now().await; 42"),
            passes("a panic in a thread", "assert!(std::thread::spawn(|| panic!(\"thread\")).join().is_err()); 42"),
            passes("a task that never ends", "tokio::spawn(std::future::pending::<()>()); 42"),
            passes("much output", "for _ in 0..80 { println!(\"{}\", \"x\".repeat(100_000)) } 42"),
            passes("many short lines", "for n in 0..20_000 { println!(\"{n}\"); eprintln!(\"{n}\") } 42"),
            passes("much memory", "std::hint::black_box(vec![1_u8; 128 << 20]).len(); 42"),
            passes("many threads", "let all: Vec<_> = (0..100).map(|_| std::thread::spawn(|| 42)).collect(); all.into_iter().map(|one| one.join().unwrap()).max().unwrap()"),
            passes("many tasks", "let all = (0..10_000).map(|_| tokio::spawn(async { 42 })); futures::future::join_all(all).await.into_iter().map(Result::unwrap).max().unwrap()"),
            passes("a silenced panic hook", "std::panic::set_hook(Box::new(|_| ())); assert!(std::thread::spawn(|| panic!()).join().is_err()); 42"),
            case("comments to the limit", format!("{}\n{}", "// x\n".repeat(200_000), answering("42")), [Passes]),
        ],
    );
}

#[test]
fn without_isolation_what_a_solution_starts_ends_with_it() {
    let own = Own::new();
    let sleeper = "std::process::Command::new(\"/bin/sleep\").arg(\"1000\").spawn().unwrap()";
    let shell =
        "std::process::Command::new(\"/bin/sh\").args([\"-c\", \"sleep 1000 & sleep 1000 & exit\"]).status().unwrap()";
    // They hold the output and outlive the test, or are waited for without end.
    let cases = [
        (format!("{sleeper}; 42"), 0),
        (format!("{shell}; 42"), 0),
        (format!("{sleeper}; {shell}; std::process::exit(0)"), 1),
        (format!("let mut child = {sleeper}; child.wait().unwrap(); 42"), 1),
    ];
    for (body, code) in cases {
        std::fs::write(own.work().join("a.rs"), answering(&body)).unwrap();
        let mut command = own.command(&["run", "answer", "--file", "a.rs", "--again"]);
        let printed = printed(command.env("AWAITLINGS_ISOLATION", "L0"));
        assert_eq!(printed.code, Some(code), "{body}: {}", printed.text);
        assert!(printed.text.contains("isolation L0"), "{}", printed.text);
        own.assert_no_process();
    }
    own.assert_no_temporary_file();
}
