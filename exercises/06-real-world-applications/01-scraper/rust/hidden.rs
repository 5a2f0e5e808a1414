use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use futures::stream::{self, StreamExt};
use harness::{Counter, caught, expect, list, seconds, timeline};
use solution::{Fault, scrape};
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::timeout;

const AT_ONCE: usize = 3;
/// Enough for any page that answers.
const PATIENCE: Duration = Duration::from_secs(10);
/// What a page that does not answer is given, where others must answer within the same time.
const SHORT: Duration = Duration::from_secs(1);
/// What a page that does not answer is given, where nothing else matters.
const SHORTEST: Duration = Duration::from_millis(500);
/// How long a page that is not given up is waited for.
const GIVEN_UP: Duration = Duration::from_millis(2_500);
/// How long pages are held to see whether one too many is asked for.
const LOOK: Duration = Duration::from_millis(300);

/// A web site on this machine that counts.
struct Site {
    root: String,
    state: Arc<Served>,
}

/// What the site holds its pages for, and what it saw.
struct Served {
    /// Pages are held until so many are asked for at the same time, or until this long has passed.
    crowd: (usize, Duration),
    counter: Counter,
    connections: AtomicUsize,
    inside: watch::Sender<usize>,
    answered: watch::Sender<usize>,
    gate_open: watch::Sender<bool>,
}

impl Site {
    async fn start(crowd: usize, hold: Duration) -> Site {
        let state = Arc::new(Served {
            crowd: (crowd, hold),
            counter: Counter::new(),
            connections: AtomicUsize::new(0),
            inside: watch::Sender::new(0),
            answered: watch::Sender::new(0),
            gate_open: watch::Sender::new(crowd <= 1),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let root = format!("http://{}", listener.local_addr().expect("it is bound"));
        let seen = state.clone();
        let listener = listener.tap_io(move |_| {
            seen.connections.fetch_add(1, Ordering::SeqCst);
        });
        let router = axum::Router::new().route("/{page}", get(answer)).with_state(state.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Site { root, state }
    }

    /// A site that answers at once.
    async fn quick() -> Site {
        Site::start(1, Duration::ZERO).await
    }

    fn addresses(&self, pages: &[&str]) -> Vec<String> {
        pages.iter().map(|page| format!("{}/{page}", self.root)).collect()
    }
}

async fn answer(State(state): State<Arc<Served>>, Path(page): Path<String>) -> Response {
    let _in_flight = state.counter.enter();
    let span = timeline::begin(format!("GET {page}"));
    state.inside.send_modify(|inside| *inside += 1);
    state.held(&page).await;
    let response = match page.as_str() {
        "missing" => StatusCode::NOT_FOUND.into_response(),
        "broken" => (StatusCode::INTERNAL_SERVER_ERROR, "an error page").into_response(),
        "silent" => pending().await,
        "half" => {
            let half = stream::iter([Ok::<_, std::io::Error>(Bytes::from("half of "))]).chain(stream::pending());
            Body::from_stream(half).into_response()
        }
        _ => format!("text of {page}").into_response(),
    };
    state.inside.send_modify(|inside| *inside -= 1);
    state.answered.send_modify(|answered| *answered += 1);
    span.done();
    response
}

impl Served {
    async fn held(&self, page: &str) {
        if page == "last" {
            // Answers when two others have been answered, so that it cannot be the first.
            let _ = timeout(LOOK, self.answered.subscribe().wait_for(|answered| *answered >= 2)).await;
        }
        let (size, hold) = self.crowd;
        let (mut open, mut inside) = (self.gate_open.subscribe(), self.inside.subscribe());
        tokio::select! {
            _ = open.wait_for(|open| *open) => {}
            _ = timeout(hold, inside.wait_for(|inside| *inside >= size)) => {
                self.gate_open.send_replace(true);
            }
        }
    }
}

/// Many pages of a site.
const MANY: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

/// How results are quoted.
fn told(pages: &[Result<String, Fault>]) -> String {
    list(pages.iter().map(|page| match page {
        Ok(text) => format!("{text:?}"),
        Err(fault) => format!("{fault:?}"),
    }))
}

/// What a page that can be had gives.
fn text(page: &str) -> Result<String, Fault> {
    Ok(format!("text of {page}"))
}

/// Scrapes; a panic is a result that is not there.
async fn scraped(addresses: &[String], patience: Duration) -> Vec<Result<String, Fault>> {
    caught(scrape(addresses, patience)).await.unwrap_or_default()
}

/// Fails the test when more pages are asked for at the same time than allowed.
async fn at_most_so_many_at_once() {
    let site = Site::start(AT_ONCE + 1, LOOK).await;
    scraped(&site.addresses(&MANY), PATIENCE).await;
    let at_once = site.state.counter.max_in_flight();
    expect(at_once <= AT_ONCE, "unlimited", at_once, AT_ONCE);
}

mod patterns {
    use super::*;

    #[tokio::test]
    async fn reaches_its_limit() {
        let site = Site::start(AT_ONCE, PATIENCE / 5).await;
        scraped(&site.addresses(&MANY[..6]), PATIENCE).await;
        let at_once = site.state.counter.max_in_flight();
        expect(at_once >= AT_ONCE, "one-at-a-time", at_once, AT_ONCE);
    }

    #[tokio::test]
    async fn one_client_serves_all() {
        let site = Site::quick().await;
        scraped(&site.addresses(&MANY), PATIENCE).await;
        let connections = site.state.connections.load(Ordering::SeqCst);
        if connections >= MANY.len() {
            // Pages that are all asked for at once need as many connections, of one client too.
            at_most_so_many_at_once().await;
        }
        expect(connections < MANY.len(), "client-per-url", connections, AT_ONCE);
    }

    #[tokio::test]
    async fn keeps_the_order() {
        let site = Site::quick().await;
        let did = scraped(&site.addresses(&["last", "a", "b"]), PATIENCE).await;
        let expected = ["last", "a", "b"].map(text);
        let arrived = did.last() == expected.first();
        let message = if arrived { "completion-order" } else { "other-pages" };
        expect(did == expected, message, told(&did), told(&expected));
    }

    #[tokio::test]
    async fn no_addresses_give_no_pages() {
        let did = scraped(&[], PATIENCE).await;
        expect(did.is_empty(), "other-pages", told(&did), "[]");
    }
}

mod errors {
    use super::*;

    #[tokio::test]
    async fn a_failure_leaves_the_others_alone() {
        let site = Site::quick().await;
        let did = scraped(&site.addresses(&["a", "missing", "b"]), PATIENCE).await;
        let expected = [text("a"), Err(Fault::Refused(404)), text("b")];
        let kept = did.len() == 3 && did[0] == expected[0] && did[2] == expected[2];
        let left_out = did == [text("a"), text("b")];
        let message = if left_out { "failure-left-out" } else { "one-failure-ends-all" };
        expect(kept, message, told(&did), told(&expected));
    }

    #[tokio::test]
    async fn a_refusal_is_no_page() {
        let site = Site::quick().await;
        let did = scraped(&site.addresses(&["broken"]), PATIENCE).await;
        let taken_for_a_page = did.iter().any(Result::is_ok);
        expect(!taken_for_a_page, "status-ignored", told(&did), told(&[Err(Fault::Refused(500))]));
    }

    #[tokio::test]
    async fn a_silent_page_is_given_up() {
        let site = Site::quick().await;
        let ended = timeout(GIVEN_UP, scraped(&site.addresses(&["silent", "a"]), SHORTEST)).await;
        expect(ended.is_ok(), "no-timeout", seconds(GIVEN_UP), seconds(SHORTEST));
    }

    #[tokio::test]
    async fn a_page_that_stops_in_the_middle_is_given_up() {
        let site = Site::quick().await;
        let ended = timeout(GIVEN_UP, scraped(&site.addresses(&["half", "a"]), SHORTEST)).await;
        expect(ended.is_ok(), "body-never-ends", seconds(GIVEN_UP), seconds(SHORTEST));
    }

    #[tokio::test]
    async fn waiting_for_its_turn_is_not_the_pages_fault() {
        let site = Site::quick().await;
        let addresses = site.addresses(&["silent", "silent", "silent", "a"]);
        let did = timeout(GIVEN_UP + SHORT, scraped(&addresses, SHORT)).await.unwrap_or_default();
        let last = did.last().cloned().unwrap_or(Err(Fault::TooSlow));
        expect(last == text("a"), "timed-out-in-the-queue", told(&[last]), told(&[text("a")]));
    }

    #[tokio::test]
    async fn each_kind_of_failure_is_told() {
        let site = Site::quick().await;
        let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let nobody = format!("http://{}/a", closed.local_addr().expect("it is bound"));
        drop(closed);
        let mut addresses = site.addresses(&["missing", "silent"]);
        addresses.push(nobody);
        let did = timeout(GIVEN_UP + SHORT, scraped(&addresses, SHORT)).await.unwrap_or_default();
        let expected = [Err(Fault::Refused(404)), Err(Fault::TooSlow), Err(Fault::Unreachable)];
        expect(did == expected, "other-fault", told(&did), told(&expected));
    }
}

mod rate_limit {
    use super::*;

    #[tokio::test]
    async fn never_more_than_allowed() {
        at_most_so_many_at_once().await;
    }
}
