use harness::Server;

#[tokio::main(flavor = "current_thread")]
pub async fn run(server: &Server) -> String {
    let name = ask(server, "on duty").await;
    let number = ask(server, &format!("phone of {name}")).await;
    format!("{name}: {number}")
}

async fn ask(server: &Server, question: &str) -> String {
    let connection = server.connect().await;
    connection.ask(question).await
}
