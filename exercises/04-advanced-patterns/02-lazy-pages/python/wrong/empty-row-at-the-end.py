import itertools
from collections.abc import AsyncIterator

from harness import Api, Resource


async def rows(connections: Resource, pages: Api) -> AsyncIterator[str]:
    connection = await connections.open()
    try:
        page = None
        for number in itertools.count():
            if page == "":
                return
            page = await pages.fetch(number)
            for row in page.split(","):
                yield row
    finally:
        await connection.close()
