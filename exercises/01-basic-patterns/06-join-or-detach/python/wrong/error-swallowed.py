import asyncio
import itertools

from harness import Api, ApiError


async def work(pulse: Api, job: Api, id: int) -> str:
    child = asyncio.create_task(beat(pulse))
    try:
        return await job.fetch(id)
    except ApiError as error:
        return str(error)
    finally:
        child.cancel()


async def beat(pulse: Api) -> None:
    """Sends one pulse after another, without end."""
    for number in itertools.count(1):
        await pulse.fetch(number)
