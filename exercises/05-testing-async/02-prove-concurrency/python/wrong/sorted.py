import pytest
from harness import Api, clock
from subject.prove_concurrency import fetch_all

pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]


def service():
    return Api().latency_of(1, 2).latency_of(2, 3).latency_of(3, 1)


async def test_takes_as_long_as_the_longest():
    _, took = await clock.took(fetch_all(service(), [1, 2, 3]))
    assert took == 3


async def test_has_every_reply():
    replies = await fetch_all(service(), [1, 2, 3])
    assert sorted(replies) == ["item 1", "item 2", "item 3"]
