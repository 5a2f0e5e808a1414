import pytest
from subject.first_test import UnknownItem, price


@pytest.mark.asyncio
async def two_coffees_cost_twelve():
    assert await price("coffee", 2) == 12


@pytest.mark.asyncio
async def a_sofa_is_unknown():
    with pytest.raises(UnknownItem, match="sofa"):
        await price("sofa", 1)
