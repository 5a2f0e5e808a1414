import itertools
from collections.abc import AsyncIterator

from harness import Api, Resource


async def rows(connections: Resource, pages: Api) -> AsyncIterator[str]:
    connection = await connections.open()
    try:
        for number in itertools.count():
            page = await pages.fetch(number)
            if not page:
                break
            for row in page.split(","):
                yield row
    except Exception:
        await connection.close()
        raise
    await connection.close()
