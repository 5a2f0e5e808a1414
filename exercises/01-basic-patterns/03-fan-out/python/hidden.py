import inspect

import pytest
from harness import Api, clock, expect, listed, same, seconds
from solution import fetch_all

pytestmark = pytest.mark.virtual_time

IDS = [3, 1, 4, 15, 9]
LONGEST = 1.0


def service():
    """A service whose answers to `IDS` arrive in the order 1, 15, 3, 9, 4."""
    api = Api()
    for id, latency in [(3, 0.3), (1, 0.1), (4, 1.0), (15, 0.2), (9, 0.4)]:
        api.latency_of(id, latency)
    return api


@pytest.mark.asyncio
class TestPatterns:
    async def test_takes_as_long_as_the_longest(self):
        api = service()
        _, took = await clock.took(fetch_all(api, IDS))
        if api.max_in_flight() == 1:
            in_tasks = all(span.task != "main" for span in api.spans())
            made_first = all(at == 0 for at in api.created())
            without_tasks = "made-then-awaited" if made_first else "one-after-another"
            message = "spawned-then-awaited" if in_tasks else without_tasks
            expect(took <= LONGEST, message, seconds(took), seconds(LONGEST))
        expect(took <= LONGEST, "too-few-at-once", api.max_in_flight(), len(IDS))

    async def test_keeps_the_order(self):
        api = service()
        replies = await fetch_all(api, IDS)
        expected = [f"item {id}" for id in IDS]
        expect(not inspect.isawaitable(replies), "nobody-waited", type(replies).__name__, listed(expected))
        complete = type(replies) is list and same(sorted(replies), sorted(expected))
        expect(complete, "other-replies", listed(replies), listed(expected))
        arrived = [f"item {id}" for id in api.answered()]
        message = "completion-order" if replies == arrived else "another-order"
        expect(same(replies, expected), message, listed(replies), listed(expected))

    async def test_no_ids_give_no_replies(self):
        replies = await fetch_all(service(), [])
        expect(same(replies, []), "other-replies", listed(replies), "[]")
