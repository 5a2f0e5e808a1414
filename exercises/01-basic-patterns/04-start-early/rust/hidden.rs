use harness::{Api, Outcome, clock, expect, seconds};
use solution::publish;
use std::time::Duration;

const BACKUP: Duration = Duration::from_secs(3);
const RENDERING: Duration = Duration::from_secs(2);

fn services(backup: Duration, rendering: Duration) -> (Api, Api) {
    let storage = Api::new().named("back up").latency(backup);
    let renderer = Api::new().named("render").latency(rendering).reply(1, "<h1>one</h1>").reply(2, "<h1>two</h1>");
    (storage, renderer)
}

/// Fails the test when the two took longer than the longer of them.
fn overlapped(storage: &Api, took: Duration, longer: Duration) {
    let backups = storage.calls();
    expect(backups <= 1, "made-again", backups, 1);
    let called_at = storage.created().first().copied().unwrap_or_default();
    let began_at = storage.counter().arrivals().first().copied().unwrap_or_default();
    let message = if called_at < began_at { "made-not-started" } else { "started-after" };
    expect(took <= longer, message, seconds(took), seconds(longer));
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn backup_and_rendering_overlap() {
        let (storage, renderer) = services(BACKUP, RENDERING);
        let (_, took) = clock::took(publish(&storage, &renderer, 1)).await;
        overlapped(&storage, took, BACKUP);
    }

    #[tokio::test(start_paused = true)]
    async fn they_overlap_when_the_rendering_takes_longer() {
        let (storage, renderer) = services(Duration::from_secs(1), RENDERING);
        let (_, took) = clock::took(publish(&storage, &renderer, 1)).await;
        overlapped(&storage, took, RENDERING);
    }

    #[tokio::test(start_paused = true)]
    async fn the_backup_is_done_at_the_end() {
        let (storage, renderer) = services(BACKUP, RENDERING);
        publish(&storage, &renderer, 1).await;
        let returned_at = clock::now();
        // A task that was just aborted or only just spawned shows what becomes of it.
        clock::settle().await;
        let backups = storage.spans();
        let begun_in_time = backups.iter().filter(|backup| backup.start < returned_at).count();
        let message = if storage.created().is_empty() { "not-made" } else { "never-started" };
        expect(begun_in_time >= 1, message, begun_in_time, 1);
        expect(begun_in_time == 1, "made-again", begun_in_time, 1);
        let backup = &backups[0];
        let lasted = backup.end.unwrap_or(returned_at) - backup.start;
        expect(backup.outcome != Outcome::Running, "left-behind", seconds(BACKUP - lasted), seconds(Duration::ZERO));
        expect(backup.outcome == Outcome::Done, "stopped-halfway", seconds(lasted), seconds(BACKUP));
    }

    #[tokio::test(start_paused = true)]
    async fn the_page_is_returned() {
        for (page, expected) in [(1, "<h1>one</h1>"), (2, "<h1>two</h1>")] {
            let (storage, renderer) = services(BACKUP, RENDERING);
            let returned = publish(&storage, &renderer, page).await;
            expect(returned == expected, "other-page", format!("{returned:?}"), format!("{expected:?}"));
        }
    }
}
