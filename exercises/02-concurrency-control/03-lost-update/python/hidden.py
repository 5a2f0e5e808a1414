import asyncio
import threading

import pytest
from harness import Api, clock, expect, listed, same, seconds
from solution import Numbers

pytestmark = pytest.mark.virtual_time

# The numbers that are free, in order.
FREE = [1, 2, 4, 5, 7, 8, 9]
LATER = 60


def registry():
    """A registry that takes a second to say which number follows another."""
    api = Api().named("after")
    for last, next in [(0, 1), (1, 2), (2, 4), (3, 4), (4, 5), (5, 7), (6, 7), (7, 8), (8, 9)]:
        api.reply(last, str(next))
    return api


async def asked_at_once(numbers, callers):
    """The numbers that so many callers get who ask at once."""
    return sorted(await asyncio.gather(*(numbers.next() for _ in range(callers))))


async def thread_locks_held_while_waiting():
    """Locks of `threading` that a caller holds while it waits for the registry."""
    numbers = Numbers(registry())
    waiting = asyncio.create_task(numbers.next())
    await clock.settle()
    held = sum(isinstance(kept, type(threading.Lock())) and kept.locked() for kept in vars(numbers).values())
    waiting.cancel()
    await asyncio.wait([waiting])
    return held


@pytest.mark.asyncio
class TestPatterns:
    async def test_one_after_another_they_follow(self):
        numbers = Numbers(registry())
        got = [await numbers.next() for _ in range(4)]
        expect(same(got, FREE[:4]), "other-numbers", listed(got), listed(FREE[:4]))

    async def test_no_two_callers_get_the_same(self):
        # With such a lock the callers below would stop the thread for ever, and nothing could say why.
        held = await thread_locks_held_while_waiting()
        expect(held == 0, "thread-lock", held, 0)
        got = await asked_at_once(Numbers(registry()), 5)
        expect(len(set(got)) == len(got), "lost-update", listed(got), listed(FREE[:5]))
        expect(same(got, FREE[:5]), "other-numbers", listed(got), listed(FREE[:5]))

    async def test_other_books_do_not_wait(self):
        here, there = Numbers(registry()), Numbers(registry())
        _, took = await clock.took(asyncio.gather(asked_at_once(here, 3), asked_at_once(there, 3)))
        expect(took <= 3, "one-lock-for-everything", seconds(took), seconds(3))

    async def test_who_gives_up_blocks_nobody(self):
        numbers = Numbers(registry())
        giving_up = asyncio.create_task(numbers.next())
        await asyncio.sleep(0.5)
        giving_up.cancel()
        await asyncio.wait([giving_up])
        trying = asyncio.create_task(numbers.next())
        _, waited = await clock.took(asyncio.wait([trying], timeout=LATER))
        got = trying.done()
        trying.cancel()
        expect(got, "never-unlocked", seconds(waited), seconds(1))
