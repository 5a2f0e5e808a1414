import asyncio
from typing import NamedTuple

from harness import ApiError


class End(NamedTuple):
    kind: str
    text: str = ""


async def ends(tasks: list[asyncio.Task[str]]) -> list[End]:
    ends = []
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        match result:
            case ApiError():
                ends.append(End("failed", result.text))
            case BaseException():
                ends.append(End("failed", str(result)))
            case _:
                ends.append(End("value", result))
    return ends
