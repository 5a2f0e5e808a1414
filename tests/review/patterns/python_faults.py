# Coroutines, tasks, groups and time-outs.
import asyncio
import threading
from contextlib import asynccontextmanager

import anyio
import trio

lock = threading.Lock()
gate = asyncio.Lock()
background = set()


async def work(x=1):
    return x


async def items():
    yield 1


class Service:
    def __init__(self):
        self.gate = asyncio.Lock()
        self.queue = asyncio.Queue(3)

    async def save(self): ...

    async def use(self):
        self.save()  # expect: forgotten-await
        self.queue.put(1)  # expect: forgotten-await
        await self.save()
        with self.gate:  # expect: async-keyword-missing
            pass


async def forgets():
    work()  # expect: forgotten-await
    asyncio.sleep(1)  # expect: forgotten-await
    if work():  # expect: forgotten-await
        return
    value = work() + 1  # expect: forgotten-await
    print(work())  # expect: forgotten-await
    text = f"{work()}"  # expect: forgotten-await
    first = work()[0]  # expect: forgotten-await
    unused = work()  # expect: forgotten-await
    for item in items():  # expect: async-keyword-missing
        print(item, value, text, first)
    await asyncio.create_task(work)  # expect: coroutine-expected
    await asyncio.wait([work(), work()])  # expect: wait-on-coroutines
    await asyncio.gather([work(x) for x in range(3)])  # expect: gather-list
    later = work()
    await later


def forgets_in_sync_code():
    work()  # expect: forgotten-await


async def dangles(loop):
    asyncio.create_task(work())  # expect: dangling-task
    asyncio.ensure_future(work())  # expect: dangling-task
    loop.create_task(work())  # expect: dangling-task
    asyncio.get_running_loop().create_task(work())  # expect: dangling-task
    asyncio.create_task(work()).add_done_callback(print)  # expect: dangling-task
    kept = asyncio.create_task(work())
    background.add(kept)
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
    await kept


async def holds(store):
    with lock:  # expect: lock-across-await
        await store.add(1)
    with lock:  # expect: blocking-lock
        store.count += 1
    async with gate:
        await store.add(1)


async def yields():
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        yield 1  # expect: yield-in-scope
    async with asyncio.timeout(1):
        await work()
        yield 2  # expect: yield-in-scope
    with trio.move_on_after(1):
        yield await work()  # expect: yield-in-scope
    with anyio.fail_after(1):
        await work()
    yield 3


@asynccontextmanager
async def resource():
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        yield group


async def leaves(ready):
    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        if ready:
            return 1  # expect: leaves-task-group
        await work()
    for _ in range(3):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(work)
            if ready:
                break  # expect: leaves-task-group
            await work()
    while ready:
        async with anyio.create_task_group() as group:
            for _ in range(3):
                if ready:
                    continue
            await work()
            ready = False


async def waits_in_vain(source):
    async with asyncio.timeout(1):  # expect: timeout-no-await
        source.parse()
    with trio.fail_after(1):  # expect: timeout-no-await
        pass
    limit = asyncio.timeout(1)
    await work()
    async with limit:  # expect: late-timeout
        await work()


def by_hand():
    loop = asyncio.new_event_loop()
    loop.run_until_complete(work())  # expect: loop-by-hand


async def one_by_one(urls):
    results = []
    for url in urls:
        results.append(await work(url))  # expect: await-in-loop
    return results + [await work(url) for url in urls]  # expect: await-in-loop


async def rows(pool):
    async with pool.acquire() as connection:  # expect: yield-holding-resource
        yield connection


async def first(pool):
    async for row in rows(pool):  # expect: generator-not-closed
        return row
