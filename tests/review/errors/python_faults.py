# Cancellation, groups of errors, time-outs.
import asyncio
import contextlib

import anyio
import trio


async def swallows(work):
    try:
        await work()
    except asyncio.CancelledError:  # expect: swallowed-cancel
        pass


async def bare(work):
    while True:
        try:
            await work()
        except:  # expect: swallowed-cancel
            continue


async def everything(work):
    try:
        await work()
    except BaseException as error:  # expect: swallowed-cancel
        print(error)


async def replaced(work):
    try:
        await work()
    except asyncio.CancelledError:  # expect: swallowed-cancel
        raise ValueError("stopped")


async def in_a_tuple(work):
    try:
        await work()
    except (ValueError, asyncio.CancelledError):  # expect: swallowed-cancel
        return None


async def other_libraries(work):
    try:
        await work()
    except trio.Cancelled:  # expect: swallowed-cancel
        pass
    try:
        await work()
    except anyio.get_cancelled_exc_class():  # expect: swallowed-cancel
        print("stopped")


async def suppressed(work):
    with contextlib.suppress(asyncio.CancelledError):  # expect: swallowed-cancel
        await work()


async def passed_on(work):
    try:
        await work()
    except asyncio.CancelledError:
        print("stopped")
        raise
    try:
        await work()
    except BaseException as error:
        print("failed")
        raise error
    try:
        await work()
    except Exception:
        print("failed")


async def own_cancel(task):
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def nothing_to_cancel(parse):
    try:
        parse()
    except:
        pass


async def returns_in_finally(work):
    for _ in range(3):
        try:
            await work()
        finally:
            break  # expect: finally-swallows
    try:
        await work()
    finally:
        for _ in range(3):
            break
    try:
        await work()
    finally:
        return 1  # expect: finally-swallows


async def around_group(work):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work())
    except ValueError:  # expect: except-around-group
        pass
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work())
    except* ValueError:
        pass


async def flattens(work):
    try:
        await work()
    except ExceptionGroup as group:
        raise group.exceptions[0]  # expect: flattened-group


async def no_timeout(host):
    await asyncio.open_connection(host, 80)  # expect: network-no-timeout
    await asyncio.wait_for(asyncio.open_connection(host, 80), 5)
    async with asyncio.timeout(5):
        await asyncio.open_connection(host, 80)


async def ignored(jobs):
    await asyncio.gather(*jobs, return_exceptions=True)  # expect: gather-errors-ignored
