import asyncio
import itertools
from collections.abc import AsyncIterator

from harness import Api, Resource


def rows(connections: Resource, pages: Api) -> AsyncIterator[str]:
    queue = asyncio.Queue(1)
    producer = asyncio.create_task(produce(connections, pages, queue))
    return consume(queue, producer)


async def produce(connections: Resource, pages: Api, queue: asyncio.Queue) -> None:
    connection = await connections.open()
    try:
        for number in itertools.count():
            page = await pages.fetch(number)
            if not page:
                break
            for row in page.split(","):
                await queue.put(row)
    finally:
        await connection.close()
    await queue.put(None)


async def consume(queue: asyncio.Queue, producer: asyncio.Task) -> AsyncIterator[str]:
    try:
        while (row := await queue.get()) is not None:
            yield row
    finally:
        producer.cancel()
