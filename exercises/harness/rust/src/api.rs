//! A fake of a slow service that answers one question at a time per call, as many calls at once as it gets.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::yield_now;
use tokio::time::sleep;

use crate::counter::Counter;
use crate::timeline::{SpanRecord, Timeline};

/// What a fake says (by a panic) when `futures::executor::block_on` drives it on a thread that a tokio runtime needs: the
/// runtime could never go on, and nothing else would tell.
pub(crate) const BLOCKED_INSIDE: &str =
    "block_on inside async code: this thread drives the runtime, which now stands still";

/// A slow service. Clones are handles to the same one.
///
/// ```ignore
/// let api = Api::new().latency(Duration::from_secs(1)).reply(7, "Ada").fails(9, "503");
/// assert_eq!(api.fetch(7).await, "Ada");
/// assert!(api.try_fetch(9).await.is_err());
/// ```
#[derive(Clone)]
pub struct Api {
    shared: Arc<Shared>,
}

struct Shared {
    timeline: Timeline,
    counter: Counter,
    state: Mutex<State>,
}

struct State {
    verb: &'static str,
    latency: Duration,
    latencies: HashMap<u32, Duration>,
    replies: HashMap<u32, String>,
    failures: HashMap<u32, Failing>,
    created: Vec<Duration>,
    asked: Vec<u32>,
    answered: Vec<u32>,
    unawaited: usize,
}

struct Failing {
    text: String,
    times_left: usize,
}

/// The service's answer to a request that it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// Which id was asked for.
    pub id: u32,
    /// Why it was refused.
    pub text: String,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "request {} failed: {}", self.id, self.text)
    }
}

impl std::error::Error for ApiError {}

impl Api {
    /// A service that answers "item ID" after one second.
    #[expect(clippy::new_without_default, reason = "it depends on the thread that makes it")]
    pub fn new() -> Api {
        let state = State {
            verb: "fetch",
            latency: Duration::from_secs(1),
            latencies: HashMap::new(),
            replies: HashMap::new(),
            failures: HashMap::new(),
            created: Vec::new(),
            asked: Vec::new(),
            answered: Vec::new(),
            unawaited: 0,
        };
        Api {
            shared: Arc::new(Shared {
                timeline: Timeline::current(),
                counter: Counter::new(),
                state: Mutex::new(state),
            }),
        }
    }

    /// The word before the id on the timeline, instead of "fetch".
    pub fn named(self, verb: &'static str) -> Api {
        self.with(|state| state.verb = verb)
    }

    /// How long every answer takes; zero means that it takes one turn of the runtime.
    pub fn latency(self, latency: Duration) -> Api {
        self.with(|state| state.latency = latency)
    }

    /// How long the answer to this id takes.
    pub fn latency_of(self, id: u32, latency: Duration) -> Api {
        self.with(|state| {
            state.latencies.insert(id, latency);
        })
    }

    /// What the answer to this id is.
    pub fn reply(self, id: u32, reply: impl Into<String>) -> Api {
        self.with(|state| {
            state.replies.insert(id, reply.into());
        })
    }

    /// Requests for this id fail with that text, after the usual time.
    pub fn fails(self, id: u32, text: impl Into<String>) -> Api {
        self.fails_times(id, usize::MAX, text)
    }

    /// The first so many requests for this id fail with that text, the others succeed.
    pub fn fails_times(self, id: u32, times: usize, text: impl Into<String>) -> Api {
        self.with(|state| {
            state.failures.insert(id, Failing { text: text.into(), times_left: times });
        })
    }

    /// Asks for one item. Nothing happens before the future is awaited.
    ///
    /// # Panics
    /// When the test made this id fail: use [`Api::try_fetch`] where that is a case.
    pub fn fetch(&self, id: u32) -> impl Future<Output = String> + Send + use<> {
        let answer = self.try_fetch(id);
        async move { answer.await.unwrap_or_else(|error| panic!("{error}")) }
    }

    /// Asks for one item that the service may refuse. Nothing happens before the future is awaited.
    pub fn try_fetch(&self, id: u32) -> impl Future<Output = Result<String, ApiError>> + Send + use<> {
        self.state().created.push(self.shared.timeline.now());
        let request = Request { shared: self.shared.clone(), awaited: false };
        request.answer(id)
    }

    /// Requests that arrived.
    pub fn calls(&self) -> usize {
        self.shared.counter.calls()
    }

    /// Requests that wait for their answer now.
    pub fn in_flight(&self) -> usize {
        self.shared.counter.in_flight()
    }

    /// The most requests that waited for their answers at one moment.
    pub fn max_in_flight(&self) -> usize {
        self.shared.counter.max_in_flight()
    }

    /// The counter behind the figures, which also knows about windows of time.
    pub fn counter(&self) -> &Counter {
        &self.shared.counter
    }

    /// The ids in the order in which they were asked for.
    pub fn asked(&self) -> Vec<u32> {
        self.state().asked.clone()
    }

    /// The ids in the order in which they were answered (refusals included).
    pub fn answered(&self) -> Vec<u32> {
        self.state().answered.clone()
    }

    /// When `fetch` was called, in virtual time since the test began. [`Counter::arrivals`] says when the request was made:
    /// later, or never, where the future lay unawaited.
    pub fn created(&self) -> Vec<Duration> {
        self.state().created.clone()
    }

    /// Calls of `fetch` whose future was dropped before anybody awaited it: no request was made.
    pub fn unawaited(&self) -> usize {
        self.state().unawaited
    }

    /// The bars of this service's requests: those whose label begins with its word.
    pub fn spans(&self) -> Vec<SpanRecord> {
        let verb = format!("{} ", self.state().verb);
        self.shared.timeline.spans().into_iter().filter(|span| span.label.starts_with(&verb)).collect()
    }

    fn with(self, change: impl FnOnce(&mut State)) -> Api {
        change(&mut self.state());
        self
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request from the call of `fetch` on, so that one that is never awaited can be counted.
struct Request {
    shared: Arc<Shared>,
    awaited: bool,
}

impl Request {
    async fn answer(mut self, id: u32) -> Result<String, ApiError> {
        self.awaited = true;
        panic_if_blocked();
        let (label, latency) = {
            let mut state = self.shared.state();
            state.asked.push(id);
            (format!("{} {id}", state.verb), state.latencies.get(&id).copied().unwrap_or(state.latency))
        };
        let _in_flight = self.shared.counter.enter();
        let span = self.shared.timeline.begin(label);
        if latency.is_zero() {
            yield_now().await
        } else {
            sleep(latency).await
        }

        let mut state = self.shared.state();
        state.answered.push(id);
        if let Some(failing) = state.failures.get_mut(&id).filter(|failing| failing.times_left > 0) {
            failing.times_left -= 1;
            let error = ApiError { id, text: failing.text.clone() };
            span.failed(&error.text);
            return Err(error);
        }
        span.done();
        Ok(state.replies.get(&id).cloned().unwrap_or_else(|| format!("item {id}")))
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        if !self.awaited {
            self.shared.state().unawaited += 1;
        }
    }
}

fn panic_if_blocked() {
    let inside_block_on = futures::executor::enter().is_err();
    if inside_block_on && Handle::try_current().is_ok() {
        panic!("{BLOCKED_INSIDE}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, caught, clock};
    use futures::future::{join, join_all};

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn answers_after_its_latency_and_counts() {
        let api = Api::new().latency_of(2, 3 * SECOND).reply(2, "two");
        let (replies, took) = clock::took(join(api.fetch(2), api.fetch(5))).await;
        assert_eq!(replies, ("two".to_owned(), "item 5".to_owned()));
        assert_eq!(took, 3 * SECOND);
        assert_eq!((api.calls(), api.in_flight(), api.max_in_flight()), (2, 0, 2));
        assert_eq!((api.asked(), api.answered()), (vec![2, 5], vec![5, 2]));
        assert_eq!(api.counter().busiest_window(SECOND), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn failures_come_as_errors_as_often_as_told() {
        let api = Api::new().fails_times(1, 2, "503").fails(2, "gone");
        assert_eq!(api.try_fetch(1).await.unwrap_err().to_string(), "request 1 failed: 503");
        assert_eq!(api.try_fetch(1).await, Err(ApiError { id: 1, text: "503".into() }));
        assert_eq!(api.try_fetch(1).await.as_deref(), Ok("item 1"));
        assert!(caught(api.fetch(2)).await.unwrap_err().says("gone"));
        assert_eq!(api.spans()[0].outcome, Outcome::Failed("503".into()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_future_that_nobody_awaits_makes_no_request() {
        let api = Api::new();
        drop(api.fetch(1));
        assert_eq!((api.calls(), api.unawaited()), (0, 1));
        let kept = api.fetch(1);
        sleep(SECOND).await;
        kept.await;
        assert_eq!((api.calls(), api.unawaited()), (1, 1));
        assert_eq!((api.created(), api.counter().arrivals()), (vec![Duration::ZERO; 2], vec![SECOND]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_dropped_request_is_cancelled_and_no_longer_in_flight() {
        let api = Api::new().named("load");
        let task = tokio::spawn(api.fetch(1));
        clock::settle().await;
        assert_eq!(api.in_flight(), 1);
        task.abort();
        clock::settle().await;
        assert_eq!((api.in_flight(), api.answered()), (0, vec![]));
        let span = &api.spans()[0];
        assert_eq!((span.label.as_str(), &span.outcome, span.task.as_str()), ("load 1", &Outcome::Cancelled, "1"));
    }

    #[tokio::test(start_paused = true)]
    async fn services_side_by_side_keep_their_own_bars() {
        let (mails, orders) = (Api::new().named("mail"), Api::new().named("order"));
        join_all([mails.fetch(1), orders.fetch(1), mails.fetch(2)]).await;
        assert_eq!((mails.spans().len(), orders.spans().len()), (2, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn block_on_inside_async_code_is_told_instead_of_hanging() {
        let api = Api::new();
        let panicked = caught(async { futures::executor::block_on(api.fetch(1)) }).await.unwrap_err();
        assert!(panicked.is_nested_runtime(), "{panicked}");
    }

    #[test]
    fn block_on_outside_a_runtime_is_fine() {
        let api = Api::new().latency(Duration::ZERO);
        assert_eq!(futures::executor::block_on(api.fetch(1)), "item 1");
    }
}
