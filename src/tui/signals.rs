//! Signals: what ends the program, what stops it, what lets it go on.

use rustix::process::Signal as Number;
use std::io;
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

/// A signal that concerns the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Somebody pressed Ctrl-C elsewhere.
    Interrupt,
    /// The program is asked to end.
    Terminate,
    /// The terminal is gone.
    HangUp,
    /// The program is asked to stop until it is continued.
    Stop,
    /// It goes on.
    Continue,
}

impl Signal {
    fn kind(self) -> Number {
        match self {
            Signal::Interrupt => Number::INT,
            Signal::Terminate => Number::TERM,
            Signal::HangUp => Number::HUP,
            Signal::Stop => Number::TSTP,
            Signal::Continue => Number::CONT,
        }
    }

    /// Its number.
    pub fn number(self) -> i32 {
        self.kind().as_raw()
    }
}

/// The signals as they come.
#[derive(Debug)]
pub struct Signals(Vec<(Signal, Stream)>);

impl Signals {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn start() -> io::Result<Signals> {
        let all = [Signal::Interrupt, Signal::Terminate, Signal::HangUp, Signal::Stop, Signal::Continue];
        let listen = |one: Signal| Ok((one, signal(SignalKind::from_raw(one.number()))?));
        all.into_iter().map(listen).collect::<io::Result<_>>().map(Signals)
    }

    /// The next signal.
    pub async fn next(&mut self) -> Signal {
        std::future::poll_fn(|context| {
            for (one, stream) in &mut self.0 {
                if stream.poll_recv(context).is_ready() {
                    return std::task::Poll::Ready(*one);
                }
            }
            std::task::Poll::Pending
        })
        .await
    }
}

/// Stops the program until the shell lets it go on.
///
/// # Errors
/// When the system refuses.
pub fn stop_here() -> rustix::io::Result<()> {
    // The one signal that cannot be caught.
    rustix::process::kill_process(rustix::process::getpid(), Number::STOP)
}
