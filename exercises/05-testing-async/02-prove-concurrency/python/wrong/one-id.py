import pytest
from harness import Api, clock
from subject.prove_concurrency import fetch_all

pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]


async def test_takes_as_long_as_the_longest():
    replies, took = await clock.took(fetch_all(Api(), [7]))
    assert took == 1
    assert replies == ["item 7"]
