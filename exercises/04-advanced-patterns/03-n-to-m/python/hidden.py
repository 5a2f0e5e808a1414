import asyncio

import pytest
from harness import Api, clock, expect, listed, same, seconds
from solution import run

pytestmark = pytest.mark.virtual_time

# By then everything is cooked, and whoever still waits, waits for ever.
NIGHT = 24 * 60 * 60


def services(cooking):
    """An order is taken in a second, a dish is made in so many."""
    return Api().named("order"), Api().named("dish").latency(cooking)


def lists(waiters):
    """The lists of so many waiters, each one order longer than the one before: [10], [20, 21], ..."""
    return [list(range(10 * waiter, 11 * waiter)) for waiter in range(1, waiters + 1)]


def flat(orders):
    return [order for tables in orders for order in tables]


async def day(hall, stove, orders, cooks):
    """Runs the day; None when it never ends."""
    try:
        async with asyncio.timeout(NIGHT):
            return await run(hall, stove, orders, cooks)
    except TimeoutError:
        return None


def last(api):
    """When the last request ended."""
    return max((span.end for span in api.spans() if span.end is not None), default=0)


@pytest.mark.asyncio
class TestPatterns:
    async def test_one_to_one_comes_to_its_end(self):
        hall, stove = services(2)
        ended = await day(hall, stove, [[1, 2, 3]], 1) is not None
        expect(ended, "never-ends", seconds(NIGHT), "7.0 s")

    async def test_many_to_one_cooks_everything(self):
        hall, stove = services(1)
        await day(hall, stove, lists(3), 1)
        cooked = len(stove.answered())
        closed = len(hall.answered()) < 6 or last(stove) < last(hall)
        message = "closed-too-early" if closed else "orders-lost"
        expect(cooked == 6, message, cooked, 6)

    async def test_one_to_many_comes_to_its_end(self):
        hall, stove = services(1)
        ended = await day(hall, stove, [[1, 2, 3, 4]], 3) is not None
        expect(ended, "cooks-left-waiting", seconds(NIGHT), "5.0 s")

    async def test_everything_ordered_is_cooked_once(self):
        hall, stove = services(7)
        await day(hall, stove, lists(4), 3)
        await asyncio.sleep(NIGHT)
        cooked = len(stove.answered())
        expect(cooked >= 10, "orders-lost", cooked, 10)
        asked = sorted(stove.asked())
        expect(asked == flat(lists(4)), "cooked-twice", len(asked), 10)

    async def test_all_cooks_work(self):
        hall, stove = services(7)
        await day(hall, stove, lists(4), 3)
        at_work = stove.max_in_flight()
        expect(at_work >= 3, "one-cook-at-a-time", at_work, 3)
        expect(at_work == 3, "more-cooks", at_work, 3)

    async def test_all_waiters_work(self):
        hall, stove = services(1)
        await day(hall, stove, lists(3), 3)
        expect(hall.max_in_flight() == 3, "one-waiter-at-a-time", hall.max_in_flight(), 3)

    async def test_cooks_begin_with_the_first_order(self):
        hall, stove = services(1)
        await day(hall, stove, [[1, 2, 3]], 1)
        begun = min(stove.counter().arrivals(), default=clock.now())
        expect(begun <= 1, "cooks-start-late", seconds(begun), seconds(1))

    async def test_the_dishes_are_returned(self):
        hall, stove = services(2)
        dishes = await day(hall, stove, lists(3), 2)
        expected = [f"item {order}" for order in flat(lists(3))]
        complete = type(dishes) is list and same(sorted(dishes), expected)
        expect(complete, "other-dishes", listed(dishes), listed(expected))

    async def test_a_day_without_waiters_ends(self):
        hall, stove = services(1)
        ended = await day(hall, stove, [], 2) is not None
        expect(ended, "nobody-came", seconds(NIGHT), seconds(0))
