"""Find the blocker: six calls, and some of them keep everybody waiting."""

import asyncio
from concurrent.futures import Executor

from harness import Api, Library

WARM_UP = 0.05
"""How long the oven needs, in seconds."""


async def open_shop(weather: Api, library: Library, cores: Executor) -> list[str]:
    """What a shop does in the morning; returns its log. `cores` is a pool of processes."""
    log = []
    log.append(await weather.fetch(1))
    log.append(await warm_up())
    log.append(await asyncio.to_thread(library.call(1)))
    log.append(await price_tags(library))
    # Threads share one interpreter with the loop, and would take turns with it.
    loop = asyncio.get_running_loop()
    log.append(await loop.run_in_executor(cores, takings, library))
    log.append(greeting(log))
    return log


async def warm_up() -> str:
    """Gives the oven its time."""
    await asyncio.sleep(WARM_UP)
    return "warm"


async def price_tags(library: Library) -> str:
    """The price tags of the day, one after another."""
    return " and ".join([await asyncio.to_thread(price_tag, library, product) for product in (2, 3)])


def price_tag(library: Library, product: int) -> str:
    """What stands on a price tag. Blocks."""
    price = library.call(product)
    return f"price {price}"


def takings(library: Library) -> str:
    """Adds up what was taken yesterday. Computes for a while."""
    return library.compute(4)


def greeting(log: list[str]) -> str:
    """What stands on the board outside."""
    return f"open after {len(log)} steps"
