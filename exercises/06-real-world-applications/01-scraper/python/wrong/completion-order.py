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
    gate = asyncio.Semaphore(AT_ONCE)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=patience)) as session:
        fetches = [fetch(session, gate, address) for address in addresses]
        return [await page for page in asyncio.as_completed(fetches)]


async def fetch(session: aiohttp.ClientSession, gate: asyncio.Semaphore, address: str) -> str | Fault:
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
