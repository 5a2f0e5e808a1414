# Fan-out and queues.
import asyncio


async def fetch(session, url):
    async with session.get(url) as response:
        return await response.text()


async def all_at_once(session, urls):
    return await asyncio.gather(*[fetch(session, url) for url in urls])  # expect: unbounded-fan-out


async def through_tasks(session, urls):
    tasks = [asyncio.create_task(fetch(session, url)) for url in urls]
    return await asyncio.gather(*tasks)  # expect: unbounded-fan-out


async def in_a_group(session, urls):
    async with asyncio.TaskGroup() as group:
        for url in urls:
            group.create_task(fetch(session, url))  # expect: unbounded-fan-out


async def limited(session, urls):
    limit = asyncio.Semaphore(8)

    async def one(url):
        async with limit:
            return await fetch(session, url)

    return await asyncio.gather(*[one(url) for url in urls])


async def made_and_never_used(session, urls):
    limit = asyncio.Semaphore(8)
    return await asyncio.gather(*[fetch(session, url) for url in urls])  # expect: unbounded-fan-out


async def fixed(session):
    return await asyncio.gather(*[fetch(session, url) for url in ("a", "b")])


async def queues():
    rate_limit = asyncio.Semaphore(3)  # expect: semaphore-as-rate
    return asyncio.Queue(), rate_limit  # expect: unbounded-queue


async def handle_skipped_request(request):
    await request.note()


async def skips(requests):
    await asyncio.gather(*[handle_skipped_request(request) for request in requests])


async def wraps_twice(urls, session, tasks):
    for url in urls:
        tasks.append(asyncio.ensure_future(asyncio.create_task(session.get(url))))  # expect: unbounded-fan-out


async def made_of_itself(session):
    urls = load()
    urls = sorted(urls)
    return await asyncio.gather(*[session.get(url) for url in urls])


async def made_of_itself_and_an_input(session, more):
    urls = load()
    urls = sorted(urls + more, key=len)
    urls = order(urls, more)
    return await asyncio.gather(*[session.get(url) for url in urls])  # expect: unbounded-fan-out


async def look_up_media_to_download(one):
    return one.name


async def names(media):
    return await asyncio.gather(*[look_up_media_to_download(one) for one in media])
