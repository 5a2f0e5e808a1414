"""Join or detach: a child that ends when its owner does."""

import asyncio
import itertools

from harness import Api


async def work(pulse: Api, job: Api, id: int) -> str:
    """Does the job while a child shows that somebody is at work; returns the job's result."""
    child = asyncio.create_task(beat(pulse))
    try:
        return await job.fetch(id)
    finally:
        # Reached on every way out of this function: return, error and cancellation.
        child.cancel()


async def beat(pulse: Api) -> None:
    """Sends one pulse after another, without end."""
    for number in itertools.count(1):
        await pulse.fetch(number)
