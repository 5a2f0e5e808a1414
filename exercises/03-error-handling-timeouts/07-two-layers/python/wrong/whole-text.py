import asyncio
from typing import NamedTuple


class End(NamedTuple):
    kind: str
    text: str = ""


async def ends(tasks: list[asyncio.Task[str]]) -> list[End]:
    ends = []
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        match result:
            case asyncio.CancelledError():
                ends.append(End("cancelled"))
            case TimeoutError():
                ends.append(End("timed out"))
            case Exception():
                ends.append(End("failed", str(result)))
            case _:
                ends.append(End("value", result))
    return ends
