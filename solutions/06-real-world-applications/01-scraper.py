"""Scraper: many pages, a few at a time, each with a result of its own."""

import asyncio
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
    gate = asyncio.Semaphore(AT_ONCE)
    # One session for all: it keeps connections open for the next request. Its time-out covers the whole page.
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=patience)) as session:
        return await asyncio.gather(*(fetch(session, gate, address) for address in addresses))


async def fetch(session: aiohttp.ClientSession, gate: asyncio.Semaphore, address: str) -> str | Fault:
    # The clock starts inside, when it is this page's turn.
    async with gate:
        try:
            async with session.get(address) as response:
                response.raise_for_status()
                return await response.text()
        except aiohttp.ClientResponseError as error:
            return Fault(f"refused {error.status}")
        except TimeoutError:
            return Fault("too slow")
        except aiohttp.ClientError:
            return Fault("unreachable")
