use futures::future::{join, join_all};
use harness::{Api, clock, expect, list, seconds};
use solution::Numbers;
use std::time::Duration;
use tokio::time::timeout;

/// The numbers that are free, in order.
const FREE: [u32; 7] = [1, 2, 4, 5, 7, 8, 9];
const SECOND: Duration = Duration::from_secs(1);
const LATER: Duration = Duration::from_secs(60);

/// A registry that takes a second to say which number follows another.
fn registry() -> Api {
    let known = [(0, 1), (1, 2), (2, 4), (3, 4), (4, 5), (5, 7), (6, 7), (7, 8), (8, 9)];
    known.into_iter().fold(Api::new().named("after"), |api, (last, next)| api.reply(last, next.to_string()))
}

/// The numbers that so many callers get who ask at once.
async fn asked_at_once(numbers: &Numbers, callers: usize) -> Vec<u32> {
    let mut got = join_all((0..callers).map(|_| numbers.next())).await;
    got.sort();
    got
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_after_another_they_follow() {
        let numbers = Numbers::new(registry());
        let mut got = Vec::new();
        for _ in 0..4 {
            got.push(numbers.next().await);
        }
        expect(got == FREE[..4], "other-numbers", list(&got), list(&FREE[..4]));
    }

    #[tokio::test(start_paused = true)]
    async fn no_two_callers_get_the_same() {
        let got = asked_at_once(&Numbers::new(registry()), 5).await;
        let mut distinct = got.clone();
        distinct.dedup();
        expect(distinct.len() == got.len(), "lost-update", list(&got), list(&FREE[..5]));
        expect(got == FREE[..5], "other-numbers", list(&got), list(&FREE[..5]));
    }

    #[tokio::test(start_paused = true)]
    async fn other_books_do_not_wait() {
        let (here, there) = (Numbers::new(registry()), Numbers::new(registry()));
        let (_, took) = clock::took(join(asked_at_once(&here, 3), asked_at_once(&there, 3))).await;
        expect(took <= SECOND * 3, "one-lock-for-everything", seconds(took), seconds(SECOND * 3));
    }

    #[tokio::test(start_paused = true)]
    async fn who_gives_up_blocks_nobody() {
        let numbers = Numbers::new(registry());
        timeout(SECOND / 2, numbers.next()).await.ok();
        let (got, waited) = clock::took(timeout(LATER, numbers.next())).await;
        expect(got.is_ok(), "never-unlocked", seconds(waited), seconds(SECOND));
    }
}
