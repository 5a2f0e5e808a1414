import pytest
from subject.twice import twice

pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]


async def test_doubles():
    assert await twice(4) == 8


async def test_ends_for_odd_numbers():
    assert await twice(3) == 6
