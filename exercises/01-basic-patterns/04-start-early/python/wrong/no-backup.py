from harness import Api


async def publish(storage: Api, renderer: Api, page: int) -> str:
    return await renderer.fetch(page)
