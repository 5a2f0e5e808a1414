import pytest
from subject.first_test import UnknownItem, price


@pytest.mark.asyncio
async def test_prices():
    await price("coffee", 2)
    try:
        await price("sofa", 1)
    except UnknownItem:
        pass
