import asyncio

import pytest
from harness import Outcome, Resource, expect, seconds, timeline
from solution import print_all

pytestmark = pytest.mark.virtual_time

PAGES = 4
# Opening, each page and closing take a second each: pages from 1 s on, closing from 5 s on.
STEP = 1.0
WHOLE = 6.0


def printers():
    return Resource("printer").latency(STEP)


async def stopped_after(wait, printers):
    """Prints, and cancels that after a while. Returns what came of it, whether that is an error, and when it was."""
    start = asyncio.get_running_loop().time()
    printing = asyncio.create_task(print_all(printers, PAGES))
    await asyncio.sleep(wait)
    printing.cancel()
    await asyncio.wait([printing])
    took = round(asyncio.get_running_loop().time() - start, 6)
    if printing.cancelled():
        return "CancelledError", True, took
    failed = printing.exception() is not None
    return repr(printing.exception() if failed else printing.result()), failed, took


def pages_printed():
    return sum(span.label.startswith("use ") and span.outcome is Outcome.DONE for span in timeline.spans())


@pytest.mark.asyncio
class TestErrors:
    async def test_undisturbed_it_prints_all_and_closes(self):
        shop = printers()
        result = await print_all(shop, PAGES)
        expect(result is None, "other-result", repr(result), "None")
        expect(pages_printed() == PAGES, "pages-missing", pages_printed(), PAGES)
        expect(shop.closed() == 1, "not-closed", shop.closed(), 1)

    async def test_closed_whenever_it_is_stopped(self):
        for step in range(PAGES + 1):
            shop = printers()
            await stopped_after(STEP * step + STEP / 2, shop)
            expect(shop.leaked() == 0, "left-open", shop.leaked(), 0)
            expect(shop.open_now() == 0, "closed-later", shop.open_now(), 0)

    async def test_stopped_is_what_it_says(self):
        outcome, failed, _ = await stopped_after(STEP * 5 / 2, printers())
        swallowed = "another-error" if failed else "swallowed"
        message = "ignores-the-stop" if pages_printed() == PAGES else swallowed
        expect(outcome == "CancelledError", message, outcome, "CancelledError")

    async def test_it_stops_in_the_middle_of_a_page(self):
        _, _, ended = await stopped_after(STEP * 5 / 2, printers())
        expected = STEP * 7 / 2
        message = "ignores-the-stop" if ended >= WHOLE else "stops-late"
        expect(ended <= expected, message, seconds(ended), seconds(expected))
