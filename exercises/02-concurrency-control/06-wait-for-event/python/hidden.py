import asyncio

import pytest
from harness import clock, expect, listed, seconds, timeline
from solution import Door

pytestmark = pytest.mark.virtual_time

LATER = 60
# No multiple of any round pause.
OPENING = 2.343
# Who enters so soon was told, or looks so often that another test says so.
AT_ONCE = 0.005


def closed_door():
    """A door that is made as the clock begins."""
    clock.now()
    return Door()


async def entered(door):
    """When somebody got in who comes to the door now; None when the door was not opened for them in a long time."""
    try:
        with timeline.begin("wait"):
            async with asyncio.timeout(LATER):
                await door.enter()
        return clock.now()
    except TimeoutError:
        return None


async def opened_after(door, wait):
    await asyncio.sleep(wait)
    door.open()


class Looks:
    """Counts how often a coroutine is woken and looks whether it can go on."""

    def __init__(self, coroutine):
        self.coroutine = coroutine
        self.count = 0

    def __await__(self):
        inner = self.coroutine.__await__()
        while True:
            self.count += 1
            try:
                pending = inner.send(None)
            except StopIteration:
                return self.count
            yield pending


async def looks(coroutine):
    return await Looks(coroutine)


def in_milliseconds(at):
    return f"{at * 1000:.0f} ms"


def told(entered):
    return "never" if entered is None else seconds(entered)


@pytest.mark.asyncio
class TestPatterns:
    async def test_enters_when_the_door_opens(self):
        door = closed_door()
        at, _ = await asyncio.gather(entered(door), opened_after(door, OPENING))
        expect(at is not None, "never-told", told(at), in_milliseconds(OPENING))
        expect(at >= OPENING, "enters-a-closed-door", in_milliseconds(at), in_milliseconds(OPENING))
        expect(at <= OPENING + AT_ONCE, "looks-again", in_milliseconds(at), in_milliseconds(OPENING))

    async def test_sleeps_while_it_waits(self):
        door = closed_door()
        count, _ = await asyncio.gather(looks(door.enter()), opened_after(door, OPENING))
        expect(count <= 4, "looks-often", count, 2)

    async def test_everybody_enters(self):
        door = closed_door()
        *entries, _ = await asyncio.gather(*(entered(door) for _ in range(3)), opened_after(door, 1))
        did = listed([told(at) for at in entries])
        expect(did == "[1.0 s, 1.0 s, 1.0 s]", "only-some", did, "[1.0 s, 1.0 s, 1.0 s]")

    async def test_an_open_door_is_open(self):
        door = closed_door()
        await opened_after(door, 1)
        for _ in range(2):
            at = await entered(door)
            expect(at == 1, "signal-lost", told(at), seconds(1))

    async def test_a_closed_door_is_closed(self):
        door = closed_door()
        await opened_after(door, 1)
        await entered(door)
        door.close()
        at, _ = await asyncio.gather(entered(door), opened_after(door, 1))
        expect(at is not None, "never-told", told(at), seconds(2))
        expect(at >= 2, "never-closed", told(at), seconds(2))

    async def test_closing_a_closed_door_changes_nothing(self):
        door = closed_door()

        async def close_then_open():
            await asyncio.sleep(1)
            door.close()
            await opened_after(door, 1)

        at, _ = await asyncio.gather(entered(door), close_then_open())
        expect(at == 2, "forgotten-at-the-door", told(at), seconds(2))
