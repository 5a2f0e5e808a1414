import asyncio
from dataclasses import dataclass, field


@dataclass
class Report:
    delivered: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)


async def report(orders: dict[int, asyncio.Task[str]]) -> Report:
    report = Report()
    results = await asyncio.gather(*orders.values(), return_exceptions=True)
    for number, result in zip(orders, results):
        if isinstance(result, asyncio.CancelledError):
            report.failed.append((number, "cancelled"))
        else:
            report.delivered.append((number, str(result)))
    return report
