# notes: silent
# Cancellation that gets through although a handler catches it.
import asyncio
import contextlib

import trio


async def cleans_up(sources, start):
    try:
        await start()
    except Exception:
        for source in sources:
            try:
                await source.stop()
            except asyncio.CancelledError:
                print("stopped early")
        raise


async def outlasts(work):
    try:
        return await work
    except (asyncio.CancelledError, TimeoutError):
        while True:
            try:
                await asyncio.shield(work)
                break
            except asyncio.CancelledError:
                continue
        raise


async def closes(stream, send):
    try:
        await send()
    except BaseException:
        await trio.aclose_forcefully(stream)


async def branches(limit, early):
    scope = asyncio.timeout(limit)
    if early:
        await asyncio.sleep(0)
    else:
        async with scope:
            await asyncio.sleep(0)


async def late(limit):
    scope = asyncio.timeout(limit)
    await asyncio.sleep(0)
    async with scope:  # expect: late-timeout
        await asyncio.sleep(0)


class JobCancelledError(asyncio.CancelledError):
    pass


async def says_more(work):
    try:
        await work()
    except asyncio.CancelledError:
        raise JobCancelledError() from None


async def looks_at_it(work):
    try:
        await work()
    except BaseException as error:
        if isinstance(error, asyncio.CancelledError):
            raise error
        return None


async def writes(queue, send):
    try:
        while True:
            await send(await queue.get())
    except asyncio.CancelledError:
        pass
    await send("bye")


async def goes_on(queue, send):
    try:
        await send(await queue.get())
    except asyncio.CancelledError:  # expect: swallowed-cancel
        pass
    await send("bye")


async def starts(queue, send):
    async with asyncio.TaskGroup() as group:
        group.create_task(writes(queue, send))
        group.create_task(goes_on(queue, send))


async def cancels_inside(work):
    with contextlib.suppress(asyncio.CancelledError):
        work.cancel()
        await work


async def suppresses(work):
    with contextlib.suppress(asyncio.CancelledError):  # expect: swallowed-cancel
        await work()


async def tells(work, send):
    try:
        answer = await work()
    except asyncio.CancelledError:
        answer = "cancelled"
    await send(answer)


def tells_in_a_task(work, send, tasks):
    tasks.add(asyncio.create_task(tells(work, send)))


async def own_alarm(receive, seconds):
    task = asyncio.current_task()
    asyncio.get_running_loop().call_later(seconds, task.cancel)
    seen = []
    while True:
        try:
            seen.append(await receive())
        except asyncio.CancelledError:
            break
    return seen


async def remembers(done):
    cancelled = False
    while not done.done():
        try:
            await asyncio.shield(done)
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        raise asyncio.CancelledError()


async def ends_by_a_name(stop, connect):
    while True:
        abort = False
        try:
            await asyncio.wait_for(stop.wait(), 5)
        except asyncio.CancelledError:
            abort = True
        if abort:
            break
        await connect()


def reconnects(stop, connect, tasks):
    tasks.add(asyncio.create_task(ends_by_a_name(stop, connect)))


async def interrupted(loop, run):
    task = asyncio.create_task(run())

    def stop():
        print("stopping")
        task.cancel()

    loop.add_signal_handler(2, stop)
    try:
        await task
    except asyncio.CancelledError:
        pass


async def nobody_interrupts(run):
    task = asyncio.create_task(run())
    try:
        await task
    except asyncio.CancelledError:  # expect: swallowed-cancel
        pass


async def marks_as_seen(futures, error):
    for future in futures:
        future.set_exception(error)
        with contextlib.suppress(BaseException):
            await future


async def cleans_up(work, clean):
    try:
        await work()
    except BaseException:
        with contextlib.suppress(Exception, asyncio.CancelledError):
            await clean()
        raise


async def cleans_up_and_goes_on(work, clean):
    try:
        await work()
    except ValueError:
        with contextlib.suppress(Exception, asyncio.CancelledError):  # expect: swallowed-cancel
            await clean()


async def through_every_cancel(clean):
    task = asyncio.create_task(clean())
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            continue
    return task.result()


async def puts_away(tasks, late):
    first = None
    for task in tasks:
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            first = error
            try:
                await late(task)
            except asyncio.CancelledError:
                task.cancel()
    if first is not None:
        raise first


async def shuts_down(task, client):
    try:
        task.cancel()
        await task
        await client.close()
    except asyncio.CancelledError:
        pass


async def shuts_down_another(task, client, other):
    try:
        other.stop()
        await task
        await client.close()
    except asyncio.CancelledError:  # expect: swallowed-cancel
        pass


async def reconnects_now_and_then(connect):
    while True:
        try:
            await connect()
        except asyncio.CancelledError:
            return


async def tries_to_reconnect(connect):
    try:
        await reconnects_now_and_then(connect)
    except ValueError:
        print("stopped")


def starts_it(connect, tasks):
    tasks.add(asyncio.create_task(tries_to_reconnect(connect)))


async def handles(connect):
    try:
        await connect()
    except asyncio.CancelledError:  # expect: swallowed-cancel
        return


async def handles_for_ever(connect):
    while True:
        await handles(connect)


def starts_for_ever(connect, tasks):
    tasks.add(asyncio.create_task(handles_for_ever(connect)))
