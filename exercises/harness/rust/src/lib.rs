//! What hidden tests and stubs build on: fakes that record, virtual time, a timeline, oracles, and an assertion that
//! says "you did X; Y was expected".
//!
//! For instructors. A hidden test is an ordinary integration test that imports what the learner wrote from the crate
//! `solution` and everything else from here. One that copies well:
//!
//! ```ignore
//! use harness::{Api, clock, expect, seconds};
//! use solution::fetch_all;
//! use std::time::Duration;
//!
//! mod patterns {
//!     use super::*;
//!
//!     #[tokio::test(start_paused = true)]
//!     async fn takes_as_long_as_the_longest() {
//!         let api = Api::new().latency(Duration::from_secs(1)).latency_of(2, Duration::from_secs(3));
//!         let (replies, took) = clock::took(fetch_all(&api, &[1, 2, 3])).await;
//!         expect(took <= Duration::from_secs(3), "one-after-another", seconds(took), seconds(Duration::from_secs(3)));
//!         assert_eq!(replies.len(), 3);
//!     }
//! }
//! ```
//!
//! - The module's name is the criterion the tests are evidence for (`patterns`, `no_blocking`, `errors`, ...).
//! - `"one-after-another"` is a key of `[messages.*]` in the exercise's `exercise.toml`: the sentence is there, in every
//!   language of the course; here are only the two figures that it quotes.
//! - `start_paused = true` makes time virtual: a sleep costs nothing, and a test that would wait for ever ends at once
//!   under the runner. Never sleep real time, and judge what the code did ([`Api::max_in_flight`], [`timeline::spans`],
//!   [`clock::took`]), never how it is spelt.
//! - Make the fakes inside the test: each belongs to the timeline of the thread that made it, however many tests run in
//!   the process, and keeps recording there when the learner's code moves it to another task or thread.
//!
//! | question | ask |
//! |---|---|
//! | sequential or concurrent? | [`clock::took`], [`Api::max_in_flight`] |
//! | how many at once, how many a second? | [`Counter`] |
//! | does it block or hog the thread? | [`polls::watch`] |
//! | on which threads does a blocking library run, and on how many? | [`Library`] |
//! | does it clean up wherever it is cancelled? | [`cancel::at_every_await`] with [`Resource`] |
//! | what is left running? | [`clock::settle`], [`Api::in_flight`], [`Outcome`] |
//! | does background work survive the end of the program? | [`program::run`] |
//! | does it panic, and with what? | [`caught`], [`caught_in`] |

#[cfg(facade)]
extern crate facade as _;

pub mod api;
pub mod cancel;
pub mod clock;
pub mod counter;
pub mod expect;
pub mod library;
pub mod panics;
pub mod polls;
pub mod program;
pub mod protocol;
pub mod resource;
pub mod server;
pub mod thread_time;
pub mod timeline;

pub use api::{Api, ApiError};
pub use counter::Counter;
pub use expect::{Failure, expect, list, seconds};
pub use library::{Library, LibraryCall};
pub use panics::{Panicked, caught, caught_in};
pub use polls::Polls;
pub use resource::{Opened, Resource};
pub use server::{Connection, Server};
pub use timeline::{Outcome, Span, SpanRecord, Timeline};
