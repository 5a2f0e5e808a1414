import asyncio
import itertools

import pytest
from harness import Api, ApiError, Raised, caught, clock, expect, listed, polls, same, seconds
from solution import OutOfTime, fetch_retrying

pytestmark = pytest.mark.virtual_time

LATER = 60
# Half of the shortest wait: less is no blocking, on however slow a machine.
NOTICEABLE = 0.05


def busy(tries):
    """A service that is busy for so many tries; a try takes 0.2 s."""
    return Api().named("try").latency(0.2).fails_times(1, tries, "503")


def fetched(api, limit, shares=(1.0,)):
    shares = itertools.cycle(shares)
    return caught(fetch_retrying(api, 1, limit, lambda: next(shares)))


def waits(api):
    """The waits between the tries."""
    return listed([seconds(round(later.start - tried.end, 6)) for tried, later in itertools.pairwise(api.spans())])


def told(result):
    return str(result) if isinstance(result, Raised) else repr(result)


@pytest.mark.asyncio
class TestRateLimit:
    async def test_a_wait_blocks_nobody(self):
        _, stretch = await polls.watch(fetched(busy(2), LATER))
        blocked = stretch.longest_blocked
        expect(blocked < NOTICEABLE, "blocks", seconds(blocked), seconds(0))

    async def test_each_wait_is_longer_up_to_a_limit(self):
        api = busy(6)
        result = await fetched(api, LATER)
        expect(same(result, "item 1"), "gives-up-early", told(result), "'item 1'")
        did, expected = waits(api), "[0.1 s, 0.2 s, 0.4 s, 0.8 s, 1.0 s, 1.0 s]"
        message = "other-waits"
        if did.startswith("[0.0 s, 0.0 s"):
            message = "no-wait"
        elif did.startswith("[0.1 s, 0.2 s, 0.4 s, 0.8 s, 1.6 s"):
            message = "no-cap"
        expect(did == expected, message, did, expected)

    async def test_a_random_share_of_it_is_waited(self):
        api = busy(6)
        await fetched(api, LATER, shares=[0.5, 1.0])
        did, expected = waits(api), "[50 ms, 0.2 s, 0.2 s, 0.8 s, 0.5 s, 1.0 s]"
        message = "no-jitter" if did.startswith("[0.1 s, 0.2 s, 0.4 s, 0.8 s, 1.0 s") else "other-shares"
        expect(did == expected, message, did, expected)


@pytest.mark.asyncio
class TestErrors:
    async def test_what_may_pass_is_tried_again(self):
        result = await fetched(busy(3), LATER)
        expect(same(result, "item 1"), "gives-up-early", told(result), "'item 1'")

    async def test_what_will_not_pass_is_not(self):
        api = Api().named("try").fails_times(1, 8, "404")
        result = await fetched(api, LATER)
        expect(api.calls() == 1, "retries-the-final", api.calls(), 1)
        refused = isinstance(result, Raised) and type(result.error) is ApiError and result.error.text == "404"
        expect(refused, "other-error", told(result), "ApiError: request 1 failed: 404")

    async def test_a_cancellation_is_the_end(self):
        for moment in [0.1, 0.25]:
            api = busy(8)
            trying = asyncio.create_task(fetch_retrying(api, 1, LATER, lambda: 1.0))
            await asyncio.sleep(moment)
            trying.cancel()
            await asyncio.wait([trying])
            expect(api.calls() == 1, "cancellation-retried", api.calls() - 1, 0)
            outcome = "CancelledError" if trying.cancelled() else repr(trying.exception() or trying.result())
            expect(trying.cancelled(), "other-error", outcome, "CancelledError")

    async def test_the_limit_is_for_all_tries_together(self):
        result, took = await clock.took(fetched(busy(20), 1))
        expect(took <= 1, "limit-per-try", seconds(took), seconds(1))
        out_of_time = isinstance(result, Raised) and type(result.error) is OutOfTime
        expect(out_of_time, "other-error", told(result), "OutOfTime")

    async def test_the_limit_strikes_during_a_try(self):
        _, took = await clock.took(fetched(Api().named("try").latency(10), 1))
        expect(took <= 1, "limit-between-tries", seconds(took), seconds(1))

    async def test_nothing_is_tried_after_the_end(self):
        api = busy(20)
        await fetched(api, 1)
        tried = api.calls()
        await asyncio.sleep(LATER)
        later = api.calls() - tried
        expect(later == 0, "runs-on", later, 0)
