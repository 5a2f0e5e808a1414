"""First test: tests that fail when a promise is broken."""

import pytest
from subject.first_test import UnknownItem, price


@pytest.mark.asyncio
async def test_every_item_has_its_price():
    assert await price("tea", 1) == 4
    assert await price("coffee", 1) == 6
    assert await price("cake", 1) == 9


@pytest.mark.asyncio
async def test_several_pieces_cost_several_times_as_much():
    assert await price("coffee", 3) == 18


@pytest.mark.asyncio
async def test_an_unknown_item_is_an_error_that_names_it():
    with pytest.raises(UnknownItem) as caught:
        await price("sofa", 1)
    assert caught.value.item == "sofa"
