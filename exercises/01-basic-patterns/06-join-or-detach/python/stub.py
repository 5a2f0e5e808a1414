"""Join or detach: a child that ends when its owner does."""

import asyncio
import itertools

from harness import Api


async def work(pulse: Api, job: Api, id: int) -> str:
    """Does the job while a child shows that somebody is at work; returns the job's result."""
    asyncio.create_task(beat(pulse))
    return await job.fetch(id)


async def beat(pulse: Api) -> None:
    """Sends one pulse after another, without end."""
    for number in itertools.count(1):
        await pulse.fetch(number)
