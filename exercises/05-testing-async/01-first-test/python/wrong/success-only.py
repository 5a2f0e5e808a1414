import pytest
from subject.first_test import price


@pytest.mark.asyncio
@pytest.mark.parametrize(("item", "count", "expected"), [("tea", 2, 8), ("coffee", 3, 18), ("cake", 1, 9)])
async def test_every_item_has_its_price(item, count, expected):
    assert await price(item, count) == expected
