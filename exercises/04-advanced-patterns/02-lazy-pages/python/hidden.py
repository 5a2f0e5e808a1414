import asyncio
from contextlib import aclosing

import pytest
from harness import Api, Resource, clock, expect, listed, same, seconds
from solution import rows

pytestmark = pytest.mark.virtual_time

PAGES = 5
# A reader who takes this long over a row sees what goes on behind their back.
SLOW_READER = 20.0


def service():
    """Pages of two rows, "row 0,row 1" and so on, and an empty one after the last; each takes a second."""
    pages = Api().named("page").reply(PAGES, "")
    for page in range(PAGES):
        pages.reply(page, f"row {2 * page},row {2 * page + 1}")
    return Resource("connection"), pages


def opened(connections, pages):
    """The rows, if they can be read one by one."""
    reading = rows(connections, pages)
    is_stream = hasattr(reading, "__anext__") and hasattr(reading, "aclose")
    if not is_stream and hasattr(reading, "close"):
        reading.close()
    expect(is_stream, "list-returned", type(reading).__name__, "async_generator")
    return aclosing(reading)


async def read(connections, pages, count):
    """Reads so many rows and leaves."""
    done = []
    async with opened(connections, pages) as reading:
        async for row in reading:
            done.append(row)
            if len(done) == count:
                break
    return done


def left_open(connections):
    return connections.opened() - connections.closed()


@pytest.mark.asyncio
class TestPatterns:
    async def test_gives_every_row_in_order(self):
        did = await read(*service(), 100)
        expected = [f"row {row}" for row in range(2 * PAGES)]
        expect(same(did, expected), "other-rows", listed(did), listed(expected))

    async def test_calling_starts_nothing(self):
        connections, pages = service()
        unread = opened(connections, pages)
        await asyncio.sleep(SLOW_READER)
        begun = pages.calls() + connections.opened()
        expect(begun == 0, "started-unasked", begun, 0)
        del unread

    async def test_the_first_row_costs_one_page(self):
        connections, pages = service()
        async with opened(connections, pages) as reading:
            _, took = await clock.took(anext(reading))
            in_a_row = pages.max_in_flight() == 1
            expect(not in_a_row or took <= 1.1, "list-first", seconds(took), seconds(1.1))
            expect(pages.calls() < PAGES, "all-prefetched", pages.calls(), 1)

    async def test_a_page_comes_when_it_is_wanted(self):
        connections, pages = service()
        asked = []
        async with opened(connections, pages) as reading:
            for _ in range(5):
                await anext(reading)
                await asyncio.sleep(SLOW_READER)
                asked.append(pages.calls())
        expect(asked == [1, 1, 2, 2, 3], "page-ahead", listed(asked), listed([1, 1, 2, 2, 3]))

    async def test_one_connection_serves_all_pages(self):
        connections, pages = service()
        await read(connections, pages, 100)
        expect(connections.opened() == 1, "connection-per-page", connections.opened(), 1)

    async def test_the_end_closes(self):
        connections, pages = service()
        await read(connections, pages, 100)
        await clock.settle()
        closed = connections.closed()
        expect(closed == connections.opened(), "not-closed-at-the-end", closed, connections.opened())

    async def test_leaving_in_the_middle_closes(self):
        connections, pages = service()
        await read(connections, pages, 3)
        await asyncio.sleep(SLOW_READER)
        expect(left_open(connections) == 0, "not-closed-on-break", left_open(connections), 0)

    async def test_giving_up_while_a_page_is_on_its_way_closes(self):
        for when in [0.05, 0.6, 1.6, 2.6]:
            connections, pages = service()
            reader = asyncio.create_task(read(connections, pages, 100))
            await asyncio.sleep(when)
            reader.cancel()
            await asyncio.wait([reader])
            await asyncio.sleep(SLOW_READER)
            expect(left_open(connections) == 0, "not-closed-on-break", left_open(connections), 0)
