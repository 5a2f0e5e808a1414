use futures::executor::block_on;
use harness::Server;

pub fn run(server: &Server) -> String {
    block_on(async {
        let connection = server.connect().await;
        let name = connection.ask("on duty").await;
        let number = connection.ask(&format!("phone of {name}")).await;
        format!("{name}: {number}")
    })
}
