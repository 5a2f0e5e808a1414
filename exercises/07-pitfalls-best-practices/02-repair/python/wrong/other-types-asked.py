import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from harness import Api

# Example 1, "Producers and consumers": one reader for each list of records, and so many writers.


async def copy(source: Api, target: Api, lists: list[list[int]], writers: int) -> int:
    """Reads the records of all lists from `source` and writes them to `target`; returns how many were written."""
    records = asyncio.Queue(4)
    at_work = [asyncio.create_task(write(target, records)) for _ in range(writers)]
    await asyncio.gather(*(read(source, numbers, records) for numbers in lists))
    for _ in at_work:
        await records.put(None)
    return sum(await asyncio.gather(*at_work))


async def read(source: Api, numbers: list[int], records: asyncio.Queue) -> None:
    for record in numbers:
        await source.fetch(record)
        await records.put(record)


async def write(target: Api, records: asyncio.Queue) -> int:
    written = 0
    while (record := await records.get()) is not None:
        await target.fetch(record)
        written += 1
    return written


# Example 2, "Count the successes": a dashboard wants to know how the tasks ended.


@dataclass
class Tally:
    """How tasks ended."""

    arrived: int = 0
    """Tasks that brought a reply."""
    failed: int = 0
    """Tasks that brought the service's refusal, or that broke."""
    cancelled: int = 0
    """Tasks that somebody cancelled."""


async def tally(tasks: list[asyncio.Task]) -> Tally:
    """Waits for all tasks and counts how they ended."""
    counted = Tally()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, asyncio.CancelledError):
            counted.cancelled += 1
        elif isinstance(result, (OSError, ValueError)):
            counted.failed += 1
        else:
            counted.arrived += 1
    return counted


# Example 3, "Test with a double": `remind` sends a letter to every member, and to nobody else.


async def check_reminders(remind: Callable[[Api, list[int]], Awaitable[None]]) -> None:
    """A test of `remind`: raises an AssertionError when it is wrong. `mail` is the double."""
    mail = Api().named("letter")
    await remind(mail, [7, 9])
    assert sorted(mail.answered()) == [7, 9], "every member gets one letter, and nobody else"
