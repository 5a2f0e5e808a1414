"""Prove concurrency: tests that fail for code that is not concurrent."""

import asyncio

import pytest
from harness import Api
from subject.prove_concurrency import fetch_all

pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]

IDS = [1, 2, 3]


def service():
    """A service that answers 3 first, then 1, then 2."""
    return Api().latency_of(1, 2).latency_of(2, 3).latency_of(3, 1)


async def test_takes_as_long_as_the_longest():
    clock = asyncio.get_running_loop()
    start = clock.time()
    await fetch_all(service(), IDS)
    assert clock.time() - start == pytest.approx(3)


async def test_replies_stand_where_their_ids_stood():
    assert await fetch_all(service(), IDS) == ["item 1", "item 2", "item 3"]
