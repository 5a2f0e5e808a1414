import itertools
from collections.abc import AsyncIterator

from harness import Api, Resource


async def rows(connections: Resource, pages: Api) -> AsyncIterator[str]:
    connection = await connections.open()
    all_rows = []
    try:
        for number in itertools.count():
            page = await pages.fetch(number)
            if not page:
                break
            all_rows.extend(page.split(","))
    finally:
        await connection.close()
    for row in all_rows:
        yield row
