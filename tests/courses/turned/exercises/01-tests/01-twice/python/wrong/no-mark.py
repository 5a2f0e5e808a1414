from subject.twice import twice


async def test_doubles():
    assert await twice(3) == 6
