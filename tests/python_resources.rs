//! Whatever a Python solution takes or holds up, there is a verdict in time and nothing goes on.

mod python;

use awaitlings::runner::verdict::{Crash, Hang};
use awaitlings::runner::{Kept, Kind, Reuse};
use python::Seen::{Crashes, Fails, Hangs};
use python::{Place, Server, after, answering, assert_gone, assert_no_fork, case};

#[test]
fn what_never_ends_is_told_apart() {
    let hangs = |what, body, hang| case(what, answering(body), [Hangs(hang)]);
    Place::new().judge_all([
        hangs("a busy loop", "while True: pass", Hang::Busy),
        hangs("a blocking wait", "import threading\nthreading.Event().wait()", Hang::Waiting),
        hangs(
            "a signal that is ignored",
            "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)",
            Hang::Waiting,
        ),
        hangs(
            "a job that holds up the loop's end",
            "import asyncio, time\nasyncio.get_running_loop().run_in_executor(None, time.sleep, 60)\nreturn 42",
            Hang::RuntimeStillRunning,
        ),
        case(
            "nothing that could wake it, in virtual and in real time",
            answering("import asyncio\nawait asyncio.Event().wait()"),
            [Hangs(Hang::NeverWoken), Hangs(Hang::Waiting)],
        ),
        case(
            "two locks in opposite orders",
            answering(
                "import asyncio
a, b = asyncio.Lock(), asyncio.Lock()
async def both(first, second):
    async with first:
        await asyncio.sleep(1)
        async with second: pass
await asyncio.gather(both(a, b), both(b, a))",
            ),
            [Hangs(Hang::NeverWoken), Hangs(Hang::Waiting)],
        ),
    ]);
}

#[test]
fn what_takes_too_much_ends() {
    let fails = |what, body, says| case(what, answering(body), [Fails(says)]);
    Place::new().judge_all([
        case("a flood", answering("while True: print('x' * 65536)"), [Crashes(Crash::Flooded)]),
        fails("20 GB", "bytearray(20 << 30)\nreturn 42", "MemoryError"),
        // Of a text much longer asyncio itself makes copies (Runner.run asks for a signal's handler, whose failed lookup
        // quotes the task and its error), until the time limit ends that.
        fails("an error of 8 MiB", "raise ValueError('x' * (8 << 20))", "ValueError"),
        fails(
            "20 GB of a mapping",
            "import mmap\nmmap.mmap(-1, 20 << 30, flags=mmap.MAP_PRIVATE)",
            "Cannot allocate memory",
        ),
        fails("recursion", "def down(): return down()\ndown()", "RecursionError"),
    ]);
}

#[test]
fn what_is_not_granted_is_refused() {
    let fails = |what, body: &str| case(what, answering(&format!("{body}\nreturn 42")), [Fails("PermissionError")]);
    Place::new().judge_all([
        fails("a fork", "import os\nos.fork()"),
        fails("a program", "import subprocess\nsubprocess.run(['/bin/true'])"),
        fails("another program in its place", "import os, sys\nos.execv(sys.executable, ['python'])"),
        fails(
            "a process of multiprocessing",
            "import multiprocessing\nprocess = multiprocessing.get_context('fork').Process()\nprocess.start()",
        ),
        fails("the server's end", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"),
        fails("another session", "import os\nos.setsid()"),
        fails("the network", "import socket\nsocket.create_connection(('127.0.0.1', 9))"),
        fails("a file in the folder for temporary files", "open('/tmp/awaitlings-python-was-here', 'w')"),
        fails("a file where it runs", "open('was-here', 'w')"),
        // The limit on memory does not count these.
        fails("shared memory", "import mmap\nmmap.mmap(-1, 4096)"),
        fails("a stack's memory", "import mmap\nmmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | 0x100)"),
        fails("memory in a file", "import os\nos.memfd_create('x')"),
        fails(
            "named shared memory",
            "from multiprocessing import shared_memory\nshared_memory.SharedMemory(None, True, 1)",
        ),
        fails("a folder", "import os\nos.mkdir('/var/tmp/awaitlings-python-was-here')"),
    ]);
}

#[test]
fn the_servers_memory_is_out_of_reach_and_looking_for_it_is_noticed() {
    let look = "import os\nfor name in ('mem', 'environ', 'maps', 'fd'):\n    try:\n        open(f'/proc/{os.getppid()}/{name}')\n    \
                except OSError:\n        print('refused', name)\nreturn 42";
    let verdict = Place::new().judge(&answering(look));
    assert_eq!(verdict.kind, Kind::Tampered);
    for test in &verdict.tests {
        assert_eq!(test.output, "refused mem\nrefused environ\nrefused maps\nrefused fd\n");
    }
}

#[test]
fn standard_input_is_empty_and_nothing_acts_on_a_terminal() {
    let place = Place::new();
    place.judge_all([case("a question", answering("input()"), [Fails("EOFError")])]);
    let verdict = place.judge(&answering("print('\\x1b]52;c;aGk=\\x07\\u202edrow\\x9b31m', b'\\xff'.decode(errors='surrogateescape').encode(errors='surrogateescape'))\nraise ValueError('\\x1b[31m')"));
    let text = serde_json::to_string(&verdict).unwrap();
    assert!(!text.contains("\\u001b") && !text.contains('\u{202e}'), "{text}");
}

#[test]
fn dropping_the_future_ends_the_test_and_the_server_goes_on() {
    let place = Place::new();
    let server = Server::of_this_test();
    let source = answering("import threading\nthreading.Event().wait()");
    place.runtime.block_on(async {
        let mut kept = Kept::No;
        let judging = place.runner.judge(place.task(&source), Reuse::Never, &mut kept);
        tokio::pin!(judging);
        // Until it runs; then the future is dropped.
        while server.forks().is_empty() {
            tokio::select! {
                _ = &mut judging => panic!("it never ends"),
                () = tokio::task::yield_now() => {}
            }
        }
    });
    assert_no_fork(&server);
    assert_eq!(place.judge(&after("")).kind, Kind::Passed);
    assert_eq!(Server::of_this_test(), server, "the same server judged it");
}

#[test]
fn a_server_that_dies_is_started_again() {
    let place = Place::new();
    let first = Server::of_this_test();
    first.kill();
    assert_gone(first.id);
    assert_eq!(place.judge(&after("")).kind, Kind::Passed);
    assert_ne!(Server::of_this_test(), first);
}

#[test]
fn a_server_that_dies_in_the_middle_is_started_again_and_takes_its_forks_with_it() {
    let place = Place::new();
    let first = Server::of_this_test();
    // Only what the first server runs has no end, so it does not matter how fast the machine is.
    let source = answering(&format!(
        "import os, threading\nif os.getppid() == {}: threading.Event().wait()\nreturn 42",
        first.id
    ));
    let forks = place.runtime.block_on(async {
        let mut kept = Kept::No;
        let judging = place.runner.judge(place.task(&source), Reuse::Never, &mut kept);
        tokio::pin!(judging);
        let mut forks = Vec::new();
        loop {
            if forks.is_empty() {
                forks = first.forks();
                if !forks.is_empty() {
                    first.kill();
                }
            }
            tokio::select! {
                verdict = &mut judging => {
                    assert_eq!(verdict.kind, Kind::Passed, "{verdict:#?}");
                    return forks;
                }
                () = tokio::task::yield_now() => {}
            }
        }
    });
    assert!(!forks.is_empty());
    forks.into_iter().for_each(assert_gone);
}

#[test]
fn the_end_of_the_runner_is_the_end_of_the_server() {
    let place = Place::new();
    let server = Server::of_this_test();
    drop(place);
    assert_gone(server.id);
    assert_eq!(Server::all_of_this_test(), []);
}
