import itertools
from collections.abc import AsyncIterator

from harness import Api, Resource


async def rows(connections: Resource, pages: Api) -> AsyncIterator[str]:
    for number in itertools.count():
        connection = await connections.open()
        try:
            page = await pages.fetch(number)
            if not page:
                return
            for row in page.split(","):
                yield row
        finally:
            await connection.close()
