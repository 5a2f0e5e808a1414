import asyncio

import pytest
from harness import Api, caught, clock, expect, listed, same
from solution import fetch_all

pytestmark = pytest.mark.virtual_time

IDS = [3, 1, 4, 15, 9, 2, 6, 5]
# By then every fetch has ended that will.
LATER = 60


def service():
    """A service whose answers take 0.1 to 1 s: the first of `IDS` takes longest."""
    api = Api()
    for id, latency in [(3, 1.0), (1, 0.1), (4, 0.2), (15, 0.4), (9, 0.3), (2, 0.6), (6, 0.1), (5, 0.2)]:
        api.latency_of(id, latency)
    return api


async def waits_for_a_place():
    """Whether something in the code waits for a place: where there is none at all, nothing can be fetched."""
    api = Api().named("probe")
    try:
        async with asyncio.timeout(0.001):
            await caught(fetch_all(api, [1], 0))
    except TimeoutError:
        pass
    return api.calls() == 0


async def ends(api, fetching):
    """Waits for all fetches, or as long as it takes to see that some never begin."""
    fetching = asyncio.create_task(fetching)
    await asyncio.wait([fetching], timeout=LATER)
    if not fetching.done():
        fetching.cancel()
        expect(api.calls() == len(IDS), "never-given-back", api.calls(), len(IDS))
    await fetching


def under_way(api, at):
    """Fetches that were under way from this moment on."""
    return sum(span.start <= at and (span.end is None or span.end > at) for span in api.spans())


def fewest_while_others_wait(api):
    """The fewest fetches that were under way while others had not begun."""
    last_start = max((span.start for span in api.spans()), default=0)
    times = {time for span in api.spans() for time in (span.start, span.end) if time is not None and time < last_start}
    return min((under_way(api, at) for at in times), default=len(IDS))


def in_batches(api):
    """Whether no fetch began while another was under way, except for those that began with it."""
    spans = api.spans()
    return not any(
        other.start < span.start and (other.end is None or other.end > span.start) for span in spans for other in spans
    )


@pytest.mark.asyncio
class TestRateLimit:
    async def test_never_more_than_k_at_once(self):
        api = service()
        await ends(api, fetch_all(api, IDS, 3))
        most = api.max_in_flight()
        if most == len(IDS):
            message = "limit-without-effect" if await waits_for_a_place() else "no-limit"
            expect(most <= 3, message, most, 3)
        expect(most <= 3, "above-k", most, 3)

    async def test_every_place_is_used(self):
        api = service()
        await fetch_all(api, IDS, 3)
        expect(api.max_in_flight() >= 3, "below-k", api.max_in_flight(), 3)
        fewest = fewest_while_others_wait(api)
        message = "in-batches" if in_batches(api) else "place-left-empty"
        expect(fewest >= 3, message, fewest, 3)

    async def test_k_is_what_the_caller_says(self):
        for k in [1, 5]:
            api = service()
            await fetch_all(api, IDS, k)
            expect(api.max_in_flight() <= k, "above-k", api.max_in_flight(), k)
            expect(api.max_in_flight() >= k, "below-k", api.max_in_flight(), k)

    async def test_more_places_than_ids_are_no_limit(self):
        api = service()
        replies, took = await clock.took(fetch_all(api, IDS[:2], 5))
        expect(same(sorted(replies), ["item 1", "item 3"]), "other-replies", listed(replies), "[item 3, item 1]")
        expect(took <= 1.0, "below-k", api.max_in_flight(), 2)

    async def test_the_order_is_kept(self):
        replies = await fetch_all(service(), IDS, 3)
        expected = [f"item {id}" for id in IDS]
        complete = type(replies) is list and all(type(reply) is str for reply in replies)
        complete = complete and same(sorted(replies), sorted(expected))
        expect(complete, "other-replies", listed(replies), listed(expected))
        expect(same(replies, expected), "completion-order", listed(replies), listed(expected))
