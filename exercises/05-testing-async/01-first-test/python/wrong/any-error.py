import pytest
from subject.first_test import price


@pytest.mark.asyncio
async def test_two_coffees_cost_twelve():
    assert await price("coffee", 2) == 12


@pytest.mark.asyncio
async def test_a_sofa_is_unknown():
    with pytest.raises(Exception):
        await price("sofa", 1)
