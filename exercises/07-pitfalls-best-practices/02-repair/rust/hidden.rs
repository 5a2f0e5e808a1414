use futures::future::join_all;
use harness::{Api, ApiError, caught, clock, expect, list, seconds};
use solution::{Tally, check_reminders, copy, tally};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// By then everything is written, and whoever still waits, waits for ever.
const NIGHT: Duration = Duration::from_secs(24 * 60 * 60);

/// Copies; returns the target, and whether it came to its end.
async fn copied(lists: &[&[u32]], writers: usize) -> (Api, bool) {
    let (source, target) = (Api::new().named("read"), Api::new().named("write").latency(Duration::from_secs(3)));
    let lists = lists.iter().map(|list| list.to_vec()).collect();
    let ended = timeout(NIGHT, copy(source, target.clone(), lists, writers)).await.is_ok();
    (target, ended)
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn many_to_one_loses_nothing() {
        let (target, _) = copied(&[&[1], &[2, 3], &[4, 5, 6]], 1).await;
        sleep(NIGHT).await;
        let written = target.answered().len();
        expect(written == 6, "items-lost", written, 6);
    }

    #[tokio::test(start_paused = true)]
    async fn one_to_many_comes_to_its_end() {
        let (_, ended) = copied(&[&[1, 2, 3, 4]], 3).await;
        expect(ended, "never-ends", seconds(NIGHT), "7.0 s");
    }

    #[tokio::test(start_paused = true)]
    async fn readers_and_writers_work_together() {
        let (target, _) = copied(&[&[1, 2, 3, 4], &[5, 6], &[7]], 2).await;
        expect(target.max_in_flight() == 2, "not-together", target.max_in_flight(), 2);
        let written = target.answered().len();
        expect(written == 7, "items-lost", written, 7);
    }
}

/// Tasks that end in every way: two replies, one of them empty, two refusals, and five that were cancelled: so the
/// count of what arrived tells what was counted.
fn tasks() -> Vec<JoinHandle<Result<String, ApiError>>> {
    let api = Api::new().reply(2, "").fails(3, "503").fails(4, "404");
    let tasks: Vec<_> = (1..=9).map(|id| tokio::spawn(api.try_fetch(id))).collect();
    for task in &tasks[4..] {
        task.abort();
    }
    tasks
}

/// A task that breaks.
fn broken() -> JoinHandle<Result<String, ApiError>> {
    tokio::spawn(async { panic!("broken on purpose") })
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_arrived_is_counted() {
        let arrived = tally(tasks()).await.arrived;
        let message = match arrived {
            1 => "empty-reply-dropped",
            3 | 4 => "refusal-counted-as-arrived",
            _ => "cancelled-counted-as-arrived",
        };
        expect(arrived == 2, message, arrived, 2);
    }

    #[tokio::test(start_paused = true)]
    async fn a_broken_task_is_a_failure() {
        let counted = caught(tally(vec![broken()])).await;
        match counted {
            Ok(tally) => expect(tally.arrived == 0, "broken-counted-as-arrived", tally.arrived, 0),
            Err(panicked) => expect(false, "broken-task-ends-all", panicked, 1),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_failed_is_counted() {
        let tasks = tasks().into_iter().chain([broken()]).collect();
        let failed = caught(tally(tasks)).await.map_or(0, |tally| tally.failed);
        expect(failed == 3, "other-failures", failed, 3);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_cancelled_is_counted() {
        let Tally { cancelled, .. } = tally(tasks()).await;
        expect(cancelled == 5, "other-cancellations", cancelled, 5);
    }
}

/// What the learner's test says of a program: its complaint, or nothing.
async fn complaint(remind: impl AsyncFn(Api, Vec<u32>)) -> Option<String> {
    let judged = caught(check_reminders(remind)).await;
    clock::settle().await;
    judged.err().map(|panicked| panicked.to_string())
}

/// The learner's test must complain of a program that writes to these.
async fn must_complain(to: &[u32], message: &str) {
    let said = complaint(async |mail: Api, _| {
        for member in to {
            mail.fetch(*member).await;
        }
    })
    .await;
    expect(said.is_some(), message, list(to), "[7, 9]");
}

mod tests_pass {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn right_programs_pass() {
        let in_a_row = complaint(async |mail: Api, members: Vec<u32>| {
            for member in members {
                mail.fetch(member).await;
            }
        });
        let last_first = complaint(async |mail: Api, members: Vec<u32>| {
            join_all(members.into_iter().rev().map(|member| mail.fetch(member))).await;
        });
        for said in [in_a_row.await, last_first.await] {
            expect(said.is_none(), "right-one-rejected", said.unwrap_or_default(), "pass");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_forgotten_member_is_caught() {
        must_complain(&[7], "forgotten-missed").await;
        must_complain(&[], "forgotten-missed").await;
    }

    #[tokio::test(start_paused = true)]
    async fn the_same_member_twice_is_caught() {
        must_complain(&[7, 7], "double-missed").await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_letter_too_many_is_caught() {
        must_complain(&[7, 9, 9], "extra-missed").await;
        must_complain(&[7, 9, 1], "extra-missed").await;
    }

    #[tokio::test(start_paused = true)]
    async fn letters_that_are_never_sent_are_caught() {
        let said = complaint(async |mail: Api, members: Vec<u32>| {
            for member in members {
                drop(mail.fetch(member));
            }
        })
        .await;
        expect(said.is_some(), "unawaited-missed", "[]", "[7, 9]");
    }
}
