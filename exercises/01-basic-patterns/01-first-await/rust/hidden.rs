use harness::{Api, caught, expect, polls, seconds};
use solution::greet;
use std::time::Duration;

/// A service whose answers take a tenth of a second.
fn service() -> Api {
    Api::new().latency(Duration::from_millis(100)).reply(7, "Ada").reply(8, "Grace")
}

/// The greeting; fails the test where it is not waited for but blocked on.
async fn greeting(api: &Api, id: u32) -> String {
    let (greeting, polls) = polls::watch(caught(greet(api, id))).await;
    let blocked = polls.longest_blocked;
    expect(blocked < Duration::from_millis(20), "blocked-thread", seconds(blocked), seconds(Duration::ZERO));
    match greeting {
        Ok(greeting) => greeting,
        Err(panicked) => {
            expect(!panicked.is_nested_runtime(), "blocked-inside", &panicked, "-");
            panic!("{panicked}");
        }
    }
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn lets_the_thread_go_on() {
        greeting(&service(), 7).await;
    }

    #[tokio::test(start_paused = true)]
    async fn asks_the_service() {
        let api = service();
        greeting(&api, 7).await;
        expect(api.unawaited() == 0, "never-awaited", api.calls(), api.calls() + api.unawaited());
        expect(api.calls() > 0, "not-asked", api.calls(), 1);
        expect(api.calls() == 1, "asked-again", api.calls(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn returns_what_the_service_says() {
        let api = service();
        for (id, expected) in [(7, "Hello, Ada!"), (8, "Hello, Grace!")] {
            let said = greeting(&api, id).await;
            expect(said == expected, "other-greeting", format!("{said:?}"), format!("{expected:?}"));
        }
    }
}
