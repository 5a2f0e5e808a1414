from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    _backup = storage.fetch(page)
    return await renderer.fetch(page)
