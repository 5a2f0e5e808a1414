//! One entry: an ordinary function that drives async code once.

use harness::Server;
use tokio::runtime::Builder;

/// Returns who is on duty, and their number: "NAME: NUMBER".
pub fn run(server: &Server) -> String {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(on_duty(server))
}

/// Everything that waits.
async fn on_duty(server: &Server) -> String {
    let connection = server.connect().await;
    let name = connection.ask("on duty").await;
    let number = connection.ask(&format!("phone of {name}")).await;
    format!("{name}: {number}")
}
