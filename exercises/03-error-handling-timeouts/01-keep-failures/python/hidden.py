import asyncio

import pytest
from harness import Api, Raised, clock, expect, listed
from solution import report

pytestmark = pytest.mark.virtual_time

ALL = [1, 2, 3, 4, 5]


def service():
    """Orders 2 and 4 are refused, 2 before any other has ended and 4 after all others."""
    api = Api().named("order").fails(2, "sold out").fails(4, "no such article")
    for id, latency in [(1, 0.3), (2, 0.1), (3, 0.4), (4, 0.9), (5, 0.2)]:
        api.latency_of(id, latency)
    return api


async def report_of(cancelled=None):
    """The report of orders of which `cancelled` was stopped while it was under way."""
    api = service()
    orders = {id: asyncio.create_task(api.fetch(id)) for id in ALL}
    await clock.settle()
    if cancelled is not None:
        orders[cancelled].cancel()
    reporting = asyncio.create_task(report(orders))
    await asyncio.wait([reporting])
    # An error that `report` did not look at is no second mistake.
    await asyncio.gather(*orders.values(), return_exceptions=True)
    if reporting.cancelled() or reporting.exception() is not None:
        raised = Raised(asyncio.CancelledError() if reporting.cancelled() else reporting.exception())
        message = "panics-on-error" if cancelled is None else "panics-on-cancelled"
        expect(False, message, raised, "Report")
    return reporting.result()


def numbers(orders):
    return sorted(number for number, _ in orders)


def lines(orders):
    return listed(sorted(f"{number}: {text}" for number, text in orders))


@pytest.mark.asyncio
class TestErrors:
    async def test_what_went_well_is_kept(self):
        report = await report_of()
        delivered = numbers(report.delivered)
        real = all(reply in ("item 1", "item 3", "item 5") for _, reply in report.delivered)
        message = "wrong-numbers" if real else "failure-as-success"
        expect(set(delivered) <= {1, 3, 5}, message, listed(delivered), "[1, 3, 5]")
        expect(delivered == [1, 3, 5], "first-error-ends-it", listed(delivered), "[1, 3, 5]")
        expected = "[1: item 1, 3: item 3, 5: item 5]"
        expect(lines(report.delivered) == expected, "other-text", lines(report.delivered), expected)

    async def test_every_error_is_reported(self):
        report = await report_of()
        failed = numbers(report.failed)
        message = "errors-missing" if failed else "errors-dropped"
        expect(failed == [2, 4], message, listed(failed), "[2, 4]")
        expected = "[2: sold out, 4: no such article]"
        expect(lines(report.failed) == expected, "other-text", lines(report.failed), expected)

    async def test_a_cancelled_order_has_failed(self):
        report = await report_of(cancelled=3)
        delivered = numbers(report.delivered)
        expect(3 not in delivered, "cancelled-as-success", listed(delivered), "[1, 5]")
        failed = numbers(report.failed)
        expect(3 in failed, "cancelled-dropped", listed(failed), "[2, 3, 4]")
        did = dict(report.failed)[3]
        expect(did == "cancelled", "other-text", f"3: {did}", "3: cancelled")

    async def test_a_cancelled_order_costs_no_other(self):
        report = await report_of(cancelled=1)
        delivered = numbers(report.delivered)
        expect(delivered[-2:] == [3, 5], "cancelled-ends-it", listed(delivered), "[3, 5]")
