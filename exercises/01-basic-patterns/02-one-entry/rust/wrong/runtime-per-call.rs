use harness::Server;
use tokio::runtime::Builder;

pub fn run(server: &Server) -> String {
    let name = ask(server, "on duty");
    let number = ask(server, &format!("phone of {name}"));
    format!("{name}: {number}")
}

fn ask(server: &Server, question: &str) -> String {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let connection = server.connect().await;
        connection.ask(question).await
    })
}
