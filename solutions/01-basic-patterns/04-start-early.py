"""Start early: background work that overlaps the main work."""

import asyncio

from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    """Makes a backup of the page and renders it; returns the rendered page once both are done."""
    backup = asyncio.create_task(storage.fetch(page))
    rendered = await renderer.fetch(page)
    await backup
    return rendered
