# The same faults behind helpers, in comprehensions, gather and nested functions.
import asyncio
import functools
import time


def pause():
    time.sleep(1)


def two():
    pause()


def three():
    return two()


class Store:
    def __init__(self, seconds):
        self.seconds = seconds

    def load(self):
        self.read()

    def read(self):
        time.sleep(self.seconds)

    @staticmethod
    def still():
        pause()

    async def handler(self):
        self.load()  # expect: blocking-sleep
        Store.still()  # expect: blocking-sleep


class Child(Store):
    async def more(self):
        self.load()  # expect: blocking-sleep


class Slow:
    def __init__(self):
        time.sleep(1)


async def direct(store: Store, maybe: "Store | None" = None):
    pause()  # expect: blocking-sleep
    three()  # expect: blocking-sleep
    store.load()  # expect: blocking-sleep
    Slow()  # expect: blocking-sleep
    [pause() for _ in range(3)]  # expect: blocking-sleep
    other = Store(1)
    other.load()  # expect: blocking-sleep


async def in_gather():
    async def inner():
        three()  # expect: blocking-sleep

    await asyncio.gather(inner(), inner())


async def in_generator():
    yield 1
    pause()  # expect: blocking-sleep


def run_in_thread(work):
    @functools.wraps(work)
    async def wrapper(*args):
        return await asyncio.to_thread(work, *args)

    return wrapper


@run_in_thread
def moved():
    time.sleep(1)


def lazy():
    time.sleep(1)
    yield 1


async def good():
    await moved()
    lazy()
    await asyncio.to_thread(pause)
    await asyncio.get_running_loop().run_in_executor(None, pause)
    later = lambda: time.sleep(1)
    await asyncio.to_thread(later)

    def unused():
        time.sleep(1)

    await asyncio.to_thread(unused)


def sync_code():
    time.sleep(1)
    pause()


async def shadowed(time):
    time.sleep(1)
    pause = print
    pause()


async def nested_run():
    asyncio.run(in_gather())  # expect: blocking-runtime
    loop = asyncio.new_event_loop()
    loop.run_until_complete(in_gather())  # expect: blocking-runtime
    await asyncio.to_thread(asyncio.run, in_gather())


async def spins(task):
    while not task.done():  # expect: busy-poll
        pass
    while not task.done():  # expect: busy-poll
        await asyncio.sleep(0)
    while not task.done():  # expect: polling-sleep
        await asyncio.sleep(0.1)
    while True:
        await asyncio.sleep(60)
