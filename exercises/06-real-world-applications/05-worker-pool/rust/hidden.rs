use futures::future::join_all;
use harness::{Library, caught, expect, list};
use solution::Pool;
use std::sync::Arc;
use std::time::Duration;

const THREADS: usize = 4;
/// How long calls are kept inside to see whether one too many comes.
const LOOK: Duration = Duration::from_millis(250);
/// How long calls are kept inside so that all that may come are there; no right answer needs it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Makes the calls of `ids` all at once.
async fn call_all(pool: &Pool, ids: impl IntoIterator<Item = u32>) -> Vec<String> {
    join_all(ids.into_iter().map(|id| pool.call(id))).await
}

mod no_blocking {
    use super::*;

    #[tokio::test]
    async fn the_loop_stays_free() {
        let library = Library::new();
        let pool = Pool::new(library.clone(), THREADS);
        let called = caught(call_all(&pool, 0..3)).await;
        if let Err(panicked) = called {
            expect(!panicked.is_nested_runtime(), "block-in-place", &panicked, "answer 0");
            panic!("{panicked}");
        }
        let on_loop: Vec<_> = library.calls().into_iter().filter(|call| call.on_loop).collect();
        let in_tasks = !on_loop.is_empty() && on_loop.iter().all(|call| call.in_task);
        let message = if in_tasks { "called-in-a-task" } else { "called-direct" };
        expect(on_loop.is_empty(), message, on_loop.len(), 0);
    }

    #[tokio::test]
    async fn never_more_threads_than_the_pool_has() {
        let library = Library::new().crowd(THREADS + 1, LOOK);
        let pool = Pool::new(library.clone(), THREADS);
        call_all(&pool, 0..12).await;
        expect(library.max_inside() <= THREADS, "unbounded", library.max_inside(), THREADS);
    }

    #[tokio::test]
    async fn all_its_threads_work() {
        let library = Library::new().crowd(THREADS, PATIENCE);
        let pool = Pool::new(library.clone(), THREADS);
        call_all(&pool, 0..12).await;
        expect(library.max_inside() >= THREADS, "too-few-threads", library.max_inside(), THREADS);
    }

    #[tokio::test]
    async fn a_cancelled_caller_keeps_its_place_until_the_thread_is_free() {
        let library = Library::new().crowd(THREADS + 1, PATIENCE);
        let pool = Arc::new(Pool::new(library.clone(), THREADS));
        let callers: Vec<_> = (0..THREADS as u32)
            .map(|id| {
                let pool = pool.clone();
                tokio::spawn(async move { pool.call(id).await })
            })
            .collect();
        library.until_inside(THREADS).await;
        for caller in callers {
            caller.abort();
            let cancelled = caller.await.is_err_and(|error| error.is_cancelled());
            assert!(cancelled, "the call ended although its thread is still in the library");
        }
        library.clone().crowd(THREADS + 1, LOOK);
        call_all(&pool, 10..12).await;
        expect(library.max_inside() <= THREADS, "place-given-back-early", library.max_inside(), THREADS);
    }

    #[tokio::test]
    async fn everybody_gets_their_own_answer() {
        let library = Library::new().takes(Duration::ZERO);
        let pool = Pool::new(library, THREADS);
        let ids = [3, 1, 4, 1, 5, 9];
        let answers = call_all(&pool, ids).await;
        let expected = ids.map(|id| format!("answer {id}"));
        expect(answers == expected, "other-answers", list(&answers), list(&expected));
    }
}
