import pytest
from harness import Api
from subject.prove_concurrency import fetch_all

pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]


@pytest.mark.parametrize("count", [1, 2, 5])
async def test_fetches_concurrently(count):
    assert len(await fetch_all(Api(), list(range(count)))) == count
