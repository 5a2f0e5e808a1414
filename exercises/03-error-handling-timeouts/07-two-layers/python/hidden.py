import asyncio

import pytest
from harness import Api, Raised, caught, clock, expect, listed
from solution import End, ends

pytestmark = pytest.mark.virtual_time


def service():
    return Api().fails(2, "503")


def works(api, id):
    return asyncio.create_task(api.fetch(id))


def times_out(api, id):
    async def limited():
        async with asyncio.timeout(0.5):
            return await api.fetch(id)

    return asyncio.create_task(limited())


async def cancelled(api, id):
    task = works(api, id)
    await clock.settle()
    task.cancel()
    return task


def told(ends):
    return listed([f"{end.kind} {end.text}".strip() if isinstance(end, End) else repr(end) for end in ends])


def unlike(did):
    """What to say where an end that is no failure was told otherwise."""
    if did == "[]":
        return "left-out"
    known = did.startswith(("[value", "[failed", "[timed out", "[cancelled"))
    return "flattened" if known else "other-ends"


async def answer(tasks, expected):
    """How the tasks ended, in words; an exception instead of an answer fails the test."""
    waiting = asyncio.create_task(caught(ends(tasks)))
    await asyncio.wait([waiting])
    # An error that nobody looked at is no second mistake.
    await asyncio.gather(*tasks, return_exceptions=True)
    expect(not waiting.cancelled(), "unwrapped", "CancelledError", expected)
    answered = waiting.result()
    expect(not isinstance(answered, Raised), "unwrapped", answered, expected)
    return told(answered)


@pytest.mark.asyncio
class TestErrors:
    async def test_values_and_errors_of_the_work(self):
        api = service()
        expected = "[value item 1, failed 503]"
        did = await answer([works(api, 1), works(api, 2)], expected)
        expect(did.count(",") == 1, "left-out", did, expected)
        expect(did == expected, "other-ends", did, expected)

    async def test_a_timeout_is_a_timeout(self):
        did = await answer([times_out(service(), 3)], "[timed out]")
        expect(did == "[timed out]", unlike(did), did, "[timed out]")

    async def test_cancelled_is_no_failure(self):
        did = await answer([await cancelled(service(), 4)], "[cancelled]")
        expect(did == "[cancelled]", unlike(did), did, "[cancelled]")

    async def test_nobody_is_left_out(self):
        api = service()
        expected = "[timed out, cancelled, failed 503, value item 5]"
        did = await answer([times_out(api, 3), await cancelled(api, 4), works(api, 2), works(api, 5)], expected)
        expect(did.count(",") == 3, "left-out", did, expected)
        expect(did == expected, "other-ends", did, expected)

    async def test_your_own_cancellation_is_none_of_theirs(self):
        task = works(service(), 1)
        waiting = asyncio.create_task(ends([task]))
        await asyncio.sleep(0.5)
        waiting.cancel()
        await asyncio.wait([waiting])
        outcome = "CancelledError" if waiting.cancelled() else told(waiting.result())
        expect(waiting.cancelled(), "own-cancel-taken-for-theirs", outcome, "CancelledError")
