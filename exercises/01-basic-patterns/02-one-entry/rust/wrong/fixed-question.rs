use harness::Server;

#[tokio::main(flavor = "current_thread")]
pub async fn run(server: &Server) -> String {
    let connection = server.connect().await;
    let name = connection.ask("on duty").await;
    let number = connection.ask("phone of Ada").await;
    format!("{name}: {number}")
}
