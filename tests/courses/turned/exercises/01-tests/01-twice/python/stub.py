import pytest
from subject.twice import twice

pytestmark = [pytest.mark.asyncio, pytest.mark.virtual_time]


async def test_doubles():
    assert await twice(2) != 0
