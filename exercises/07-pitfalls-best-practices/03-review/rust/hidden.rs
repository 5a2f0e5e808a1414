use harness::{Api, caught, expect, list, polls, seconds};
use solution::{GREY, PAUSE, PictureError, SHRINKING, STORE_TAKES, Thumbnails, check_whole_page};
use std::time::{Duration, Instant};

/// A loop that stands still as long as this is blocked: less than half of what any of the blockers takes.
const NOTICED: Duration = Duration::from_millis(20);

/// A page as it is quoted: pictures, and why there is none.
async fn page(photos: &Api, ids: &[u32]) -> Vec<String> {
    let service = Thumbnails::new(photos.clone(), Api::new());
    let read = caught(service.page(ids)).await.unwrap_or_else(|panicked| {
        expect(false, "page-breaks", panicked, ids.len());
        Vec::new()
    });
    let quoted = |picture: Result<String, PictureError>| match picture {
        Ok(picture) => picture,
        Err(PictureError::Refused(error)) => error.text,
        Err(PictureError::Broken) => "Broken".to_owned(),
    };
    read.into_iter().map(quoted).collect()
}

fn at_once() -> Api {
    Api::new().latency(Duration::ZERO)
}

/// Makes the picture of photo 1 for a page. Stores that answer at once.
async fn one_picture(photos: &Api) {
    Thumbnails::new(photos.clone(), at_once()).page(&[1]).await;
}

/// How long the thread stands still meanwhile: the middle of three readings, since a busy machine may spoil one.
async fn stands_still(photos: &Api) -> Duration {
    let mut stood = [Duration::ZERO; 3];
    for reading in &mut stood {
        *reading = polls::watch(one_picture(photos)).await.1.longest_blocked;
    }
    stood.sort();
    stood[1]
}

mod patterns {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn views_are_counted_before_the_page_is_there() {
        let views = Api::new().named("count").latency(Duration::from_secs(3));
        Thumbnails::new(Api::new(), views.clone()).page(&[1, 2, 3]).await;
        let (begun, counted) = (views.calls(), views.answered().len());
        expect(begun == 3, "views-not-counted", begun, 3);
        expect(counted == 3, "views-counted-late", counted, 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_keeps_its_order() {
        let photos = Api::new().latency_of(1, Duration::from_secs(3));
        let pictures = page(&photos, &[1, 2, 3]).await;
        let expected = ["small item 1", "small item 2", "small item 3"];
        expect(pictures == expected, "other-page", list(pictures), list(expected));
    }
}

mod no_blocking {
    use super::*;

    #[tokio::test]
    async fn asking_again_keeps_nobody() {
        // Refused twice, so that nothing is shrunk.
        let stood = stands_still(&at_once().fails(1, "503")).await;
        expect(stood < NOTICED, "pause-blocks", seconds(stood), "0.0 s");
    }

    #[tokio::test]
    async fn shrinking_keeps_nobody() {
        let stood = stands_still(&at_once()).await;
        expect(stood < NOTICED, "shrinking-blocks", seconds(stood), "0.0 s");
    }

    #[tokio::test]
    async fn a_refused_photo_is_asked_for_again_after_a_pause() {
        let photos = at_once().fails(1, "503");
        one_picture(&photos).await;
        let arrivals = photos.counter().arrivals();
        expect(arrivals.len() == 2, "not-asked-again", arrivals.len(), 2);
        let pause = arrivals[1] - arrivals[0];
        expect(pause >= PAUSE, "pause-left-out", seconds(pause), seconds(PAUSE));
    }

    #[tokio::test]
    async fn pictures_are_still_shrunk() {
        let start = Instant::now();
        one_picture(&at_once()).await;
        let took = start.elapsed();
        expect(took >= SHRINKING, "shrinking-left-out", seconds(took), seconds(SHRINKING));
    }
}

mod errors {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_cover_that_cannot_be_had_is_grey() {
        for photos in [Api::new().fails(1, "503"), Api::new().reply(1, "broken")] {
            let cover = caught(Thumbnails::new(photos, Api::new()).cover(1)).await;
            let did = cover.unwrap_or_else(|panicked| panicked.to_string());
            expect(did == GREY, "cover-breaks", did, GREY);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_broken_photo_costs_only_itself() {
        let photos = Api::new().reply(2, "broken").fails(3, "503");
        let pictures = page(&photos, &[1, 2, 3, 4]).await;
        let expected = ["small item 1", "Broken", "503", "small item 4"];
        expect(pictures == expected, "other-errors", list(pictures), list(expected));
    }
}

/// The most photos that a page of nine asked for at the same time.
async fn most_at_once() -> usize {
    let photos = Api::new();
    let ids: Vec<u32> = (1..=9).collect();
    page(&photos, &ids).await;
    photos.max_in_flight()
}

mod rate_limit {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_page_asks_for_few_photos_at_once() {
        let most = most_at_once().await;
        expect(most <= STORE_TAKES, "too-many-at-once", most, STORE_TAKES);
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_asks_for_several_photos_at_once() {
        let most = most_at_once().await;
        expect(most >= STORE_TAKES, "too-few-at-once", most, STORE_TAKES);
    }
}

mod tests_pass {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_whole_page_passes() {
        let complaint = caught(check_whole_page(Api::new())).await.err().map(|panicked| panicked.to_string());
        expect(complaint.is_none(), "whole-page-rejected", complaint.unwrap_or_default(), "pass");
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_with_a_gap_fails() {
        for missing in 1..=3 {
            let judged = caught(check_whole_page(Api::new().fails(missing, "404"))).await;
            expect(judged.is_err(), "gap-missed", "pass", "fail");
        }
    }
}
