//! One entry: an ordinary function that drives async code once.

use harness::Server;
use tokio::runtime::Runtime;

/// Returns who is on duty, and their number: "NAME: NUMBER".
pub fn run(server: &Server) -> String {
    let connection = wait_for(server.connect());
    let name = wait_for(connection.ask("on duty"));
    let number = wait_for(connection.ask(&format!("phone of {name}")));
    format!("{name}: {number}")
}

/// Runs async code to its end.
fn wait_for<F: Future>(work: F) -> F::Output {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(work)
}
