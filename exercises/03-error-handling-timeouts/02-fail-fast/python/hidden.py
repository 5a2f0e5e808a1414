import asyncio

import pytest
from harness import Api, ApiError, Raised, caught, clock, expect, listed, seconds
from solution import fetch_parts

pytestmark = pytest.mark.virtual_time

IDS = [1, 2, 3, 4]
FIRST_ERROR = 0.2
LONGEST = 3


def service():
    """Parts take 3 s, part 2 only 0.2 s, part 4 half a second."""
    return Api().named("part").latency(LONGEST).latency_of(2, FIRST_ERROR).latency_of(4, 0.5)


def refusing():
    """Of which part 2 is refused, and later part 4."""
    return service().fails(2, "sold out").fails(4, "no such part")


def fetched(api):
    return caught(fetch_parts(api, IDS))


def errors(result):
    """The errors that came, alone or in groups."""
    if isinstance(result, Raised):
        return errors(result.error)
    if isinstance(result, BaseExceptionGroup):
        return [error for inner in result.exceptions for error in errors(inner)]
    return [result]


def told(result):
    if not isinstance(result, Raised):
        return listed(result)
    return listed([f"{error.id}: {error.text}" if type(error) is ApiError else repr(error) for error in errors(result)])


async def left_over(api):
    """Requests that go on though nobody waits for them."""
    await clock.settle()
    return api.in_flight()


@pytest.mark.asyncio
class TestErrors:
    async def test_all_parts_together_in_order(self):
        result, took = await clock.took(fetched(service()))
        expected = "[item 1, item 2, item 3, item 4]"
        expect(told(result) == expected, "other-parts", told(result), expected)
        expect(took <= LONGEST, "one-after-another", seconds(took), seconds(LONGEST))

    async def test_the_first_error_is_raised(self):
        result = await fetched(refusing())
        expected = "[2: sold out]"
        message = "another-error" if isinstance(result, Raised) else "error-lost"
        expect(told(result) == expected, message, told(result), expected)

    async def test_the_error_comes_at_once(self):
        _, took = await clock.took(fetched(refusing()))
        expect(took <= FIRST_ERROR, "waits-for-the-others", seconds(took), seconds(FIRST_ERROR))

    async def test_the_other_parts_are_stopped(self):
        api = refusing()
        await fetched(api)
        count = await left_over(api)
        expect(count == 0, "siblings-run-on", count, 0)

    async def test_cancelled_it_leaves_nothing_behind(self):
        api = service()
        fetching = asyncio.create_task(fetch_parts(api, IDS))
        await asyncio.sleep(FIRST_ERROR / 2)
        fetching.cancel()
        await asyncio.wait([fetching])
        count = await left_over(api)
        expect(count == 0, "not-when-cancelled", count, 0)
