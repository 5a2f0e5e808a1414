use harness::{Api, ApiError, caught, clock, expect, list};
use solution::{End, ends};
use tokio::task::JoinHandle;

type Task = JoinHandle<Result<String, ApiError>>;

fn works(api: &Api, id: u32) -> Task {
    tokio::spawn(api.try_fetch(id))
}

/// Its text is put together, as most are.
fn panics(api: &Api, id: u32) -> Task {
    let work = api.try_fetch(id);
    tokio::spawn(async move {
        work.await.ok();
        panic!("no item {id}");
    })
}

fn panics_plainly() -> Task {
    tokio::spawn(async { panic!("a bug") })
}

async fn cancelled(api: &Api, id: u32) -> Task {
    let task = works(api, id);
    clock::settle().await;
    task.abort();
    task
}

fn service() -> Api {
    Api::new().fails(2, "503")
}

fn told(ends: &[End]) -> String {
    list(ends.iter().map(|end| format!("{end:?}")))
}

/// How the tasks ended; a panic instead of an answer fails the test.
async fn answer(tasks: Vec<Task>, expected: &[End]) -> Vec<End> {
    match caught(ends(tasks)).await {
        Ok(ends) => ends,
        Err(panicked) => {
            expect(false, "unwrapped", panicked, told(expected));
            unreachable!("the expectation was not met")
        }
    }
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn values_and_errors_of_the_work() {
        let api = service();
        let expected = [End::Value("item 1".into()), End::Failed("503".into())];
        let ends = answer(vec![works(&api, 1), works(&api, 2)], &expected).await;
        expect(ends.len() == expected.len(), "left-out", told(&ends), told(&expected));
        expect(ends == expected, "other-ends", told(&ends), told(&expected));
    }

    #[tokio::test(start_paused = true)]
    async fn a_panic_is_a_panic() {
        let expected = [End::Panicked("a bug".into()), End::Panicked("no item 3".into())];
        let ends = answer(vec![panics_plainly(), panics(&service(), 3)], &expected).await;
        let message = match ends.first() {
            None | Some(End::Value(_)) => "panic-ignored",
            Some(End::Cancelled) => "panic-as-cancelled",
            Some(End::Failed(_)) => "flattened",
            Some(End::Panicked(_)) => "text-lost",
        };
        expect(ends == expected, message, told(&ends), told(&expected));
    }

    #[tokio::test(start_paused = true)]
    async fn cancelled_is_no_failure() {
        let expected = [End::Cancelled];
        let ends = answer(vec![cancelled(&service(), 4).await], &expected).await;
        expect(ends.len() == expected.len(), "left-out", told(&ends), told(&expected));
        let message = match ends.first() {
            Some(End::Failed(_) | End::Panicked(_)) => "flattened",
            _ => "other-ends",
        };
        expect(ends == expected, message, told(&ends), told(&expected));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_is_left_out() {
        let api = service();
        let expected = [End::Panicked("no item 3".into()), End::Cancelled, End::Failed("503".into())];
        let expected: Vec<End> = expected.into_iter().chain([End::Value("item 5".into())]).collect();
        let tasks = vec![panics(&api, 3), cancelled(&api, 4).await, works(&api, 2), works(&api, 5)];
        let ends = answer(tasks, &expected).await;
        expect(ends.len() == expected.len(), "left-out", told(&ends), told(&expected));
        expect(ends == expected, "other-ends", told(&ends), told(&expected));
    }
}
