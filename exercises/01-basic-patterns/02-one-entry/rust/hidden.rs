use harness::{Panicked, Server, caught_in, expect, timeline};
use solution::run;

const EXPECTED: &str = "Ada: 555-0100";

fn server() -> Server {
    timeline::by_steps();
    Server::new().answers("on duty", "Ada").answers("phone of Ada", "555-0100").answers("phone of Bob", "555-0199")
}

/// What `run` returned. Where it is async, that is no line, and there is a message for it.
struct Returned<T>(T);

trait Line {
    fn line(self) -> String;
}

impl Line for Returned<String> {
    fn line(self) -> String {
        self.0
    }
}

/// Tried by the compiler only where [`Line`] does not fit.
trait NoLine {
    fn line(&self) -> String;
}

impl<F: Future> NoLine for Returned<F> {
    fn line(&self) -> String {
        expect(false, "run-is-async", "impl Future", "String");
        unreachable!("the expectation was not met")
    }
}

/// Runs the program and fails the test unless async code was started once, and by tokio.
fn started_once(server: &Server) -> String {
    let line: Result<String, Panicked> = caught_in(|| Returned(run(server)).line());
    if let Err(panicked) = &line {
        expect(!panicked.is_nested_runtime(), "nested-runtime", panicked, 1);
    }
    expect(server.polled_outside() == 0, "driven-by-hand", server.polled_outside(), 0);
    expect(server.runtimes() <= 1, "one-run-per-call", server.runtimes(), 1);
    line.unwrap_or_else(|panicked| panic!("{panicked}"))
}

mod patterns {
    use super::*;

    #[test]
    fn starts_async_code_once() {
        started_once(&server());
    }

    #[test]
    fn returns_the_line() {
        let line = started_once(&server());
        expect(line == EXPECTED, "other-answer", format!("{line:?}"), format!("{EXPECTED:?}"));
        let tomorrow = server().answers("on duty", "Bob");
        let line = started_once(&tomorrow);
        expect(line == "Bob: 555-0199", "other-answer", format!("{line:?}"), "\"Bob: 555-0199\"");
    }

    #[test]
    fn opens_one_connection() {
        let server = server();
        started_once(&server);
        expect(server.connections() == 1, "too-many-connections", server.connections(), 1);
    }
}
