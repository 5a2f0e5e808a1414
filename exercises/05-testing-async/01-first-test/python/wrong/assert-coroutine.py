import pytest
from subject.first_test import price


@pytest.mark.asyncio
async def test_tea_has_a_price():
    assert price("tea", 1)
