import asyncio
import gc
import socket
import warnings
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from harness import Counter, caught, expect, seconds, timeline
from solution import Fault, scrape

AT_ONCE = 3
# Enough for any page that answers.
PATIENCE = 10.0
# What a page that does not answer is given, where others must answer within the same time.
SHORT = 1.0
# What a page that does not answer is given, where nothing else matters.
SHORTEST = 0.5
# How long a page that is not given up is waited for.
GIVEN_UP = 2.5
# How long pages are held to see whether one too many is asked for.
LOOK = 0.3
# Many pages of a site.
MANY = list("abcdefghijkl")


class Site:
    """A web site on this machine that counts. It holds its pages until `crowd` are asked for at the same time, or until `hold`
    seconds have passed."""

    def __init__(self, crowd, hold):
        self.crowd, self.hold = crowd, hold
        self.counter = Counter()
        self.connections = []
        self.answered = 0
        self.open = crowd <= 1
        self.changed = asyncio.Condition()
        self.root = None

    def addresses(self, pages):
        return [f"{self.root}/{page}" for page in pages]

    async def answer(self, request):
        page = request.match_info["page"]
        if request.transport not in self.connections:
            self.connections.append(request.transport)
        with self.counter.enter(), timeline.begin(f"GET {page}"):
            await self.tell()
            await self.held(page)
            response = await self.response(request, page)
        self.answered += 1
        await self.tell()
        return response

    async def response(self, request, page):
        if page == "missing":
            return web.Response(status=404)
        if page == "broken":
            return web.Response(status=500, text="an error page")
        if page == "silent":
            await asyncio.Event().wait()
        if page == "half":
            response = web.StreamResponse()
            await response.prepare(request)
            await response.write(b"half of ")
            await asyncio.Event().wait()
        return web.Response(text=f"text of {page}")

    async def held(self, page):
        if page == "last":
            # Answers when two others have been answered, so that it cannot be the first.
            await self.until(lambda: self.answered >= 2, LOOK)
        await self.until(lambda: self.open or self.counter.in_flight() >= self.crowd, self.hold)
        self.open = True
        await self.tell()

    async def until(self, holds, patience):
        try:
            async with asyncio.timeout(patience), self.changed:
                await self.changed.wait_for(holds)
        except TimeoutError:
            pass

    async def tell(self):
        async with self.changed:
            self.changed.notify_all()


@asynccontextmanager
async def site(crowd=1, hold=0.0):
    started = Site(crowd, hold)
    app = web.Application()
    app.router.add_get("/{page}", started.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    try:
        listener = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(runner, listener).start()
        started.root = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield started
    finally:
        await runner.cleanup()


def told(pages):
    """How results are quoted."""
    if not isinstance(pages, list):
        return str(pages)
    return "[" + ", ".join(page.why if isinstance(page, Fault) else repr(page) for page in pages) + "]"


def text(page):
    """What a page that can be had gives."""
    return f"text of {page}"


async def scraped(addresses, patience, limit=None):
    """Scrapes; an exception is no result. None when it does not come to its end within `limit` seconds. What was left open
    fails the test."""
    said = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: said.append(context["message"]))
    with warnings.catch_warnings():
        # Told by the loop's handler as well.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            async with asyncio.timeout(limit):
                pages = await caught(scrape(addresses, patience))
        except TimeoutError:
            pages = None
        gc.collect()
    loop.set_exception_handler(None)
    left_open = sum(message.startswith("Unclosed client session") for message in said)
    expect(left_open == 0, "client-left-open", left_open, 0)
    return pages


async def at_most_so_many_at_once():
    """Fails the test when more pages are asked for at the same time than allowed."""
    async with site(AT_ONCE + 1, LOOK) as crowded:
        await scraped(crowded.addresses(MANY), PATIENCE)
        at_once = crowded.counter.max_in_flight()
        expect(at_once <= AT_ONCE, "unlimited", at_once, AT_ONCE)


@pytest.mark.asyncio
class TestPatterns:
    async def test_reaches_its_limit(self):
        async with site(AT_ONCE, 2) as crowded:
            await scraped(crowded.addresses(MANY[:6]), PATIENCE)
            at_once = crowded.counter.max_in_flight()
            expect(at_once >= AT_ONCE, "one-at-a-time", at_once, AT_ONCE)

    async def test_one_client_serves_all(self):
        async with site() as quick:
            await scraped(quick.addresses(MANY), PATIENCE)
            connections = len(quick.connections)
            if connections >= len(MANY):
                # Pages that are all asked for at once need as many connections, of one client too.
                await at_most_so_many_at_once()
            expect(connections < len(MANY), "client-per-url", connections, AT_ONCE)

    async def test_the_client_is_closed(self):
        async with site() as quick:
            await scraped(quick.addresses(["a"]), PATIENCE)

    async def test_keeps_the_order(self):
        async with site() as quick:
            did = await scraped(quick.addresses(["last", "a", "b"]), PATIENCE)
            expected = [text(page) for page in ("last", "a", "b")]
            arrived = isinstance(did, list) and did[-1:] == expected[:1]
            message = "completion-order" if arrived else "other-pages"
            expect(did == expected, message, told(did), told(expected))

    async def test_no_addresses_give_no_pages(self):
        did = await scraped([], PATIENCE)
        expect(did == [], "other-pages", told(did), "[]")


@pytest.mark.asyncio
class TestErrors:
    async def test_a_failure_leaves_the_others_alone(self):
        async with site() as quick:
            did = await scraped(quick.addresses(["a", "missing", "b"]), PATIENCE)
            expected = [text("a"), Fault("refused 404"), text("b")]
            kept = isinstance(did, list) and len(did) == 3 and did[0] == expected[0] and did[2] == expected[2]
            left_out = did == [text("a"), text("b")]
            message = "failure-left-out" if left_out else "one-failure-ends-all"
            expect(kept, message, told(did), told(expected))

    async def test_a_refusal_is_no_page(self):
        async with site() as quick:
            did = await scraped(quick.addresses(["broken"]), PATIENCE)
            taken_for_a_page = isinstance(did, list) and any(isinstance(page, str) for page in did)
            expect(not taken_for_a_page, "status-ignored", told(did), told([Fault("refused 500")]))

    async def test_a_silent_page_is_given_up(self):
        async with site() as quick:
            did = await scraped(quick.addresses(["silent", "a"]), SHORTEST, GIVEN_UP)
            expect(did is not None, "no-timeout", seconds(GIVEN_UP), seconds(SHORTEST))

    async def test_a_page_that_stops_in_the_middle_is_given_up(self):
        async with site() as quick:
            did = await scraped(quick.addresses(["half", "a"]), SHORTEST, GIVEN_UP)
            expect(did is not None, "body-never-ends", seconds(GIVEN_UP), seconds(SHORTEST))

    async def test_waiting_for_its_turn_is_not_the_pages_fault(self):
        async with site() as quick:
            did = await scraped(quick.addresses([*["silent"] * AT_ONCE, "a"]), SHORT, GIVEN_UP + SHORT)
            last = did[-1:] if isinstance(did, list) else did
            expect(last == [text("a")], "timed-out-in-the-queue", told(last), told([text("a")]))

    async def test_each_kind_of_failure_is_told(self):
        async with site() as quick:
            with socket.create_server(("127.0.0.1", 0)) as closed:
                nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/a"
            did = await scraped([*quick.addresses(["missing", "silent"]), nobody], SHORT, GIVEN_UP + SHORT)
            expected = [Fault("refused 404"), Fault("too slow"), Fault("unreachable")]
            expect(did == expected, "other-fault", told(did), told(expected))


@pytest.mark.asyncio
class TestRateLimit:
    async def test_never_more_than_allowed(self):
        await at_most_so_many_at_once()
