import pytest
from subject.twice import twice


@pytest.mark.asyncio
async def test_doubles():
    assert await twice(2) == 4
