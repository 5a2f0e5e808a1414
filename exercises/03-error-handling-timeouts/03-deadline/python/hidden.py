import asyncio

import pytest
from harness import Api, Raised, caught, clock, expect, polls, same, seconds
from solution import TooSlow, wait_for_report

pytestmark = pytest.mark.virtual_time

# Strikes while the third question is under way.
LIMIT = 0.9
# When the late report is ready, if a pause lies between the questions: after five refusals.
LATE = 2.05
LATER = 10.0
# Half a pause: less is no blocking, on however slow a machine.
NOTICEABLE = 0.025


def ready_after(refusals):
    """A service that refuses so many questions before it has the report."""
    return Api().named("ask").latency(0.3).reply(1, "report").fails_times(1, refusals, "not yet")


def waited(api):
    return caught(wait_for_report(api, 1, LIMIT))


def told(result):
    return str(result) if isinstance(result, Raised) else repr(result)


async def limits_a_single_question():
    """Whether the limit ends a single question that takes too long."""
    api = Api().named("probe").latency(LIMIT * 2)
    waiting = asyncio.create_task(waited(api))
    await asyncio.wait([waiting], timeout=LIMIT * 1.5)
    limited = waiting.done() or api.calls() > 1
    waiting.cancel()
    return limited


@pytest.mark.asyncio
class TestErrors:
    async def test_in_time_is_the_report(self):
        result = await waited(ready_after(1))
        expect(same(result, "report"), "other-result", told(result), "'report'")

    async def test_too_late_is_an_error_with_a_type(self):
        result, took = await clock.took(waited(ready_after(5)))
        if same(result, "report"):
            message = "limit-per-question" if await limits_a_single_question() else "no-limit"
            expect(False, message, seconds(took), seconds(LIMIT))
        expected = f"TooSlow: not ready within {LIMIT} s"
        expect(isinstance(result, Raised), "made-up", told(result), expected)
        expect(type(result.error) is not TimeoutError, "untyped", told(result), expected)
        right = type(result.error) is TooSlow and result.error.limit == LIMIT
        expect(right, "other-result", told(result), expected)

    async def test_the_error_comes_at_the_limit(self):
        _, took = await clock.took(waited(ready_after(5)))
        message = "checked-after-the-wait" if took >= LATE else "checked-between"
        expect(took <= LIMIT, message, seconds(took), seconds(LIMIT))

    async def test_the_work_stops_with_the_wait(self):
        api = ready_after(float("inf"))
        waiting = asyncio.create_task(waited(api))
        await asyncio.wait([waiting], timeout=LATER)
        waiting.cancel()
        asked = api.calls()
        await clock.settle()
        going_on = api.in_flight()
        await asyncio.sleep(LIMIT)
        begun_later = api.calls() - asked
        expect(going_on + begun_later == 0, "runs-on", going_on + begun_later, 0)

    async def test_the_limit_can_strike_during_a_pause(self):
        _, stretch = await polls.watch(waited(ready_after(2)))
        blocked = stretch.longest_blocked
        expect(blocked < NOTICEABLE, "blocks", seconds(blocked), seconds(0))
