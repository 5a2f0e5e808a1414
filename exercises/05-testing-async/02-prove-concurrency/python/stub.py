"""Prove concurrency: tests that fail for code that is not concurrent."""

import pytest
from harness import Api
from subject.prove_concurrency import fetch_all


@pytest.mark.asyncio
@pytest.mark.virtual_time
async def test_fetches_concurrently():
    api = Api().latency_of(2, 3)
    replies = await fetch_all(api, [1, 2, 3])
    assert len(replies) == 3
