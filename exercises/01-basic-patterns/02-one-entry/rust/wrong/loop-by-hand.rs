use harness::Server;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

pub fn run(server: &Server) -> String {
    let mut work = pin!(on_duty(server));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(line) = work.as_mut().poll(&mut context) {
            return line;
        }
    }
}

async fn on_duty(server: &Server) -> String {
    let connection = server.connect().await;
    let name = connection.ask("on duty").await;
    let number = connection.ask(&format!("phone of {name}")).await;
    format!("{name}: {number}")
}
