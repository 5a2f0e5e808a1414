import asyncio
from dataclasses import dataclass, field


@dataclass
class Report:
    delivered: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)


async def report(orders: dict[int, asyncio.Task[str]]) -> Report:
    results = await asyncio.gather(*orders.values(), return_exceptions=True)
    replies = [(number, result) for number, result in zip(orders, results) if not isinstance(result, BaseException)]
    return Report(delivered=replies)
