import pytest
from harness import expect, same
from solution import answer


@pytest.mark.asyncio
@pytest.mark.virtual_time
class TestPatterns:
    async def test_answers(self):
        said = await answer()
        expect(same(said, 42), "wrong-answer", repr(said), 42)


@pytest.mark.asyncio
class TestNoBlocking:
    async def test_answers_in_real_time(self):
        said = await answer()
        assert said == 42, "not 42"
