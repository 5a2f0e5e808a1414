//! Wait for event: be told, instead of looking again and again.

use tokio::sync::watch;

/// A door that people wait at until it is open.
pub struct Door {
    is_open: watch::Sender<bool>,
}

impl Door {
    /// A closed door.
    pub fn new() -> Door {
        Door { is_open: watch::Sender::new(false) }
    }

    /// Opens it: whoever waits may enter now, and whoever comes later, until it is closed.
    pub fn open(&self) {
        self.is_open.send_replace(true);
    }

    /// Closes it.
    pub fn close(&self) {
        self.is_open.send_replace(false);
    }

    /// Waits until the door is open.
    pub async fn enter(&self) {
        let mut state = self.is_open.subscribe();
        // Looks first, then waits for a change, so that nothing is lost in between.
        state.wait_for(|is_open| *is_open).await.expect("the sender lives as long as the door");
    }
}
