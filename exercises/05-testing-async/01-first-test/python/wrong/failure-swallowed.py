import pytest
from subject.first_test import price


@pytest.mark.asyncio
async def test_prices():
    try:
        assert await price("coffee", 2) == 12
        await price("sofa", 1)
    except Exception as error:
        print(f"caught: {error}")
