use harness::{Connection, Server};
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

fn ask(connection: &Connection, question: &str) -> String {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(connection.ask(question))
}
