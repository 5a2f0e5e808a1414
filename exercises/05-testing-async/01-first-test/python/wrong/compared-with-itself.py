import pytest
from subject.first_test import price


@pytest.mark.asyncio
@pytest.mark.parametrize("item", ["tea", "coffee", "cake"])
async def test_the_same_question_has_the_same_answer(item):
    expected = await price(item, 2)
    assert await price(item, 2) == expected
