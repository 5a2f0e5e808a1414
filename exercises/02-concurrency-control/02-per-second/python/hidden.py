import asyncio

import pytest
from harness import Api, clock, expect, listed, same, seconds
from solution import Paced

pytestmark = pytest.mark.virtual_time

PER_SECOND = 4
SHORT = 0.2


async def ask(paced, first, calls):
    """Asks for so many ids at once, beginning with `first`."""
    return await asyncio.gather(*(paced.fetch(id) for id in range(first, first + calls)))


async def ask_after(wait, paced, first, calls):
    """Asks for so many ids at once, beginning with `first`, after a while."""
    await asyncio.sleep(wait)
    await ask(paced, first, calls)


def most_in_a_second(api):
    return api.counter().busiest_window(1)


async def remembers(paced, api):
    """Whether a call after the crowd has to wait."""
    now = clock.now()
    await ask(paced, 13, 1)
    return api.counter().arrivals()[-1] > now


def begins_at_ends(api):
    """Whether every call that did not begin at once began at the end of another."""
    ends = {span.end for span in api.spans()}
    return all(span.start == 0 or span.start in ends for span in api.spans())


def pace_after_a_burst(api):
    """Whether the first calls began at once and the others at a steady pace."""
    times = api.counter().arrivals()
    burst, later = times[:PER_SECOND], times[PER_SECOND:]
    gaps = {round(later[i + 1] - later[i], 6) for i in range(len(later) - 1)}
    return len(set(burst)) == 1 and gaps == {1 / PER_SECOND}


@pytest.mark.asyncio
class TestRateLimit:
    async def test_at_most_so_many_in_any_second(self):
        api = Api().latency(SHORT)
        paced = Paced(api, PER_SECOND)
        _, took = await clock.took(ask(paced, 1, 12))
        most = most_in_a_second(api)
        times = api.counter().arrivals()
        if len(set(times)) == 1:
            unlimited = "same-point-for-all" if await remembers(paced, api) else "no-limit"
            message = "slept-together" if took > SHORT else unlimited
        elif len(set(times[1:])) == 1:
            message = "same-point-for-all"
        elif begins_at_ends(api):
            message = "limits-how-many-at-once"
        elif pace_after_a_burst(api):
            message = "saved-up"
        else:
            message = "over-the-rate"
        expect(most <= PER_SECOND, message, most, PER_SECOND)

    async def test_a_quiet_time_saves_nothing_up(self):
        api = Api().latency(SHORT)
        paced = Paced(api, PER_SECOND)
        await ask(paced, 1, 1)
        await ask_after(4.94, paced, 2, 9)
        most = most_in_a_second(api)
        expect(most <= PER_SECOND, "saved-up", most, PER_SECOND)

    async def test_the_second_is_any_second(self):
        # One call opens a window, the others come at its end; then comes a crowd.
        api = Api().latency(SHORT)
        paced = Paced(api, PER_SECOND)
        late = ask_after(0.9, paced, 2, PER_SECOND - 1)
        await asyncio.gather(ask(paced, 1, 1), late, ask_after(1, paced, 5, PER_SECOND))
        most = most_in_a_second(api)
        expect(most <= PER_SECOND, "burst-at-the-boundary", most, PER_SECOND)

    async def test_the_caller_says_how_many(self):
        for per_second in [2, 10]:
            api = Api().latency(SHORT)
            await ask(Paced(api, per_second), 1, per_second * 3)
            most = most_in_a_second(api)
            expect(per_second / 2 < most <= per_second, "another-rate", most, per_second)

    async def test_slow_calls_begin_no_later(self):
        api = Api().latency(10)
        await ask(Paced(api, PER_SECOND), 1, 9)
        last = max(api.counter().arrivals())
        in_time, lenient = 2, 1
        expect(last <= in_time + lenient, "slower-than-allowed", seconds(last), seconds(in_time))

    async def test_every_caller_gets_its_reply(self):
        replies = await ask(Paced(Api().latency(SHORT), PER_SECOND), 1, 6)
        expected = [f"item {id}" for id in range(1, 7)]
        expect(same(replies, expected), "other-replies", listed(replies), listed(expected))
