import asyncio

import pytest
from harness import Api, ApiError, Raised, caught, clock, expect, same, seconds
from solution import work

pytestmark = pytest.mark.virtual_time

JOB = 3.5
# By then every job has ended, and a child that nobody stopped shows.
LATER = 10.0


def services():
    """Pulses take a second, so one is on its way whenever the job ends."""
    return Api().named("pulse"), Api().named("job").latency(JOB).reply(1, "report")


async def worked(pulse, job):
    """Does the work; fails the test when it does not come to its end."""
    result = None
    try:
        async with asyncio.timeout(LATER):
            result = await caught(work(pulse, job, 1))
        ended = True
    except TimeoutError:
        ended = False
    # Outside of the `except`, so that its error is not taken for one of the learner's.
    expect(ended, "waits-for-the-child", seconds(LATER), seconds(JOB))
    return result


async def pulses_after_the_end(pulse):
    """Pulses that were under way at the end of `work`, which is now, or were begun after it."""
    begun = pulse.calls()
    await clock.settle()
    going_on = pulse.in_flight()
    await asyncio.sleep(LATER)
    return max(going_on, pulse.calls() - begun)


@pytest.mark.asyncio
class TestPatterns:
    async def test_pulses_while_the_job_is_on(self):
        pulse, job = services()
        await worked(pulse, job)
        begun = pulse.calls()
        expect(begun == 4, "no-pulse", begun, 4)

    async def test_the_child_ends_with_work(self):
        pulse, job = services()
        await worked(pulse, job)
        ended_at, begun = clock.now(), pulse.calls()
        await clock.settle()
        going_on = pulse.in_flight()
        await asyncio.sleep(LATER)
        begun_later = pulse.calls() - begun
        expect(begun_later == 0, "outlives-its-owner", begun_later, 0)
        last_end = max((span.end for span in pulse.spans() if span.end is not None), default=ended_at)
        expect(going_on == 0, "ends-late", seconds(max(0, last_end - ended_at)), seconds(0))

    async def test_the_result_is_returned(self):
        pulse, job = services()
        result = await worked(pulse, job)
        expect(same(result, "report"), "other-result", told(result), "'report'")


@pytest.mark.asyncio
class TestErrors:
    async def test_the_error_is_raised(self):
        pulse, job = services()
        result = await worked(pulse, job.fails(1, "503"))
        refused = isinstance(result, Raised) and type(result.error) is ApiError and result.error.text == "503"
        expect(refused, "other-result", told(result), "ApiError: request 1 failed: 503")

    async def test_the_child_ends_when_the_job_fails(self):
        pulse, job = services()
        await worked(pulse, job.fails(1, "503"))
        pulses = await pulses_after_the_end(pulse)
        expect(pulses == 0, "only-on-success", pulses, 0)

    async def test_the_child_ends_when_work_is_cancelled(self):
        pulse, job = services()
        owner = asyncio.create_task(work(pulse, job, 1))
        await asyncio.sleep(JOB / 2)
        owner.cancel()
        await asyncio.wait([owner])
        pulses = await pulses_after_the_end(pulse)
        expect(pulses == 0, "not-on-cancellation", pulses, 0)
        ended = "cancelled" if owner.cancelled() else told(owner.exception() or owner.result())
        expect(owner.cancelled(), "cancellation-swallowed", ended, "cancelled")


def told(result):
    return str(result) if isinstance(result, Raised) else repr(result)
