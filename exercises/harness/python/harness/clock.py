"""Virtual time for tests with the mark `virtual_time`. Times are seconds."""

import asyncio

from .timeline import Timeline


def now():
    """Time since the test began."""
    return Timeline.current().now()


async def took(awaitable):
    """Awaits and says how long it took: `(result, seconds)`."""
    loop = asyncio.get_running_loop()
    start = loop.time()
    result = await awaitable
    return result, round(loop.time() - start, 6)


async def settle():
    """Lets everything run that can run without waiting for a timer, such as tasks that were just cancelled. One
    millisecond of virtual time passes: virtual time moves only when no task is ready."""
    await asyncio.sleep(0.001)
