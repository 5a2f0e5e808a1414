"""Two layers: an error of the work, a timeout and a cancellation told apart."""

import asyncio
from typing import NamedTuple


class End(NamedTuple):
    """How a task ended."""

    kind: str
    """`value`, `failed`, `timed out` or `cancelled`."""
    text: str = ""
    """The value; or the text of the error that the service gave."""


async def ends(tasks: list[asyncio.Task[str]]) -> list[End]:
    """Waits for every task and says how each of them ended, in their order."""
    ends = []
    for task in tasks:
        try:
            ends.append(End("value", await task))
        except Exception as error:
            ends.append(End("failed", str(error)))
    return ends
