"""Lazy pages: rows on demand, a page at a time."""

import asyncio
import itertools
from collections.abc import AsyncIterator

from harness import Api, Resource


async def rows(connections: Resource, pages: Api) -> AsyncIterator[str]:
    """The rows of all pages, in order. A connection is open while they are read.

    A page is rows with commas between them; the first empty page is the end.
    """
    connection = await connections.open()
    # Also where the reader stops in the middle: the generator is then closed at its `yield`.
    try:
        for number in itertools.count():
            page = await pages.fetch(number)
            if not page:
                return
            for row in page.split(","):
                yield row
    finally:
        asyncio.create_task(connection.close())
