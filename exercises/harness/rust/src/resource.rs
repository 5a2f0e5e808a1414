//! A fake resource that must be closed: a connection, a file, a lease.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::sleep;

use crate::timeline::{Span, Timeline};

/// Hands out things that must be closed, and knows which were not. Clones share the figures.
#[derive(Clone)]
pub struct Resource {
    shared: Arc<Shared>,
}

struct Shared {
    name: &'static str,
    timeline: Timeline,
    each_step: Mutex<Duration>,
    opened: AtomicUsize,
    closed: AtomicUsize,
    leaked: AtomicUsize,
}

impl Resource {
    /// A kind of thing, by the name that the timeline shows; opening, working and closing take 100 ms each.
    pub fn new(name: &'static str) -> Resource {
        let shared = Shared {
            name,
            timeline: Timeline::current(),
            each_step: Mutex::new(Duration::from_millis(100)),
            opened: AtomicUsize::new(0),
            closed: AtomicUsize::new(0),
            leaked: AtomicUsize::new(0),
        };
        Resource { shared: Arc::new(shared) }
    }

    /// How long opening, working and closing take each.
    pub fn latency(self, each_step: Duration) -> Resource {
        *self.shared.each_step.lock().unwrap_or_else(PoisonError::into_inner) = each_step;
        self
    }

    /// Opens one. Cancelled meanwhile, nothing was opened.
    pub async fn open(&self) -> Opened {
        sleep(self.shared.each_step()).await;
        let number = self.shared.opened.fetch_add(1, Ordering::SeqCst) + 1;
        let span = self.shared.timeline.begin(format!("{} {number}", self.shared.name));
        Opened { shared: self.shared.clone(), number, span: Some(span) }
    }

    /// How many were opened.
    pub fn opened(&self) -> usize {
        self.shared.opened.load(Ordering::SeqCst)
    }

    /// How many were closed, to the end of closing.
    pub fn closed(&self) -> usize {
        self.shared.closed.load(Ordering::SeqCst)
    }

    /// How many were dropped without being closed to the end.
    pub fn leaked(&self) -> usize {
        self.shared.leaked.load(Ordering::SeqCst)
    }

    /// How many are open now.
    pub fn open_now(&self) -> usize {
        self.opened() - self.closed() - self.leaked()
    }
}

impl Shared {
    fn each_step(&self) -> Duration {
        *self.each_step.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One that was opened. Dropped without [`Opened::close`] or [`Opened::close_now`] it counts as leaked.
pub struct Opened {
    shared: Arc<Shared>,
    number: usize,
    span: Option<Span>,
}

impl Opened {
    /// Its number, from 1, in the order of opening.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Uses it for a while.
    pub async fn work(&mut self) {
        let span = self.shared.timeline.begin(format!("use {} {}", self.shared.name, self.number));
        sleep(self.shared.each_step()).await;
        span.done();
    }

    /// Closes it. Cancelled meanwhile, it was not closed.
    pub async fn close(self) {
        sleep(self.shared.each_step()).await;
        self.close_now();
    }

    /// Closes it at once, without the farewell that takes time: what a `Drop` can do, which cannot await.
    pub fn close_now(mut self) {
        self.shared.closed.fetch_add(1, Ordering::SeqCst);
        if let Some(span) = self.span.take() {
            span.done();
        }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if self.span.is_some() {
            self.shared.leaked.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;

    #[tokio::test(start_paused = true)]
    async fn closed_leaked_and_open_are_told_apart() {
        let leases = Resource::new("lease").latency(Duration::from_secs(1));
        let mut kept = leases.open().await;
        let closed = leases.open().await;
        let leaked = leases.open().await;
        kept.work().await;
        closed.close().await;
        drop(leaked);
        assert_eq!((leases.opened(), leases.closed(), leases.leaked(), leases.open_now()), (3, 1, 1, 1));
        kept.close_now();
        assert_eq!((leases.closed(), leases.open_now()), (2, 0));
        let spans = leases.shared.timeline.spans();
        let outcome = |label: &str| spans.iter().find(|span| span.label == label).unwrap().outcome.clone();
        assert_eq!((outcome("lease 2"), outcome("lease 3")), (Outcome::Done, Outcome::Cancelled));
        assert_eq!(outcome("use lease 1"), Outcome::Done);
    }
}
