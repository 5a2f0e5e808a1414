import asyncio
import itertools
from collections.abc import AsyncIterator

from harness import Api, Resource


async def rows(connections: Resource, pages: Api) -> AsyncIterator[str]:
    connection = await connections.open()
    ahead = asyncio.create_task(pages.fetch(0))
    try:
        for number in itertools.count(1):
            page = await ahead
            if not page:
                return
            # On its way while the reader is busy with the rows of this page.
            ahead = asyncio.create_task(pages.fetch(number))
            for row in page.split(","):
                yield row
    finally:
        ahead.cancel()
        await connection.close()
