import asyncio
from dataclasses import dataclass, field

from harness import ApiError


@dataclass
class Report:
    delivered: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)


async def report(orders: dict[int, asyncio.Task[str]]) -> Report:
    report = Report()
    replies = await asyncio.gather(*orders.values())
    for number, reply in zip(orders, replies):
        if isinstance(reply, ApiError):
            report.failed.append((number, reply.text))
        else:
            report.delivered.append((number, reply))
    return report
