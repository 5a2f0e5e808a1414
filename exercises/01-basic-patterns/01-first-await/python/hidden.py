import pytest
from harness import Api, Raised, caught, expect, polls, same, seconds
from solution import greet

pytestmark = pytest.mark.virtual_time


def service():
    """A service whose answers take a tenth of a second."""
    return Api().latency(0.1).reply(7, "Ada").reply(8, "Grace")


async def greeting(api, id):
    """The greeting; fails the test where it is not waited for but blocked on."""
    greeting, watched = await polls.watch(caught(greet(api, id)))
    blocked = watched.longest_blocked
    expect(blocked < 0.02, "blocked-thread", seconds(blocked), seconds(0))
    if isinstance(greeting, Raised):
        expect(not greeting.is_nested_run(), "blocked-inside", greeting, "-")
        greeting.again()
    # pytest reports a coroutine that nobody awaits in any test, so say first what that means.
    expect(api.calls() == len(api.created()), "never-awaited", api.calls(), len(api.created()))
    return greeting


@pytest.mark.asyncio
class TestPatterns:
    async def test_lets_the_thread_go_on(self):
        await greeting(service(), 7)

    async def test_asks_the_service(self):
        api = service()
        await greeting(api, 7)
        expect(api.calls() > 0, "not-asked", api.calls(), 1)
        expect(api.calls() == 1, "asked-again", api.calls(), 1)

    async def test_returns_what_the_service_says(self):
        api = service()
        for id, expected in [(7, "Hello, Ada!"), (8, "Hello, Grace!")]:
            said = await greeting(api, id)
            expect(same(said, expected), "other-greeting", repr(said), repr(expected))
