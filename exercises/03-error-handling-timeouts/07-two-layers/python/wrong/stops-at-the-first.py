import asyncio
from typing import NamedTuple

from harness import ApiError


class End(NamedTuple):
    kind: str
    text: str = ""


async def ends(tasks: list[asyncio.Task[str]]) -> list[End]:
    ends = []
    try:
        for task in tasks:
            ends.append(End("value", await task))
    except TimeoutError:
        ends.append(End("timed out"))
    except asyncio.CancelledError:
        ends.append(End("cancelled"))
    except ApiError as error:
        ends.append(End("failed", error.text))
    return ends
