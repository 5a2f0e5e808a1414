"""Start early: background work that overlaps the main work."""

from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    """Makes a backup of the page and renders it; returns the rendered page once both are done."""
    rendered = await renderer.fetch(page)
    await storage.fetch(page)
    return rendered
