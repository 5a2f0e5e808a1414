import asyncio
from collections.abc import AsyncIterator

from harness import Api, Resource


async def rows(connections: Resource, pages: Api) -> AsyncIterator[str]:
    connection = await connections.open()
    try:
        for page in await asyncio.gather(*(pages.fetch(number) for number in range(10))):
            if not page:
                return
            for row in page.split(","):
                yield row
    finally:
        await connection.close()
