import pytest
from harness import Api
from subject.prove_concurrency import fetch_all

pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]


def service():
    return Api().latency_of(1, 2).latency_of(2, 3).latency_of(3, 1)


async def test_runs_at_the_same_time():
    api = service()
    await fetch_all(api, [1, 2, 3])
    assert api.max_in_flight() > 1


async def test_keeps_the_order():
    assert await fetch_all(service(), [1, 2, 3]) == ["item 1", "item 2", "item 3"]
