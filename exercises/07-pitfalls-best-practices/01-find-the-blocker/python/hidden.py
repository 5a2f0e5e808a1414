import asyncio
import itertools
import time

import pytest
from harness import Api, Cores, Library, Raised, caught, expect, listed, polls, same, seconds
from solution import open_shop

# What the oven needs.
WARM_UP = 0.05
# A loop that stands still as long as this is blocked: less than half of what any of the blockers takes.
NOTICED = 0.02
LOG = ["item 1", "warm", "answer 1", "price answer 2 and price answer 3", "sum 4", "open after 5 steps"]


async def morning(library):
    """Opens the shop."""
    opened = await caught(polls.watch(open_shop(Api().latency(0), library, Cores())))
    if isinstance(opened, Raised):
        expect(not opened.is_nested_run(), "nested-run", str(opened), LOG[1])
        called = isinstance(opened.error, TypeError) and "not callable" in str(opened.error)
        expect(not called, "answer-handed-over", opened, repr(LOG[2]))
        opened.again()
    return opened


async def on_loop(ids):
    """How many of the library's calls of these ids were made on the thread that drives the loop."""
    library = Library()
    await morning(library)
    return sum(call.on_loop and call.id in ids for call in library.calls())


async def tick(ticks):
    """Notes the time whenever the loop lets it."""
    while True:
        ticks.append(time.monotonic())
        await asyncio.sleep(0.002)


def longest_gap(ticks, end):
    """The longest time before `end` without a tick."""
    return max(min(later, end) - tick for tick, later in itertools.pairwise([*ticks, end]))


@pytest.mark.asyncio
class TestNoBlocking:
    async def test_warming_up_keeps_nobody(self):
        instant, ticks = Library().takes(0), [time.monotonic()]
        ticker = asyncio.create_task(tick(ticks))
        _, polled = await morning(instant)
        ticker.cancel()
        stock = instant.call_of(1)
        stood = min(polled.longest_blocked, longest_gap(ticks, stock.at if stock is not None else time.monotonic()))
        expect(stood < NOTICED, "pause-blocks", seconds(stood), seconds(0))

    async def test_reading_the_stock_keeps_nobody(self):
        blocking = await on_loop([1])
        expect(blocking == 0, "stock-blocks", blocking, 0)

    async def test_reading_the_price_tags_keeps_nobody(self):
        blocking = await on_loop([2, 3])
        expect(blocking == 0, "one-call-away", blocking, 0)

    async def test_computing_the_takings_keeps_nobody(self):
        blocking = await on_loop([4])
        expect(blocking == 0, "computing-blocks", blocking, 0)
        library = Library()
        await morning(library)
        on_threads = sum(call.id == 4 and not call.on_cores for call in library.calls())
        expect(on_threads == 0, "computing-on-threads", on_threads, 0)

    async def test_the_loop_never_stands_still(self):
        _, polled = await morning(Library().takes(0.05))
        stood = polled.longest_blocked
        expect(stood < NOTICED, "still-blocks", seconds(stood), seconds(0))

    async def test_the_morning_stays_the_same(self):
        warm_after = float("inf")
        # A busy machine can only make it later: the shortest of a few mornings tells.
        for _ in range(3):
            instant, start = Library().takes(0), time.monotonic()
            await morning(instant)
            stock = instant.call_of(1)
            warm_after = min(warm_after, (stock.at if stock is not None else time.monotonic()) - start)
        library = Library()
        log, _ = await morning(library)
        expect(warm_after >= WARM_UP, "pause-left-out", seconds(warm_after), seconds(WARM_UP))
        expect(same(log, LOG), "other-log", listed(log), listed(LOG))
        order = [call.id for call in library.calls()]
        expect(order == [1, 2, 3, 4], "other-log", listed(order), "[1, 2, 3, 4]")
