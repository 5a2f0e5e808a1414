import asyncio
import contextlib
import signal

import pytest
from harness import Api, clock, expect, listed, same, seconds
from harness.thread_time import Reading
from solution import Tally

pytestmark = pytest.mark.virtual_time

VOTERS = range(1, 7)
BALLOT = 1
RECEIPT = 0.1
# Real seconds: nothing in these tests waits, so a thread that stands still for half of that will do so for ever.
STANDS_STILL = 1.0


def tally():
    """Voters 3 and 6 want coffee, the others tea."""
    ballots, registry = Api().named("ballot").latency(BALLOT), Api().named("receipt").latency(RECEIPT)
    for voter in VOTERS:
        ballots.reply(voter, "coffee" if voter % 3 == 0 else "tea")
        registry.reply(voter - 1, str(voter))
    return Tally(ballots, registry)


@contextlib.contextmanager
def watched():
    """Ends a test whose thread waits for what only this thread could do. That it waits for a core does not count."""
    begin, period = Reading(), STANDS_STILL

    def look(*_):
        nonlocal begin, period
        blocked = begin.spent().blocked
        begin = Reading()
        if blocked >= period / 2:
            # The other voters stop the thread as well, one after another: they need no such patience.
            period = STANDS_STILL / 20
            signal.setitimer(signal.ITIMER_REAL, period, period)
            expect(False, "blocks-for-ever", seconds(blocked), seconds(0))

    previous = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, period, period)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


async def all_vote(tally):
    """All voters vote at once. Returns their receipts."""
    return await asyncio.gather(*(tally.vote(voter) for voter in VOTERS))


def told(result):
    return listed([f"{choice}: {votes}" for choice, votes in sorted(result.items())])


@pytest.mark.asyncio
class TestPatterns:
    async def test_voters_do_not_wait_for_each_others_ballots(self):
        with watched():
            _, took = await clock.took(all_vote(tally()))
        expected = BALLOT + RECEIPT * len(VOTERS)
        expect(took <= expected, "lock-over-the-ballot", seconds(took), seconds(expected))

    async def test_every_receipt_has_its_own_number(self):
        with watched():
            receipts = sorted(await all_vote(tally()))
        expect(same(receipts, list(VOTERS)), "receipts-twice", listed(receipts), listed(list(VOTERS)))

    async def test_every_vote_counts(self):
        office = tally()
        with watched():
            await all_vote(office)
        result = told(office.result())
        expect(result == "[coffee: 2, tea: 4]", "votes-lost", result, "[coffee: 2, tea: 4]")


@pytest.mark.asyncio
class TestNoBlocking:
    async def test_the_result_can_be_asked_for_at_any_time(self):
        office = tally()
        with watched():
            voting = asyncio.create_task(all_vote(office))
            await asyncio.sleep(BALLOT / 2)
            early = told(office.result())
            expect(early == "[]", "result-late", early, "[]")
            await asyncio.sleep(BALLOT / 2 + RECEIPT * 1.5)
            counted = told(office.result())
            expect(counted == "[coffee: 2, tea: 4]", "result-late", counted, "[coffee: 2, tea: 4]")
            await voting
