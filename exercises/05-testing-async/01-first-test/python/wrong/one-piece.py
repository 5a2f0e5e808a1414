import pytest
from subject.first_test import UnknownItem, price


@pytest.mark.asyncio
async def test_every_item_has_its_price():
    assert await price("tea", 1) == 4
    assert await price("coffee", 1) == 6


@pytest.mark.asyncio
async def test_a_sofa_is_unknown():
    with pytest.raises(UnknownItem, match="sofa"):
        await price("sofa", 1)
