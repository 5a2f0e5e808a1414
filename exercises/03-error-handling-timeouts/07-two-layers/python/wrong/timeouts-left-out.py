"""Two layers: an error of the work, a timeout and a cancellation told apart."""

import asyncio
from typing import NamedTuple

from harness import ApiError


class End(NamedTuple):
    """How a task ended."""

    kind: str
    """`value`, `failed`, `timed out` or `cancelled`."""
    text: str = ""
    """The value; or the text of the error that the service gave."""


async def ends(tasks: list[asyncio.Task[str]]) -> list[End]:
    """Waits for every task and says how each of them ended, in their order."""
    if tasks:
        # Raises nothing of theirs: a cancellation that comes out of here is our own.
        await asyncio.wait(tasks)
    return [end for task in tasks if (end := end_of(task))]


def end_of(task: asyncio.Task[str]) -> End:
    if task.cancelled():
        return End("cancelled")
    match task.exception():
        case None:
            return End("value", task.result())
        case TimeoutError():
            return None
        case ApiError() as error:
            return End("failed", error.text)
        case other:
            raise other
