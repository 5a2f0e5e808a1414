import asyncio

import pytest
from harness import Api, Outcome, expect, seconds
from solution import supervise

pytestmark = pytest.mark.virtual_time

# When the news come. The worker then signs off until 3.5 s, the report takes until 4.5 s.
NEWS = 2.5
LATER = 60


def services():
    """Every piece of work and the sign-off take a second."""
    return Api().named("work"), Api().named("desk").latency_of(1, NEWS).reply(2, "report")


async def supervised(work, desk, cancelled_after=None):
    """Supervises; somebody cancels it after a while, if so. Returns what came of it, and when."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    supervising = asyncio.create_task(supervise(work, desk))
    if cancelled_after is not None:
        await asyncio.sleep(cancelled_after)
        supervising.cancel()
    await asyncio.wait([supervising], timeout=LATER)
    took = round(loop.time() - start, 6)
    if not supervising.done():
        supervising.cancel()
        expect(False, "never-ends", seconds(took), "'report'" if cancelled_after is None else "CancelledError")
    if supervising.cancelled():
        return "CancelledError", took
    error = supervising.exception()
    return repr(supervising.result() if error is None else error), took


def sign_offs(work):
    return sum(span.label == "work 0" and span.outcome is Outcome.DONE for span in work.spans())


@pytest.mark.asyncio
class TestErrors:
    async def test_it_survives_the_end_of_its_worker(self):
        outcome, _ = await supervised(*services())
        expect(outcome == "'report'", "stops-itself", outcome, "'report'")

    async def test_the_worker_has_signed_off_before_the_report(self):
        work, desk = services()
        await supervised(work, desk)
        report = desk.counter().arrivals()[1]
        expect(report >= NEWS + 1, "not-awaited", seconds(report), seconds(NEWS + 1))
        expect(sign_offs(work) == 1, "no-farewell", sign_offs(work), 1)

    async def test_it_obeys_when_it_is_cancelled_itself(self):
        for cancelled, ends in [(1, 2), (3, 3.5), (4, 4)]:
            outcome, took = await supervised(*services(), cancelled_after=cancelled)
            expect(outcome == "CancelledError", "own-stop-suppressed", outcome, "CancelledError")
            expect(took <= ends, "stops-late", seconds(took), seconds(ends))

    async def test_its_worker_stops_with_it(self):
        work, desk = services()
        await supervised(work, desk, cancelled_after=1)
        begun = work.calls()
        await asyncio.sleep(LATER)
        begun_later = work.calls() - begun
        expect(begun_later == 0, "worker-runs-on", begun_later, 0)
        expect(sign_offs(work) == 1, "no-farewell", sign_offs(work), 1)
