import time

import pytest
from harness import Api
from subject.prove_concurrency import fetch_all

pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]


def service():
    return Api().latency_of(1, 2).latency_of(2, 3).latency_of(3, 1)


async def test_is_fast():
    start = time.perf_counter()
    await fetch_all(service(), [1, 2, 3])
    assert time.perf_counter() - start < 4


async def test_keeps_the_order():
    assert await fetch_all(service(), [1, 2, 3]) == ["item 1", "item 2", "item 3"]
