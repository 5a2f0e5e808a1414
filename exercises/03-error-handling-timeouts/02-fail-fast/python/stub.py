"""Fail fast: all or nothing, and nothing as soon as one part is missing."""

import asyncio

from harness import Api


async def fetch_parts(api: Api, ids: list[int]) -> list[str]:
    """Fetches all parts at once and returns them in the order of `ids`; or raises the first error."""
    parts = await asyncio.gather(*(api.fetch(id) for id in ids), return_exceptions=True)
    for part in parts:
        if isinstance(part, BaseException):
            raise part
    return parts
