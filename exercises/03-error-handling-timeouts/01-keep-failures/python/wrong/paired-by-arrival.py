"""Keep failures: report what went well and what did not."""

import asyncio
from dataclasses import dataclass, field

from harness import ApiError


@dataclass
class Report:
    """How the orders ended: numbers with the service's replies, and numbers with the reason why there is none."""

    delivered: list[tuple[int, str]] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)


async def report(orders: dict[int, asyncio.Task[str]]) -> Report:
    """Waits for every order and reports how each of them ended. Other parts of the program may cancel one."""
    report = Report()
    results = []
    for order in asyncio.as_completed(orders.values()):
        try:
            results.append(await order)
        except BaseException as error:
            results.append(error)
    for number, result in zip(orders, results):
        match result:
            case asyncio.CancelledError():
                report.failed.append((number, "cancelled"))
            case ApiError():
                report.failed.append((number, result.text))
            case BaseException():
                report.failed.append((number, repr(result)))
            case _:
                report.delivered.append((number, result))
    return report
