//! A fake server whose connections, like those of real database and HTTP clients, are driven by a background task on the
//! runtime that opened them, and die with it.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::{self, Handle};
use tokio::sync::{mpsc, oneshot};

use crate::timeline::Timeline;

/// A server that knows which runtimes talked to it. Clones are handles to the same one.
#[derive(Clone)]
pub struct Server {
    shared: Arc<Shared>,
}

struct Shared {
    timeline: Timeline,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    answers: HashMap<String, String>,
    runtimes: Vec<runtime::Id>,
    outside: usize,
    connections: usize,
    asked: Vec<String>,
}

type Question = (String, oneshot::Sender<String>);

impl Server {
    /// A server that answers every question with "?".
    #[expect(clippy::new_without_default, reason = "it depends on the thread that makes it")]
    pub fn new() -> Server {
        Server { shared: Arc::new(Shared { timeline: Timeline::current(), state: Mutex::default() }) }
    }

    /// What it answers to this question.
    pub fn answers(self, question: &str, answer: &str) -> Server {
        self.shared.state().answers.insert(question.to_owned(), answer.to_owned());
        self
    }

    /// Opens a connection, driven by a task on the runtime that awaits this.
    ///
    /// # Panics
    /// As `tokio::spawn` does outside a runtime.
    pub fn connect(&self) -> impl Future<Output = Connection> + Send + use<> {
        let shared = self.shared.clone();
        async move {
            shared.meet_runtime();
            let number = {
                let mut state = shared.state();
                state.connections += 1;
                state.connections
            };
            let (questions, inbox) = mpsc::channel(1);
            tokio::spawn(drive(shared.clone(), number, inbox));
            Connection { shared, questions }
        }
    }

    /// How many different runtimes awaited something of this server.
    pub fn runtimes(&self) -> usize {
        self.shared.state().runtimes.len()
    }

    /// How often something of this server was polled first where there was no tokio runtime.
    pub fn polled_outside(&self) -> usize {
        self.shared.state().outside
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.shared.state().connections
    }

    /// The questions that were answered, in order.
    pub fn asked(&self) -> Vec<String> {
        self.shared.state().asked.clone()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meet_runtime(&self) {
        let mut state = self.state();
        match Handle::try_current() {
            Err(_) => state.outside += 1,
            Ok(handle) if state.runtimes.contains(&handle.id()) => {}
            Ok(handle) => {
                state.runtimes.push(handle.id());
                let number = state.runtimes.len();
                drop(state);
                self.timeline.mark(format!("runtime {number}"));
            }
        }
    }
}

/// The background task of one connection; its bar is cancelled when its runtime ends.
async fn drive(shared: Arc<Shared>, number: usize, mut inbox: mpsc::Receiver<Question>) {
    let span = shared.timeline.begin(format!("connection {number}"));
    while let Some((question, reply)) = inbox.recv().await {
        let answer = {
            let mut state = shared.state();
            state.asked.push(question.clone());
            state.answers.get(&question).cloned().unwrap_or_else(|| "?".to_owned())
        };
        // Nobody waits for it any more: the caller was cancelled, which is no fault of the server.
        let _ = reply.send(answer);
    }
    span.done();
}

/// An open connection. It closes when it is dropped.
pub struct Connection {
    shared: Arc<Shared>,
    questions: mpsc::Sender<Question>,
}

impl Connection {
    /// Asks the server.
    ///
    /// # Panics
    /// When the connection's background task is gone, because the runtime that opened the connection has ended.
    pub fn ask(&self, question: &str) -> impl Future<Output = String> + Send + use<> {
        let (shared, questions, question) = (self.shared.clone(), self.questions.clone(), question.to_owned());
        async move {
            shared.meet_runtime();
            let span = shared.timeline.begin(format!("ask {question}"));
            let (reply, answer) = oneshot::channel();
            // A question that could not be sent is dropped here, and its reply with it: the wait below then ends.
            drop(questions.send((question, reply)).await);
            match answer.await {
                Ok(answer) => {
                    span.done();
                    answer
                }
                Err(_) => {
                    span.failed("connection lost");
                    panic!("connection lost: the runtime that opened it has ended, and its background task with it");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, caught_in, timeline};
    use tokio::runtime::Runtime;

    fn runtime() -> Runtime {
        runtime::Builder::new_current_thread().build().unwrap()
    }

    #[test]
    fn one_runtime_serves_many_questions() {
        timeline::by_steps();
        let server = Server::new().answers("name", "Ada");
        let answers = runtime().block_on(async {
            let connection = server.connect().await;
            (connection.ask("name").await, connection.ask("age").await)
        });
        assert_eq!(answers, ("Ada".to_owned(), "?".to_owned()));
        assert_eq!((server.runtimes(), server.connections(), server.polled_outside()), (1, 1, 0));
        assert_eq!(server.asked(), ["name", "age"]);
        assert!(timeline::spans().iter().any(|span| span.label == "ask name" && span.outcome == Outcome::Done));
    }

    #[test]
    fn a_connection_dies_with_its_runtime() {
        let server = Server::new();
        let connection = runtime().block_on(server.connect());
        let panicked = caught_in(|| runtime().block_on(connection.ask("name"))).unwrap_err();
        assert!(panicked.says("connection lost"));
        assert_eq!(server.runtimes(), 2);
    }

    #[test]
    fn no_runtime_is_noticed() {
        let server = Server::new();
        let panicked = caught_in(|| futures::executor::block_on(server.connect())).map(drop).unwrap_err();
        assert!(panicked.says("no reactor running"), "{panicked}");
        assert_eq!((server.runtimes(), server.polled_outside()), (0, 1));
    }
}
