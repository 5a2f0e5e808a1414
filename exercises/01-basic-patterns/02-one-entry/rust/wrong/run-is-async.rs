use harness::Server;

pub async fn run(server: &Server) -> String {
    let connection = server.connect().await;
    let name = connection.ask("on duty").await;
    let number = connection.ask(&format!("phone of {name}")).await;
    format!("{name}: {number}")
}
