import pytest
from subject.first_test import UnknownItem, price


async def test_two_coffees_cost_twelve():
    assert await price("coffee", 2) == 12


async def test_a_sofa_is_unknown():
    with pytest.raises(UnknownItem, match="sofa"):
        await price("sofa", 1)
