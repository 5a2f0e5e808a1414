"""Find the blocker: six calls, and some of them keep everybody waiting."""

import time
from concurrent.futures import Executor

from harness import Api, Library

WARM_UP = 0.05
"""How long the oven needs, in seconds."""


async def open_shop(weather: Api, library: Library, cores: Executor) -> list[str]:
    """What a shop does in the morning; returns its log. `cores` is a pool of processes."""
    log = []
    log.append(await weather.fetch(1))
    log.append(warm_up())
    log.append(library.call(1))
    log.append(await price_tags(library))
    log.append(takings(library))
    log.append(greeting(log))
    return log


def warm_up() -> str:
    """Gives the oven its time."""
    time.sleep(WARM_UP)
    return "warm"


async def price_tags(library: Library) -> str:
    """The price tags of the day, one after another."""
    return " and ".join([price_tag(library, product) for product in (2, 3)])


def price_tag(library: Library, product: int) -> str:
    """What stands on a price tag."""
    price = library.call(product)
    return f"price {price}"


def takings(library: Library) -> str:
    """Adds up what was taken yesterday."""
    return library.compute(4)


def greeting(log: list[str]) -> str:
    """What stands on the board outside."""
    return f"open after {len(log)} steps"
