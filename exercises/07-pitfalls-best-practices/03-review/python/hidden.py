import time

import pytest
from harness import Api, ApiError, Raised, cancel, caught, expect, listed, polls, same, seconds
from solution import GREY, PAUSE, SHRINKING, STORE_TAKES, Thumbnails, check_whole_page

# What is never awaited is judged by what is missing, and only there.
pytestmark = pytest.mark.filterwarnings("ignore:coroutine .* was never awaited")

# A loop that stands still as long as this is blocked: less than half of what any of the blockers takes.
NOTICED = 0.02


def at_once():
    return Api().latency(0)


async def page(photos, ids):
    """A page as it is quoted: pictures, and why there is none."""
    pictures = await caught(Thumbnails(photos, Api()).page(ids))
    expect(not isinstance(pictures, Raised), "page-breaks", pictures, len(ids))
    if not isinstance(pictures, list):
        return pictures
    return [picture.text if isinstance(picture, ApiError) else _quoted(picture) for picture in pictures]


def _quoted(picture):
    return type(picture).__name__ if isinstance(picture, BaseException) else picture


async def one_picture(photos):
    """Makes the picture of photo 1 for a page. Stores that answer at once."""
    await caught(Thumbnails(photos, at_once()).page([1]))


async def stands_still(photos):
    """How long the loop stands still meanwhile: the middle of three readings, since a busy machine may spoil one."""
    return sorted([(await polls.watch(one_picture(photos)))[1].longest_blocked for _ in range(3)])[1]


@pytest.mark.asyncio
@pytest.mark.virtual_time
class TestPatterns:
    async def test_views_are_counted_before_the_page_is_there(self):
        views = Api().named("count").latency(3)
        await Thumbnails(Api(), views).page([1, 2, 3])
        begun, counted = views.calls(), len(views.answered())
        expect(begun == 3, "views-not-counted", begun, 3)
        expect(counted == 3, "views-counted-late", counted, 3)

    async def test_a_page_keeps_its_order(self):
        pictures = await page(Api().latency_of(1, 3), [1, 2, 3])
        expected = ["small item 1", "small item 2", "small item 3"]
        expect(same(pictures, expected), "other-page", listed(pictures), listed(expected))


@pytest.mark.asyncio
class TestNoBlocking:
    async def test_asking_again_keeps_nobody(self):
        # Refused twice, so that nothing is shrunk.
        stood = await stands_still(at_once().fails(1, "503"))
        expect(stood < NOTICED, "pause-blocks", seconds(stood), seconds(0))

    async def test_shrinking_keeps_nobody(self):
        stood = await stands_still(at_once())
        expect(stood < NOTICED, "shrinking-blocks", seconds(stood), seconds(0))

    async def test_a_refused_photo_is_asked_for_again_after_a_pause(self):
        photos = at_once().fails(1, "503")
        await one_picture(photos)
        arrivals = photos.counter().arrivals()
        expect(len(arrivals) == 2, "not-asked-again", len(arrivals), 2)
        pause = arrivals[1] - arrivals[0]
        expect(pause >= PAUSE, "pause-left-out", seconds(pause), seconds(PAUSE))

    async def test_pictures_are_still_shrunk(self):
        start = time.monotonic()
        await one_picture(at_once())
        took = time.monotonic() - start
        expect(took >= SHRINKING, "shrinking-left-out", seconds(took), seconds(SHRINKING))


@pytest.mark.asyncio
@pytest.mark.virtual_time
class TestErrors:
    async def test_a_cancelled_cover_stays_cancelled(self):
        swallowed = []

        def check(ending):
            if isinstance(ending, cancel.Swallowed):
                swallowed.append(ending)

        await cancel.at_every_await(lambda: Thumbnails(Api(), Api()).cover(1), check)
        expect(not swallowed, "cancel-swallowed", len(swallowed), 0)

    async def test_a_cover_that_cannot_be_had_is_grey(self):
        for photos in (Api().fails(1, "503"), Api().reply(1, "broken")):
            cover = await caught(Thumbnails(photos, Api()).cover(1))
            expect(same(cover, GREY), "cover-breaks", cover, GREY)

    async def test_a_broken_photo_costs_only_itself(self):
        pictures = await page(Api().reply(2, "broken").fails(3, "503"), [1, 2, 3, 4])
        expected = ["small item 1", "ValueError", "503", "small item 4"]
        expect(same(pictures, expected), "other-errors", listed(pictures), listed(expected))


async def most_at_once():
    """The most photos that a page of nine asked for at the same time."""
    photos = Api()
    await page(photos, list(range(1, 10)))
    return photos.max_in_flight()


@pytest.mark.asyncio
@pytest.mark.virtual_time
class TestRateLimit:
    async def test_a_page_asks_for_few_photos_at_once(self):
        most = await most_at_once()
        expect(most <= STORE_TAKES, "too-many-at-once", most, STORE_TAKES)

    async def test_a_page_asks_for_several_photos_at_once(self):
        most = await most_at_once()
        expect(most >= STORE_TAKES, "too-few-at-once", most, STORE_TAKES)


@pytest.mark.asyncio
@pytest.mark.virtual_time
class TestTestsPass:
    async def test_a_whole_page_passes(self):
        judged = await caught(check_whole_page(Api()))
        expect(not isinstance(judged, Raised), "whole-page-rejected", judged, "pass")

    async def test_a_page_with_a_gap_fails(self):
        for missing in (1, 2, 3):
            judged = await caught(check_whole_page(Api().fails(missing, "404")))
            expect(isinstance(judged, Raised), "gap-missed", "pass", "fail")
