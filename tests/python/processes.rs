//! The server's process and its forks, as the system knows them.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long what was ended may take to be gone.
const SOON: Duration = Duration::from_secs(3);

/// A server of this test program that was started on the calling thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    pub id: u32,
}

impl Server {
    /// The one server that the calling thread started.
    pub fn of_this_test() -> Server {
        let servers = Server::all_of_this_test();
        assert_eq!(servers.len(), 1, "{servers:?}");
        servers[0]
    }

    /// Every server that the calling thread started and that runs.
    pub fn all_of_this_test() -> Vec<Server> {
        children(PathBuf::from("/proc/thread-self/children")).into_iter().map(|id| Server { id }).collect()
    }

    /// Its forks.
    pub fn forks(&self) -> Vec<u32> {
        children(PathBuf::from(format!("/proc/{0}/task/{0}/children", self.id)))
    }

    /// How many descriptors it has open.
    pub fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.id)).unwrap().count()
    }

    /// Its memory in use, in kilobytes.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id)).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Ends it, as an accident would.
    pub fn kill(&self) {
        let id = rustix::process::Pid::from_raw(i32::try_from(self.id).unwrap()).unwrap();
        rustix::process::kill_process(id, rustix::process::Signal::KILL).unwrap();
    }
}

fn children(list: PathBuf) -> Vec<u32> {
    let text = fs::read_to_string(list).unwrap_or_default();
    text.split_whitespace().map(|id| id.parse().unwrap()).collect()
}

/// No fork of the server goes on: what was killed a moment ago is soon gone.
pub fn assert_no_fork(server: &Server) {
    soon(|| server.forks().is_empty(), || format!("left running: {:?}", server.forks()));
}

/// A process of this number is not there, or soon will not be.
pub fn assert_gone(id: u32) {
    soon(|| !PathBuf::from(format!("/proc/{id}/exe")).exists(), || format!("{id} is left running"));
}

/// Waits, within limits, for something to hold.
pub fn soon(holds: impl Fn() -> bool, otherwise: impl Fn() -> String) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < SOON, "{}", otherwise());
        std::thread::yield_now();
    }
}
