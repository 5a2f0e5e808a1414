"""First test: tests that fail when a promise is broken."""

import pytest
from subject.first_test import price


@pytest.mark.asyncio
async def test_tea_has_a_price():
    answer = await price("tea", 1)
    assert answer is not None
