use harness::{Connection, Server};
use std::thread;
use tokio::runtime::Runtime;

pub fn run(server: &Server) -> String {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let connection = server.connect().await;
        let name = ask(&connection, "on duty");
        let number = ask(&connection, &format!("phone of {name}"));
        format!("{name}: {number}")
    })
}

/// A runtime inside a runtime panics, so this one gets a thread of its own.
fn ask(connection: &Connection, question: &str) -> String {
    thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = Runtime::new().expect("a runtime");
            runtime.block_on(connection.ask(question))
        });
        thread.join().expect("the thread ends")
    })
}
