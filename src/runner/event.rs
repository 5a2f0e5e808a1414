//! What the runner tells while it works.

use super::TestReport;
use super::rust::diagnostics::Diagnostic;
use tokio::sync::mpsc;

/// A step of the work.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Another program builds the same libraries; this one waits for it.
    WaitingForOther {
        /// The dependency set.
        set: String,
    },
    /// Libraries are being fetched.
    Fetching {
        /// The dependency set.
        set: String,
    },
    /// Libraries are being built.
    Building {
        /// The dependency set.
        set: String,
        /// Packages built.
        done: usize,
        /// Packages in all.
        total: usize,
    },
    /// The harness is being built.
    BuildingHarness,
    /// The solution is being compiled.
    Compiling,
    /// The compiler said something.
    Said(Diagnostic),
    /// The tests are running.
    Testing {
        /// How many there are.
        tests: usize,
    },
    /// A test has ended.
    Tested(TestReport),
}

/// Where events go; nobody may be listening.
#[derive(Debug, Clone, Default)]
pub struct Events(Option<mpsc::UnboundedSender<Event>>);

impl Events {
    /// Events for a listener.
    pub fn to(sender: mpsc::UnboundedSender<Event>) -> Events {
        Events(Some(sender))
    }

    /// Tells an event.
    pub fn tell(&self, event: Event) {
        if let Some(sender) = &self.0 {
            // A listener that has gone does not want to know.
            let _ = sender.send(event);
        }
    }
}
