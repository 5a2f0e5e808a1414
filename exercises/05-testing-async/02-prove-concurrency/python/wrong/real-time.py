import pytest
from harness import Api, clock
from subject.prove_concurrency import fetch_all

pytestmark = pytest.mark.asyncio


def service():
    return Api().latency_of(1, 0.02).latency_of(2, 0.03).latency_of(3, 0.01)


async def test_takes_as_long_as_the_longest():
    _, took = await clock.took(fetch_all(service(), [1, 2, 3]))
    assert took == 0.03


async def test_keeps_the_order():
    assert await fetch_all(service(), [1, 2, 3]) == ["item 1", "item 2", "item 3"]
