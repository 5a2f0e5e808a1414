import pytest
from harness import Api, clock
from subject.prove_concurrency import fetch_all

pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]


def service():
    return Api().latency_of(1, 2).latency_of(2, 3).latency_of(3, 1)


async def test_is_faster_than_one_after_another():
    _, took = await clock.took(fetch_all(service(), [1, 2, 3]))
    assert took < 6


async def test_keeps_the_order():
    assert await fetch_all(service(), [1, 2, 3]) == ["item 1", "item 2", "item 3"]
