use futures::future::join_all;
use harness::{clock, expect, list, seconds, timeline};
use solution::Door;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::time::Duration;
use tokio::time::{sleep, timeout};

const SECOND: Duration = Duration::from_secs(1);
const LATER: Duration = Duration::from_secs(60);
/// No multiple of any round pause.
const OPENING: Duration = Duration::from_millis(2_343);
/// Who enters so soon was told, or looks so often that another test says so.
const AT_ONCE: Duration = Duration::from_millis(5);

/// A door that is made as the clock begins.
fn closed_door() -> Door {
    clock::now();
    Door::new()
}

/// When somebody got in who comes to the door now; `None` when the door was not opened for them in a long time.
async fn entered(door: &Door) -> Option<Duration> {
    let span = timeline::begin("wait");
    timeout(LATER, door.enter()).await.ok()?;
    span.done();
    Some(clock::now())
}

async fn opened_after(door: &Door, wait: Duration) {
    sleep(wait).await;
    door.open();
}

/// How often `future` is woken and looks whether it can go on.
async fn looks(future: impl Future) -> usize {
    let mut future = pin!(future);
    let mut looks = 0;
    poll_fn(|context| {
        looks += 1;
        future.as_mut().poll(context).map(drop)
    })
    .await;
    looks
}

fn told(entered: Option<Duration>) -> String {
    entered.map_or_else(|| "never".to_owned(), seconds)
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn enters_when_the_door_opens() {
        let door = closed_door();
        let (at, ()) = tokio::join!(entered(&door), opened_after(&door, OPENING));
        let in_milliseconds = |at: Duration| format!("{} ms", at.as_millis());
        expect(at.is_some(), "never-told", told(at), in_milliseconds(OPENING));
        let (at, opening) = (at.unwrap_or_default(), in_milliseconds(OPENING));
        expect(at >= OPENING, "enters-a-closed-door", in_milliseconds(at), &opening);
        expect(at <= OPENING + AT_ONCE, "looks-again", in_milliseconds(at), &opening);
    }

    #[tokio::test(start_paused = true)]
    async fn sleeps_while_it_waits() {
        let door = closed_door();
        let (looks, ()) = tokio::join!(looks(entered(&door)), opened_after(&door, OPENING));
        expect(looks <= 4, "looks-often", looks, 2);
    }

    #[tokio::test(start_paused = true)]
    async fn everybody_enters() {
        let door = closed_door();
        let waiting = join_all((0..3).map(|_| entered(&door)));
        let (entered, ()) = tokio::join!(waiting, opened_after(&door, SECOND));
        let expected = list(["1.0 s"; 3]);
        let did = list(entered.into_iter().map(told));
        expect(did == expected, "only-some", did, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn an_open_door_is_open() {
        let door = closed_door();
        opened_after(&door, SECOND).await;
        for _ in 0..2 {
            let at = entered(&door).await;
            expect(at == Some(SECOND), "signal-lost", told(at), seconds(SECOND));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_closed_door_is_closed() {
        let door = closed_door();
        opened_after(&door, SECOND).await;
        entered(&door).await;
        door.close();
        let (at, ()) = tokio::join!(entered(&door), opened_after(&door, SECOND));
        expect(at >= Some(SECOND * 2), "never-closed", told(at), seconds(SECOND * 2));
        expect(at == Some(SECOND * 2), "never-told", told(at), seconds(SECOND * 2));
    }

    #[tokio::test(start_paused = true)]
    async fn closing_a_closed_door_changes_nothing() {
        let door = closed_door();
        let close_then_open = async {
            sleep(SECOND).await;
            door.close();
            opened_after(&door, SECOND).await;
        };
        let (at, ()) = tokio::join!(entered(&door), close_then_open);
        expect(at == Some(SECOND * 2), "forgotten-at-the-door", told(at), seconds(SECOND * 2));
    }
}
